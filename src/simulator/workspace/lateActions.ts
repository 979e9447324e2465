import { DisposableStore, type Disposable } from '../../core/base/disposable';
import type { Clock } from '../../session/ports';
import type { Faults } from '../faults';

/** Runs what the server sends: now, or by the faults late and in order, or not at all. */
export class LateActions implements Disposable {
  private readonly waiting: (() => void)[] = [];
  private readonly timers = new DisposableStore();

  constructor(
    private readonly clock: Clock,
    private readonly faults: Faults,
  ) {}

  run(action: () => void): void {
    if (this.faults.hang) {
      return;
    }
    if (this.faults.delayMs === 0 && this.waiting.length === 0) {
      action();
      return;
    }
    this.waiting.push(action);
    this.timers.add(this.clock.after(this.faults.delayMs, () => this.waiting.shift()?.()));
  }

  dispose(): void {
    this.timers.dispose();
    this.waiting.length = 0;
  }
}
