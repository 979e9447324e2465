/**
 * The lines of frames that hold one message in the JSON form of Platform SDK, made from bytes to bytes. Such a line is,
 * byte for byte, the one that `recordLine` makes of the decoded frame.
 */
import type { Direction } from '../../protocol/frame';
import {
  ERROR,
  INNER_INTERACTION_ID,
  INTERACTION_ID,
  INTERACTION_WORKBIN,
  NAME,
  NAMED_WORKBIN,
  OWN_WORKBIN,
  PROXY,
  REFERENCE,
  WORKBIN_SLOTS,
} from './memberSlots';
import { HEAD_ROOM, MessageScan } from './messageScan';

/** Texts of a hint are cut at so many characters; what has fewer bytes is surely whole. */
const MAX_TEXT = 256;
/** Digits of an integer that surely has 32 bits. */
const MAX_DIGITS = 9;
/** Up to here, microseconds have the same digits as the number that JSON writes in milliseconds. */
const MAX_MICROSECONDS = 1e15;

/** Up to here, dividing is quick. */
const LARGEST_QUICK = 0x7fffffff;

const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const CLOSE_OBJECT = 0x7d;

const QUOTE = lettersOf('"');
const AT_SIGN = lettersOf('@');
const KIND = lettersOf('{"kind":"frame","seq":');
const TIME = lettersOf(',"t":');
const CONNECTION = lettersOf(',"c":');
const DIRECTIONS = {
  send: lettersOf(',"d":"send","m":[{"n":"'),
  receive: lettersOf(',"d":"receive","m":[{"n":"'),
} as const;
const REFERENCE_KEY = lettersOf(',"r":');
const PROXY_KEY = lettersOf(',"p":');
const WORKBIN_KEY = lettersOf(',"w":"');
const INTERACTION_KEY = lettersOf(',"i":"');
const ERROR_KEY = lettersOf(',"e":');
const BODY_KEY = lettersOf('}],"v":"ws","json":');

export interface FrameStamp {
  readonly seq: number;
  /** Milliseconds since the beginning, in whole microseconds. */
  readonly time: number;
  readonly connection: number;
  readonly direction: Direction;
}

/**
 * What was taken last is what is written. Holds room for one message. The head is written from its last letter to its
 * first, so that it ends where the message begins, and by words of four bytes: what a word writes too much is
 * overwritten by what stands before it.
 */
export class FrameLines {
  private readonly scan = new MessageScan();
  /** Where the part of the head begins that is written. */
  private at = 0;
  private interaction = -1;
  private workbin = -1;
  private owner = -1;

  /** `body`: valid UTF-8. False when this frame must be decoded and its line be made with care. */
  take(body: Uint8Array): boolean {
    const { scan } = this;
    if (!scan.take(body)) {
      return false;
    }
    this.interaction = this.findInteraction();
    this.workbin = -1;
    this.owner = -1;
    if (!this.findWorkbin(NAMED_WORKBIN) && !this.findWorkbin(INTERACTION_WORKBIN)) {
      this.findWorkbin(OWN_WORKBIN);
    }
    return (
      this.lengthOf(NAME) <= MAX_TEXT &&
      this.lengthOf(this.interaction) <= MAX_TEXT &&
      this.lengthOf(this.workbin) + 1 + this.lengthOf(this.owner) <= MAX_TEXT &&
      this.isPlainNumber(REFERENCE) &&
      this.isPlainNumber(PROXY) &&
      this.isPlainNumber(ERROR)
    );
  }

  /**
   * Whether surely no secret stands in the message that was taken. Else its text is to be searched, and if there is
   * one, the line is not for the disk.
   */
  isHarmless(): boolean {
    const { bytes, end, suspicions } = this.scan;
    return suspicions.areHarmless(bytes, HEAD_ROOM, end);
  }

  /** The reference of the message that was taken, where it has one. */
  get reference(): number | undefined {
    const { scan } = this;
    if ((scan.numbers & (1 << REFERENCE)) === 0) {
      return undefined;
    }
    const start = scan.starts[REFERENCE] ?? 0;
    return Number(String.fromCharCode(...scan.bytes.subarray(start, scan.ends[REFERENCE])));
  }

  /** The line of the frame that was taken, without its line end. It is valid until the next call. */
  line({ seq, time, connection, direction }: FrameStamp): Uint8Array {
    const { scan } = this;
    this.at = HEAD_ROOM;
    this.letters(BODY_KEY);
    this.number(ERROR_KEY, ERROR);
    if (this.interaction >= 0) {
      this.letters(QUOTE);
      this.value(this.interaction);
      this.letters(INTERACTION_KEY);
    }
    if (this.workbin >= 0) {
      this.letters(QUOTE);
      this.value(this.owner);
      this.letters(AT_SIGN);
      this.value(this.workbin);
      this.letters(WORKBIN_KEY);
    }
    this.number(PROXY_KEY, PROXY);
    this.number(REFERENCE_KEY, REFERENCE);
    this.letters(QUOTE);
    if (this.hasText(NAME)) {
      this.value(NAME);
    }
    this.letters(DIRECTIONS[direction]);
    this.digits(connection);
    this.letters(CONNECTION);
    this.milliseconds(time);
    this.letters(TIME);
    this.digits(seq);
    this.letters(KIND);
    scan.bytes[scan.end] = CLOSE_OBJECT;
    return scan.bytes.subarray(this.at, scan.end + 1);
  }

