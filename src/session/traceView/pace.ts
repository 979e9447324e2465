/** How long work goes on at a time, so that the host stays responsive whatever the size of a trace. */
import type { CancellationSignal } from '../../core/base/cancellation';
import type { Disposable } from '../../core/base/disposable';
import type { Work } from '../../core/base/work';
import type { Clock } from '../ports';

/** A clock, and a way to let others go first. */
export interface Pace extends Clock {
  /** Resolves after other work that waits has run. */
  yield(): Promise<void>;
}

/** Milliseconds of work in a row: short of the 8 that a slice may take. */
const SLICE_MS = 6;

/** Milliseconds that work took, without those in which others ran. */
export interface Spent {
  ms: number;
}

/** Runs work to its end, slice by slice. Rejects with the signal's reason when it is given up. */
export async function inSlices<T>(
  work: Work<T>,
  pace: Pace,
  signal: CancellationSignal,
  spent: Spent = { ms: 0 },
): Promise<T> {
  for (;;) {
    const from = pace.now();
    do {
      const step = work.next();
      if (step.done === true) {
        spent.ms += pace.now() - from;
        return step.value;
      }
    } while (pace.now() - from < SLICE_MS);
    spent.ms += pace.now() - from;
    await pace.yield();
    signal.throwIfAborted();
  }
}

/** Work that is done again while a trace grows takes at most one part in so many of the time. */
const SHARE = 20;

/** Says when something costly may be done again. */
export class Throttle implements Disposable {
  private next = -Infinity;
  private waiting: Disposable | undefined;

  constructor(private readonly pace: Pace) {}

  /** True when it may be done now; else calls back once when it may. */
  may(callback: () => void): boolean {
    const wait = this.next - this.pace.now();
    if (wait > 0) {
      this.waiting?.dispose();
      this.waiting = this.pace.after(wait, callback);
    }
    return wait <= 0;
  }

  /** It was done, and cost so many milliseconds. */
  did(ms: number): void {
    this.rest(ms * SHARE);
  }

  /** It may be done again in so many milliseconds. */
  rest(ms: number): void {
    this.next = this.pace.now() + ms;
  }

  dispose(): void {
    this.waiting?.dispose();
  }
}
