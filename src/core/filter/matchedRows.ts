import { widen } from '../base/growing';

/** Ascending numbers of messages, four bytes each. */
export class MatchedRows {
  private rows = new Uint32Array(1024);
  private count = 0;

  get length(): number {
    return this.count;
  }

  at(index: number): number | undefined {
    return index < this.count ? this.rows[index] : undefined;
  }

  /** The numbers from one place up to another, not copied: valid until the next is added. */
  subarray(from: number, to = this.count): Uint32Array {
    return this.rows.subarray(from, Math.min(to, this.count));
  }

  /** How many are below a number. */
  below(row: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.rows[middle] ?? 0) < row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Adds ascending numbers that are above all so far. */
  append(rows: Uint32Array): void {
    const count = this.count + rows.length;
    if (count > this.rows.length) {
      this.rows = widen(this.rows, Math.max(count, this.rows.length * 2));
    }
    this.rows.set(rows, this.count);
    this.count = count;
  }

  /** Adds a number that is above all so far. */
  push(row: number): void {
    if (this.count === this.rows.length) {
      this.rows = widen(this.rows, this.count * 2);
    }
    this.rows[this.count++] = row;
  }
}
