/** Texts that repeat, each under a small number: the columns of an index hold the number. */
import { widen } from './growing';

/** Texts by number, from 0 (the empty text) to `size` - 1. It only grows; numbers stay. */
export interface Texts {
  readonly size: number;
  /** Throws a `RangeError` for a number that was not given. */
  text(id: number): string;
  /** The number of a text that is there. */
  find(text: string): number | undefined;
}

/**
 * Gives equal texts one number. ASCII texts are kept as bytes, some 20 bytes beside their letters, so that a
 * million ids are no million strings; a string is made when somebody looks.
 */
export class TextTable implements Texts {
  /** 1 + number of a text at its hash, or a free place behind; 0: free. */
  private slots = new Int32Array(256);
  /** Where the letters of each text begin in `letters`; they end where the next begin. */
  private starts = new Uint32Array(128);
  private letters = new Uint8Array(1024);
  private words = new DataView(this.letters.buffer);
  private count = 0;
  /** Texts with other letters than ASCII, which are few. */
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
    const slot = this.slotOf(bytes, start, length, hash);
    const entry = this.slots[slot] ?? 0;
    return entry === 0 ? this.append(bytes, start, length, slot) : entry - 1;
  }

  find(text: string): number | undefined {
    const bytes = asciiWords(text);
    if (bytes === undefined) {
      return this.wide.get(text);
    }
    const slot = this.slotOf(bytes, 0, text.length, hashOf(bytes, 0, text.length));
    const entry = this.slots[slot] ?? 0;
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
    let text = '';
    const end = this.starts[id + 1] ?? 0;
    for (let at = this.starts[id] ?? 0; at < end; at += PIECE) {
      text += String.fromCharCode(...this.letters.subarray(at, Math.min(end, at + PIECE)));
    }
    return text;
  }

  /** The slot of a text, or the free one where it would go. */
  private slotOf(bytes: DataView, start: number, length: number, hash: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = lastHash(hash) & mask;
    for (;;) {
      const entry = slots[slot] ?? 0;
      if (entry === 0 || this.equals(entry - 1, bytes, start, length)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  private equals(id: number, bytes: DataView, start: number, length: number): boolean {
    const { words } = this;
    const first = this.starts[id] ?? 0;
    if ((this.starts[id + 1] ?? 0) - first !== length) {
      return false;
    }
    let at = 0;
    for (; at + 4 <= length; at += 4) {
      if (words.getInt32(first + at, true) !== bytes.getInt32(start + at, true)) {
        return false;
      }
    }
    const last = words.getInt32(first + at, true) ^ bytes.getInt32(start + at, true);
    return (last & lettersOf(length - at)) === 0;
  }

  private append(bytes: DataView, start: number, length: number, slot: number): number {
    const id = this.push(length);
    const first = this.starts[id] ?? 0;
    for (let at = 0; at < length; at++) {
      this.letters[first + at] = bytes.getUint8(start + at);
    }
    this.slots[slot] = id + 1;
    if (this.count * 4 > this.slots.length * 3) {
      this.rebuild();
    }
    return id;
  }

  private wideId(text: string): number {
    let id = this.wide.get(text);
    if (id === undefined) {
      id = this.push(0);
      this.wide.set(text, id);
      this.wideTexts.set(id, text);
    }
    return id;
  }

  /** Makes room for one more text of so many letters. */
  private push(length: number): number {
    const id = this.count++;
    if (this.count >= this.starts.length) {
      this.starts = widen(this.starts, this.count * 2);
    }
    const begin = this.starts[id] ?? 0;
    if (begin + length + SLACK > this.letters.length) {
      this.letters = widen(this.letters, (begin + length + SLACK) * 2);
      this.words = new DataView(this.letters.buffer);
    }
    this.starts[id + 1] = begin + length;
    return id;
  }

  private rebuild(): void {
    const { words, starts } = this;
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.count; id++) {
      if (this.wideTexts.has(id)) {
        continue;
      }
      const start = starts[id] ?? 0;
      let slot = lastHash(hashOf(words, start, (starts[id + 1] ?? 0) - start)) & mask;
      while (slots[slot] !== 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = id + 1;
    }
    this.slots = slots;
  }
}

const MADE = 1024;
/** Letters that are made into a string at once; a call takes no more arguments than some ten thousand. */
const PIECE = 4096;

/** Bytes that may be read behind a text. */
export const SLACK = 4;

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
