/**
 * One pass over the bytes of a message in the JSON form of Platform SDK: is it JSON that can stand in a line as it is,
 * where are the members that hints need, and may a secret stand in it. What is in any other way unusual is left to those who
 * read with care; what this takes, they would have taken in the same way.
 */
import { BROKEN, StringWalk } from './stringSpan';
import { Suspicions } from './suspicions';
import {
  IN_INTERACTION,
  IN_WORKBIN,
  INTERACTION,
  MESSAGE,
  NOWHERE,
  SLOTS,
  slotOf,
  WORKBIN,
  type Scope,
} from './memberSlots';

/** Room before the body, where the head of a line is written. */
export const HEAD_ROOM = 2048;
/** Bytes behind the body that are read, but not part of it. */
const SLACK = 16;
/** Longer ones are few, and would keep much memory. */
const MAX_BYTES = 1024 * 1024;
const FIRST_ROOM = 64 * 1024;
/** Deeper than messages nest; the careful reader goes deeper. */
const MAX_DEPTH = 64;
const LIST = 0xff;

const TAB = 0x09;
const BLANK = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const UPPER_E = 0x45;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const LOWER_E = 0x65;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const TRUE = wordOf('true');
const ALSE = wordOf('alse');
const NULL = wordOf('null');
const LOWER_F = 0x66;

/** Reused for every message; holds the last one. */
export class MessageScan {
  /** {@link HEAD_ROOM} bytes, then the message. */
  bytes = new Uint8Array(FIRST_ROOM);
  /** The same, to read and write by words. */
  words = new DataView(this.bytes.buffer);
  /** Behind the message's last byte. */
  end = HEAD_ROOM;
  /** Where the value of each slot stands, without quotes. Valid where it is a text or a number. */
  readonly starts = new Int32Array(SLOTS);
  readonly ends = new Int32Array(SLOTS);
  /** A bit for each slot whose value is a text without escapes; for each whose value is a number. */
  texts = 0;
  numbers = 0;
  private found = 0;
  private readonly strings = new StringWalk();
  /** Of what stands in strings and may tell of a secret. */
  readonly suspicions = new Suspicions();
  /** Of each container that is open: a {@link Scope}, or {@link LIST}. */
  private readonly open = new Uint8Array(MAX_DEPTH + 1);

  /** `body`: valid UTF-8, of which a copy is made. False for what must be read with care. */
  take(body: Uint8Array): boolean {
    const { length } = body;
    // What is no object from its first to its last byte need not be copied.
    if (length > MAX_BYTES || body[0] !== OPEN_OBJECT || body[length - 1] !== CLOSE_OBJECT) {
      return false;
    }
    this.makeRoom(HEAD_ROOM + length + SLACK);
    this.bytes.set(body, HEAD_ROOM);
    this.end = HEAD_ROOM + length;
    this.words.setFloat64(this.end, 0);
    this.words.setFloat64(this.end + 8, 0);
    this.strings.begin();
    this.suspicions.clear();
    this.texts = 0;
    this.numbers = 0;
    this.found = 0;
    return this.scan();
  }

  private makeRoom(size: number): void {
    if (size > this.bytes.length) {
      this.bytes = new Uint8Array(2 ** Math.ceil(Math.log2(size)));
      this.words = new DataView(this.bytes.buffer);
    }
  }

