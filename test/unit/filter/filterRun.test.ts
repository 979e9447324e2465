import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileFilter } from '../../../src/core/filter/compileFilter';
import type { FilterIndex, RowTest } from '../../../src/core/filter/filter';
import { FilterRun } from '../../../src/core/filter/filterRun';
import { parseFilter } from '../../../src/core/filter/parseFilter';
import type { FilterScope, TimeRange } from '../../../src/core/filter/query';
import { Tracer } from '../../../src/core/phases/tracer';
import { MessageColumns } from '../../../src/core/trace/messageColumns';
import { traceRows, type TestRow } from '../../support/rows';
import { someFilter, someRows, type MeantFilter } from './arbitraryFilters';

interface Query {
  readonly scope: FilterScope;
  readonly range?: TimeRange;
}

const MESSAGES: Query = { scope: 'messages' };
const PHASES: Query = { scope: 'phases' };

function start(
  line: string,
  index: FilterIndex,
  query: Query,
  bodies?: (text: string) => RowTest,
): FilterRun {
  const parsed = parseFilter(line);
  assert.ok(parsed.ok, `${line}: ${parsed.ok ? '' : parsed.error.text}`);
  return new FilterRun(compileFilter(parsed.value, index, bodies), index, query);
}

function rowsOf(run: FilterRun, end: number): readonly number[] {
  const work = run.decide(end);
  while (work.next().done !== true) {
    // On to the end.
  }
  return [...run.rows.subarray(0)];
}

function shown(
  line: string,
  rows: readonly TestRow[],
  query = MESSAGES,
  startedAt?: string,
): readonly number[] {
  const index = { ...traceRows(rows), ...(startedAt !== undefined && { startedAt }) };
  return rowsOf(start(line, index, query), rows.length);
}

/** What a query means, by going through everything. */
function meant(
  { matches }: MeantFilter,
  index: FilterIndex,
  { scope, range }: Query,
): readonly number[] {
  const rows = Array.from({ length: index.messages.count }, (_, row) => row);
  const inRange = rows.filter((row) => {
    const time = index.messages.time(row);
    return range === undefined || (time >= range.from && time < range.to);
  });
  const found = inRange.filter((row) => matches(index, row));
  const phases = new Set(
    found.map((row) => index.tracer.phaseOf(row)).filter((phase) => phase >= 0),
  );
  return scope === 'messages'
    ? found
    : inRange.filter((row) => found.includes(row) || phases.has(index.tracer.phaseOf(row)));
}

const someQuery: fc.Arbitrary<Query> = fc
  .record({
    scope: fc.constantFrom<FilterScope>('messages', 'phases'),
    range: fc.option(fc.constantFrom({ from: 0, to: 1000 }, { from: 400, to: 402 }), {
      nil: undefined,
    }),
  })
  .map(({ scope, range }) => ({ scope, ...(range !== undefined && { range }) }));

