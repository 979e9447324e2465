/** What the view may hand over, checked: sizes and shapes. Everything else is refused before anybody reads it. */
import type { LadderQuery } from '../core/filter/query';
import type { StatisticsBy } from '../core/statistics/statistics';
import type { PlayGoal } from './traceView';

/** UTF-16 units of a filter, of a saved filter's name, and of a text that is looked for. */
export const MAX_FILTER = 2000;
export const MAX_FILTER_NAME = 100;
export const MAX_FIND_TEXT = 1000;
/** Parts of a time strip. */
export const MAX_STRIP_PARTS = 2000;
/** Lifelines that are hidden or put in order. */
const MAX_LIFELINES = 1000;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

export function isStep(value: unknown): value is 1 | -1 {
  return value === 1 || value === -1;
}

export function isTextUpTo(value: unknown, length: number): value is string {
  return typeof value === 'string' && value.length <= length;
}

export function isStatisticsBy(value: unknown): value is StatisticsBy {
  return value === 'phase' || value === 'workbin' || value === 'agent';
}

export function isPlayGoal(value: unknown): value is PlayGoal {
  return value === 'message' || value === 'phase' || value === 'failure';
}

/** JSON has no undefined: on the way it may have become null. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** Positions of lifelines: not more than a ladder could show. */
export function isLifelines(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length <= MAX_LIFELINES && value.every(isCount);
}

/** A query of our own making, with nothing else in it; undefined when it is none. */
export function readQuery(value: unknown): LadderQuery | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { filter, scope, order, range, hidden } = value;
  if (
    !isTextUpTo(filter, MAX_FILTER) ||
    (scope !== 'messages' && scope !== 'phases') ||
    (order !== 'time' && order !== 'phase')
  ) {
    return undefined;
  }
  if (!isAbsent(hidden) && !isLifelines(hidden)) {
    return undefined;
  }
  const query: LadderQuery = {
    filter,
    scope,
    order,
    ...(isAbsent(hidden) ? {} : { hidden }),
  };
  if (isAbsent(range)) {
    return query;
  }
  return isRecord(range) && isTime(range['from']) && isTime(range['to'])
    ? { ...query, range: { from: range['from'], to: range['to'] } }
    : undefined;
}
