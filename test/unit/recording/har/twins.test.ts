/**
 * Recorded traffic of real servers and browsers, where a folder of it is at hand: every HAR file beside a
 * `.jsonl` file of the same session. The variable names the folder; its files are not part of this project.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Tracer } from '../../../../src/core/phases/tracer';
import type { MessageHint } from '../../../../src/core/protocol/message';
import { MessageColumns } from '../../../../src/core/trace/messageColumns';
import { collect, framesOf, type Imported } from './collect';
import { phasesIn, readTwin, type ExpectedMessage, type ExpectedPhase } from './twin';

const VARIABLE = 'WORKBIN_INSPECTOR_HAR_FOLDER';
const FOLDER = process.env[VARIABLE] ?? '';
/** A HAR tells starts in whole milliseconds, and its writer's clock is read at other moments than the twin's. */
const RESOLUTION_MS = 1;

/** Requests whose workbin a twin knows only sometimes. */
const PLACED_BY_NAME = new Set(['RequestPlaceInWorkbin']);

interface Seen {
  readonly direction: string;
  readonly frame: number;
  readonly hint: MessageHint;
}

function seenIn(imported: Imported): readonly Seen[] {
  return framesOf(imported).flatMap(({ frame, hints }, index) =>
    hints.map((hint) => ({ direction: frame.direction, frame: index, hint })),
  );
}

/** What both sides tell of a message. A made-up reference and labels that the twin cannot know are left out. */
function keyOfSeen({ direction, hint }: Seen, expected: 'with workbin' | 'without'): string {
  const reference =
    typeof hint.reference === 'string' && /^x\d+$/.test(hint.reference) ? '' : hint.reference;
  const workbin = expected === 'with workbin' ? hint.workbin : '';
  return [direction, hint.name, reference ?? '', workbin ?? '', hint.errorCode ?? ''].join(' | ');
}

function keyOfExpected({
  direction,
  name,
  reference,
  workbin,
  errorCode,
}: ExpectedMessage): string {
  return [direction, name, reference ?? '', workbin ?? '', errorCode ?? ''].join(' | ');
}

/** Pairs each expected message with the one that was seen, and fails when either side has one more. */
function pair(expected: readonly ExpectedMessage[], seen: readonly Seen[]): readonly Seen[] {
  const left = [...seen];
  const pairs = expected.map((message) => {
    const key = keyOfExpected(message);
    const detail = message.workbin === undefined ? 'without' : 'with workbin';
    const at = left.findIndex((each) => keyOfSeen(each, detail) === key);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    assert.ok(found, `not seen: ${key}`);
    return found;
  });
  assert.deepEqual(left, []);
  return pairs;
}

/** A message, all that was said about its operation, and what nobody asked for. */
function conversation(imported: Imported): unknown {
  const hints = seenIn(imported).filter(({ hint }) => !hint.name.startsWith('/meta/'));
  const requests = hints.filter(({ direction }) => direction === 'send').map(({ hint }) => hint);
  return {
    operations: requests
      .filter(({ name }) => name !== 'GET notifications')
      .map(({ name, workbin, interactionId, reference }) => ({
        name,
        workbin,
        interactionId,
        answers: hints
          .filter(({ direction, hint }) => direction === 'receive' && hint.reference === reference)
          .map(({ hint }) => `${hint.name} ${hint.workbin ?? ''} ${hint.errorCode ?? ''}`)
          .sort(),
      })),
    notifications: hints
      .filter(({ direction, hint }) => direction === 'receive' && hint.reference === undefined)
      .map(({ hint }) => hint),
  };
}

