/**
 * Whether a needle stands at a place of a line of JSON. Each of its characters matches itself, in either case,
 * and any JSON escape for it, however deep in strings within strings it stands: `"` is also found as `\"` and
 * `\\\"`, a line end as `\n` and `\\n`, `ü` as `\u00fc`. Backslashes of the needle match as many or more, for
 * each level of strings doubles them.
 *
 * Not resolved are escapes that are themselves written as numbers (`\u005c"`).
 */
import { isBackslash, isCharacter, type Needle } from './needle';

const LINE_END = 0x0a;
const LETTER_U = 0x75;
const QUOTE = 0x22;
const SOLIDUS = 0x2f;

/** Most bytes that a character takes in strings up to three deep: seven backslashes, `u` and four digits, twice. */
export const MAX_CHARACTER_BYTES = 24;

/** The place in `bytes` must be below `end`. Never matches across a line end. */
export function matchesAt(bytes: Buffer, place: number, end: number, needle: Needle): boolean {
  let at = place;
  let depth = 0;
  for (let index = 0; index < needle.length; index++) {
    const wanted = needle.backslashes[index] ?? 0;
    const row = backslashesAt(bytes, at, end);
    if (row < wanted) {
      return false;
    }
    at += row;
    index += wanted;
    if (row > wanted) {
      depth = Math.max(depth, depthOf(row, bytes[at]));
    }
    if (index === needle.length) {
      break;
    }
    const next = nextPlace(bytes, at, end, needle, index, row - wanted, row > 0 && wanted === 0);
    if (next === undefined) {
      return false;
    }
    at = next;
  }
  return depth === 0 || !beginsWithinEscape(bytes, place, depth, needle);
}

/** How many levels of strings must be unescaped before a row of backslashes and what they escape are one. */
function depthOf(row: number, escaped: number | undefined): number {
  const whole = escaped === QUOTE || escaped === SOLIDUS ? row : row & -row;
  return 32 - Math.clz32(whole);
}

/** What the file has as letters of an escape are no letters any more where the escapes behind them are resolved. */
function beginsWithinEscape(bytes: Buffer, place: number, depth: number, needle: Needle): boolean {
  const first = needle.points[0];
  if (isBackslash(first) || first === QUOTE || first === SOLIDUS) {
    return false;
  }
  const isResolved = (letterAt: number): boolean =>
    backslashesBefore(bytes, letterAt) % 2 ** depth !== 0;
  if (isResolved(place)) {
    return true;
  }
  for (let back = 1; back < 5; back++) {
    const at = place - back;
    if (hexUnit(bytes, at, at + 5) >= 0 && isResolved(at)) {
      return true;
    }
  }
  return false;
}

/** The code point of an escape whose `u` is at a place, two of them where they are halves of one; -1: none. */
export function escapedPoint(bytes: Buffer, place: number, end: number): number {
  const unit = hexUnit(bytes, place, end);
  if (unit >= 0xd800 && unit < 0xdc00) {
    const row = backslashesAt(bytes, place + 5, end);
    const low = row > 0 ? hexUnit(bytes, place + 5 + row, end) : -1;
    if (low >= 0xdc00 && low < 0xe000) {
      return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
  }
  return unit;
}

/**
 * The place behind the character of the needle. `spare` backslashes before it are not the needle's own;
 * `isEscape` is true where it can only be an escape.
 */
function nextPlace(
  bytes: Buffer,
  at: number,
  end: number,
  needle: Needle,
  index: number,
  spare: number,
  isEscape: boolean,
): number | undefined {
  const byte = at < end ? (bytes[at] ?? LINE_END) : LINE_END;
  if (spare > 0) {
    const escaped = byte === LETTER_U ? escapedPoint(bytes, at, end) : namedPoint(byte);
    if (escaped >= 0 && isCharacter(needle, index, escaped)) {
      return at + (byte === LETTER_U ? escapeLength(bytes, at, end, escaped) : 1);
    }
  }
  if (byte === LINE_END || (isEscape && byte !== QUOTE && byte !== SOLIDUS)) {
    return undefined;
  }
  if (byte < 0x80) {
    return isCharacter(needle, index, byte) ? at + 1 : undefined;
  }
  const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
  if (at + length > end) {
    return undefined;
  }
  return isCharacter(needle, index, utf8Point(bytes, at, length)) ? at + length : undefined;
}

function backslashesAt(bytes: Buffer, place: number, end: number): number {
  let at = place;
  while (at < end && isBackslash(bytes[at])) {
    at++;
  }
  return at - place;
}

function backslashesBefore(bytes: Buffer, place: number): number {
  let at = place;
  while (isBackslash(bytes[at - 1])) {
    at--;
  }
  return place - at;
}

function escapeLength(bytes: Buffer, at: number, end: number, point: number): number {
  return point < 0x10000 ? 5 : 10 + backslashesAt(bytes, at + 5, end);
}

/** The character that a letter names behind a backslash. */
function namedPoint(letter: number): number {
  switch (letter) {
    case 0x62:
      return 8;
    case 0x66:
      return 12;
    case 0x6e:
      return 10;
    case 0x72:
      return 13;
    case 0x74:
      return 9;
    default:
      return -1;
  }
}

/** The number behind a `u`; -1 where there is none. */
function hexUnit(bytes: Buffer, place: number, end: number): number {
  if (place + 5 > end || bytes[place] !== LETTER_U) {
    return -1;
  }
  let unit = 0;
  for (let at = place + 1; at < place + 5; at++) {
    const digit = hexDigit(bytes[at] ?? 0);
    if (digit < 0) {
      return -1;
    }
    unit = unit * 16 + digit;
  }
  return unit;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) {
    return byte - 0x30;
  }
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** The code point of `length` (2 to 4) bytes that are taken to be whole. */
function utf8Point(bytes: Buffer, at: number, length: number): number {
  let point = (bytes[at] ?? 0) & (0xff >> (length + 1));
  for (let index = 1; index < length; index++) {
    point = (point << 6) | ((bytes[at + index] ?? 0) & 0x3f);
  }
  return point;
}
