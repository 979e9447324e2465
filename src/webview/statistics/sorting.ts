import type { StatisticsRow } from '../../core/statistics/statistics';

/** What the table can be sorted by. */
export type StatisticsColumn =
  'subject' | 'count' | 'failed' | 'unanswered' | 'notifications' | 'p50' | 'p95' | 'p99' | 'max';

export interface Sorting {
  readonly column: StatisticsColumn;
  readonly descending: boolean;
}

/** Rows in another order; what has no value stands last in either direction, equals by their subjects. Pure. */
export function sorted(
  rows: readonly StatisticsRow[],
  { column, descending }: Sorting,
): readonly StatisticsRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((one, other) => {
    if (column === 'subject') {
      return sign * one.subject.localeCompare(other.subject);
    }
    const a = valueOf(one, column);
    const b = valueOf(other, column);
    if (a === undefined || b === undefined) {
      return Number(a === undefined) - Number(b === undefined) || bySubject(one, other);
    }
    return sign * (a - b) || bySubject(one, other);
  });
}

/** The way in which a column is sorted when its heading is chosen. */
export function nextSorting(current: Sorting, column: StatisticsColumn): Sorting {
  return column === current.column
    ? { column, descending: !current.descending }
    : { column, descending: column !== 'subject' };
}

function bySubject(one: StatisticsRow, other: StatisticsRow): number {
  return one.subject.localeCompare(other.subject);
}

function valueOf(
  row: StatisticsRow,
  column: Exclude<StatisticsColumn, 'subject'>,
): number | undefined {
  switch (column) {
    case 'count':
      return row.count;
    case 'failed':
      return row.outcomes.failed;
    case 'unanswered':
      return row.outcomes.unanswered;
    case 'notifications':
      return row.notifications;
    case 'p50':
    case 'p95':
    case 'p99':
    case 'max':
      return row.latency?.[column];
  }
}
