import { widen } from '../../core/base/growing';
import type { MessageList } from '../../core/ladder/layout';
import { lowerBound } from '../../core/ladder/pages';

/** Ascending numbers of messages; four bytes each. */
export class RowList implements MessageList {
  private rows = new Uint32Array(256);
  private count = 0;

  get length(): number {
    return this.count;
  }

  at(index: number): number | undefined {
    return index < this.count ? this.rows[index] : undefined;
  }

  /** Adds a number that is above all so far. */
  push(row: number): void {
    if (this.count === this.rows.length) {
      this.rows = widen(this.rows, this.count * 2);
    }
    this.rows[this.count++] = row;
  }

  /** How many are below a number. */
  below(row: number): number {
    return countBelow(this, row);
  }

  has(row: number): boolean {
    return this.at(this.below(row)) === row;
  }
}

/** How many of a list are below a number. */
export function countBelow(list: MessageList, row: number): number {
  return lowerBound(list.length, (index) => (list.at(index) ?? Infinity) >= row);
}
