/**
 * A text to look for, made ready: the code points that count as each of its characters, and the two bytes by
 * which places are found where it may stand.
 *
 * Two characters are the same letter when one is the lower or upper case of the other. Not alike are letters
 * whose case is more than one character (ß and SS), and a letter beyond ASCII and one of ASCII (ı and I, K for
 * Kelvin and k).
 */
import { ExpectedError } from '../../core/base/result';
import { MAX_DISTANCE, type BytePair } from './byteFinder';

/** In characters. */
export const MAX_NEEDLE_LENGTH = 1000;

export interface Needle {
  /** Characters in it. */
  readonly length: number;
  /** The code points that its characters may be; the same one twice where there is no case. */
  readonly points: Int32Array;
  readonly otherPoints: Int32Array;
  /** How many backslashes stand in a row at each character, 0 at another one. */
  readonly backslashes: Uint16Array;
  /**
   * Ways to find where a part of it stands that is written in only one way, but for case and `\u` escapes; first
   * those that are likely to be rare. None where every character of it can only stand as an escape.
   */
  readonly anchors: readonly Anchor[];
}

/** A part of a needle between two characters of it, and a pair of bytes in that part. */
export interface Anchor {
  /** Of the first and last character in the part. */
  readonly first: number;
  readonly last: number;
  readonly pair: BytePair;
  /** Bytes between the start of the part and the first byte of the pair. */
  readonly offset: number;
}

/** Values that a byte of a part may have. */
type ByteCases = readonly [number, number];

interface Part {
  readonly first: number;
  last: number;
  readonly bytes: ByteCases[];
}

const BACKSLASH = 0x5c;
/** Bytes of a part that are paired, and pairs that are offered: trying one in a sample takes some 20 µs. */
const RAREST = 10;
const MAX_ANCHORS = 40;
/** Letters that name a character behind a backslash. */
const LETTER_OF = new Map([
  ['\b', 'b'],
  ['\f', 'f'],
  ['\n', 'n'],
  ['\r', 'r'],
  ['\t', 't'],
]);

/** Fails with `bad-search` when the text is empty or too long. */
export function needleOf(text: string): Needle {
  const characters = Array.from(text);
  if (characters.length === 0) {
    throw new ExpectedError('bad-search', 'There is nothing to look for: the text is empty.');
  }
  if (characters.length > MAX_NEEDLE_LENGTH) {
    const message = `The text to look for is longer than ${MAX_NEEDLE_LENGTH} characters.`;
    throw new ExpectedError('bad-search', message);
  }
  const others = characters.map(otherCase);
  const backslashes = new Uint16Array(characters.length);
  for (let index = characters.length - 1; index >= 0; index--) {
    backslashes[index] = characters[index] === '\\' ? 1 + (backslashes[index + 1] ?? 0) : 0;
  }
  return {
    length: characters.length,
    points: Int32Array.from(characters, pointOf),
    otherPoints: Int32Array.from(others, pointOf),
    backslashes,
    anchors: anchorsOf(partsOf(characters, others)),
  };
}

/** True where the character `index` of the needle may be the code point. */
export function isCharacter(needle: Needle, index: number, point: number): boolean {
  return needle.points[index] === point || needle.otherPoints[index] === point;
}

function pointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function otherCase(character: string): string {
  const lower = character.toLowerCase();
  const other = lower === character ? character.toUpperCase() : lower;
  const isOne = Array.from(other).length === 1;
  return isOne && isAscii(other) === isAscii(character) ? other : character;
}

function isAscii(character: string): boolean {
  return pointOf(character) < 0x80;
}

/**
 * The parts of a needle whose bytes stand side by side however deep in strings. A character that may have a
 * backslash before it can only begin a part: its last byte is the same with and without. One whose cases differ
 * in length can only end a part, with its first byte.
 */
function partsOf(characters: readonly string[], others: readonly string[]): readonly Part[] {
  const parts: Part[] = [];
  let part: Part | undefined;
  characters.forEach((character, index) => {
    const one = bytesOf(character);
    // A tab may stand as itself between the members of an object.
    const two = bytesOf(LETTER_OF.get(character) ?? others[index] ?? character);
    if (part === undefined || isEscapable(character, characters[index - 1])) {
      part = { first: index, last: index, bytes: [] };
      parts.push(part);
    }
    part.last = index;
    const length = one.length === two.length ? one.length : 1;
    for (let at = 0; at < Math.min(length, one.length); at++) {
      part.bytes.push([one[at] ?? 0, two[at] ?? 0]);
    }
    part = length === one.length && length === two.length && length > 0 ? part : undefined;
  });
  return parts.filter(({ bytes }) => bytes.length > 0);
}

/** A row of backslashes only grows by escaping, so it may stand in a part after its first. */
function isEscapable(character: string, before: string | undefined): boolean {
  if (character === '\\') {
    return before !== '\\';
  }
  return character === '"' || character === '/' || character < ' ';
}

/** As a file has it, without the backslashes before it; nothing where it can only be written as a number. */
function bytesOf(character: string): readonly number[] {
  return /^\p{Surrogate}$/u.test(character) || (character < ' ' && !LETTER_OF.has(character))
    ? []
    : [...Buffer.from(character)];
}

/** Pairs of the rarest bytes of each part; parts at the start of the needle come first where all else is equal. */
function anchorsOf(parts: readonly Part[]): readonly Anchor[] {
  return parts
    .flatMap((part) => anchorsIn(part))
    .sort((one, other) => one.cost - other.cost)
    .slice(0, MAX_ANCHORS)
    .map(({ anchor }) => anchor);
}

function anchorsIn({ first, last, bytes }: Part): { anchor: Anchor; cost: number }[] {
  const rarest = bytes
    .slice(0, MAX_DISTANCE)
    .map((cases, at) => ({ cases, at, share: shareOf(cases) }))
    .sort((one, other) => one.share - other.share || one.at - other.at)
    .slice(0, RAREST)
    .sort((one, other) => one.at - other.at);
  return rarest.flatMap((one, index) => {
    // A part of one byte is a pair of that byte with itself.
    const others = rarest.length > 1 ? rarest.slice(index + 1) : rarest;
    return others.map((other) => {
      const share = one === other ? one.share : one.share * other.share;
      const pair = { first: one.cases, second: other.cases, distance: other.at - one.at };
      return { anchor: { first, last, pair, offset: one.at }, cost: share * (first + 4) };
    });
  });
}

/** Bytes of JSON traffic, from the most common on. Those that are not listed are taken to be rarer. */
const COMMON = Buffer.from('"etnaiorksc:,0ld21mpugwyb354h6978I-fCPv.T{}ESAQMRWDNOFBxjqz_ /\\');

/** Roughly the share of a file that a byte has: enough to put bytes in order. */
function shareOf([one, other]: ByteCases): number {
  const share = (byte: number): number => {
    const place = COMMON.indexOf(byte);
    return 0.09 * 0.94 ** (place < 0 ? COMMON.length : place);
  };
  return one === other ? share(one) : share(one) + share(other);
}

/** True for the byte that begins every escape. */
export function isBackslash(byte: number | undefined): boolean {
  return byte === BACKSLASH;
}