describe('filters', () => {
  it('let through what they mean, whatever they are made of', () => {
    fc.assert(
      fc.property(someRows, someFilter, someQuery, (rows, filter, query) => {
        fc.pre(filter.line.length <= 2000);
        const index = traceRows(rows);
        const run = start(filter.line, index, query);
        assert.deepEqual(rowsOf(run, rows.length), meant(filter, index, query));
        assert.deepEqual([run.seen, run.mustRestart], [rows.length, false]);
      }),
      { numRuns: 400 },
    );
  });

  it('go on as the trace grows, or say that they must begin anew', () => {
    fc.assert(
      fc.property(
        someRows,
        someFilter,
        someQuery,
        fc.nat({ max: 5 }),
        (rows, filter, query, size) => {
          fc.pre(filter.line.length <= 2000);
          const messages = new MessageColumns();
          const tracer = new Tracer(messages, { answerTimeLimitMs: 1000 });
          const index = { messages, tracer };
          const parsed = parseFilter(filter.line);
          assert.ok(parsed.ok);
          const compiled = compileFilter(parsed.value, index);
          const run = new FilterRun(compiled, index, query);
          const decided = { generation: 0, isStale: false };
          const decide = (end: number): readonly number[] => {
            decided.isStale ||=
              compiled.dependsOnPhases && run.seen > 0 && decided.generation !== tracer.generation;
            decided.generation = tracer.generation;
            return rowsOf(run, end);
          };
          for (const [row, { at, direction, connection = 1, ...hint }] of rows.entries()) {
            const head = { kind: 'frame', seq: row + 1, time: at, connection, direction } as const;
            messages.add({ ...head, hints: [hint] }, { offset: row, length: 1 });
            tracer.add(row);
            if (row % (size + 1) === 0) {
              decide(row + 1);
            }
          }
          const found = decide(rows.length);
          // A view begins anew when phases have changed that its filter depends on.
          if (!run.mustRestart && !decided.isStale) {
            assert.deepEqual(found, meant(filter, index, query));
          }
          assert.deepEqual(
            found,
            [...new Set(found)].sort((one, other) => one - other),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  const request = (at: number, reference: number): TestRow => ({
    at,
    direction: 'send',
    name: 'RequestPull',
    reference,
    workbin: 'Draft@Kim',
  });
  const answer = (at: number, reference: number, name = 'EventPulledInteractions'): TestRow => ({
    at,
    direction: 'receive',
    name,
    reference,
    ...(name === 'EventError' && { errorCode: 43 }),
  });
  const call = [request(0, 1), request(5, 2), answer(250, 1), answer(9000, 2, 'EventError')];

  it('know a phase by its outcome, latency, lateness and the workbin of its request', () => {
    const expected = {
      'outcome:completed': [0, 2],
      'outcome:failed': [1, 3],
      'latency:250ms': [0, 2],
      'latency:>249.9ms latency:<9s': [0, 2, 1, 3].sort(),
      'is:late': [1, 3],
      'is:live': [],
      'workbin:draft': [0, 1, 2, 3],
      'owner:KIM role:answer': [2, 3],
      'agent:"Kim" dir:send': [0, 1],
      'code:error_unknown_interaction': [3],
      'phase:"agent pulls interaction" ref:2': [1, 3],
    };
    const found = Object.keys(expected).map((line) => [line, shown(line, call)]);
    assert.deepEqual(Object.fromEntries(found), expected);
  });

  it('bring the whole phase of a match, its request as well', () => {
    assert.deepEqual(shown('code:43', call, PHASES), [1, 3]);
    assert.deepEqual(shown('code:43', call, { ...PHASES, range: { from: 8000, to: 9001 } }), [3]);
    assert.deepEqual(
      shown('name:RequestPull', call, { ...PHASES, range: { from: 0, to: 1 } }),
      [0],
    );
  });

  it('ask for a new start when an answer lets a phase through whose request was left out', () => {
    const index = traceRows(call);
    const run = start('code:43', index, PHASES);
    assert.deepEqual([rowsOf(run, 3), run.mustRestart], [[], false]);
    assert.deepEqual([rowsOf(run, 4), run.mustRestart], [[3], true]);
  });

  it('see an answer that came before its request', () => {
    const early = [answer(0, 1), request(1, 1)];
    const grown = (line: string): unknown => {
      const messages = new MessageColumns();
      const tracer = new Tracer(messages, { answerTimeLimitMs: 1000 });
      const run = start(line, { messages, tracer }, PHASES);
      for (const [row, { at, direction, ...hint }] of early.entries()) {
        const head = { kind: 'frame', seq: row, time: at, connection: 1, direction } as const;
        messages.add({ ...head, hints: [hint] }, { offset: row, length: 1 });
        tracer.add(row);
        rowsOf(run, row + 1);
      }
      return [[...run.rows.subarray(0)], run.mustRestart];
    };
    assert.deepEqual(grown('name:EventPulledInteractions'), [[0, 1], false]);
    assert.deepEqual(grown('name:RequestPull'), [[1], true]);
  });

  it('tell something from nothing', () => {
    const rows = [
      ...call,
      { ...request(1, 9), interactionId: '00aA' },
      { at: 2, direction: 'send', name: '' },
    ] as const;
    assert.deepEqual(
      [
        'interaction:*',
        'interaction:""',
        'workbin:*',
        'phase:""',
        'name:?*',
        'code:*',
        'ref:""',
      ].map((line) => shown(line, rows)),
      [[4], [0, 1, 2, 3, 5], [0, 1, 2, 3, 4], [5], [0, 1, 2, 3, 4], [3], [5]],
    );
    assert.deepEqual(shown('name:""', rows), shown('not name:*', rows));
  });

  it('take up work that was given up', () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => request(at, at));
    const index = traceRows(rows);
    const run = start('ref:[100 TO 9000]', index, MESSAGES);
    const work = run.decide(rows.length);
    work.next();
    const seen = run.seen;
    assert.ok(seen > 0 && seen < rows.length, `${seen} in one step`);
    const found = rowsOf(run, rows.length);
    assert.deepEqual([found.length, found[0], found.at(-1)], [8901, 100, 9000]);
  });

  it('take a time without a sign for as much as its last digit', () => {
    const rows = [0, 4999, 5000, 5099, 5100, 5999, 6000, 65_000].map((at) => request(at, at));
    const times = ['at:5s', 'at:5.0s', 'at:5s', 'at:1m5s', 'at:=6s', 'at:{5s TO *]', 'at:0'];
    assert.deepEqual(
      times.map((line) => shown(line, rows)),
      [[2, 3, 4, 5], [2, 3], [2, 3, 4, 5], [7], [6], [3, 4, 5, 6, 7], [0]],
    );
  });

  it('read times of day as those of the machine, from the day of the start on', () => {
    const start = new Date(2026, 2, 1, 23, 59, 30);
    const rows = [0, 30_000, 90_000].map((at) => request(at, at));
    const of = (line: string): readonly number[] =>
      shown(line, rows, MESSAGES, start.toISOString());
    assert.deepEqual(
      [
        'at:>=23:59',
        'at:>00:00',
        'at:00:00:00',
        'at:2026-03-02T00:01',
        'at:[23:59:31 TO 00:00:30]',
      ].map(of),
      [[0, 1, 2], [2], [1], [2], [1]],
    );
    assert.deepEqual(shown('at:>00:00', rows), []);
  });

  it('look for free text in names, ids, workbins and, where they can be asked, bodies', () => {
    const rows = [...call, { ...request(1, 9), interactionId: '00aKIMx', workbin: 'w@x' }];
    const index = traceRows(rows);
    assert.deepEqual(rowsOf(start('kim', index, MESSAGES), 5), [0, 1, 2, 3, 4]);
    const asked: string[] = [];
    const run = start('"No Kim" or (pulled and "No Kim")', index, MESSAGES, (text) => {
      asked.push(text);
      return (row) => text === 'no kim' && row === 3;
    });
    assert.deepEqual([rowsOf(run, 5), [...new Set(asked)]], [[3], ['no kim', 'pulled']]);
  });

  it('see texts that the trace did not hold when they were made', () => {
    const messages = new MessageColumns();
    const tracer = new Tracer(messages, { answerTimeLimitMs: 1000 });
    const runs = ['name:Late', 'interaction:00late', 'interaction:00l*'].map((line) =>
      start(line, { messages, tracer }, MESSAGES),
    );
    for (const [row, hint] of [
      { name: 'Early' },
      { name: 'Late', interactionId: '00late' },
    ].entries()) {
      const head = {
        kind: 'frame',
        seq: row,
        time: row,
        connection: 1,
        direction: 'send',
      } as const;
      messages.add({ ...head, hints: [hint] }, { offset: row, length: 1 });
      tracer.add(row);
      runs.forEach((run) => rowsOf(run, row + 1));
    }
    assert.deepEqual(
      runs.map((run) => [...run.rows.subarray(0)]),
      [[1], [1], [1]],
    );
  });

  it('do not slow down for hostile wildcards', () => {
    const rows = [{ ...request(0, 1), workbin: `${'a'.repeat(250)}@b` }];
    const pattern = `${'*a'.repeat(120)}*c`;
    assert.deepEqual(shown(`workbin:${pattern}`, rows), []);
  });
});
