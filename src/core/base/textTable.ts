/** Texts that repeat, each under a small number: the columns of an index hold the number. */
import { widen } from './growing';
import type { SavedTexts } from './snapshot';

/** Texts by number, from 0 (the empty text) to `size` - 1. It only grows; numbers stay. */
export interface Texts {
  readonly size: number;
  /** Throws a `RangeError` for a number that was not given. */
  text(id: number): string;
  /** The number of a text that is there. */
  find(text: string): number | undefined;
}

/** Letters stand in pages that are never moved: growing copies nothing. */
const PAGE_SHIFT = 16;
export const PAGE = 1 << PAGE_SHIFT;

/**
 * Gives equal texts one number. ASCII texts are kept as bytes, some 15 bytes beside their letters, so that a
 * million ids are no million strings; a string is made when somebody looks.
 */
export class TextTable implements Texts {
  /**
   * Pairs: the hash of a text, and 1 + its number, at the hash or a free place behind; 0: free. With the hash beside it
   * another text is told apart without looking at its letters, which are far away in memory.
   */
  private slots = new Int32Array(512);
  /** Page and place in it of the first letter of each text. */
  private starts: Uint32Array = new Uint32Array(128);
  private lengths: Uint16Array = new Uint16Array(128);
  private readonly pages: DataView[] = [];
  /** Where the next text may begin. */
  private end = 0;
  /** False after {@link restore}, until somebody asks where a text stands: slots are made again from the texts. */
  private slotted = true;
  private count = 0;
  /** Texts with other letters than ASCII, or more than a page takes: both are few. */
  private readonly wide = new Map<string, number>();
  private readonly wideTexts = new Map<number, string>();
  /** Strings of the first texts, made once: names are few and asked for with every row. */
  private readonly made: (string | undefined)[] = [];

  constructor() {
    this.id('');
  }

  get size(): number {
    return this.count;
  }

  /** The number of a text. */
  id(text: string): number {
    const bytes = asciiWords(text);
    return bytes === undefined
      ? this.wideId(text)
      : this.idOfWords(bytes, 0, text.length, hashOf(bytes, 0, text.length));
  }

  /**
   * The number of the text whose `length` letters stand in `bytes` from `start` on, all of them ASCII, with at
   * least {@link SLACK} bytes of whatever behind them. `hash` is {@link FIRST_HASH} put through {@link nextHash}
   * with every four letters (the first is the lowest byte) and what is left of them, zeros above.
   */
  idOfWords(bytes: DataView, start: number, length: number, hash: number): number {
    if (length > MAX_LENGTH) {
      return this.wideId(textOf(bytes, start, length));
    }
    const mixed = lastHash(hash);
    const slot = this.slotOf(bytes, start, length, mixed);
    const entry = this.slots[slot + 1] ?? 0;
    return entry === 0 ? this.append(bytes, start, length, mixed, slot) : entry - 1;
  }

  /** The numbers of texts that another table has saved, by their numbers there. */
  idsOf({ count, starts, lengths, letters, wide }: SavedTexts): Uint32Array {
    const pages = letters.map(
      ({ buffer, byteOffset, length }) => new DataView(buffer, byteOffset, length),
    );
    const ids = new Uint32Array(count);
    for (let id = 0; id < count; id++) {
      const start = starts[id] ?? 0;
      const length = lengths[id] ?? 0;
      const page = pages[start >>> PAGE_SHIFT];
      if (page !== undefined && length > 0) {
        const first = start & (PAGE - 1);
        ids[id] = this.idOfWords(page, first, length, hashOf(page, first, length));
      }
    }
    for (const [id, text] of wide) {
      ids[id] = this.id(text);
    }
    return ids;
  }

  /** Forgets all texts. */
  clear(): void {
    this.slots.fill(0);
    this.end = 0;
    this.pages.length = 0;
    this.count = 0;
    this.wide.clear();
    this.wideTexts.clear();
    this.made.length = 0;
    this.slotted = true;
    this.id('');
  }

  /** What {@link restore} needs: views on what is in use. */
  save(): SavedTexts {
    const { count, starts, lengths, pages } = this;
    return {
      count,
      starts: starts.subarray(0, count),
      lengths: lengths.subarray(0, count),
      letters:
        pages.length === 0
          ? [new Uint8Array(0)]
          : pages.map(({ buffer, byteOffset }) => new Uint8Array(buffer, byteOffset, PAGE)),
      wide: [...this.wideTexts],
    };
  }

  /** Takes the place of all texts so far; what was saved has been checked. */
  restore({ count, starts, lengths, letters, wide }: SavedTexts): void {
    this.count = count;
    this.starts = starts;
    this.lengths = lengths;
    this.pages.length = 0;
    for (const { buffer, byteOffset, length } of letters) {
      for (let at = 0; at < length; at += PAGE) {
        this.pages.push(new DataView(buffer, byteOffset + at, PAGE));
      }
    }
    // What was free of the last page stays so: a page is little.
    this.end = this.pages.length * PAGE;
    this.wide.clear();
    this.wideTexts.clear();
    for (const [id, text] of wide) {
      this.wide.set(text, id);
      this.wideTexts.set(id, text);
    }
    this.made.length = 0;
    this.slotted = false;
  }

  find(text: string): number | undefined {
    const bytes = asciiWords(text);
    if (bytes === undefined || text.length > MAX_LENGTH) {
      return this.wide.get(text);
    }
    const mixed = lastHash(hashOf(bytes, 0, text.length));
    // Looking may make the slots anew, so that they are asked for behind it.
    const slot = this.slotOf(bytes, 0, text.length, mixed);
    const entry = this.slots[slot + 1] ?? 0;
    return entry === 0 ? undefined : entry - 1;
  }

