import type { Disposable } from '../core/base/disposable';
import type { Timer } from '../bridge/rpcChannel';

/** Most notifications a second, and refreshes of a tree: one every 100 ms. */
export const COALESCE_MS = 100;

/** The extension host's timer. */
export const hostTimer: Timer = (delayMs, run) => {
  const timeout = setTimeout(run, delayMs);
  return { dispose: () => clearTimeout(timeout) };
};

/** Runs something soon after it was asked for, at most once in {@link COALESCE_MS}, however often that is. */
export class Coalescer implements Disposable {
  private waiting: Disposable | undefined;
  private again = false;
  private disposed = false;

  constructor(
    private readonly run: () => void,
    private readonly timer: Timer = hostTimer,
  ) {}

  /** Asks for a run: at once when none was lately, else when the time has passed. */
  ask(): void {
    if (this.disposed) {
      return;
    }
    if (this.waiting !== undefined) {
      this.again = true;
      return;
    }
    this.waiting = this.timer(COALESCE_MS, () => {
      this.waiting = undefined;
      if (this.again) {
        this.again = false;
        this.ask();
      }
    });
    this.run();
  }

  dispose(): void {
    this.disposed = true;
    this.waiting?.dispose();
  }
}
