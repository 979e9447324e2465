/**
 * The look for triggers of secrets over the bytes of JSON strings, two bytes at a time: what `TRIGGER`
 * matches has a pair of letters at an even and one at an odd place, so that a look at every second pair is enough.
 * A pair that may belong to a trigger is looked at more closely. It may find more than there is, never less.
 */

/** What the table says of a pair that ends a string or is no plain part of one: quote, backslash, control character. */
export const STOP = 0x80;

/**
 * By a pair of bytes, the first one in the lower half: 0 for nearly all; {@link STOP} where one of them is no plain
 * part of a string; else what to ask {@link isTriggerAt} about.
 */
export const PAIRS: Uint8Array = new Uint8Array(0x10000);

/**
 * Of every trigger that is made of letters, eight of them at most, and the pairs by which they are found: one at an
 * even and one at an odd place, those that are rare in other words.
 */
const LETTERS: readonly (readonly [trigger: string, one: string, other: string])[] = [
  ['pass', 'pa', 'as'],
  ['pwd', 'pw', 'wd'],
  ['secret', 'cr', 'ec'],
  ['token', 'ke', 'ok'],
  ['api', 'ap', 'pi'], // api key
  ['access', 'ss', 'cc'], // access key
  ['private', 'iv', 'va'], // private key
  ['authoriz', 'iz', 'ut'],
  ['cookie', 'ok', 'oo'],
  ['bearer', 'be', 'ea'],
  ['jsession', 'js', 'ss'],
  ['assertio', 'as', 'ss'],
  ['verifier', 'fi', 'if'], // code verifier
  ['saml', 'ml', 'am'], // also of names that have signs in them
  ['grant_ty', 't_', '_t'],
  ['rect_uri', 't_', '_u'], // redirect_uri
  ['code=', 'co', 'e='],
];

/** Groups of the table that are no letters. */
const PERCENT = 1;
const ADDRESS = 2;
const FIRST_OF_LETTERS = 3;

/** Four of a bit that letters of both cases have in common. */
const LOWER_CASE = 0x20202020;
const ASCII = 0x80;
const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const SLASH = 0x2f;
const COLON = 0x3a;
const AT_SIGN = 0x40;
const PERCENT_SIGN = 0x25;
const BLANK = 0x20;

/**
 * Of each trigger, at each of its pairs: where it begins and where its last four letters do, seen from the pair; the
 * letters that count, the first four, the last four. Numbers in a row, for they are asked for often.
 */
const CANDIDATE = { start: 0, last: 1, mask: 2, firstWord: 3, lastWord: 4, size: 5 } as const;

const { candidates: CANDIDATES, firsts: FIRSTS } = fillTable();

/**
 * Whether a trigger stands around the pair at `at`, of which the table said `group`. Bytes before and behind the
 * text must be there to be read, and a 0 byte must end it.
 */
export function isTriggerAt(
  bytes: Uint8Array,
  words: DataView,
  at: number,
  group: number,
): boolean {
  if (group >= FIRST_OF_LETTERS) {
    const end = FIRSTS[group + 1] ?? 0;
    for (let index = FIRSTS[group] ?? 0; index < end; index += CANDIDATE.size) {
      const start = CANDIDATES[index] ?? 0;
      const mask = CANDIDATES[index + CANDIDATE.mask] ?? 0;
      const first = (words.getInt32(at + start, true) | LOWER_CASE) & mask;
      if (first === CANDIDATES[index + CANDIDATE.firstWord]) {
        const last = CANDIDATES[index + CANDIDATE.last] ?? 0;
        const word = (words.getInt32(at + last, true) | LOWER_CASE) & mask;
        if (word === CANDIDATES[index + CANDIDATE.lastWord]) {
          return true;
        }
      }
    }
    return false;
  }
  if (group === PERCENT) {
    return isEscapeAt(bytes, bytes[at] === PERCENT_SIGN ? at : at + 1);
  }
  return isAddressAt(bytes, bytes[at] === COLON ? at : at - 1);
}

/**
 * Whether user and password may stand in the address whose colon is, or is not, at `colon`. Slashes may be written
 * with a backslash or in percent-encoding.
 */
export function isAddressAt(bytes: Uint8Array, colon: number): boolean {
  if (bytes[colon] !== COLON) {
    return false;
  }
  let at = colon + 1;
  for (let slash = 0; slash < 2; slash++) {
    if (bytes[at] === SLASH) {
      at++;
    } else if (bytes[at] === BACKSLASH && bytes[at + 1] === SLASH) {
      at += 2;
    } else {
      return bytes[at] === PERCENT_SIGN;
    }
  }
  let byte = bytes[at] ?? 0;
  while (byte > BLANK && byte !== SLASH && byte !== AT_SIGN) {
    byte = bytes[++at] ?? 0;
  }
  return byte === AT_SIGN;
}

/** Whether a letter or a sign of names may stand in percent-encoding at `at`, or `=` or `/`. */
function isEscapeAt(bytes: Uint8Array, at: number): boolean {
  const high = bytes[at + 1] ?? 0;
  return high >= 0x32 && high <= 0x37; // From `%20` to `%7f`: more than triggers, and that is fine.
}

function fillTable(): { readonly candidates: Int32Array; readonly firsts: Int32Array } {
  for (let one = 0; one < 256; one++) {
    for (let other = 0; other < 256; other++) {
      const stops = isStop(one) || isStop(other);
      const percents = one === PERCENT_SIGN || other === PERCENT_SIGN;
      PAIRS[one | (other << 8)] = stops ? STOP : percents ? PERCENT : 0;
    }
  }
  PAIRS[COLON | (SLASH << 8)] = ADDRESS;
  PAIRS[SLASH | (SLASH << 8)] = ADDRESS;
  const candidates: number[] = [];
  const firsts = Array.from({ length: FIRST_OF_LETTERS }, () => 0);
  for (const pair of new Set(LETTERS.flatMap(([, one, other]) => [one, other]))) {
    for (const one of inBothCases(pair.charAt(0))) {
      for (const other of inBothCases(pair.charAt(1))) {
        PAIRS[one | (other << 8)] = firsts.length;
      }
    }
    firsts.push(candidates.length);
    for (const [trigger, ...pairs] of LETTERS) {
      if (pairs.includes(pair)) {
        candidates.push(...candidate(trigger, trigger.indexOf(pair)));
      }
    }
  }
  firsts.push(candidates.length);
  return { candidates: Int32Array.from(candidates), firsts: Int32Array.from(firsts) };
}

function candidate(trigger: string, at: number): readonly number[] {
  const letters = Math.min(4, trigger.length);
  const word = (text: string): number =>
    Array.from(text).reduce(
      (sum, letter, index) => sum | ((letter.charCodeAt(0) | BLANK) << (8 * index)),
      0,
    );
  const mask = letters === 4 ? -1 : 0x00ffffff;
  const last = trigger.length - letters - at;
  return [-at, last, mask, word(trigger.slice(0, letters)), word(trigger.slice(-letters))];
}

function isStop(byte: number): boolean {
  return byte < BLANK || byte === QUOTE || byte === BACKSLASH;
}

function inBothCases(letter: string): readonly number[] {
  return [...new Set([letter.charCodeAt(0), letter.toUpperCase().charCodeAt(0)])].filter(
    (code) => code < ASCII,
  );
}
