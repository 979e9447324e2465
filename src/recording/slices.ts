/** Long work in slices, between which other work runs. */
import { setImmediate } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import type { CancellationSignal } from '../core/base/cancellation';

/** Short enough that nobody who types or scrolls notices; what is begun before its end still has a millisecond. */
const SLICE_MS = 7;

export class Slices {
  private since = performance.now();

  constructor(private readonly signal: CancellationSignal) {}

  /** True when the present slice is used up; {@link rest} then begins the next one. */
  get isUsedUp(): boolean {
    return performance.now() - this.since >= SLICE_MS;
  }

  /** Lets other work run. Rejects when the work was given up meanwhile. */
  async rest(): Promise<void> {
    await setImmediate();
    this.signal.throwIfAborted();
    this.since = performance.now();
  }

  /** Rests when it is time to. */
  async pause(): Promise<void> {
    if (this.isUsedUp) {
      await this.rest();
    }
  }
}
