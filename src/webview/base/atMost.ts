import type { Timer } from '../../bridge/rpcChannel';

/** Resolves when the work is done, or after so many milliseconds; there may be none. Rejects when it fails earlier. */
export async function atMost(
  delayMs: number,
  work: Promise<void> | undefined,
  timer: Timer,
): Promise<void> {
  const late = new Promise<void>((resolve) => timer(delayMs, resolve));
  await Promise.race([work, late]);
}
