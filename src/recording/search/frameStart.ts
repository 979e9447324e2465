/**
 * Where in a line of a recording the frame begins, behind what the recorder wrote ahead of it: number, time and hints
 * are nobody's text, but for names of messages; those and ids are looked up in columns as well. `format.md` says in which order they stand.
 */

import type { ByteFinder, BytePair } from './byteFinder';

const LINE_END = 0x0a;
const QUOTE = 0x22;
const M = 0x6d;
const COMMA = 0x2c;

const MAX_NAME = 64;
const NAME = bytesOf('{"n":"');
const KIND = bytesOf('{"kind":"frame","seq":');
const HINTS = bytesOf(',"m":[');
/** A quote ends every string, so that this stands in none. */
const BEHIND_HINTS = bytesOf('],"v":"');
/** Two letters of it by which it is found. */
const CLOSING: BytePair = { first: [0x5d, 0x5d], second: [0x76, 0x76], distance: 3 };
/** Of nearly every frame. */
const PLAIN = bytesOf('ws","json":');
/** Of what was carried; before it stand notes of ours, which are numbers or `true`. */
const CARRIED: readonly Uint8Array[] = [
  bytesOf('"json":'),
  bytesOf('"text":'),
  bytesOf('"base64":'),
  bytesOf('"method":'),
  bytesOf('"status":'),
  bytesOf('"error":'),
];

/**
 * The lowest place of the line that begins at `line`, and ends before `end` or there, from which on text of its frame
 * may stand; `line` itself where it is another record, or written by others in another order.
 */
export function frameStart(finder: ByteFinder, line: number, end: number): number {
  const { bytes } = finder;
  if (!standsAt(bytes, KIND, line, end)) {
    return line;
  }
  const hints = behindStamps(bytes, line + KIND.length, end);
  let at = hints < 0 ? -1 : behindHints(finder, hints, end);
  if (at < 0) {
    return line;
  }
  if (standsAt(bytes, PLAIN, at, end)) {
    return at + PLAIN.length;
  }
  while (at < end && bytes[at] !== QUOTE) {
    at++;
  }
  for (at++; at < end && bytes[at] === COMMA;) {
    at++;
    const key = CARRIED.find((each) => standsAt(bytes, each, at, end));
    if (key !== undefined) {
      return at + key.length;
    }
    while (at < end && bytes[at] !== COMMA && bytes[at] !== LINE_END) {
      at++;
    }
  }
  return at;
}

/**
 * Whether the place stands within the name of a message, ahead of the frame or in it: the quickest answer for what is
 * in most lines. Nothing is said of others.
 */
export function isInName(bytes: Uint8Array, at: number): boolean {
  const lowest = Math.max(NAME.length, at - MAX_NAME);
  for (let start = at; start >= lowest; start--) {
    if (bytes[start - 1] === QUOTE) {
      return standsAt(bytes, NAME, start - NAME.length, start);
    }
  }
  return false;
}

/** -1 where the line has no hints. */
function behindStamps(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end && bytes[at] !== LINE_END; at++) {
    if (bytes[at] === M && standsAt(bytes, HINTS, at - 2, end)) {
      return at - 2 + HINTS.length;
    }
  }
  return -1;
}

/** -1 where they do not end as they should before `end`: then this is no line of ours. */
function behindHints(finder: ByteFinder, from: number, end: number): number {
  const { bytes } = finder;
  const to = end - BEHIND_HINTS.length;
  for (let at = from; (at = finder.find(CLOSING, at, to)) < to; at++) {
    if (standsAt(bytes, BEHIND_HINTS, at, end)) {
      return at + BEHIND_HINTS.length;
    }
  }
  return -1;
}

function standsAt(bytes: Uint8Array, letters: Uint8Array, at: number, end: number): boolean {
  if (at + letters.length > end) {
    return false;
  }
  for (let index = 0; index < letters.length; index++) {
    if (bytes[at + index] !== letters[index]) {
      return false;
    }
  }
  return true;
}

function bytesOf(ascii: string): Uint8Array {
  return Uint8Array.from(ascii, (letter) => letter.charCodeAt(0));
}
