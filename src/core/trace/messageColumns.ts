/**
 * The index of a trace: one row per message, in columns. A frame without messages has one row with an
 * empty name, so that it is seen. Knows nothing of phases; the tracer and the ladder read it by row.
 */
import { Interner, widen } from '../base/growing';
import type { Direction } from '../protocol/frame';
import type { MessageHint, Reference } from '../protocol/message';
import type { FrameHead } from './records';

/** Where a line stands in its file, in bytes. */
interface Position {
  readonly offset: number;
  readonly length: number;
}

const NONE = -2147483648;
const NO_HINTS: readonly MessageHint[] = [{ name: '' }];

/** Rows that there is room for at first. */
const FIRST_CAPACITY = 1024;

export class MessageColumns {
  private capacity = FIRST_CAPACITY;
  private rows = 0;
  private offsets = new Float64Array(FIRST_CAPACITY);
  private times = new Float64Array(FIRST_CAPACITY);
  private lengths = new Uint32Array(FIRST_CAPACITY);
  private seqs = new Float64Array(FIRST_CAPACITY);
  private names = new Uint32Array(FIRST_CAPACITY);
  private references = new Int32Array(FIRST_CAPACITY);
  private proxies = new Int32Array(FIRST_CAPACITY);
  private workbins = new Uint32Array(FIRST_CAPACITY);
  private interactions = new Uint32Array(FIRST_CAPACITY);
  private errors = new Int32Array(FIRST_CAPACITY);
  private connections = new Uint32Array(FIRST_CAPACITY);
  private places = new Uint16Array(FIRST_CAPACITY);
  private directions = new Uint8Array(FIRST_CAPACITY);
  private readonly nameTexts = new Interner();
  private readonly texts = new Interner();

  constructor() {
    this.texts.id('');
    this.nameTexts.id('');
  }

  /** Number of rows. */
  get count(): number {
    return this.rows;
  }

  /** Adds the messages of a frame; its rows are those from the former `count` on. */
  add(head: FrameHead, position: Position): void {
    const hints: readonly MessageHint[] = head.hints.length === 0 ? NO_HINTS : head.hints;
    for (const [place, hint] of hints.entries()) {
      if (this.rows === this.capacity) {
        this.grow();
      }
      const row = this.rows++;
      this.offsets[row] = position.offset;
      this.lengths[row] = position.length;
      this.places[row] = Math.min(place, 0xffff);
      this.seqs[row] = head.seq;
      this.times[row] = head.time;
      this.connections[row] = head.connection;
      this.directions[row] = head.direction === 'send' ? 0 : 1;
      this.names[row] = this.nameTexts.id(hint.name);
      this.references[row] = this.packReference(hint.reference);
      this.proxies[row] = packInteger(hint.proxyClientId);
      this.workbins[row] = this.texts.id(hint.workbin ?? '');
      this.interactions[row] = this.texts.id(hint.interactionId ?? '');
      this.errors[row] = packInteger(hint.errorCode);
    }
  }

  position(row: number): Position {
    return { offset: this.offsets[row] ?? 0, length: this.lengths[row] ?? 0 };
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
    return this.nameTexts.text(this.names[row] ?? 0);
  }

  /** A small number that equal names share; {@link nameCount} is above all of them. */
  nameId(row: number): number {
    return this.names[row] ?? 0;
  }

  get nameCount(): number {
    return this.nameTexts.size;
  }

  nameOfId(nameId: number): string {
    return this.nameTexts.text(nameId);
  }

  reference(row: number): Reference | undefined {
    const packed = this.references[row] ?? 0;
    if (packed === NONE) {
      return undefined;
    }
    if (packed >= 0) {
      return packed;
    }
    const text = this.texts.text(-packed - 1);
    return text.startsWith('#') ? Number(text.slice(1)) : text.slice(1);
  }

  /** A key that equal references share, whatever their type; undefined without a reference. */
  referenceKey(row: number): number | undefined {
    const packed = this.references[row] ?? 0;
    return packed === NONE ? undefined : packed;
  }

  proxyClientId(row: number): number | undefined {
    return unpackInteger(this.proxies[row] ?? 0);
  }

  /** `type@owner`, or an empty text. */
  workbin(row: number): string {
    return this.texts.text(this.workbins[row] ?? 0);
  }

  /** A small number that rows about the same workbin share; 0 where none is named. */
  workbinId(row: number): number {
    return this.workbins[row] ?? 0;
  }

  interactionId(row: number): string {
    return this.texts.text(this.interactions[row] ?? 0);
  }

  errorCode(row: number): number | undefined {
    return unpackInteger(this.errors[row] ?? 0);
  }

  private grow(): void {
    this.capacity *= 2;
    this.offsets = widen(this.offsets, this.capacity);
    this.times = widen(this.times, this.capacity);
    this.lengths = widen(this.lengths, this.capacity);
    this.seqs = widen(this.seqs, this.capacity);
    this.names = widen(this.names, this.capacity);
    this.references = widen(this.references, this.capacity);
    this.proxies = widen(this.proxies, this.capacity);
    this.workbins = widen(this.workbins, this.capacity);
    this.interactions = widen(this.interactions, this.capacity);
    this.errors = widen(this.errors, this.capacity);
    this.connections = widen(this.connections, this.capacity);
    this.places = widen(this.places, this.capacity);
    this.directions = widen(this.directions, this.capacity);
  }

  /** Whole numbers below 2^31 stand for themselves; all others for a text, `#` before numbers. */
  private packReference(reference: Reference | undefined): number {
    if (reference === undefined) {
      return NONE;
    }
    if (typeof reference === 'number') {
      return Number.isInteger(reference) && reference >= 0 && reference <= 0x7fffffff
        ? reference
        : -this.texts.id(`#${reference}`) - 1;
    }
    return -this.texts.id(`"${reference}`) - 1;
  }
}

function packInteger(value: number | undefined): number {
  return value === undefined || !Number.isInteger(value) || Math.abs(value) > 0x7fffffff
    ? NONE
    : value;
}

function unpackInteger(value: number): number | undefined {
  return value === NONE ? undefined : value;
}
