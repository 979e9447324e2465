import type { Timer } from '../../bridge/rpcChannel';

/** Hands on what it is given at once, but only so often; of what comes meanwhile the newest follows. */
export class Throttled<T> {
  private waiting: { readonly value: T } | undefined;
  private resting = false;

  constructor(
    private readonly timer: Timer,
    private readonly intervalMs: number,
    private readonly handOn: (value: T) => void,
  ) {}

  give(value: T): void {
    if (this.resting) {
      this.waiting = { value };
      return;
    }
    this.resting = true;
    this.timer(this.intervalMs, () => {
      this.resting = false;
      const { waiting } = this;
      this.waiting = undefined;
      if (waiting !== undefined) {
        this.give(waiting.value);
      }
    });
    this.handOn(value);
  }
}
