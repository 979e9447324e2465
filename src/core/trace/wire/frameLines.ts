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
const AT_SIGN = 0x40;
const QUOTE = 0x22;
const CLOSE_OBJECT = 0x7d;

const KIND = bytesOf('{"kind":"frame","seq":');
const TIME = bytesOf(',"t":');
const CONNECTION = bytesOf(',"c":');
const DIRECTIONS = {
  send: bytesOf(',"d":"send","m":[{"n":"'),
  receive: bytesOf(',"d":"receive","m":[{"n":"'),
} as const;
const REFERENCE_KEY = bytesOf(',"r":');
const PROXY_KEY = bytesOf(',"p":');
const WORKBIN_KEY = bytesOf(',"w":"');
const INTERACTION_KEY = bytesOf(',"i":"');
const ERROR_KEY = bytesOf(',"e":');
const BODY_KEY = bytesOf('}],"v":"ws","json":');

export interface FrameStamp {
  readonly seq: number;
  /** Milliseconds since the beginning, in whole microseconds. */
  readonly time: number;
  readonly connection: number;
  readonly direction: Direction;
}

/** What was taken last is what is written. Holds room for one message. */
export class FrameLines {
  private readonly scan = new MessageScan();
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
    this.at = 0;
    this.letters(KIND);
    this.digits(seq);
    this.letters(TIME);
    this.milliseconds(time);
    this.letters(CONNECTION);
    this.digits(connection);
    this.letters(DIRECTIONS[direction]);
    this.value(NAME);
    scan.bytes[this.at++] = QUOTE;
    this.number(REFERENCE_KEY, REFERENCE);
    this.number(PROXY_KEY, PROXY);
    if (this.workbin >= 0) {
      this.letters(WORKBIN_KEY);
      this.value(this.workbin);
      scan.bytes[this.at++] = AT_SIGN;
      this.value(this.owner);
      scan.bytes[this.at++] = QUOTE;
    }
    if (this.interaction >= 0) {
      this.letters(INTERACTION_KEY);
      this.value(this.interaction);
      scan.bytes[this.at++] = QUOTE;
    }
    this.number(ERROR_KEY, ERROR);
    this.letters(BODY_KEY);
    const start = HEAD_ROOM - this.at;
    scan.bytes.copyWithin(start, 0, this.at);
    scan.bytes[scan.end] = CLOSE_OBJECT;
    return scan.bytes.subarray(start, scan.end + 1);
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

  private letters(letters: Uint8Array): void {
    const { bytes } = this.scan;
    let { at } = this;
    for (let index = 0; index < letters.length; index++) {
      bytes[at++] = letters[index] ?? 0;
    }
    this.at = at;
  }

  private value(slot: number): void {
    if (slot === NAME && !this.hasText(NAME)) {
      return;
    }
    const { bytes, starts, ends } = this.scan;
    const end = ends[slot] ?? 0;
    let { at } = this;
    for (let from = starts[slot] ?? 0; from < end; from++) {
      bytes[at++] = bytes[from] ?? 0;
    }
    this.at = at;
  }

  private number(key: Uint8Array, slot: number): void {
    if ((this.scan.numbers & (1 << slot)) !== 0) {
      this.letters(key);
      this.value(slot);
    }
  }

  /** Of a number that is whole and not negative. */
  private digits(value: number): void {
    if (value > LARGEST_QUICK) {
      this.letters(bytesOf(String(value)));
      return;
    }
    const { bytes } = this.scan;
    let end = this.at + 1;
    for (let rest = value; rest >= 10; rest = (rest / 10) | 0) {
      end++;
    }
    let rest = value;
    for (let at = end - 1; at >= this.at; at--) {
      const tenth = (rest / 10) | 0;
      bytes[at] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
    this.at = end;
  }

  private milliseconds(time: number): void {
    const microseconds = Math.round(time * 1000);
    if (microseconds > MAX_MICROSECONDS) {
      this.letters(bytesOf(String(microseconds / 1000)));
      return;
    }
    const whole = Math.floor(microseconds / 1000);
    const fraction = microseconds - whole * 1000;
    this.digits(whole);
    if (fraction === 0) {
      return;
    }
    const { bytes } = this.scan;
    const tenths = Math.floor(fraction / 100);
    const hundredths = Math.floor(fraction / 10) % 10;
    const thousandths = fraction % 10;
    bytes[this.at++] = DOT;
    bytes[this.at++] = ZERO + tenths;
    if (hundredths > 0 || thousandths > 0) {
      bytes[this.at++] = ZERO + hundredths;
    }
    if (thousandths > 0) {
      bytes[this.at++] = ZERO + thousandths;
    }
  }
}

function bytesOf(ascii: string): Uint8Array {
  return Uint8Array.from(ascii, (letter) => letter.charCodeAt(0));
}
