import type { Timer } from '../../bridge/rpcChannel';
import type { Disposable } from '../../core/base/disposable';

/** Milliseconds without a key after which a line is taken for what was meant. */
const SETTLE_MS = 3000;

/**
 * Tells which filters somebody settled on: those that were confirmed or chosen, or stood for a while, or were left
 * standing. What a line was on the way there is none to come back to.
 */
export class FilterSettling {
  private written = '';
  private waiting: Disposable | undefined;

  constructor(
    private readonly timer: Timer,
    private readonly remember: (filter: string) => void,
  ) {}

  /** The line is being written, and stands like this now. */
  write(line: string): void {
    this.waiting?.dispose();
    this.written = line;
    this.waiting = this.timer(SETTLE_MS, () => this.settle(line));
  }

  /** This is what was meant. */
  settle(line: string): void {
    this.waiting?.dispose();
    this.waiting = undefined;
    const filter = line.trim();
    if (filter !== '') {
      this.remember(filter);
    }
  }

  /** What was written is thrown away. */
  drop(): void {
    this.waiting?.dispose();
    this.waiting = undefined;
  }

  /** Nobody writes any more. */
  leave(): void {
    if (this.waiting !== undefined) {
      this.settle(this.written);
    }
  }
}
