import { performance } from 'node:perf_hooks';
import { toDisposable } from '../core/base/disposable';
import type { Clock } from '../session/ports';

/** The machine's clock: wall time at start, carried on by the clock that never goes back. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return toDisposable(() => clearTimeout(timer));
  },
};
