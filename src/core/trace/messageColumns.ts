/**
 * The index of a trace: one row per message, in columns of 53 bytes. A frame without messages has one row
 * with an empty name, so that it is seen. Knows nothing of phases; the tracer and the ladder read it by row.
 */
import { widen } from '../base/growing';
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
  private offsets = new Float64Array(FIRST_CAPACITY);
  private times = new Float64Array(FIRST_CAPACITY);
  private lengths = new Uint32Array(FIRST_CAPACITY);
  private seqs = new Uint32Array(FIRST_CAPACITY);
  private nameIds = new Uint32Array(FIRST_CAPACITY);
  private references = new Int32Array(FIRST_CAPACITY);
  private proxies = new Int32Array(FIRST_CAPACITY);
  private workbinIds = new Uint32Array(FIRST_CAPACITY);
  private interactionNumbers = new Uint32Array(FIRST_CAPACITY);
  private errors = new Int32Array(FIRST_CAPACITY);
  private connections = new Uint32Array(FIRST_CAPACITY);
  private places = new Uint16Array(FIRST_CAPACITY);
  private directions = new Uint8Array(FIRST_CAPACITY);
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
      this.resize(this.capacity * 2);
    }
    const row = this.rows++;
    const { large } = this;
    this.offsets[row] = large[OFFSET] ?? 0;
    this.lengths[row] = this.lengthOfFrame;
    this.places[row] = Math.min(row - this.first, 0xffff);
    this.seqs[row] = large[SEQ] ?? 0;
    this.times[row] = large[TIME] ?? 0;
    this.connections[row] = this.connectionOfFrame;
    this.directions[row] = this.directionOfFrame;
    this.nameIds[row] = name;
    this.references[row] = reference;
    this.proxies[row] = proxyClientId;
    this.workbinIds[row] = workbin;
    this.interactionNumbers[row] = interaction;
    this.errors[row] = errorCode;
  }

  /** Ends the frame; one without messages gets its row. */
  endFrame(): void {
    if (this.rows === this.first) {
      this.addMessage(0, NONE, NONE, 0, 0, NONE);
    }
  }

  /** Takes back what was added of the frame. */
  dropFrame(): void {
    this.rows = this.first;
  }

  position(row: number): Position {
    return { offset: this.offsets[row] ?? 0, length: this.lengths[row] ?? 0 };
  }

  /** Where the line of a row begins. */
  offset(row: number): number {
    return this.offsets[row] ?? 0;
  }

  /** Position of the message within its frame, from 0. */
  place(row: number): number {
    return this.places[row] ?? 0;
  }

  seq(row: number): number {
    return this.seqs[row] ?? 0;
  }

  time(row: number): number {
    return this.times[row] ?? 0;
  }

  connection(row: number): number {
    return this.connections[row] ?? 0;
  }

  direction(row: number): Direction {
    return (this.directions[row] ?? 0) === 0 ? 'send' : 'receive';
  }

  name(row: number): string {
    return this.names.text(this.nameIds[row] ?? 0);
  }

  /** Id of the name in {@link names}. */
  nameId(row: number): number {
    return this.nameIds[row] ?? 0;
  }

  reference(row: number): Reference | undefined {
    const packed = this.references[row] ?? 0;
    if (packed === NONE) {
      return undefined;
    }
    if (packed >= 0) {
      return packed;
    }
    const text = this.referenceTexts.text((-packed - 1) >>> 1);
    return (-packed & 1) === 1 ? text : Number(text);
  }

  /** A key that equal references share, whatever their type; {@link NONE} without a reference. */
  referenceKey(row: number): number {
    return this.references[row] ?? 0;
  }

  proxyClientId(row: number): number | undefined {
    return unpackInteger(this.proxies[row] ?? 0);
  }

  /** The proxy client id, or {@link NONE}. */
  proxyKey(row: number): number {
    return this.proxies[row] ?? 0;
  }

  /** `type@owner`, or an empty text. */
  workbin(row: number): string {
    return this.workbins.text(this.workbinIds[row] ?? 0);
  }

  /** Id of the workbin in {@link workbins}; 0 where none is named. */
  workbinId(row: number): number {
    return this.workbinIds[row] ?? 0;
  }

  interactionId(row: number): string {
    return this.interactions.text(this.interactionNumbers[row] ?? 0);
  }

  /** Number of the interaction's id in {@link interactions}; 0 where none is named. */
  interactionNumber(row: number): number {
    return this.interactionNumbers[row] ?? 0;
  }

  errorCode(row: number): number | undefined {
    return unpackInteger(this.errors[row] ?? 0);
  }

  /** The column's form of a reference that stands as a text on the wire. */
  packTextReference(id: number): number {
    return -1 - id * 2;
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
      : -2 - this.referenceTexts.id(String(reference)) * 2;
  }

  private resize(capacity: number): void {
    this.capacity = capacity;
    this.offsets = widen(this.offsets, capacity);
    this.times = widen(this.times, capacity);
    this.lengths = widen(this.lengths, capacity);
    this.seqs = widen(this.seqs, capacity);
    this.nameIds = widen(this.nameIds, capacity);
    this.references = widen(this.references, capacity);
    this.proxies = widen(this.proxies, capacity);
    this.workbinIds = widen(this.workbinIds, capacity);
    this.interactionNumbers = widen(this.interactionNumbers, capacity);
    this.errors = widen(this.errors, capacity);
    this.connections = widen(this.connections, capacity);
    this.places = widen(this.places, capacity);
    this.directions = widen(this.directions, capacity);
  }
}

function packInteger(value: number | undefined): number {
  return value === undefined || !Number.isInteger(value) || Math.abs(value) > LARGEST
    ? NONE
    : value;
}

function unpackInteger(value: number): number | undefined {
  return value === NONE ? undefined : value;
}
