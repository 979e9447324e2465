/**
 * Rows that were scanned apart from an index, to be added to it: columns whose ids stand for texts of their own.
 * Plain arrays, so that they can be handed from one thread to another.
 */
import { firstOf, mapColumns, placedIn, type Column } from '../base/growing';
import type { SavedTexts } from '../base/snapshot';
import { PAGE, SLACK, type TextTable } from '../base/textTable';
import { broadened, NARROW_IDS, NONE, type Columns, type MessageColumns } from './messageColumns';

/** Tables that ids of the columns stand for. */
const TEXT_TABLES = ['names', 'workbins', 'interactions', 'referenceTexts'] as const;

interface BlockTexts extends SavedTexts {
  /** See {@link TextTable.hashes}. */
  readonly hashes: Int32Array;
}

export interface ColumnBlock {
  readonly rows: number;
  /** True where ids of two bytes were enough. */
  readonly isNarrow: boolean;
  /** Each has `rows` values. */
  readonly columns: Columns;
  readonly texts: { readonly [table in (typeof TEXT_TABLES)[number]]: BlockTexts };
  /** Holds all of it: to be handed over, and used again when the block is used up. */
  readonly buffer: ArrayBuffer;
}

/** A buffer is so many bytes, or a multiple. */
const GRAIN = 64 * 1024;

/** A copy of all rows of an index, which may then be cleared; in `spare` where that is large enough. */
export function blockOf(messages: MessageColumns, spare?: ArrayBuffer): ColumnBlock {
  const { count, all: columns } = messages;
  const texts = {
    names: used(messages.names),
    workbins: used(messages.workbins),
    interactions: used(messages.interactions),
    referenceTexts: used(messages.referenceTexts),
  };
  const arrays = [
    ...Object.values(columns).map((column) => column.subarray(0, count)),
    ...TEXT_TABLES.flatMap((table) => [
      texts[table].starts,
      texts[table].lengths,
      texts[table].hashes,
      ...texts[table].letters,
    ]),
  ];
  const size = arrays.reduce((sum, { byteLength }) => sum + aligned(byteLength), 0);
  const buffer =
    spare !== undefined && spare.byteLength >= size
      ? spare
      : new ArrayBuffer(Math.ceil(size / GRAIN) * GRAIN);
  let at = 0;
  const put = <T extends Column>(column: T): T => {
    const placed = placedIn(column, buffer, at);
    at += aligned(column.byteLength);
    return placed;
  };
  return {
    rows: count,
    isNarrow: messages.narrow,
    columns: mapColumns(columns, (column) => put(firstOf(column, count))),
    texts: {
      names: copied(texts.names, put),
      workbins: copied(texts.workbins, put),
      interactions: copied(texts.interactions, put),
      referenceTexts: copied(texts.referenceTexts, put),
    },
    buffer,
  };
}

function copied(saved: BlockTexts, put: <T extends Column>(column: T) => T): BlockTexts {
  const { starts, lengths, letters, hashes } = saved;
  return {
    ...saved,
    starts: put(starts),
    lengths: put(lengths),
    hashes: put(hashes),
    letters: letters.map((page) => put(page)),
  };
}

/** What a table saves; of the last page of letters only those that there are. */
function used(table: TextTable): BlockTexts {
  const saved = table.save();
  const { count, starts, lengths, letters } = saved;
  let last = count - 1;
  while (last > 0 && lengths[last] === 0) {
    last--;
  }
  const end = ((starts[last] ?? 0) % PAGE) + (lengths[last] ?? 0) + SLACK;
  return {
    ...saved,
    hashes: table.hashes(),
    letters: letters.map((page, at) => (at < letters.length - 1 ? page : page.subarray(0, end))),
  };
}

/** Columns of eight bytes a value must begin at a multiple of that. */
function aligned(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

/** The rows of a block with ids of an index, to be added to that in pieces. */
export class BlockRows {
  readonly count: number;
  private readonly columns: Columns;
  private readonly isNarrow: boolean;

  /** The texts of the block become texts of the index at once. The block is used up. */
  constructor(
    private readonly into: MessageColumns,
    { rows, isNarrow, columns, texts }: ColumnBlock,
  ) {
    const idsIn = (table: (typeof TEXT_TABLES)[number]): Uint32Array =>
      into[table].idsOf(texts[table], texts[table].hashes);
    const nameIds = idsIn('names');
    const workbinIds = idsIn('workbins');
    const fits = into.names.size <= NARROW_IDS && into.workbins.size <= NARROW_IDS;
    this.count = rows;
    this.isNarrow = isNarrow && fits;
    this.columns = isNarrow && !fits ? broadened(columns, rows) : columns;
    translate(this.columns.nameIds, nameIds);
    translate(this.columns.workbinIds, workbinIds);
    translate(this.columns.interactionNumbers, idsIn('interactions'));
    this.translateReferences(idsIn('referenceTexts'));
  }

  /** True for the first row of a frame. */
  beginsFrame(row: number): boolean {
    return this.columns.places[row] === 0;
  }

  seq(row: number): number {
    return this.columns.seqs[row] ?? 0;
  }

  connection(row: number): number {
    return this.columns.connections[row] ?? 0;
  }

  /** Where the line of a row begins, in bytes. */
  offset(row: number): number {
    return this.columns.offsets[row] ?? 0;
  }

  /** Bytes of the line of a row, without its end. */
  length(row: number): number {
    return this.columns.lengths[row] ?? 0;
  }

  /** Adds the rows from `from` to below `to` to the index. */
  add(from: number, to: number): void {
    this.into.append(this.columns, this.isNarrow, from, to);
  }

  private translateReferences(ids: Uint32Array): void {
    const { into } = this;
    const { references } = this.columns;
    if (ids.length <= 1) {
      return; // None but the empty text: all stand for themselves.
    }
    for (let row = 0; row < references.length; row++) {
      const packed = references[row] ?? NONE;
      if (packed < 0 && packed !== NONE) {
        const id = ids[into.textOfReference(packed)] ?? 0;
        references[row] = into.isTextReference(packed)
          ? into.packTextReference(id)
          : into.packNumberReference(id);
      }
    }
  }
}

function translate(column: Column, ids: Uint32Array): void {
  for (let row = 0; row < column.length; row++) {
    column[row] = ids[column[row] ?? 0] ?? 0;
  }
}