  text(id: number): string {
    const made = this.made[id];
    if (made !== undefined) {
      return made;
    }
    const text = this.make(id);
    if (id < MADE) {
      this.made[id] = text;
    }
    return text;
  }

  private make(id: number): string {
    if (!(id >= 0 && id < this.count)) {
      throw new RangeError(`No text ${id}`);
    }
    const wide = this.wideTexts.get(id);
    if (wide !== undefined) {
      return wide;
    }
    const start = this.starts[id] ?? 0;
    const page = this.pages[start >>> PAGE_SHIFT];
    const length = this.lengths[id] ?? 0;
    return page === undefined || length === 0 ? '' : textOf(page, start & (PAGE - 1), length);
  }

  /** The slot of a text, or the free one where it would go. */
  private slotOf(bytes: DataView, start: number, length: number, mixed: number): number {
    if (!this.slotted) {
      this.rebuild();
    }
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = (mixed << 1) & mask;
    for (;;) {
      const entry = slots[slot + 1] ?? 0;
      if (entry === 0 || (slots[slot] === mixed && this.equals(entry - 1, bytes, start, length))) {
        return slot;
      }
      slot = (slot + 2) & mask;
    }
  }

  private equals(id: number, bytes: DataView, start: number, length: number): boolean {
    if ((this.lengths[id] ?? 0) !== length) {
      return false;
    }
    const place = this.starts[id] ?? 0;
    const words = this.pages[place >>> PAGE_SHIFT];
    if (words === undefined || length === 0) {
      return length === 0;
    }
    const first = place & (PAGE - 1);
    let at = 0;
    for (; at + 4 <= length; at += 4) {
      if (words.getInt32(first + at, true) !== bytes.getInt32(start + at, true)) {
        return false;
      }
    }
    const last = words.getInt32(first + at, true) ^ bytes.getInt32(start + at, true);
    return (last & lettersOf(length - at)) === 0;
  }

  private append(
    bytes: DataView,
    start: number,
    length: number,
    mixed: number,
    slot: number,
  ): number {
    const offset = this.end & (PAGE - 1);
    if (this.pages.length === 0 || offset === 0 || offset + length + SLACK > PAGE) {
      this.end = this.pages.length * PAGE;
      this.pages.push(new DataView(new ArrayBuffer(PAGE)));
    }
    const first = this.end & (PAGE - 1);
    const page = this.pages.at(-1);
    for (let at = 0; at < length; at++) {
      page?.setUint8(first + at, bytes.getUint8(start + at));
    }
    const id = this.push(this.end, length);
    this.end += length;
    this.slots[slot] = mixed;
    this.slots[slot + 1] = id + 1;
    if (this.count * 3 > this.slots.length) {
      this.rebuild();
    }
    return id;
  }

  private wideId(text: string): number {
    let id = this.wide.get(text);
    if (id === undefined) {
      id = this.push(0, 0);
      this.wide.set(text, id);
      this.wideTexts.set(id, text);
    }
    return id;
  }

  private push(start: number, length: number): number {
    const id = this.count++;
    if (id >= this.starts.length) {
      this.starts = widen(this.starts, Math.max(128, id * 2));
      this.lengths = widen(this.lengths, Math.max(128, id * 2));
    }
    this.starts[id] = start;
    this.lengths[id] = length;
    return id;
  }

  private rebuild(): void {
    const { starts, lengths, pages } = this;
    let size = this.slots.length;
    while (this.count * 3 > size) {
      size *= 2;
    }
    const slots = new Int32Array(size);
    const mask = size - 1;
    for (let id = 0; id < this.count; id++) {
      if (this.wideTexts.has(id)) {
        continue;
      }
      const start = starts[id] ?? 0;
      const page = pages[start >>> PAGE_SHIFT] ?? NO_LETTERS;
      const mixed = lastHash(hashOf(page, start & (PAGE - 1), lengths[id] ?? 0));
      let slot = (mixed << 1) & mask;
      while (slots[slot + 1] !== 0) {
        slot = (slot + 2) & mask;
      }
      slots[slot] = mixed;
      slots[slot + 1] = id + 1;
    }
    this.slots = slots;
    this.slotted = true;
  }
}

const MADE = 1024;

/** Bytes that may be read behind a text. */
export const SLACK = 4;
const MAX_LENGTH = PAGE - SLACK;
const NO_LETTERS = new DataView(new ArrayBuffer(PAGE));

/** Of a text without letters. */
export const FIRST_HASH = -2128831035;

/** Of a text with four more letters, or with the last one to three. */
export function nextHash(hash: number, word: number): number {
  return Math.imul(((hash << 5) | (hash >>> 27)) ^ word, 0x27220a95);
}

/** The bits of a word that its first `count` letters (0 to 3) take. */
export function lettersOf(count: number): number {
  return (1 << (count * 8)) - 1;
}

/** Mixed so that the low bits tell the ends of ids apart. */
function lastHash(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}

function textOf(bytes: DataView, start: number, length: number): string {
  let text = '';
  for (let at = 0; at < length; at++) {
    text += String.fromCharCode(bytes.getUint8(start + at));
  }
  return text;
}

function hashOf(bytes: DataView, start: number, length: number): number {
  let hash = FIRST_HASH;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    hash = nextHash(hash, bytes.getInt32(start + at, true));
  }
  return nextHash(hash, bytes.getInt32(start + at, true) & lettersOf(length - at));
}

/** The letters of a text as bytes, or undefined when one is not ASCII. */
function asciiWords(text: string): DataView | undefined {
  const bytes = new DataView(new ArrayBuffer(text.length + SLACK));
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) {
      return undefined;
    }
    bytes.setUint8(at, code);
  }
  return bytes;
}
