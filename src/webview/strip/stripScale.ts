import type { TimeRange } from '../../core/filter/query';

/** Between times of the session (ms) and pixels of the strip. Pure. */
export interface StripScale {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/** Where a time stands, in pixels from the left. */
export function xOf({ from, to, width }: StripScale, time: number): number {
  return to > from ? ((time - from) / (to - from)) * width : 0;
}

/** The time at a place, within the session. */
export function timeAt({ from, to, width }: StripScale, x: number): number {
  const share = width > 0 ? Math.min(Math.max(x / width, 0), 1) : 0;
  return from + share * (to - from);
}

/** The range between two times, whichever is first; undefined where nothing lies between. The end is included. */
export function rangeBetween(one: number, other: number, to: number): TimeRange | undefined {
  const from = Math.min(one, other);
  const end = Math.max(one, other);
  // What is at the very end of the session belongs to a range that reaches it.
  return end > from ? { from, to: end >= to ? to + 1 : end } : undefined;
}

/** Height of a bar for a number of messages: few are seen beside many. */
export function barHeight(count: number, most: number, height: number): number {
  return count <= 0 || most <= 0 ? 0 : Math.max(1, Math.sqrt(count / most) * height);
}

/** A range that is grown or shrunk by keys from where the reader stands. */
export function stretched(
  range: TimeRange | undefined,
  at: number,
  step: number,
  { from, to }: StripScale,
): TimeRange | undefined {
  const anchor = range === undefined ? at : range.from;
  const end = Math.min(range === undefined ? at : range.to, to);
  const moved = Math.min(Math.max(end + step, from), to);
  return rangeBetween(anchor, moved, to);
}
