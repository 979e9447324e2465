import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countPhases } from '../../../src/core/statistics/countPhases';
import type { Statistics, StatisticsBy } from '../../../src/core/statistics/statistics';
import { sortGroups } from '../../../src/core/statistics/sortedGroups';
import { traceRows, type TestRow } from '../../support/rows';

/** Runs it to its end; `steps` is how often other work could have run. */
function finish<T>(work: Generator<undefined, T>): { readonly value: T; readonly steps: number } {
  for (let steps = 0; ; steps++) {
    const next = work.next();
    if (next.done === true) {
      return { value: next.value, steps };
    }
  }
}

const statisticsOf = (rows: readonly TestRow[], by: StatisticsBy): Statistics =>
  finish(countPhases(traceRows(rows), by)).value;

function phase(
  at: number,
  reference: number,
  workbin: string,
  latency: number | undefined,
  answer = 'EventWorkbinContent',
): readonly TestRow[] {
  const request: TestRow = {
    at,
    direction: 'send',
    name: 'RequestGetWorkbinContent',
    reference,
    workbin,
  };
  return latency === undefined
    ? [request]
    : [request, { at: at + latency, direction: 'receive', name: answer, reference }];
}

describe('statistics of phases', () => {
  it('count outcomes, latencies and when they began, the most frequent first', () => {
    const rows = [
      ...phase(0, 1, 'draft@A1', 10),
      ...phase(100, 2, 'draft@A2', 30, 'EventError'),
      ...phase(200, 3, 'draft@A1', 20),
      ...phase(5800, 4, 'team@A2', undefined),
      ...phase(6000, 5, 'draft@A1', 0.5),
    ];
    const { rows: byAgent, total, subjects, range } = statisticsOf(rows, 'agent');
    assert.deepEqual({ subjects, range }, { subjects: 2, range: { from: 0, to: 6000.5 } });
    assert.deepEqual(
      byAgent.map(({ subject, filter, count, outcomes, latency }) => ({
        subject,
        filter,
        count,
        answered: [outcomes.completed, outcomes.failed, outcomes.open],
        latency,
      })),
      [
        {
          subject: 'A1',
          filter: 'agent:A1',
          count: 3,
          answered: [3, 0, 0],
          latency: { p50: 10, p95: 20, p99: 20, max: 20 },
        },
        {
          subject: 'A2',
          filter: 'agent:A2',
          count: 2,
          answered: [0, 1, 1],
          latency: { p50: 30, p95: 30, p99: 30, max: 30 },
        },
      ],
    );
    assert.deepEqual([total.count, total.latency?.p50], [5, 10]);
    const told = total.overTime.flatMap((count, part) => (count === 0 ? [] : [[part, count]]));
    assert.deepEqual(told, [
      [0, 2],
      [1, 1],
      [57, 1],
      [59, 1],
    ]);
  });

  it('count only phases whose request is counted', () => {
    const trace = traceRows([...phase(0, 1, 'draft@A1', 10), ...phase(20, 2, 'draft@A2', 10)]);
    const { value } = finish(countPhases(trace, 'workbin', (row) => row > 0));
    assert.deepEqual(
      value.rows.map(({ subject, count }) => [subject, count]),
      [['draft@A2', 1]],
    );
  });

  it('of nothing are empty', () => {
    const { rows, total, subjects } = statisticsOf([], 'phase');
    assert.deepEqual([rows, subjects, total.count, total.latency], [[], 0, 0, undefined]);
  });

  it('let other work run while they count many', () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => phase(at, at, `w@A${at % 7}`, 1)).flat();
    const { value, steps } = finish(countPhases(traceRows(rows), 'agent'));
    assert.equal(value.total.count, 20_000);
    assert.ok(steps > 20, `${steps} steps`);
  });
});

describe('sorting within groups', () => {
  it('sorts as sorting each group does', () => {
    const entry = fc.tuple(fc.nat({ max: 4 }), fc.oneof(fc.nat(), fc.nat({ max: 9 })));
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const values = Uint32Array.from(entries, ([, value]) => value);
        const groups = Uint32Array.from(entries, ([group]) => group);
        const sorted = finish(sortGroups(values, groups, 5)).value;
        const expected = [0, 1, 2, 3, 4].map((group) =>
          entries
            .filter(([own]) => own === group)
            .map(([, value]) => value)
            .sort((one, other) => one - other),
        );
        const found = expected.map((_, group) => [
          ...sorted.values.subarray(sorted.starts[group], sorted.starts[group + 1]),
        ]);
        assert.deepEqual(found, expected);
      }),
    );
  });
});
