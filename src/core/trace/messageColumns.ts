/**
 * The index of a trace: one row per message, in columns of 45 bytes. A frame without messages has one row
 * with an empty name, so that it is seen. Knows nothing of phases; the tracer and the ladder read it by row.
 */
import { mapColumns, roomFor, widen, type Column } from '../base/growing';
import { mustAscend, mustBeIn, type Restoring, type Snapshot } from '../base/snapshot';
import { TextTable } from '../base/textTable';
import type { Direction } from '../protocol/frame';
import type { Reference } from '../protocol/message';
import type { FrameHead } from './records';

/** Where a line stands in its file, in bytes. */
interface Position {
  readonly offset: number;
  readonly length: number;
}

/** What a column says where a message has no such number. */
export const NONE = -2147483648;
/** The same in a column of two bytes. */
const NARROW_NONE = -32768;
const LARGEST = 0x7fffffff;
/** Places in `large`. */
const SEQ = 0;
const TIME = 1;
const OFFSET = 2;

/** Rows that there is room for at first. */
const FIRST_CAPACITY = 1024;

export class MessageColumns {
  private capacity = FIRST_CAPACITY;
  private rows = 0;
  private columns = narrowColumns(FIRST_CAPACITY);
  /** Names, workbins and connections are few as a rule, and error codes small: two bytes hold them. */
  private isNarrow = true;
  /** The tables that ids of the columns stand for; written by whoever adds rows. */
  readonly names = new TextTable();
  readonly workbins = new TextTable();
  readonly interactions = new TextTable();
  readonly referenceTexts = new TextTable();
  /**
   * What the rows of the frame that is being added share: the columns themselves hold no more. Numbers with
   * fractions, or above 2^31, would each be an object of its own outside of a typed array.
   */
  private readonly large = new Float64Array(3);
  private first = 0;
  private connectionOfFrame = 0;
  private directionOfFrame = 0;
  private lengthOfFrame = 0;

  /** Number of rows. */
  get count(): number {
    return this.rows;
  }

  /** Makes room for so many rows at once: memory that is not written to costs nothing. */
  reserve(rows: number): void {
    if (rows > this.capacity) {
      this.resize(rows);
    }
  }

  /** Adds the messages of a frame; its rows are those from the former `count` on. */
  add(head: FrameHead, { offset, length }: Position): void {
    const { seq, time, connection, direction } = head;
    this.beginFrame(seq, time, connection, direction === 'send', offset, length);
    for (const hint of head.hints) {
      this.addMessage(
        this.names.id(hint.name),
        this.packReference(hint.reference),
        packInteger(hint.proxyClientId),
        this.workbins.id(hint.workbin ?? ''),
        this.interactions.id(hint.interactionId ?? ''),
        packInteger(hint.errorCode),
      );
    }
    this.endFrame();
  }

  /** Begins a frame, for a scanner that makes no objects: its messages, then `endFrame` or `dropFrame`. */
  beginFrame(
    seq: number,
    time: number,
    connection: number,
    sends: boolean,
    offset: number,
    length: number,
  ): void {
    this.first = this.rows;
    this.large[SEQ] = seq;
    this.large[TIME] = time;
    this.large[OFFSET] = offset;
    this.connectionOfFrame = connection;
    this.directionOfFrame = sends ? 0 : 1;
    this.lengthOfFrame = length;
  }

  /** Ids from the tables of texts; a packed reference; numbers, or {@link NONE}. */
  addMessage(
    name: number,
    reference: number,
    proxyClientId: number,
    workbin: number,
    interaction: number,
    errorCode: number,
  ): void {
    if (this.rows === this.capacity) {
      this.resize(roomFor(this.rows + 1));
    }
    if (
      this.isNarrow &&
      ((name | workbin | this.connectionOfFrame) >>> 16 !== 0 || isLarge(errorCode))
    ) {
      this.broaden();
    }
    const row = this.rows++;
    const { large, columns } = this;
    columns.offsets[row] = large[OFFSET] ?? 0;
    columns.lengths[row] = this.lengthOfFrame;
    columns.places[row] = Math.min(row - this.first, 0xffff);
    columns.seqs[row] = large[SEQ] ?? 0;
    columns.times[row] = large[TIME] ?? 0;
    columns.connections[row] = this.connectionOfFrame;
    columns.directions[row] = this.directionOfFrame;
    columns.nameIds[row] = name;
    columns.references[row] = reference;
    columns.proxies[row] = proxyClientId;
    columns.workbinIds[row] = workbin;
    columns.interactionNumbers[row] = interaction;
    columns.errors[row] = this.isNarrow && errorCode === NONE ? NARROW_NONE : errorCode;
  }

  /** Ends the frame; one without messages gets its row. */
  endFrame(): void {
    if (this.rows === this.first) {
      this.addMessage(0, NONE, NONE, 0, 0, NONE);
    }
  }

