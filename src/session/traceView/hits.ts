import type { MessageList } from '../../core/ladder/layout';
import { lowerBound } from '../../core/ladder/pages';

/** Messages of two ascending lists that may still grow, each once: merged as far as `settled` says. */
export class Hits implements MessageList {
  private merged = new Uint32Array(256);
  private count = 0;
  private fromFirst = 0;
  private fromSecond = 0;

  constructor(
    private readonly first: MessageList,
    private readonly second: MessageList,
  ) {}

  get length(): number {
    return this.count;
  }

  at(index: number): number | undefined {
    return index < this.count ? this.merged[index] : undefined;
  }

  /** Takes in what both lists hold below message `end`; neither will get anything more below it. */
  settle(end: number): void {
    for (;;) {
      const one = this.first.at(this.fromFirst) ?? Infinity;
      const other = this.second.at(this.fromSecond) ?? Infinity;
      const next = Math.min(one, other);
      if (next >= end) {
        return;
      }
      this.fromFirst += one === next ? 1 : 0;
      this.fromSecond += other === next ? 1 : 0;
      this.push(next);
    }
  }

  has(message: number): boolean {
    return this.at(this.below(message)) === message;
  }

  /** How many are below a message. */
  below(message: number): number {
    return lowerBound(this.count, (index) => (this.merged[index] ?? 0) >= message);
  }

  /**
   * Place of the next (1) or previous (-1) hit from a message on, that message left out, going round at the end;
   * without a message the first, or the last. Undefined without hits.
   */
  next(message: number | undefined, step: 1 | -1): number | undefined {
    if (this.count === 0) {
      return undefined;
    }
    const at =
      step > 0
        ? message === undefined
          ? 0
          : this.below(message + 1)
        : (message === undefined ? this.count : this.below(message)) - 1;
    return (at + this.count) % this.count;
  }

  private push(message: number): void {
    if (this.count === this.merged.length) {
      const wider = new Uint32Array(this.count * 2);
      wider.set(this.merged);
      this.merged = wider;
    }
    this.merged[this.count++] = message;
  }
}
