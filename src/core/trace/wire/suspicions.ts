/**
 * Strings of a message that may tell of a secret. Most are texts that people wrote, in which a word such as "token"
 * stands: what of those can be cleared quickly is cleared here, everything else is left to who reads the whole message.
 */
import { findSecretsInUrl } from '../secrets/findSecrets';
import { maySecretsStandIn } from '../secrets/secretNames';

/** So many values are looked at by themselves. */
const MAX_VALUES = 16;
const LAST_ASCII = 0x7f;
const LOWER_CASE = 0x20;
const QUOTE = 0x22;
const KEY = [0x6b, 0x65, 0x79];
const NAME = [0x6e, 0x61, 0x6d, 0x65];

export class Suspicions {
  private readonly starts = new Int32Array(MAX_VALUES);
  private readonly ends = new Int32Array(MAX_VALUES);
  private count = 0;
  /** Whether something cannot be cleared by itself. */
  private remains = false;

  clear(): void {
    this.count = 0;
    this.remains = false;
  }

  /** A member's name; what its value is, is told by the whole message. */
  addName(): void {
    this.remains = true;
  }

  /** A value that is a string, from `start` to `end` without quotes, and the name of its member; none in a list. */
  addValue(
    bytes: Uint8Array,
    nameStart: number,
    nameEnd: number,
    start: number,
    end: number,
  ): void {
    // An entry of a key-value list says here what its value is, which stands beside.
    if (this.count === MAX_VALUES || namesAnEntry(bytes, nameStart, nameEnd)) {
      this.remains = true;
      return;
    }
    this.starts[this.count] = start;
    this.ends[this.count++] = end;
  }

  /** Whether surely no secret stands in the message, which stands from `start` to `end`. */
  areHarmless(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.count === 0 && !this.remains) {
      return true;
    }
    // With a sign between its letters, the name of a key is seen only by who compares names without signs.
    if (this.remains || hasOtherKeys(bytes, start, end)) {
      return false;
    }
    for (let index = 0; index < this.count; index++) {
      if (!isHarmless(bytes, this.starts[index] ?? 0, this.ends[index] ?? 0)) {
        return false;
      }
    }
    return true;
  }
}

/** Whether "key" stands anywhere but as a whole string. */
function hasOtherKeys(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end - KEY.length; at++) {
    if (isKeyAt(bytes, at) && (bytes[at - 1] !== QUOTE || bytes[at + KEY.length] !== QUOTE)) {
      return true;
    }
  }
  return false;
}

function isKeyAt(bytes: Uint8Array, at: number): boolean {
  return (
    ((bytes[at] ?? 0) | LOWER_CASE) === KEY[0] &&
    ((bytes[at + 1] ?? 0) | LOWER_CASE) === KEY[1] &&
    ((bytes[at + 2] ?? 0) | LOWER_CASE) === KEY[2]
  );
}

/** A letter in disguise would have made the name suspicious itself. */
function namesAnEntry(bytes: Uint8Array, start: number, end: number): boolean {
  const wanted = end - start === KEY.length ? KEY : end - start === NAME.length ? NAME : undefined;
  return wanted?.every((letter, index) => bytes[start + index] === letter) ?? false;
}

function isHarmless(bytes: Uint8Array, start: number, end: number): boolean {
  const letters: string[] = [];
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte > LAST_ASCII) {
      return false;
    }
    letters.push(String.fromCharCode(byte));
  }
  const literal = `"${letters.join('')}"`;
  return !maySecretsStandIn(literal) || findSecretsInUrl(String(JSON.parse(literal))).length === 0;
}