  /** Adds rows of columns that are narrow or not as here, their ids being of the tables of texts here. */
  append(columns: Columns, isNarrow: boolean, from: number, to: number): void {
    const rows = this.rows + to - from;
    if (rows > this.capacity) {
      this.resize(roomFor(rows));
    }
    if (this.isNarrow && !isNarrow) {
      this.broaden();
    }
    const into = this.columns;
    const isWider = isNarrow && !this.isNarrow;
    const at = this.rows;
    for (const name of COLUMN_NAMES) {
      const column = columns[name]?.subarray(from, to) ?? [];
      into[name]?.set(isWider && name === 'errors' ? wideErrors(column) : column, at);
    }
    this.rows = rows;
  }

  /** Takes back what was added of the frame. */
  dropFrame(): void {
    this.rows = this.first;
  }

  position(row: number): Position {
    return { offset: this.columns.offsets[row] ?? 0, length: this.columns.lengths[row] ?? 0 };
  }

  /** Where the line of a row begins. */
  offset(row: number): number {
    return this.columns.offsets[row] ?? 0;
  }

  /** Position of the message within its frame, from 0. */
  place(row: number): number {
    return this.columns.places[row] ?? 0;
  }

  seq(row: number): number {
    return this.columns.seqs[row] ?? 0;
  }

  time(row: number): number {
    return this.columns.times[row] ?? 0;
  }

  connection(row: number): number {
    return this.columns.connections[row] ?? 0;
  }

  direction(row: number): Direction {
    return (this.columns.directions[row] ?? 0) === 0 ? 'send' : 'receive';
  }

  name(row: number): string {
    return this.names.text(this.columns.nameIds[row] ?? 0);
  }

  /** Ids of texts by row, for those who ask for many; valid until a row is added. */
  get ids(): Pick<Columns, 'nameIds' | 'workbinIds' | 'interactionNumbers'> {
    return this.columns;
  }

  /** Id of the name in {@link names}. */
  nameId(row: number): number {
    return this.columns.nameIds[row] ?? 0;
  }

  reference(row: number): Reference | undefined {
    const packed = this.columns.references[row] ?? 0;
    if (packed === NONE) {
      return undefined;
    }
    if (packed >= 0) {
      return packed;
    }
    const text = this.referenceTexts.text(this.textOfReference(packed));
    return this.isTextReference(packed) ? text : Number(text);
  }

  /** A key that equal references share, whatever their type; {@link NONE} without a reference. */
  referenceKey(row: number): number {
    return this.columns.references[row] ?? 0;
  }

  proxyClientId(row: number): number | undefined {
    return unpackInteger(this.columns.proxies[row] ?? 0);
  }

  /** The proxy client id, or {@link NONE}. */
  proxyKey(row: number): number {
    return this.columns.proxies[row] ?? 0;
  }

  /** `type@owner`, or an empty text. */
  workbin(row: number): string {
    return this.workbins.text(this.columns.workbinIds[row] ?? 0);
  }

  /** Id of the workbin in {@link workbins}; 0 where none is named. */
  workbinId(row: number): number {
    return this.columns.workbinIds[row] ?? 0;
  }

  interactionId(row: number): string {
    return this.interactions.text(this.columns.interactionNumbers[row] ?? 0);
  }

  /** Number of the interaction's id in {@link interactions}; 0 where none is named. */
  interactionNumber(row: number): number {
    return this.columns.interactionNumbers[row] ?? 0;
  }

  errorCode(row: number): number | undefined {
    const code = this.columns.errors[row] ?? 0;
    return code === NONE || (this.isNarrow && code === NARROW_NONE) ? undefined : code;
  }

  /** The column's form of a reference that stands as a text on the wire. */
  packTextReference(id: number): number {
    return -1 - id * 2;
  }

  /** The same of one that stands as a number that 31 bits do not hold. */
  packNumberReference(id: number): number {
    return -2 - id * 2;
  }

  /** Id of the text that a reference below 0 stands for. */
  textOfReference(packed: number): number {
    return (-packed - 1) >>> 1;
  }

  /** True where a reference below 0 stands as a text on the wire. */
  isTextReference(packed: number): boolean {
    return (-packed & 1) === 1;
  }

  /** Whole numbers below 2^31 stand for themselves; all others for a text. */
  private packReference(reference: Reference | undefined): number {
    if (reference === undefined) {
      return NONE;
    }
    if (typeof reference === 'string') {
      return this.packTextReference(this.referenceTexts.id(reference));
    }
    return Number.isInteger(reference) && reference >= 0 && reference <= LARGEST
      ? reference
      : this.packNumberReference(this.referenceTexts.id(String(reference)));
  }

  /** True where columns of two bytes hold ids and error codes. */
  get narrow(): boolean {
    return this.isNarrow;
  }

  /** Live columns, with more room than there are rows. */
  get all(): Columns {
    return this.columns;
  }

