/** What the columns of an index are kept in. */
export type Column =
  Uint8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float64Array;

/** From so many rows on a trace is taken for a long one. */
const SHORT = 1 << 14;
/** Room that a long one gets at once. */
const LONG = 1 << 20;

/**
 * For how many values to make room where `needed` do not fit. Room that is not written to costs no memory; growing
 * often does: each time it leaves a hole of the former size in the memory of the process, which others fill slowly.
 */
export function roomFor(needed: number): number {
  const doubled = 2 ** Math.ceil(Math.log2(Math.max(2, needed)));
  return doubled > SHORT && doubled < LONG ? LONG : doubled;
}

/** A column of the same kind with room for `capacity` values, the old ones first. */
export function widen<T extends Column>(column: T, capacity: number): T {
  // The constructor of a typed array makes its own kind.
  const wider = new (column.constructor as new (capacity: number) => T)(capacity);
  wider.set(column);
  return wider;
}

/** The first `length` values of a column; a view. */
export function firstOf<T extends Column>(column: T, length: number): T {
  // `subarray` of a typed array makes its own kind.
  return column.subarray(0, length) as T;
}

/** A copy of a column that stands in a buffer, from byte `at` on. */
export function placedIn<T extends Column>(column: T, buffer: ArrayBuffer, at: number): T {
  type Make = new (buffer: ArrayBuffer, at: number, length: number) => T;
  const placed = new (column.constructor as Make)(buffer, at, column.length);
  placed.set(column);
  return placed;
}

/** Columns of the same names and kinds, each made from what was there. */
export function mapColumns<T extends Readonly<Record<string, Column>>>(
  columns: T,
  make: <C extends Column>(column: C, name: string) => C,
): T {
  const made = Object.entries(columns).map(([name, column]) => [name, make(column, name)]);
  // The names are those of `columns`, and `make` keeps each kind.
  return Object.fromEntries(made) as T;
}

/** A list of whole numbers from 0 to 2^32 - 1 that grows by doubling: a few bytes a value and no objects. */
export class GrowingList {
  private values = new Uint32Array(4);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      this.values = widen(this.values, this.length * 2);
    }
    this.values[this.length++] = value;
  }

  /** The values so far; a view, not a copy. */
  get all(): Uint32Array {
    return this.values.subarray(0, this.length);
  }

  /** Adds all of these. */
  append(values: Uint32Array): void {
    const length = this.length + values.length;
    if (length > this.values.length) {
      this.values = widen(this.values, length);
    }
    this.values.set(values, this.length);
    this.length = length;
  }

  /** The value at `index`, which must be below `length`. */
  at(index: number): number {
    const value = this.values[index];
    if (value === undefined || index >= this.length) {
      throw new RangeError(`No value at ${index} of ${this.length}`);
    }
    return value;
  }
}

/** Gives equal texts one small number, counted from 0. */
export class Interner {
  private readonly ids = new Map<string, number>();
  private readonly texts: string[] = [];

  get size(): number {
    return this.texts.length;
  }

  id(text: string): number {
    const known = this.ids.get(text);
    if (known !== undefined) {
      return known;
    }
    const id = this.texts.length;
    this.ids.set(text, id);
    this.texts.push(text);
    return id;
  }

  /** The number of a text that was seen before. */
  find(text: string): number | undefined {
    return this.ids.get(text);
  }

  text(id: number): string {
    const text = this.texts[id];
    if (text === undefined) {
      throw new RangeError(`No text ${id}`);
    }
    return text;
  }
}