  /** The 0 bytes behind the text fit nowhere, so that no step need look for the end. */
  private scan(): boolean {
    const { bytes, words, open, strings } = this;
    let at = HEAD_ROOM + 1;
    let depth = 1;
    let scope: number = MESSAGE;
    /** Whether the container that is open has a value already. */
    let begun = false;
    open[0] = NOWHERE;
    for (;;) {
      let byte = bytes[at] ?? 0;
      while (byte === BLANK || byte === TAB) {
        byte = bytes[++at] ?? 0;
      }
      if (byte === (scope === LIST ? CLOSE_LIST : CLOSE_OBJECT)) {
        at++;
        if (--depth === 0) {
          return at === this.end;
        }
        scope = open[depth] ?? NOWHERE;
        begun = true;
        continue;
      }
      if (begun) {
        if (byte !== COMMA) {
          return false;
        }
        byte = bytes[++at] ?? 0;
        while (byte === BLANK || byte === TAB) {
          byte = bytes[++at] ?? 0;
        }
      }
      begun = true;
      let slot = -1;
      // Where the name of the member stands whose value comes next; nowhere in a list.
      let nameStart = 0;
      let nameEnd = 0;
      if (scope !== LIST) {
        if (byte !== QUOTE) {
          return false;
        }
        const start = at + 1;
        at = strings.end(bytes, words, start);
        if (at === BROKEN) {
          return false;
        }
        nameStart = start;
        nameEnd = at;
        if (strings.isSuspicious) {
          strings.isSuspicious = false;
          this.suspicions.addName();
        }
        if (scope !== NOWHERE) {
          slot = slotOf(bytes, words, scope as Scope, start, at);
          if (strings.lastEscape >= start || (slot >= 0 && !this.find(slot))) {
            return false;
          }
        }
        byte = bytes[++at] ?? 0;
        while (byte === BLANK || byte === TAB) {
          byte = bytes[++at] ?? 0;
        }
        if (byte !== COLON) {
          return false;
        }
        byte = bytes[++at] ?? 0;
        while (byte === BLANK || byte === TAB) {
          byte = bytes[++at] ?? 0;
        }
      }
      if (byte === QUOTE) {
        const start = at + 1;
        at = strings.end(bytes, words, start);
        if (at === BROKEN || (slot >= 0 && strings.lastEscape >= start)) {
          return false;
        }
        if (strings.isSuspicious) {
          strings.isSuspicious = false;
          this.suspicions.addValue(bytes, nameStart, nameEnd, start, at);
        }
        if (slot >= 0) {
          this.texts |= 1 << slot;
          this.starts[slot] = start;
          this.ends[slot] = at;
        }
        at++;
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        if (depth === MAX_DEPTH) {
          return false;
        }
        open[depth++] = scope;
        scope = byte === OPEN_LIST ? LIST : scopeIn(slot);
        begun = false;
        at++;
      } else if (byte === MINUS || (byte >= ZERO && byte <= NINE)) {
        const start = at;
        at = this.endOfNumber(at);
        if (at === BROKEN) {
          return false;
        }
        if (slot >= 0) {
          this.numbers |= 1 << slot;
          this.starts[slot] = start;
          this.ends[slot] = at;
        }
      } else {
        const word = words.getInt32(at, true);
        if (word === TRUE || word === NULL) {
          at += 4;
        } else if (byte === LOWER_F && words.getInt32(at + 1, true) === ALSE) {
          at += 5;
        } else {
          return false;
        }
      }
    }
  }

  /** False where the member stands there a second time: which of them counts is left to the careful reader. */
  private find(slot: number): boolean {
    const before = this.found;
    this.found |= 1 << slot;
    return before !== this.found;
  }

  private endOfNumber(start: number): number {
    const { bytes } = this;
    let at = bytes[start] === MINUS ? start + 1 : start;
    const whole = at;
    at = endOfDigits(bytes, at);
    if (at === whole || (bytes[whole] === ZERO && at > whole + 1)) {
      return BROKEN;
    }
    if (bytes[at] === DOT) {
      const fraction = ++at;
      at = endOfDigits(bytes, at);
      if (at === fraction) {
        return BROKEN;
      }
    }
    if (bytes[at] === LOWER_E || bytes[at] === UPPER_E) {
      at++;
      at = bytes[at] === PLUS || bytes[at] === MINUS ? at + 1 : at;
      const exponent = at;
      at = endOfDigits(bytes, at);
      if (at === exponent) {
        return BROKEN;
      }
    }
    return at;
  }
}

function scopeIn(slot: number): Scope {
  return slot === WORKBIN ? IN_WORKBIN : slot === INTERACTION ? IN_INTERACTION : NOWHERE;
}

function endOfDigits(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let byte = bytes[at] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[at] ?? 0) {
    at++;
  }
  return at;
}

function wordOf(four: string): number {
  return Array.from(four).reduce(
    (word, letter, index) => word | (letter.charCodeAt(0) << (8 * index)),
    0,
  );
}
