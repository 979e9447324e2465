import { toDisposable } from '../../src/core/base/disposable';
import type { Pace } from '../../src/session/traceView/pace';

/** Real time, with other work let first between slices, as the extension host has it. */
export const hostLikePace: Pace = {
  now: () => performance.now(),
  after: (ms, callback) => {
    const timeout = setTimeout(callback, ms);
    return toDisposable(() => clearTimeout(timeout));
  },
  yield: () => new Promise((resolve) => setImmediate(resolve)),
};
