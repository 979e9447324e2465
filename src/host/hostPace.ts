import type { Pace } from '../session/traceView/pace';
import { hostTimer } from './coalescer';

/** The extension host's clock; other work of the host runs at each `yield`. */
export const hostPace: Pace = {
  now: () => performance.timeOrigin + performance.now(),
  after: hostTimer,
  yield: () => new Promise((resolve) => setImmediate(resolve)),
};
