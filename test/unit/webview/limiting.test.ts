import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { StatisticsRow } from '../../../src/core/statistics/statistics';
import { formatCount } from '../../../src/webview/base/format';
import { readState } from '../../../src/webview/base/viewState';
import { HistoryWalk } from '../../../src/webview/filter/historyWalk';
import { foldStep, isOpen } from '../../../src/webview/ladder/selection';
import { placeOf, scaleOf } from '../../../src/webview/statistics/pictures';
import { nextSorting, sorted } from '../../../src/webview/statistics/sorting';
import {
  barHeight,
  rangeBetween,
  stretched,
  timeAt,
  xOf,
} from '../../../src/webview/strip/stripScale';

describe('the scale of the time strip', () => {
  const scale = { from: 1000, to: 11_000, width: 500 };

  it('leads from a time to a place and back', () => {
    fc.assert(
      fc.property(fc.double({ min: 1000, max: 11_000, noNaN: true }), (time) => {
        assert.ok(Math.abs(timeAt(scale, xOf(scale, time)) - time) < 1e-6);
      }),
    );
  });

  it('stays within the session, also one without length and a strip without width', () => {
    const point = { from: 5, to: 5, width: 100 };
    assert.deepEqual(
      [timeAt(scale, -20), timeAt(scale, 900), timeAt({ ...scale, width: 0 }, 7), xOf(point, 5)],
      [1000, 11_000, 1000, 0],
    );
  });

  it('makes a range of two times in either order, and includes the end of the session', () => {
    assert.deepEqual(
      [rangeBetween(40, 10, 100), rangeBetween(10, 100, 100), rangeBetween(7, 7, 100)],
      [{ from: 10, to: 40 }, { from: 10, to: 101 }, undefined],
    );
  });

  it('grows a range from where the reader stands, shrinks it, and turns it round', () => {
    const grown = stretched(undefined, 3000, 1000, scale);
    assert.deepEqual(grown, { from: 3000, to: 4000 });
    assert.deepEqual(stretched(grown, 0, -500, scale), { from: 3000, to: 3500 });
    assert.deepEqual(stretched(undefined, 3000, -1000, scale), { from: 2000, to: 3000 });
    assert.equal(stretched(grown, 0, -1000, scale), undefined);
    assert.deepEqual(stretched(grown, 0, 99_000, scale), { from: 3000, to: 11_001 });
  });

  it('shows a single message beside a million', () => {
    assert.deepEqual([barHeight(0, 10, 20), barHeight(10, 10, 20)], [0, 20]);
    assert.ok(barHeight(1, 1_000_000, 20) >= 1);
  });
});

describe('going through former filters', () => {
  it('goes to older ones and back to the line as it was', () => {
    const walk = new HistoryWalk();
    walk.begin(['c', 'b', 'a'], 'b');
    assert.deepEqual(
      [walk.step(1), walk.step(1), walk.step(1), walk.step(-1), walk.step(-1), walk.step(-1)],
      ['c', 'a', undefined, 'c', 'b', undefined],
    );
  });

  it('knows when the line was changed since', () => {
    const walk = new HistoryWalk();
    walk.begin(['a'], '');
    assert.equal(walk.isAt(''), false);
    walk.step(1);
    assert.deepEqual([walk.isAt('a'), walk.isAt('ab')], [true, false]);
  });
});

describe('the table of statistics', () => {
  const row = (subject: string, count: number, p50?: number): StatisticsRow => ({
    subject,
    filter: '',
    count,
    outcomes: { open: 0, completed: 0, failed: count % 3, unanswered: 0, interrupted: 0 },
    notifications: 0,
    ...(p50 === undefined ? {} : { latency: { p50, p95: p50, p99: p50, max: p50 * 2 } }),
    overTime: [],
  });
  const rows = [row('b', 2, 5), row('a', 2), row('c', 9, 3), row('d', 1)];
  const order = (column: 'subject' | 'count' | 'p50', descending: boolean) =>
    sorted(rows, { column, descending }).map(({ subject }) => subject);

  it('sorts by numbers and by names, equals by their names', () => {
    assert.deepEqual(
      [order('count', true), order('count', false), order('subject', true)],
      [
        ['c', 'a', 'b', 'd'],
        ['d', 'a', 'b', 'c'],
        ['d', 'c', 'b', 'a'],
      ],
    );
  });

  it('puts what was never answered last in either direction', () => {
    assert.deepEqual(
      [order('p50', true), order('p50', false)],
      [
        ['b', 'c', 'a', 'd'],
        ['c', 'b', 'a', 'd'],
      ],
    );
  });

  it('begins with the most, names with the first, and turns round', () => {
    const byCount = { column: 'count', descending: true } as const;
    assert.deepEqual(
      [nextSorting(byCount, 'max'), nextSorting(byCount, 'subject'), nextSorting(byCount, 'count')],
      [
        { column: 'max', descending: true },
        { column: 'subject', descending: false },
        { column: 'count', descending: false },
      ],
    );
  });

  it('draws latencies between whole powers of ten', () => {
    const scale = scaleOf([{ p50: 4, p95: 5, p99: 6, max: 2000 }, undefined]);
    assert.deepEqual(scale, { from: 0, to: 4 });
    assert.deepEqual([placeOf(1, scale), placeOf(100, scale), placeOf(1e9, scale)], [0, 0.5, 1]);
    assert.deepEqual(scaleOf([]), { from: 0, to: 1 });
  });
});

describe('headings by phase', () => {
  const heading = {
    kind: 'heading',
    phase: 1,
    title: 'Registration',
    outcome: 'completed',
    late: false,
    live: false,
    notifications: 0,
    continued: false,
  } as const;

  it('open and close as a tree does; in the order of time their keys mean something else', () => {
    const closed = { ...heading, open: false } as const;
    assert.deepEqual(
      [
        foldStep('fold', 4, heading, 'phase'),
        foldStep('unfold', 4, heading, 'phase'),
        foldStep('unfold', 4, closed, 'phase'),
        foldStep('details', 4, closed, 'phase'),
        foldStep('fold', 4, heading, 'time'),
        isOpen(closed, 'time'),
      ],
      [
        { kind: 'toggle', row: 4 },
        { kind: 'select', row: 5 },
        { kind: 'toggle', row: 4 },
        { kind: 'toggle', row: 4 },
        undefined,
        false,
      ],
    );
  });
});

describe('counts', () => {
  it('are written with separators, as the browser writes them', () => {
    fc.assert(
      fc.property(fc.nat(), (count) => {
        assert.equal(formatCount(count), count.toLocaleString('en-US'));
      }),
    );
  });
});

describe('the query that an earlier page left', () => {
  const state = { firstRow: 0, follow: false };
  const query = {
    filter: 'a',
    scope: 'phases',
    order: 'phase',
    range: { from: 1, to: 2 },
  } as const;

  it('is taken if it has the shape, and dropped if not, with what else was left', () => {
    const wrong: readonly unknown[] = [
      { ...query, scope: 'all' },
      { ...query, order: 1 },
      { ...query, filter: 'x'.repeat(2001) },
      [],
      JSON.parse('{"__proto__":{"filter":"a","scope":"messages","order":"time"}}'),
    ];
    assert.deepEqual(readState({ ...state, query }), { ...state, query });
    assert.deepEqual(
      wrong.map((value) => readState({ ...state, query: value })),
      wrong.map(() => state),
    );
    assert.deepEqual(
      readState({ ...state, query: { ...query, range: { from: 2, to: 1 } } })?.query,
      {
        filter: 'a',
        scope: 'phases',
        order: 'phase',
      },
    );
  });
});
