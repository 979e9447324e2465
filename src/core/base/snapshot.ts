/**
 * The state of an index as columns and plain values, to be kept beside a recording and taken up again. What is read
 * back is untrusted: whoever restores checks it whole before changing anything.
 */
import type { Column } from './growing';
import { PAGE, SLACK, type TextTable } from './textTable';

/** Says that a snapshot is not what was saved. Whoever restores begins anew. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

/** Plain data that JSON keeps. */
export type PlainValue =
  string | number | boolean | null | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/** Carries out a restoring that was checked. */
export type Restoring = () => void;

export interface SavedTexts {
  readonly count: number;
  readonly starts: Uint32Array;
  readonly lengths: Uint16Array;
  /** Whole pages of letters; all of them in one piece where they were read back. */
  readonly letters: readonly Uint8Array[];
  readonly wide: readonly (readonly [number, string])[];
}

export class Snapshot {
  /**
   * Columns in pieces that follow each other: views on live ones until the snapshot is written, so that nothing is
   * copied. One piece each in what was read back.
   */
  readonly columns = new Map<string, readonly Column[]>();
  readonly values = new Map<string, PlainValue>();

  /** Keeps the first `length` values of a column. */
  putColumn(name: string, column: Column, length: number): void {
    this.columns.set(name, [column.subarray(0, length)]);
  }

  /** Keeps a column that stands in pieces of one kind, at least one of them. */
  putPieces(name: string, pieces: readonly Column[]): void {
    this.columns.set(name, pieces);
  }

  putValue(name: string, value: PlainValue): void {
    this.values.set(name, value);
  }

  putTexts(name: string, table: TextTable): void {
    const { count, starts, lengths, letters, wide } = table.save();
    this.putPieces(`${name}.starts`, [starts]);
    this.putPieces(`${name}.lengths`, [lengths]);
    this.putPieces(`${name}.letters`, letters);
    this.putValue(`${name}.count`, count);
    this.putValue(`${name}.wide`, wide);
  }

  /** A column of the same kind as `like` with `length` values. Throws {@link SnapshotError}. */
  column<T extends Column>(name: string, like: T, length: number): T {
    const [column] = this.columns.get(name) ?? [];
    if (column === undefined || column.length !== length || !isAlike(column, like)) {
      throw new SnapshotError(`${name} is not as it was saved`);
    }
    return column;
  }

  value(name: string): PlainValue {
    const value = this.values.get(name);
    if (value === undefined) {
      throw new SnapshotError(`${name} is missing`);
    }
    return value;
  }

  /** A whole number from 0 to `most`. */
  count(name: string, most = Number.MAX_SAFE_INTEGER): number {
    return countOf(this.value(name), name, most);
  }

  list(name: string): readonly PlainValue[] {
    return listOf(this.value(name), name);
  }

  texts(name: string): SavedTexts {
    const count = this.count(`${name}.count`, 0xffffffff);
    const starts = this.column(`${name}.starts`, new Uint32Array(0), count);
    const lengths = this.column(`${name}.lengths`, new Uint16Array(0), count);
    const [letters] = this.columns.get(`${name}.letters`) ?? [];
    if (!(letters instanceof Uint8Array) || letters.length % PAGE !== 0) {
      throw new SnapshotError(`${name} has other letters than were saved`);
    }
    for (let id = 0; id < count; id++) {
      const start = (starts[id] ?? 0) % PAGE;
      const isThere = (starts[id] ?? 0) < letters.length || lengths[id] === 0;
      if (!isThere || start + (lengths[id] ?? 0) > PAGE - SLACK) {
        throw new SnapshotError(`${name} has texts where no letters are`);
      }
    }
    const wide = this.list(`${name}.wide`).map((entry) => {
      const [id, text] = listOf(entry, name);
      if (typeof text !== 'string') {
        throw new SnapshotError(`${name} is no text`);
      }
      return [countOf(id, name, count - 1), text] as const;
    });
    return { count, starts, lengths, letters: [letters], wide };
  }
}

export function countOf(
  value: PlainValue | undefined,
  name: string,
  most = Number.MAX_SAFE_INTEGER,
): number {
  if (!Number.isSafeInteger(value) || typeof value !== 'number' || value < 0 || value > most) {
    throw new SnapshotError(`${name} is no count`);
  }
  return value;
}

export function listOf(value: PlainValue | undefined, name: string): readonly PlainValue[] {
  if (!Array.isArray(value)) {
    throw new SnapshotError(`${name} is no list`);
  }
  return value as readonly PlainValue[];
}

export function recordOf(
  value: PlainValue | undefined,
  name: string,
): { readonly [key: string]: PlainValue } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SnapshotError(`${name} is no object`);
  }
  return value as { readonly [key: string]: PlainValue };
}

/** A list of whole numbers that are not below `least`. */
export function numbersOf(
  value: PlainValue | undefined,
  name: string,
  least = 0,
): readonly number[] {
  const list = listOf(value, name);
  if (!list.every((each) => Number.isSafeInteger(each) && Number(each) >= least)) {
    throw new SnapshotError(`${name} is no list of numbers`);
  }
  return list as readonly number[];
}

/** Throws unless each value is from `least` to below `limit`. */
export function mustLieBelow(column: Column, name: string, limit: number, least = 0): void {
  for (let at = 0; at < column.length; at++) {
    const value = column[at] ?? 0;
    if (!(value >= least && value < limit)) {
      throw new SnapshotError(`${name} points where nothing is`);
    }
  }
}

/** Throws unless the numbers in columns are of texts that are there: `tables` by the name of the column. */
export function mustBeIn(
  tables: { readonly [column: string]: SavedTexts },
  columns: { readonly [column: string]: Column },
): void {
  for (const [name, { count }] of Object.entries(tables)) {
    mustLieBelow(columns[name] ?? new Uint8Array(0), name, count);
  }
}

/** Throws unless no value is below the one before it. */
export function mustAscend(column: Column, name: string): void {
  for (let at = 1; at < column.length; at++) {
    if (!((column[at] ?? 0) >= (column[at - 1] ?? 0))) {
      throw new SnapshotError(`${name} is in no order`);
    }
  }
}

function isAlike<T extends Column>(column: Column, like: T): column is T {
  return column.constructor === like.constructor;
}
