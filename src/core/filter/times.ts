/** Times as people write them in a filter: `1m30s`, `200ms`, `13:05:10`. */
import type { ClockDay, Quantity } from './bounds';

/** Milliseconds of each unit. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['us', 0.001],
  ['µs', 0.001],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

const DURATION = /^(?:\d+(?:\.\d+)?(?:us|µs|ms|s|min|m|h|d))+$/;
const PART = /(\d+)(?:\.(\d+))?(us|µs|ms|s|min|m|h|d)/g;
const CLOCK =
  /^(?:(\d{4})-(\d\d)-(\d\d)[T ])?([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?$/;
const DAY = 86_400_000;

/** A duration in ms. It stands for as much as its last digit: `5s` for a second, `1.5s` for a tenth. */
export function readDuration(text: string): Quantity | undefined {
  const lower = text.toLowerCase().replace('μs', 'µs');
  if (lower === '0') {
    return { value: 0, span: 0 };
  }
  if (!DURATION.test(lower)) {
    return undefined;
  }
  let value = 0;
  let span = 0;
  for (const [, whole, fraction = '', unit = ''] of lower.matchAll(PART)) {
    const size = UNITS.get(unit) ?? 0;
    value += Number(`${whole}.${fraction}`) * size;
    span = size / 10 ** fraction.length;
  }
  return { value, span };
}

/** A duration, or a time of day (`13:05`, `13:05:10.250`), perhaps of a day (`2026-03-01T13:05`). */
export function readTime(text: string): Quantity | undefined {
  const match = CLOCK.exec(text);
  if (match === null) {
    return readDuration(text);
  }
  const [, year, month, day, hours, minutes, seconds, fraction = ''] = match;
  const clock: ClockDay =
    year === undefined ? 'same' : { year: Number(year), month: Number(month), day: Number(day) };
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds ?? 0);
  const value = whole * 1000 + Number(`0.${fraction}`) * 1000;
  return { value, span: seconds === undefined ? 60_000 : 1000 / 10 ** fraction.length, clock };
}

/**
 * Milliseconds from the start of a recording to a time; clocks are those of the local time zone. A time of day
 * alone is that of the day of the start, or of the next one where it lies more than half a day before the start.
 */
export function sinceStart(
  { value, clock }: Quantity,
  startedAt: string | undefined,
): number | undefined {
  if (clock === undefined) {
    return value;
  }
  const start = Date.parse(startedAt ?? '');
  if (Number.isNaN(start)) {
    return undefined;
  }
  if (clock !== 'same') {
    return new Date(clock.year, clock.month - 1, clock.day, 0, 0, 0, value).getTime() - start;
  }
  const day = new Date(start);
  const on = (shift: number): number =>
    new Date(day.getFullYear(), day.getMonth(), day.getDate() + shift, 0, 0, 0, value).getTime() -
    start;
  return on(0) < -DAY / 2 ? on(1) : on(0);
}
