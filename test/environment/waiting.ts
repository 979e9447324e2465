import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/**
 * Waits until `condition` gives a value that is neither false nor undefined, and returns it.
 * @param what completes the sentence "Waited in vain for …" of the error.
 * @param timeoutMs fails after this many milliseconds.
 */
export async function waitFor<T>(
  what: string,
  condition: () => T | Promise<T>,
  timeoutMs = 20_000,
): Promise<Exclude<T, false | undefined>> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value !== false && value !== undefined) {
      return value as Exclude<T, false | undefined>;
    }
    if (performance.now() > end) {
      throw new Error(`Waited in vain for ${what} (${String(timeoutMs)} ms).`);
    }
    await pause(50);
  }
}

/** Waits until `read` gives what is expected, deeply; throws how the last that it gave differs. */
export async function waitForEqual<T>(
  read: () => T | Promise<T>,
  expected: T,
  timeoutMs = 20_000,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const actual = await read();
    if (isDeepStrictEqual(actual, expected) || performance.now() > end) {
      assert.deepEqual(actual, expected);
      return;
    }
    await pause(50);
  }
}
