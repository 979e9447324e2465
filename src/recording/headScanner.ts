/**
 * The quick way to the head of a frame's line: reads bytes at the beginning of the line, where our writer puts
 * the head in fixed order, writes it into the columns without making an object or a string of it, and never
 * looks at the body. Whatever is not exactly so is left to `parseHead`.
 *
 * Knows the layout that `core/trace/recordLine.ts` writes; a test holds the two together.
 */
import { FIRST_HASH, lettersOf, nextHash } from '../core/base/textHash';
import { SLACK, type TextTable } from '../core/base/textTable';
import { NONE, type MessageColumns } from '../core/trace/messageColumns';

const QUOTE = 0x22;
const COMMA = 0x2c;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const CLOSE_OBJECT = 0x7d;

const SEQ = literal('{"kind":"frame","seq":');
const TIME = literal(',"t":');
const CONNECTION = literal(',"c":');
const SEND = literal(',"d":"send","m":');
const RECEIVE = literal(',"d":"receive","m":');
const NAME = literal('{"n":');
const REFERENCE = literal(',"r":');
const PROXY = literal(',"p":');
const WORKBIN = literal(',"w":');
const INTERACTION = literal(',"i":');
const ERROR = literal(',"e":');
const TRANSPORT = literal(',"v":"');

/** Four of a byte in a word. */
const ONES = 0x01010101;
const QUOTES = 0x22222222;
const BACKSLASHES = 0x5c5c5c5c;
const HIGH_BITS = 0x80808080;

/** Digits that a number surely holds exactly. */
const MAX_DIGITS = 15;
const LARGEST = 0x7fffffff;
/** What columns hold of sequence and connection numbers. */
const LARGEST_COUNT = 0xffffffff;
/** What a reading method gives when it has read nothing. */
const NOTHING = -1;

export class HeadScanner {
  private source: Buffer = Buffer.alloc(0);
  private bytes = this.source;
  private words = new DataView(this.bytes.buffer);
  private at = 0;
  private end = 0;
  /** Sequence number of the frame that `scan` read last. */
  seq = 0;

  constructor(private readonly columns: MessageColumns) {}

  /**
   * Adds the rows of the frame whose line is `bytes` from `start` to `end` and stands in its file at `offset`.
   * False, and nothing added, when this is another record, another order of keys, or broken; that the line
   * ends as an object does is all that is checked of the part behind the head. The frame is left to be ended
   * or dropped by the caller.
   */
  scan(bytes: Buffer, start: number, end: number, offset: number, length: number): boolean {
    if (bytes[end - 1] !== CLOSE_OBJECT) {
      return false;
    }
    this.take(bytes, start, end);
    if (!this.skip(SEQ)) {
      return false;
    }
    const seq = this.integer();
    const time = this.skip(TIME) ? this.decimal() : NOTHING;
    const connection = this.skip(CONNECTION) ? this.integer() : NOTHING;
    const sends = this.skip(SEND);
    if (!sends && !this.skip(RECEIVE)) {
      return false;
    }
    if (seq < 1 || seq > LARGEST_COUNT || time < 0) {
      return false;
    }
    if (connection < 1 || connection > LARGEST_COUNT) {
      return false;
    }
    this.seq = seq;
    this.columns.beginFrame(seq, time, connection, sends, offset, length);
    if (this.hints() && this.skip(TRANSPORT) && this.at < this.end) {
      return true;
    }
    this.columns.dropFrame();
    return false;
  }

  /** Words are read from the line, so there must be some bytes behind its end. */
  private take(bytes: Buffer, start: number, end: number): void {
    if (bytes !== this.source) {
      this.source = bytes;
      this.bytes = bytes;
      this.words = viewOf(bytes);
    }
    this.at = start;
    this.end = end;
    if (end + SLACK > bytes.length) {
      this.bytes = Buffer.concat([bytes.subarray(start, end), Buffer.alloc(SLACK)]);
      this.words = viewOf(this.bytes);
      this.source = this.bytes;
      this.at = 0;
      this.end = end - start;
    }
  }

  private hints(): boolean {
    const { bytes } = this;
    if (bytes[this.at] !== OPEN_LIST) {
      return false;
    }
    this.at++;
    if (bytes[this.at] === CLOSE_LIST) {
      this.at++;
      return true;
    }
    for (;;) {
      if (!this.hint()) {
        return false;
      }
      const mark = bytes[this.at++];
      if (mark === CLOSE_LIST) {
        return true;
      }
      if (mark !== COMMA) {
        return false;
      }
    }
  }

