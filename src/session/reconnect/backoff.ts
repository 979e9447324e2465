/** How long to wait between tries of something that may come back. */
export interface BackoffTiming {
  /** Longest pause before the first try. */
  readonly firstMs: number;
  /** Longest pause of all. */
  readonly maxMs: number;
}

export const USUAL_BACKOFF: BackoffTiming = { firstMs: 1000, maxMs: 30_000 };

/** Gives a number of at least 0 and less than 1. */
export type Random = () => number;

/**
 * Milliseconds before a try, counted from 1. The limit doubles from try to try, and any time up to it is as likely
 * as any other ("full jitter"), so that many clients of one server that went down do not come back all at once.
 */
export function backoffMs(
  attempt: number,
  random: Random,
  { firstMs, maxMs }: BackoffTiming = USUAL_BACKOFF,
): number {
  const doublings = Math.min(Math.max(attempt, 1) - 1, 30);
  return Math.round(random() * Math.min(maxMs, firstMs * 2 ** doublings));
}
