/** What stands on the screen, read off the rows that have come. */
import type { TimeRange } from '../../core/filter/query';
import type { LadderRow } from '../../core/ladder/rows';

/** A row by its number; undefined while it is on its way. */
type RowAt = (index: number) => LadderRow | undefined;

/** A message, the row that shows it, and when it passed (ms). */
export interface MessageOnScreen {
  readonly message: number;
  readonly index: number;
  readonly time: number;
}

/** The rows on the screen, and their times as far as rows have come. */
export interface RowsInView {
  readonly first: number;
  readonly last: number;
  readonly times: TimeRange | undefined;
}

/** The first message from one row to another; undefined where none has come. */
export function firstMessage(row: RowAt, first: number, last: number): MessageOnScreen | undefined {
  for (let index = first; index <= last; index++) {
    const shown = row(index);
    if (shown?.kind === 'message') {
      return { message: shown.message, index, time: shown.time };
    }
  }
  return undefined;
}

/** From the earliest to the latest time that rows tell of. */
export function timesOf(row: RowAt, first: number, last: number): TimeRange | undefined {
  let from = Infinity;
  let to = -Infinity;
  for (let index = first; index <= last; index++) {
    const shown = row(index);
    if (shown !== undefined && shown.kind !== 'heading') {
      from = Math.min(from, shown.time);
      to = Math.max(to, shown.time);
    }
  }
  return from <= to ? { from, to } : undefined;
}
