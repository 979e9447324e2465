/** Rows of a ladder for copies and pictures: as many as may be, and how many there would have been. */
import type { Work } from '../core/base/work';
import { STEP } from '../core/base/work';
import type { LadderRow } from '../core/ladder/rows';
import type { Trace } from './trace';

/** Rows are made so many at a time. */
const PAGE = 200;

export interface GatheredRows {
  readonly rows: readonly LadderRow[];
  /** Messages among the rows. */
  readonly messages: number;
  /** Rows beyond the limit. */
  readonly left: number;
}

/** The rows from `first` to `end`, until there are `limit` messages or as many other rows. */
export function* gatherRows(
  rowsOf: (first: number, count: number) => readonly LadderRow[],
  first: number,
  end: number,
  limit: number,
): Work<GatheredRows> {
  const rows: LadderRow[] = [];
  let messages = 0;
  for (let at = first; at < end; at += PAGE) {
    for (const row of rowsOf(at, Math.min(PAGE, end - at))) {
      messages += row.kind === 'message' ? 1 : 0;
      if (messages > limit || rows.length >= limit * 2) {
        return { rows, messages: Math.min(messages, limit), left: end - first - rows.length };
      }
      rows.push(row);
    }
    yield;
  }
  return { rows, messages, left: Math.max(0, end - first - rows.length) };
}

/** A phase with its heading, whatever else was said in between. */
export function* gatherPhase(
  trace: Trace,
  phase: number,
  decorate: (row: LadderRow) => LadderRow,
  limit: number,
): Work<GatheredRows> {
  const { tracer, messages, ladder } = trace;
  const { phases } = tracer;
  const request = phases.requestRow(phase);
  const answer = phases.answerRow(phase);
  const rows: LadderRow[] = [ladder.contents.heading(phase, false)];
  let found = 0;
  // An answer may have come before its request, by another way.
  const from = answer >= 0 ? Math.min(request, answer) : request;
  for (let message = from; message < messages.count; message++) {
    if (tracer.phaseOf(message) === phase) {
      found++;
      if (found <= limit) {
        rows.push(decorate(ladder.contents.message(message)));
      }
    }
    if (message % STEP === 0) {
      yield;
    }
  }
  return { rows, messages: Math.min(found, limit), left: Math.max(0, found - limit) };
}