  private hint(): boolean {
    const { columns } = this;
    const name = this.skip(NAME) ? this.text(columns.names) : NOTHING;
    if (name < 0) {
      return false;
    }
    let reference = NONE;
    if (this.skip(REFERENCE)) {
      if (this.bytes[this.at] === QUOTE) {
        const id = this.text(columns.referenceTexts);
        if (id < 0) {
          return false;
        }
        reference = columns.packTextReference(id);
      } else {
        reference = this.smallInteger();
        if (reference < 0) {
          return false;
        }
      }
    }
    const proxy = this.skip(PROXY) ? this.smallInteger() : NONE;
    const workbin = this.skip(WORKBIN) ? this.text(columns.workbins) : 0;
    const interaction = this.skip(INTERACTION) ? this.text(columns.interactions) : 0;
    const error = this.skip(ERROR) ? this.smallInteger() : NONE;
    if (proxy === NOTHING || workbin < 0 || interaction < 0 || error === NOTHING) {
      return false;
    }
    if (this.bytes[this.at++] !== CLOSE_OBJECT) {
      return false;
    }
    columns.addMessage(name, reference, proxy, workbin, interaction, error);
    return true;
  }

  /** Moves behind `expected` when that is what comes next. */
  private skip(expected: Literal): boolean {
    const { words, at } = this;
    const { length } = expected;
    if (at + length > this.end) {
      return false;
    }
    const whole = expected.words;
    for (let index = 0; index < whole.length; index++) {
      if (words.getInt32(at + index * 4, true) !== whole[index]) {
        return false;
      }
    }
    if (words.getInt32(at + length - 4, true) !== expected.last) {
      return false;
    }
    this.at = at + length;
    return true;
  }

  /** A number that a column of 32 bits holds; what is larger is left to the careful reader. */
  private smallInteger(): number {
    const value = this.integer();
    return value > LARGEST ? NOTHING : value;
  }

  /** Digits without a sign; {@link NOTHING} when there are none, or more than a number holds exactly. */
  private integer(): number {
    const { bytes, at } = this;
    let value = 0;
    let next = at;
    for (let byte = bytes[next] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[++next] ?? 0) {
      value = value * 10 + (byte - ZERO);
    }
    const digits = next - at;
    if (digits === 0 || digits > MAX_DIGITS || (digits > 1 && bytes[at] === ZERO)) {
      return NOTHING;
    }
    this.at = next;
    return value;
  }

  /** Digits with a fraction or without, as one number: `12.345` is 12345 ÷ 1000, which is the nearest one. */
  private decimal(): number {
    const whole = this.integer();
    const { bytes } = this;
    if (whole < 0 || bytes[this.at] !== DOT) {
      return whole;
    }
    let value = whole;
    let scale = 1;
    let byte = bytes[++this.at] ?? 0;
    for (; byte >= ZERO && byte <= NINE && scale < 1e6; byte = bytes[++this.at] ?? 0) {
      value = value * 10 + (byte - ZERO);
      scale *= 10;
    }
    return scale === 1 || value > Number.MAX_SAFE_INTEGER ? NOTHING : value / scale;
  }

  /** Id in `table` of the string that begins here; {@link NOTHING} when it is none. */
  private text(table: TextTable): number {
    const { bytes, at, end } = this;
    if (bytes[at] !== QUOTE) {
      return NOTHING;
    }
    const { words } = this;
    const start = at + 1;
    let hash = FIRST_HASH;
    for (let next = start; next < end; next += 4) {
      const word = words.getInt32(next, true);
      const quotes = word ^ QUOTES;
      const escapes = word ^ BACKSLASHES;
      const found =
        (((quotes - ONES) & ~quotes) | ((escapes - ONES) & ~escapes) | word) & HIGH_BITS;
      if (found === 0) {
        hash = nextHash(hash, word);
        continue;
      }
      // The lowest bit that is set tells of the first byte that is no plain letter.
      const left = (31 - Math.clz32(found & -found)) >>> 3;
      const stop = next + left;
      if (bytes[stop] !== QUOTE || stop >= end) {
        return this.carefulText(table);
      }
      this.at = stop + 1;
      return table.idOfWords(words, start, stop - start, nextHash(hash, word & lettersOf(left)));
    }
    return NOTHING;
  }

  /** A string that holds other letters than ASCII, or escapes. */
  private carefulText(table: TextTable): number {
    const { bytes, at, end } = this;
    let next = at + 1;
    while (next < end && bytes[next] !== QUOTE) {
      next += bytes[next] === BACKSLASH ? 2 : 1;
    }
    if (next >= end) {
      return NOTHING;
    }
    this.at = next + 1;
    const text = unescape(bytes.toString('utf8', at, next + 1));
    return text === undefined ? NOTHING : table.id(text);
  }
}

/** What stands in every line, as words of four bytes: those that it fills, and its last one. */
interface Literal {
  readonly length: number;
  readonly words: Int32Array;
  readonly last: number;
}

function literal(text: string): Literal {
  const bytes = Buffer.from(text);
  const words = new Int32Array(bytes.length >>> 2);
  for (let index = 0; index < words.length; index++) {
    words[index] = bytes.readInt32LE(index * 4);
  }
  return { length: bytes.length, words, last: bytes.readInt32LE(bytes.length - 4) };
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function unescape(literal: string): string | undefined {
  try {
    return String(JSON.parse(literal));
  } catch {
    return undefined; // No string of JSON: the whole line is read with care instead.
  }
}
