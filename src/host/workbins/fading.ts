import type { Timer } from '../../bridge/rpcChannel';
import type { Disposable } from '../../core/base/disposable';
import { hostTimer } from '../coalescer';

/** Tells when marks are to fade, each row's once, with one timer for all. */
export class Fading implements Disposable {
  private readonly due = new Map<string, number>();
  private waiting: { readonly at: number; readonly timer: Disposable } | undefined;

  constructor(
    private readonly fade: (id: string) => void,
    private readonly now: () => number,
    private readonly timer: Timer = hostTimer,
  ) {}

  /** The row is to be told of in so many milliseconds, instead of what was said of it before. */
  in(id: string, ms: number): void {
    this.due.set(id, this.now() + Math.max(0, ms));
    this.wait();
  }

  dispose(): void {
    this.waiting?.timer.dispose();
    this.due.clear();
  }

  private wait(): void {
    const next = Math.min(...this.due.values());
    if (!Number.isFinite(next) || (this.waiting !== undefined && this.waiting.at <= next)) {
      return;
    }
    this.waiting?.timer.dispose();
    const timer = this.timer(Math.max(0, next - this.now()) + 1, () => this.run());
    this.waiting = { at: next, timer };
  }

  private run(): void {
    this.waiting = undefined;
    const now = this.now();
    const over = [...this.due].filter(([, at]) => at <= now).map(([id]) => id);
    over.forEach((id) => this.due.delete(id));
    over.forEach((id) => this.fade(id));
    this.wait();
  }
}