/** Phases as the tracer recognises them, in the order of their requests. */
function phasesOf(
  { told, startedAt }: Imported,
  withWorkbin: (name: string) => boolean,
): readonly ExpectedPhase[] {
  const rows = new MessageColumns();
  const tracer = new Tracer(rows, { answerTimeLimitMs: 10_000 });
  for (const [index, each] of told.entries()) {
    const time = each.at - startedAt;
    if (each.kind === 'frame') {
      const { connection, frame, hints } = each;
      const first = rows.count;
      const head = {
        kind: 'frame',
        seq: index + 1,
        time,
        connection,
        direction: frame.direction,
        hints,
      } as const;
      rows.add(head, { offset: 0, length: 0 });
      for (let row = first; row < rows.count; row++) {
        tracer.add(row);
      }
    } else if (each.kind === 'close') {
      tracer.close(each.connection, time);
    }
  }
  const { phases } = tracer;
  return Array.from({ length: phases.count }, (_, phase) => phase)
    .filter((phase) => rows.name(phases.requestRow(phase)).startsWith('Request'))
    .map((phase) => {
      const request = phases.requestRow(phase);
      const answer = phases.answerRow(phase);
      const name = rows.name(request);
      return {
        request: `${name} ${withWorkbin(name) ? rows.workbin(request) : ''}`,
        outcome: phases.outcome(phase),
        answer: answer < 0 ? undefined : rows.name(answer),
        notifications: phases.notifications(phase),
      };
    });
}

const files = FOLDER === '' ? [] : readdirSync(FOLDER).filter((name) => name.endsWith('.har'));
const twinOf = (name: string): string =>
  join(FOLDER, name.replace(/(?:\.sanitized)?\.har$/, '.jsonl'));

describe('HAR files of real sessions, beside a record of the same session', () => {
  if (files.length === 0) {
    it(`is not tested: ${VARIABLE} names no folder with HAR files`, function () {
      this.skip();
    });
  }

  for (const name of files) {
    it(`${name} opens`, async () => {
      const { summary, told } = await collect(join(FOLDER, name));
      const times = told.map(({ at }) => at);
      assert.deepEqual(
        [summary.isCut, summary.unreadable, summary.frames > 0, times],
        [false, 0, true, [...times].sort((one, other) => one - other)],
      );
    });

    if (existsSync(twinOf(name))) {
      it(`${name} agrees with its twin message by message`, async () => {
        const expected = await readTwin(twinOf(name));
        const seen = seenIn(await collect(join(FOLDER, name)));
        const pairs = pair(expected, seen);
        const order = new Map(seen.map((each, index) => [each, index]));
        const position = pairs.map((each) => order.get(each) ?? -1);
        const turned = expected.flatMap((message, later) =>
          expected
            .slice(0, later)
            .map((other, earlier) => ({ other, earlier }))
            .filter(({ other, earlier }) => {
              const isFrame = other.frame === message.frame;
              const isApart = message.t - other.t > RESOLUTION_MS;
              return (isFrame || isApart) && (position[earlier] ?? 0) > (position[later] ?? 0);
            })
            .map(
              ({ other }) =>
                `${keyOfExpected(other)} (${other.t}) after ${keyOfExpected(message)} (${message.t})`,
            ),
        );
        assert.deepEqual(turned, []);
      });

      it(`${name} agrees with its twin in phases, outcomes and notifications`, async () => {
        const expected = await readTwin(twinOf(name));
        const named = new Set(
          expected.flatMap((each) => (each.workbin === undefined ? [] : [each.name])),
        );
        const imported = await collect(join(FOLDER, name));
        const withWorkbin = (request: string): boolean =>
          named.has(request) && !PLACED_BY_NAME.has(request);
        assert.deepEqual(
          phasesOf(imported, withWorkbin),
          phasesIn(expected).map((phase) => ({
            ...phase,
            request: PLACED_BY_NAME.has(phase.request.split(' ')[0] ?? '')
              ? phase.request.replace(/ .*/, ' ')
              : phase.request,
          })),
        );
      });
    }
  }

  it('gives the same conversation from the full, the sanitised and the WebSocket form', async function () {
    const forms = [
      'scenario-a.har',
      'scenario-a.sanitized.har',
      'scenario-a-websocket.synthetic.har',
    ];
    if (!forms.every((name) => files.includes(name))) {
      this.skip();
    }
    const [full, ...others] = await Promise.all(
      forms.map(async (name) => conversation(await collect(join(FOLDER, name)))),
    );
    for (const other of others) {
      assert.deepEqual(other, full);
    }
  });
});
