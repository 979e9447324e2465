import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Snapshot } from '../../../src/core/base/snapshot';
import type { Tracer } from '../../../src/core/phases/tracer';
import { traceRows, type TestRow } from '../../support/rows';

const request = (at: number, reference: number, more: Partial<TestRow> = {}): TestRow => ({
  at,
  direction: 'send',
  name: 'RequestGetWorkbinContent',
  reference,
  workbin: 'email-draft@A1',
  ...more,
});
const answer = (at: number, reference: number, more: Partial<TestRow> = {}): TestRow => ({
  at,
  direction: 'receive',
  name: 'EventWorkbinContent',
  reference,
  ...more,
});

/** How much is remembered of the first connection, by what it is. */
function remembered(tracer: Tracer): Readonly<Record<string, number>> {
  const snapshot = new Snapshot();
  tracer.save(snapshot);
  const [connection] = snapshot.list('openConnections') as readonly (readonly [number, object])[];
  return Object.fromEntries(
    Object.entries(connection?.[1] ?? {}).flatMap(([name, value]: [string, unknown]) =>
      Array.isArray(value) ? [[name, value.length]] : [],
    ),
  );
}

describe('Tracer', () => {
  it('remembers only the last references of a connection, and those whose answer may still come', () => {
    const count = 30_000;
    const rows: TestRow[] = [request(0, 1)];
    for (let reference = 2; reference < count; reference++) {
      rows.push(request(reference, reference), answer(reference, reference));
      rows.push({ at: reference, direction: 'send', name: 'Ping', reference: -reference });
      rows.push(answer(reference, 1_000_000 + reference));
    }
    const last = rows.length;
    rows.push(answer(count, 1), answer(count, count - 4000), answer(count, -(count - 4000)));
    rows.push(answer(count, 2));
    const { tracer } = traceRows(rows);
    const sizes = remembered(tracer);
    for (const name of ['latest', 'early', 'sentOutside']) {
      assert.ok((sizes[name] ?? Infinity) <= 8192, `${name}: ${sizes[name]}`);
    }
    assert.deepEqual(
      [0, 1, 2, 3].map((place) => tracer.role(last + place)),
      ['answer', 'duplicate', 'none', 'unmatched'],
    );
    assert.equal(tracer.phaseOf(last), tracer.phaseOf(0));
  });

  it('joins every answer to its own request, whatever passes in between', () => {
    // References are shared between connections and proxy clients, and used again once answered.
    const call = fc.record({
      connection: fc.integer({ min: 1, max: 3 }),
      proxyClientId: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
      reference: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom('1', 'op-1', '#7')),
      fails: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(call, { maxLength: 60 }),
        fc.infiniteStream(fc.nat(2)),
        (calls, dice) => {
          const rows: TestRow[] = [];
          const expected = new Map<number, number>();
          const open = new Map<
            string,
            { readonly row: number; readonly call: (typeof calls)[number] }
          >();
          let at = 0;
          const reply = (key: string): void => {
            const asked = open.get(key)!;
            open.delete(key);
            const { connection, proxyClientId, reference, fails } = asked.call;
            const proxy = proxyClientId === undefined ? {} : { proxyClientId };
            const name = fails ? 'EventError' : 'EventWorkbinContent';
            expected.set(asked.row, rows.length);
            rows.push({ at: at++, direction: 'receive', name, connection, reference, ...proxy });
          };
          for (const one of calls) {
            const { connection, proxyClientId, reference } = one;
            const key = `${connection} ${proxyClientId} ${typeof reference} ${reference}`;
            if (open.has(key)) {
              reply(key);
            }
            open.set(key, { row: rows.length, call: one });
            const proxy = proxyClientId === undefined ? {} : { proxyClientId };
            rows.push({
              at: at++,
              direction: 'send',
              name: 'RequestGetWorkbinContent',
              connection,
              reference,
              ...proxy,
            });
            const [first] = open.keys();
            if (dice.next().value === 0 && first !== undefined) {
              reply(first);
            }
          }
          const { tracer } = traceRows(rows, 1e9);
          const found = new Map<number, number>();
          for (let phase = 0; phase < tracer.phases.count; phase++) {
            if (tracer.phases.answerRow(phase) >= 0) {
              found.set(tracer.phases.requestRow(phase), tracer.phases.answerRow(phase));
            }
          }
          assert.deepEqual([...found].sort(), [...expected].sort());
          assert.deepEqual(tracer.phases.byOutcome(), {
            open: open.size,
            completed: [...expected.keys()].filter(
              (row) => rows[expected.get(row)!]!.name !== 'EventError',
            ).length,
            failed: [...expected.values()].filter((row) => rows[row]!.name === 'EventError').length,
            unanswered: 0,
            interrupted: 0,
          });
        },
      ),
    );
  });

  it('marks a request unanswered when recorded time has passed its limit, and late when answered after it', () => {
    const { tracer } = traceRows([request(0, 1), request(500, 2), request(1200, 3)]);
    assert.deepEqual(
      [0, 1, 2].map((phase) => [tracer.phases.outcome(phase), tracer.phases.endTime(phase)]),
      [
        ['unanswered', 1000],
        ['open', -1],
        ['open', -1],
      ],
    );
    assert.equal(tracer.nextTimeLimit, 1500);
    tracer.advance(1500);
    assert.equal(tracer.phases.outcome(1), 'open', 'exactly at the limit is in time');
    tracer.advance(1500.001);
    assert.equal(tracer.phases.outcome(1), 'unanswered');

    const late = traceRows([request(0, 1), answer(1400, 1)]).tracer;
    assert.deepEqual(
      [late.phases.outcome(0), late.phases.late(0), late.phases.endTime(0)],
      ['completed', true, 1400],
    );
  });

  it('holds an answer that came up to a second before its request, and no longer', () => {
    const joined = traceRows([answer(0, 1), request(900, 1)], 5000).tracer;
    assert.deepEqual(
      [joined.phases.outcome(0), joined.phases.answerRow(0), joined.role(0)],
      ['completed', 0, 'answer'],
    );
    const apart = traceRows([answer(0, 1), request(1100, 1)], 5000).tracer;
    assert.deepEqual([apart.phases.outcome(0), apart.role(0)], ['open', 'unmatched']);
  });

  it('gives an early answer with a reference that was used before to the new request', () => {
    const { tracer } = traceRows([request(0, 1), answer(1, 1), answer(500, 1), request(501, 1)]);
    assert.deepEqual(
      [0, 1, 2, 3].map((row) => [tracer.phaseOf(row), tracer.role(row)]),
      [
        [0, 'request'],
        [0, 'answer'],
        [1, 'answer'],
        [1, 'request'],
      ],
    );
  });

  it('turns a content request that fails into the documented failure', () => {
    const { tracer } = traceRows([
      request(0, 1),
      answer(1, 1, { name: 'EventError', errorCode: 41 }),
    ]);
    assert.equal(
      tracer.table.model(tracer.phases.model(0)).title,
      'Agent Fails to Get Workbin Content',
    );
  });

  it('keeps an accepted operation open until its event comes', () => {
    const accepted = answer(1, 1, { name: 'Accepted' });
    const before = traceRows([request(0, 1), accepted]).tracer;
    assert.deepEqual([before.phases.outcome(0), before.role(1)], ['open', 'accepted']);
    const after = traceRows([request(0, 1), accepted, answer(5, 1)]).tracer;
    assert.equal(after.phases.outcome(0), 'completed');
  });

  it('takes two results of one move for answers, and a third for a duplicate', () => {
    const move = request(0, 1, { name: 'RequestPlaceInWorkbin' });
    const state = answer(1, 1, { name: 'InteractionStateChanged' });
    const snapshot = answer(2, 1, { name: 'SnapshotMessage' });
    const { tracer } = traceRows([move, state, snapshot, { ...state, at: 3 }]);
    assert.deepEqual(
      [1, 2, 3].map((row) => tracer.role(row)),
      ['answer', 'answer', 'duplicate'],
    );
  });

  it('calls nothing unmatched that answers something sent, whether or not that begins a phase', () => {
    const sent = request(0, 1, { name: 'POST set-comment' });
    const { tracer } = traceRows([
      sent,
      answer(1, 1, { name: 'InteractionStateChanged' }),
      answer(2, 2, { name: 'InteractionStateChanged' }),
    ]);
    assert.deepEqual(
      [0, 1, 2].map((row) => tracer.role(row)),
      ['none', 'none', 'unmatched'],
    );
  });

  it('interrupts what is open on a connection that closes, and nothing on others', () => {
    const { tracer } = traceRows([
      request(0, 1, { name: 'RequestWorkbinNotifications' }),
      answer(1, 1, { name: 'EventAck' }),
      request(2, 2),
      request(3, 2, { connection: 2 }),
    ]);
    assert.equal(tracer.phases.live(0), true);
    tracer.close(1, 4);
    assert.deepEqual(
      [0, 1, 2].map((phase) => [tracer.phases.outcome(phase), tracer.phases.live(phase)]),
      [
        ['completed', false],
        ['interrupted', false],
        ['open', false],
      ],
    );
  });

  it('interrupts what is open at a gap, and takes an answer that still comes', () => {
    const { tracer } = traceRows([request(0, 1), request(1, 2), request(2, 3, { connection: 2 })]);
    tracer.gap(1, 5000);
    const outcomes = (): readonly string[] =>
      [0, 1, 2].map((phase) => tracer.phases.outcome(phase));
    assert.deepEqual(outcomes(), ['interrupted', 'interrupted', 'unanswered']);
    const after = traceRows([request(0, 1), request(1, 2)]);
    after.tracer.gap(undefined, 500);
    const head = { kind: 'frame', seq: 3, time: 600, connection: 1, direction: 'receive' } as const;
    const hints = [{ name: 'EventWorkbinContent', reference: 2 }];
    after.messages.add({ ...head, hints }, { offset: 2, length: 1 });
    after.tracer.add(2);
    assert.deepEqual(
      [0, 1].map((phase) => [after.tracer.phases.outcome(phase), after.tracer.phases.late(phase)]),
      [
        ['interrupted', false],
        ['completed', false],
      ],
    );
  });

  it('gives a notification that names no proxy client to the subscription that was asked for last', () => {
    const subscribe = (at: number, reference: number, proxyClientId: number): TestRow =>
      request(at, reference, { name: 'RequestWorkbinNotifications', proxyClientId });
    const change: TestRow = {
      at: 3,
      direction: 'receive',
      name: 'EventWorkbinContentChanged',
      workbin: 'email-draft@A1',
    };
    const rows = [subscribe(0, 1, 1), subscribe(1, 2, 2), subscribe(2, 3, 1), change];
    assert.equal(traceRows(rows).tracer.phaseOf(3), 2);
  });

  it('keeps a subscription that was asked for before the cancelling of the last one was answered', () => {
    const change: TestRow = {
      at: 6,
      direction: 'receive',
      name: 'EventWorkbinContentChanged',
      workbin: 'email-draft@A1',
    };
    const ack = (at: number, reference: number): TestRow =>
      answer(at, reference, { name: 'EventAck' });
    const { tracer } = traceRows([
      request(0, 1, { name: 'RequestWorkbinNotifications' }),
      ack(1, 1),
      request(2, 2, { name: 'RequestCancelWorkbinNotifications' }),
      request(3, 3, { name: 'RequestWorkbinNotifications' }),
      ack(4, 2),
      ack(5, 3),
      change,
    ]);
    assert.deepEqual(
      [0, 2].map((phase) => tracer.phases.live(phase)),
      [false, true],
    );
    assert.equal(tracer.phaseOf(6), 2);
  });

  it('counts a million notifications of one subscription without a list of them', function () {
    this.timeout(20_000);
    const subscription = [
      request(0, 1, { name: 'RequestWorkbinNotifications' }),
      answer(1, 1, { name: 'EventAck' }),
    ];
    const { messages, tracer } = traceRows(subscription);
    const change = { name: 'EventWorkbinContentChanged', workbin: 'email-draft@A1' };
    for (let row = 2; row < 1_000_002; row++) {
      const head = {
        kind: 'frame',
        seq: row,
        time: row,
        connection: 1,
        direction: 'receive',
      } as const;
      messages.add({ ...head, hints: [change] }, { offset: row, length: 1 });
      tracer.add(row);
    }
    assert.equal(tracer.phases.notifications(0), 1_000_000);
    assert.equal(tracer.phases.count, 1);
  });
});