  /** Forgets all rows and texts; memory is kept. */
  clear(): void {
    this.rows = 0;
    for (const table of [this.names, this.workbins, this.interactions, this.referenceTexts]) {
      table.clear();
    }
  }

  /** Puts all of it into a snapshot, without copying. */
  save(snapshot: Snapshot): void {
    snapshot.putValue('rows', this.rows);
    for (const [name, column] of Object.entries(this.columns)) {
      snapshot.putColumn(name, column, this.rows);
    }
    snapshot.putTexts('names', this.names);
    snapshot.putTexts('workbins', this.workbins);
    snapshot.putTexts('interactions', this.interactions);
    snapshot.putTexts('referenceTexts', this.referenceTexts);
  }

  /** Checks what {@link save} has put there. Throws `SnapshotError`. */
  restore(snapshot: Snapshot): Restoring {
    const rows = snapshot.count('rows', 0xffffffff);
    if (this.isNarrow && snapshot.columns.get('nameIds')?.[0] instanceof Uint32Array) {
      this.broaden();
    }
    const columns = mapColumns(this.columns, (like, name) => snapshot.column(name, like, rows));
    const names = snapshot.texts('names');
    const workbins = snapshot.texts('workbins');
    const interactions = snapshot.texts('interactions');
    const referenceTexts = snapshot.texts('referenceTexts');
    mustBeIn({ nameIds: names, workbinIds: workbins, interactionNumbers: interactions }, columns);
    mustAscend(columns.offsets, 'offsets');
    return () => {
      this.rows = rows;
      this.capacity = rows;
      this.columns = columns;
      this.names.restore(names);
      this.workbins.restore(workbins);
      this.interactions.restore(interactions);
      this.referenceTexts.restore(referenceTexts);
    };
  }

  /** From here on ids take four bytes. */
  private broaden(): void {
    this.isNarrow = false;
    this.columns = broadened(this.columns, this.rows);
  }

  private resize(capacity: number): void {
    this.capacity = Math.max(FIRST_CAPACITY, capacity);
    this.columns = mapColumns(this.columns, (column) => widen(column, this.capacity));
  }
}

/** A value for each row. */
export interface Columns extends Readonly<Record<string, Column>> {
  /** Bytes. */
  readonly offsets: Float64Array;
  /** Milliseconds. */
  readonly times: Float64Array;
  /** Bytes. */
  readonly lengths: Uint32Array;
  readonly seqs: Uint32Array;
  readonly nameIds: Uint16Array | Uint32Array;
  readonly references: Int32Array;
  readonly proxies: Int32Array;
  readonly workbinIds: Uint16Array | Uint32Array;
  readonly interactionNumbers: Uint32Array;
  readonly errors: Int16Array | Int32Array;
  readonly connections: Uint16Array | Uint32Array;
  readonly places: Uint16Array;
  /** 0: sent by the application. */
  readonly directions: Uint8Array;
}

/** Ids that two bytes hold. */
export const NARROW_IDS = 0x10000;

/** Columns with ids of four bytes and the values of the first `rows`, as long as they were. */
export function broadened(columns: Columns, rows: number): Columns {
  const { nameIds, workbinIds, connections, errors } = columns;
  const wide = (column: Column): Uint32Array => {
    const made = new Uint32Array(column.length);
    made.set(column.subarray(0, rows));
    return made;
  };
  const codes = new Int32Array(errors.length);
  codes.set(wideErrors(errors.subarray(0, rows)));
  return {
    ...columns,
    nameIds: wide(nameIds),
    workbinIds: wide(workbinIds),
    connections: wide(connections),
    errors: codes,
  };
}

function wideErrors(codes: ArrayLike<number>): Int32Array {
  return Int32Array.from(codes, (code) => (code === NARROW_NONE ? NONE : code));
}

function narrowColumns(capacity: number): Columns {
  return {
    offsets: new Float64Array(capacity),
    times: new Float64Array(capacity),
    lengths: new Uint32Array(capacity),
    seqs: new Uint32Array(capacity),
    nameIds: new Uint16Array(capacity),
    references: new Int32Array(capacity),
    proxies: new Int32Array(capacity),
    workbinIds: new Uint16Array(capacity),
    interactionNumbers: new Uint32Array(capacity),
    errors: new Int16Array(capacity),
    connections: new Uint16Array(capacity),
    places: new Uint16Array(capacity),
    directions: new Uint8Array(capacity),
  };
}

const COLUMN_NAMES = Object.keys(narrowColumns(0));

/** An error code that two bytes do not hold. */
function isLarge(errorCode: number): boolean {
  return errorCode !== NONE && Math.abs(errorCode) > -NARROW_NONE - 1;
}

function packInteger(value: number | undefined): number {
  return value === undefined || !Number.isInteger(value) || Math.abs(value) > LARGEST
    ? NONE
    : value;
}

function unpackInteger(value: number): number | undefined {
  return value === NONE ? undefined : value;
}
