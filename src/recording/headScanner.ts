/**
 * The quick way to the head of a frame's line: reads bytes at the beginning of the line, where our writer puts
 * the head in fixed order, and never looks at the body. Whatever is not exactly so is left to `parseHead`.
 *
 * Knows the layout that `core/trace/recordLine.ts` writes; a test holds the two together.
 */
import type { MessageHint } from '../core/protocol/message';
import type { FrameHead } from '../core/trace/records';
import { AsciiCache } from './asciiCache';

const QUOTE = 0x22;
const COMMA = 0x2c;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const CLOSE_OBJECT = 0x7d;

const SEQ = Buffer.from('{"kind":"frame","seq":');
const TIME = Buffer.from(',"t":');
const CONNECTION = Buffer.from(',"c":');
const SEND = Buffer.from(',"d":"send","m":');
const RECEIVE = Buffer.from(',"d":"receive","m":');
const NAME = Buffer.from('{"n":');
const REFERENCE = Buffer.from(',"r":');
const PROXY = Buffer.from(',"p":');
const WORKBIN = Buffer.from(',"w":');
const INTERACTION = Buffer.from(',"i":');
const ERROR = Buffer.from(',"e":');
const TRANSPORT = Buffer.from(',"v":"');

const NO_HINTS: readonly MessageHint[] = [];
/** Digits that a number surely holds exactly. */
const MAX_DIGITS = 15;

export class HeadScanner {
  private readonly cache = new AsciiCache();
  private bytes: Buffer = Buffer.alloc(0);
  private at = 0;
  private end = 0;

  /**
   * The head of the frame whose line is `bytes` from `start` to `end`, or undefined when this is another
   * record, another order of keys, or broken. That the line ends as an object does is all that is checked of
   * the part behind the head.
   */
  scan(bytes: Buffer, start: number, end: number): FrameHead | undefined {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    if (bytes[end - 1] !== CLOSE_OBJECT || !this.skip(SEQ)) {
      return undefined;
    }
    const seq = this.integer();
    const time = this.skip(TIME) ? this.decimal() : undefined;
    const connection = this.skip(CONNECTION) ? this.integer() : undefined;
    const sends = this.skip(SEND);
    if (!sends && !this.skip(RECEIVE)) {
      return undefined;
    }
    const hints = this.hints();
    const isWhole = this.skip(TRANSPORT) && this.at < end;
    if (!seq || time === undefined || !connection || hints === undefined || !isWhole) {
      return undefined;
    }
    return { kind: 'frame', seq, time, connection, direction: sends ? 'send' : 'receive', hints };
  }

  private hints(): readonly MessageHint[] | undefined {
    if (this.bytes[this.at] !== OPEN_LIST) {
      return undefined;
    }
    this.at++;
    if (this.bytes[this.at] === CLOSE_LIST) {
      this.at++;
      return NO_HINTS;
    }
    const hints: MessageHint[] = [];
    for (;;) {
      const hint = this.hint();
      const mark = this.bytes[this.at++];
      if (hint === undefined || (mark !== COMMA && mark !== CLOSE_LIST)) {
        return undefined;
      }
      hints.push(hint);
      if (mark === CLOSE_LIST) {
        return hints;
      }
    }
  }

  private hint(): MessageHint | undefined {
    const name = this.skip(NAME) ? this.string() : undefined;
    if (name === undefined) {
      return undefined;
    }
    const hint: { -readonly [K in keyof MessageHint]: MessageHint[K] } = { name };
    if (this.skip(REFERENCE)) {
      const reference = this.bytes[this.at] === QUOTE ? this.string() : this.integer();
      if (reference === undefined) {
        return undefined;
      }
      hint.reference = reference;
    }
    if (this.skip(PROXY)) {
      const proxyClientId = this.integer();
      if (proxyClientId === undefined) {
        return undefined;
      }
      hint.proxyClientId = proxyClientId;
    }
    if (this.skip(WORKBIN)) {
      const workbin = this.string();
      if (workbin === undefined) {
        return undefined;
      }
      hint.workbin = workbin;
    }
    if (this.skip(INTERACTION)) {
      const interactionId = this.string();
      if (interactionId === undefined) {
        return undefined;
      }
      hint.interactionId = interactionId;
    }
    if (this.skip(ERROR)) {
      const errorCode = this.integer();
      if (errorCode === undefined) {
        return undefined;
      }
      hint.errorCode = errorCode;
    }
    return this.bytes[this.at++] === CLOSE_OBJECT ? hint : undefined;
  }

  /** Moves behind `expected` when that is what comes next. */
  private skip(expected: Buffer): boolean {
    const { bytes, at } = this;
    for (let index = 0; index < expected.length; index++) {
      if (bytes[at + index] !== expected[index]) {
        return false;
      }
    }
    this.at = at + expected.length;
    return true;
  }

  /** Digits without a sign; undefined when there are none, or more than a number holds exactly. */
  private integer(): number | undefined {
    const { bytes, at } = this;
    let value = 0;
    let next = at;
    for (let byte = bytes[next] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[++next] ?? 0) {
      value = value * 10 + (byte - ZERO);
    }
    const digits = next - at;
    if (digits === 0 || digits > MAX_DIGITS || (digits > 1 && bytes[at] === ZERO)) {
      return undefined;
    }
    this.at = next;
    return value;
  }

  /** Digits with a fraction or without, as one number: `12.345` is 12345 ÷ 1000, which is the nearest one. */
  private decimal(): number | undefined {
    const whole = this.integer();
    if (whole === undefined || this.bytes[this.at] !== DOT) {
      return whole;
    }
    let value = whole;
    let scale = 1;
    let byte = this.bytes[++this.at] ?? 0;
    for (; byte >= ZERO && byte <= NINE && scale < 1e6; byte = this.bytes[++this.at] ?? 0) {
      value = value * 10 + (byte - ZERO);
      scale *= 10;
    }
    return scale === 1 || value > Number.MAX_SAFE_INTEGER ? undefined : value / scale;
  }

  /** The string that begins here. */
  private string(): string | undefined {
    const { bytes, at, end } = this;
    if (bytes[at] !== QUOTE) {
      return undefined;
    }
    let hash = 0;
    let wide = 0;
    let next = at + 1;
    for (let byte = bytes[next]; byte !== QUOTE; byte = bytes[++next]) {
      if (byte === undefined || byte === BACKSLASH || next >= end) {
        return this.escapedString(next);
      }
      hash = (Math.imul(hash, 31) + byte) | 0;
      wide |= byte;
    }
    this.at = next + 1;
    return wide < 0x80
      ? this.cache.text(bytes, at + 1, next, hash)
      : bytes.toString('utf8', at + 1, next);
  }

  /** A string with escapes, of which the first stands at `from`. */
  private escapedString(from: number): string | undefined {
    const { bytes, at, end } = this;
    let next = from;
    while (next < end && bytes[next] !== QUOTE) {
      next += bytes[next] === BACKSLASH ? 2 : 1;
    }
    if (next >= end) {
      return undefined;
    }
    this.at = next + 1;
    return unescape(bytes.toString('utf8', at, next + 1));
  }
}

function unescape(literal: string): string | undefined {
  try {
    return String(JSON.parse(literal));
  } catch {
    return undefined; // No string of JSON: the whole line is read with care instead.
  }
}
