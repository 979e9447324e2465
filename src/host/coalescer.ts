import type { Disposable } from '../core/base/disposable';
import type { Timer } from '../bridge/rpcChannel';

/** Most notifications a second, and refreshes of a tree: one every 100 ms. */
export const COALESCE_MS = 100;

/**
 * Between two changes of a tree that are told. VS Code waits for 200 ms without one before it asks a tree anew: what
 * goes on quicker would never be shown.
 */
export const TREE_MS = 300;

/** The extension host's timer. */
export const hostTimer: Timer = (delayMs, run) => {
  const timeout = setTimeout(run, delayMs);
  return { dispose: () => clearTimeout(timeout) };
};

/** Runs something soon after it was asked for, at most once in `everyMs`, however often that is. */
export class Coalescer implements Disposable {
  private waiting: Disposable | undefined;
  private again = false;
  private disposed = false;

  constructor(
    private readonly run: () => void,
    private readonly timer: Timer = hostTimer,
    private readonly everyMs = COALESCE_MS,
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
    this.waiting = this.timer(this.everyMs, () => {
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