  /** The message's own id says it best, even when it is empty. */
  private findInteraction(): number {
    const slot = this.hasText(INTERACTION_ID) ? INTERACTION_ID : INNER_INTERACTION_ID;
    return this.lengthOf(slot) > 0 ? slot : -1;
  }

  private findWorkbin(first: number): boolean {
    if (this.lengthOf(first) === 0) {
      return false;
    }
    for (let owner = first + 1; owner < first + WORKBIN_SLOTS; owner++) {
      if (this.lengthOf(owner) > 0) {
        this.workbin = first;
        this.owner = owner;
        return true;
      }
    }
    return false;
  }

  private hasText(slot: number): boolean {
    return slot >= 0 && (this.scan.texts & (1 << slot)) !== 0;
  }

  /** In bytes; 0 where there is no text. */
  private lengthOf(slot: number): number {
    const { starts, ends } = this.scan;
    return this.hasText(slot) ? (ends[slot] ?? 0) - (starts[slot] ?? 0) : 0;
  }

  /** Whether the number, if there is one, is written as we would write it. */
  private isPlainNumber(slot: number): boolean {
    const { scan } = this;
    if ((scan.numbers & (1 << slot)) === 0) {
      return true;
    }
    const end = scan.ends[slot] ?? 0;
    let at = scan.starts[slot] ?? 0;
    if (scan.bytes[at] === MINUS && scan.bytes[at + 1] !== ZERO) {
      at++;
    }
    if (end - at > MAX_DIGITS) {
      return false;
    }
    for (; at < end; at++) {
      const byte = scan.bytes[at] ?? 0;
      if (byte < ZERO || byte > ZERO + 9) {
        return false;
      }
    }
    return true;
  }

  private letters({ length, words }: Letters): void {
    const into = this.scan.words;
    let { at } = this;
    for (let index = 0; index < words.length; index++) {
      at -= 4;
      into.setInt32(at, words[index] ?? 0, true);
    }
    this.at -= length;
  }

  private value(slot: number): void {
    const { words, starts, ends } = this.scan;
    const start = starts[slot] ?? 0;
    let end = ends[slot] ?? 0;
    let { at } = this;
    this.at = at - (end - start);
    while (end > start) {
      end -= 4;
      at -= 4;
      words.setInt32(at, words.getInt32(end, true), true);
    }
  }

  private number(key: Letters, slot: number): void {
    if ((this.scan.numbers & (1 << slot)) !== 0) {
      this.value(slot);
      this.letters(key);
    }
  }

  /** Of a number that is whole and not negative. */
  private digits(value: number): void {
    if (value > LARGEST_QUICK) {
      this.letters(lettersOf(String(value)));
      return;
    }
    const { bytes } = this.scan;
    let { at } = this;
    let rest = value;
    do {
      const tenth = (rest / 10) | 0;
      bytes[--at] = ZERO + rest - tenth * 10;
      rest = tenth;
    } while (rest > 0);
    this.at = at;
  }

  private milliseconds(time: number): void {
    const microseconds = Math.round(time * 1000);
    if (microseconds > MAX_MICROSECONDS) {
      this.letters(lettersOf(String(microseconds / 1000)));
      return;
    }
    const whole = Math.floor(microseconds / 1000);
    this.fraction(microseconds - whole * 1000);
    this.digits(whole);
  }

  /** Of thousandths, without zeros at the end. */
  private fraction(thousandths: number): void {
    const { bytes } = this.scan;
    const first = this.at;
    let rest = thousandths;
    for (let place = 0; place < 3; place++) {
      const tenth = (rest / 10) | 0;
      const digit = rest - tenth * 10;
      if (digit > 0 || this.at < first) {
        bytes[--this.at] = ZERO + digit;
      }
      rest = tenth;
    }
    if (this.at < first) {
      bytes[--this.at] = DOT;
    }
  }
}

/** Letters as words of four bytes, from the last to the first; the first letters of all may be too many. */
interface Letters {
  readonly length: number;
  readonly words: Int32Array;
}

function lettersOf(ascii: string): Letters {
  const bytes = Array.from(ascii, (letter) => letter.charCodeAt(0));
  const byte = (fromEnd: number): number => bytes[bytes.length - fromEnd] ?? 0;
  const words = Int32Array.from({ length: Math.ceil(bytes.length / 4) }, (_, index) => {
    const last = index * 4;
    return (byte(last + 1) << 24) | (byte(last + 2) << 16) | (byte(last + 3) << 8) | byte(last + 4);
  });
  return { length: bytes.length, words };
}
