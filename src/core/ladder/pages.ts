import type { Column } from '../base/growing';

const SHIFT = 12;
const PAGE = 1 << SHIFT;
const MASK = PAGE - 1;

/**
 * A column that grows by pages: adding never copies what is there, so that no slice of work grows with the
 * length of the trace.
 */
export class PagedColumn<T extends Column> {
  private readonly pages: T[] = [];
  private last: T | undefined;
  private values = 0;

  /** `make` gives an empty array of a length. */
  constructor(private readonly make: (length: number) => T) {}

  get length(): number {
    return this.values;
  }

  push(value: number): void {
    const at = this.values & MASK;
    if (at === 0 || this.last === undefined) {
      this.last = this.make(PAGE);
      this.pages.push(this.last);
    }
    this.last[at] = value;
    this.values++;
  }

  /** The value at an index below `length`. */
  at(index: number): number {
    return this.pages[index >>> SHIFT]?.[index & MASK] ?? 0;
  }

  /** Replaces the value at an index below `length`. */
  set(index: number, value: number): void {
    const page = this.pages[index >>> SHIFT];
    if (page !== undefined) {
      page[index & MASK] = value;
    }
  }

  /** All of it, without copying. */
  save(): readonly Column[] {
    const whole = this.pages.slice(0, -1);
    const rest = this.last?.subarray(0, this.values - whole.length * PAGE);
    return rest === undefined ? [this.make(0)] : [...whole, rest];
  }

  /** Takes `column`, which has the kind of this one, in the place of all that is there. */
  restore(column: T): void {
    this.pages.length = 0;
    for (let at = 0; at < column.length; at += PAGE) {
      const page = this.make(PAGE);
      page.set(column.subarray(at, at + PAGE));
      this.pages.push(page);
    }
    this.last = this.pages.at(-1);
    this.values = column.length;
  }

  /** An empty array of its kind. */
  get kind(): T {
    return this.make(0);
  }

  /** The first place of a value from `from` on; -1 without one. */
  indexOf(value: number, from: number): number {
    for (let page = Math.max(0, from) >>> SHIFT; page < this.pages.length; page++) {
      const start = page << SHIFT;
      const found = this.pages[page]?.indexOf(value, Math.max(0, from - start)) ?? -1;
      if (found >= 0) {
        return start + found < this.values ? start + found : -1;
      }
    }
    return -1;
  }

  /** The last place of a value up to and with `from`; -1 without one. */
  lastIndexOf(value: number, from: number): number {
    const last = Math.min(from, this.values - 1);
    for (let page = last >>> SHIFT; last >= 0 && page >= 0; page--) {
      const start = page << SHIFT;
      const found = this.pages[page]?.lastIndexOf(value, Math.min(MASK, last - start)) ?? -1;
      if (found >= 0) {
        return start + found;
      }
    }
    return -1;
  }
}

export function pagedBytes(): PagedColumn<Uint8Array> {
  return new PagedColumn((length) => new Uint8Array(length));
}

export function pagedNumbers(): PagedColumn<Uint32Array> {
  return new PagedColumn((length) => new Uint32Array(length));
}

export function pagedFractions(): PagedColumn<Float64Array> {
  return new PagedColumn((length) => new Float64Array(length));
}

/** The least index below `end` for which `is` holds, where it holds for all after it; else `end`. */
export function lowerBound(end: number, is: (index: number) => boolean, from = 0): number {
  let low = from;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (is(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
