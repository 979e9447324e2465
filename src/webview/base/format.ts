/** Numbers and times as people read them. Pure: times of day are in the zone of the reader. */

/** Time since the recording started, in milliseconds, as `mm:ss.mmm` or `h:mm:ss.mmm`. */
export function formatElapsed(ms: number): string {
  const whole = Math.max(0, Math.floor(ms));
  const hours = Math.floor(whole / 3_600_000);
  const minutes = Math.floor(whole / 60_000) % 60;
  const rest = `${pad(minutes, 2)}:${pad(Math.floor(whole / 1000) % 60, 2)}.${pad(whole % 1000, 3)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** Time of day as `HH:MM:SS.mmm`. `startedAt` is ISO 8601; undefined when it is no date. */
export function formatClock(startedAt: string, ms: number): string | undefined {
  const date = new Date(Date.parse(startedAt) + Math.floor(ms));
  if (Number.isNaN(date.getTime())) {
    return undefined;
  }
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return `${time.map((part) => pad(part, 2)).join(':')}.${pad(date.getMilliseconds(), 3)}`;
}

/** A duration in milliseconds with its unit: `0.4 ms`, `12 ms`, `1.20 s`, `2 min 05 s`, `3 h 20 min`. */
export function formatDuration(ms: number): string {
  const size = Math.abs(ms);
  const sign = ms < 0 ? '−' : '';
  if (size < 10 && !Number.isInteger(size)) {
    return `${sign}${size.toFixed(1)} ms`;
  }
  if (size < 999.5) {
    return `${sign}${Math.round(size)} ms`;
  }
  if (size < 59_995) {
    return `${sign}${(size / 1000).toFixed(2)} s`;
  }
  const seconds = Math.round(size / 1000);
  if (seconds < 3600) {
    return `${sign}${Math.floor(seconds / 60)} min ${pad(seconds % 60, 2)} s`;
  }
  const minutes = Math.round(seconds / 60);
  return `${sign}${Math.floor(minutes / 60)} h ${pad(minutes % 60, 2)} min`;
}

/** A count with separators: `1,234,567`. */
export function formatCount(count: number): string {
  // The browser's own way reads its tables first, which takes longer than everything else before the first row.
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A count with its noun: `1 message`, `12 messages`. */
export function formatQuantity(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
