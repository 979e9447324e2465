import type { Lifeline, MessageRow } from '../ladder/rows';
import { oneLine } from './picture';

/** Longer values are cut: it is one line of a table. */
const MAX_VALUE = 2000;

/**
 * A message as one tab-separated line: seconds, sequence, name, from, to, reference, workbin, interaction, error,
 * milliseconds since its request, note. What there is none of is empty, so that columns stay columns.
 */
export function rowLine(row: MessageRow, lifelines: readonly Lifeline[]): string {
  const values = [
    (row.time / 1000).toFixed(6),
    row.seq,
    row.name,
    lifelines[row.from]?.title,
    lifelines[row.to]?.title,
    row.reference,
    row.workbin,
    row.interactionId,
    row.error,
    row.sinceRequestMs,
    row.note,
  ];
  return values
    .map((value) => (value === undefined ? '' : oneLine(String(value), MAX_VALUE)))
    .join('\t');
}
