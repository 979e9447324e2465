/** Numbers and times between bounds: comparisons, ranges, and values that stand for a little stretch. */
import { ok, type Result } from '../base/result';
import { problem, type FieldValue } from './filter';
import type { FilterProblem } from './query';

/** A number as written. Without a sign it stands for everything from `value` up to `value + span`, or itself (0). */
export interface Quantity {
  readonly value: number;
  readonly span: number;
  /** Set where `value` is a wall clock: milliseconds since the start of a day, or of `year`, `month`, `day`. */
  readonly clock?: ClockDay;
}

/** A day of the local calendar, or the day of the recording. */
export type ClockDay =
  'same' | { readonly year: number; readonly month: number; readonly day: number };

/** An end of a stretch; absent in {@link Bounds} where it is open. */
export interface Bound {
  readonly quantity: Quantity;
  readonly inside: boolean;
}

export interface Bounds {
  readonly from?: Bound;
  readonly to?: Bound;
}

const RANGE = /^([[{])\s*(\S+)\s+to\s+(\S+)\s*([\]}])$/i;

/** Reads `5`, `>5`, `[1 TO 5]` (ends inside), `{1 TO 5}` (ends outside); `*` leaves an end open. */
export function readBounds(
  value: FieldValue,
  read: (text: string) => Quantity | undefined,
  example: string,
): Result<Bounds, FilterProblem> {
  const { text, form, comparison } = value;
  if (form === 'range') {
    return readRange(value, read, example);
  }
  const quantity = read(text);
  if (quantity === undefined) {
    return problem(value, `Write a value such as ${example}.`);
  }
  const inside = comparison.endsWith('=');
  switch (comparison) {
    case '>':
    case '>=':
      return ok({ from: { quantity, inside } });
    case '<':
    case '<=':
      return ok({ to: { quantity, inside } });
    case '=':
    case '': {
      const { value: begin, span } = quantity;
      return ok({
        from: { quantity, inside: true },
        to: { quantity: { ...quantity, value: begin + span }, inside: span === 0 },
      });
    }
  }
}

function readRange(
  value: FieldValue,
  read: (text: string) => Quantity | undefined,
  example: string,
): Result<Bounds, FilterProblem> {
  if (value.comparison !== '') {
    return problem(value, `Leave out "${value.comparison}": a range has both ends.`);
  }
  const [, open, first = '', last = '', close] = RANGE.exec(value.text) ?? [];
  const from = first === '*' ? undefined : read(first);
  const to = last === '*' ? undefined : read(last);
  if ((from === undefined && first !== '*') || (to === undefined && last !== '*')) {
    return problem(
      value,
      `Write a range as [from TO to]; each end is a value such as ${example}, or *.`,
    );
  }
  return ok({
    ...(from && { from: { quantity: from, inside: open === '[' } }),
    ...(to && { to: { quantity: to, inside: close === ']' } }),
  });
}

/** A test of numbers. `resolve` says which number a quantity is; undefined: none, and nothing passes. */
export function testOfBounds(
  { from, to }: Bounds,
  resolve: (quantity: Quantity) => number | undefined = ({ value }) => value,
): (value: number) => boolean {
  const low = from === undefined ? -Infinity : resolve(from.quantity);
  const high = to === undefined ? Infinity : resolve(to.quantity);
  if (low === undefined || high === undefined) {
    return () => false;
  }
  const withLow = from?.inside ?? true;
  const withHigh = to?.inside ?? true;
  return (value) =>
    (value > low || (withLow && value === low)) && (value < high || (withHigh && value === high));
}
