import { toDisposable } from '../core/base/disposable';
import type { Clock } from '../session/ports';

/** This machine's time, which never goes back while the process runs. */
export const SYSTEM_CLOCK: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return toDisposable(() => clearTimeout(timer));
  },
};
