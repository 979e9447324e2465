/** The way over a string of JSON in bytes. */
import { isAddressAt, isTriggerAt, PAIRS, STOP } from '../secrets/triggerBytes';

/** What {@link StringWalk.end} gives for a string that is none. */
export const BROKEN = -1;

const QUOTE = 0x22;
const LAST_CONTROL = 0x1f;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const LOWER_U = 0x75;
const ZERO = 0x30;
/** By a byte: 1 for what may stand behind a backslash, without `u`. */
const ESCAPES = table('"\\/bfnrt');
const HEX_DIGITS = table('0123456789abcdefABCDEF');

/** Walks over the strings of one text after the other. */
export class StringWalk {
  /** Where the last escape stood. */
  lastEscape = -1;
  /** Whether something stood in the strings that may tell of a secret; whoever has seen it sets it back. */
  isSuspicious = false;

  /** Forgets the text before. */
  begin(): void {
    this.lastEscape = -1;
    this.isSuspicious = false;
  }

  /**
   * The place of the quote that ends the string whose first byte stands at `at`, or {@link BROKEN}. Bytes are UTF-8;
   * before `at` are some that can be read, and 0 bytes end the text.
   */
  end(bytes: Uint8Array, words: DataView, at: number): number {
    for (;;) {
      const word = words.getInt32(at, true);
      const one = PAIRS[word & 0xffff] ?? STOP;
      if ((one | (PAIRS[word >>> 16] ?? STOP)) === 0) {
        at += 4;
        continue;
      }
      if (one !== STOP) {
        if (one !== 0 && isTriggerAt(bytes, words, at, one)) {
          this.isSuspicious = true;
        }
        at += 2;
        continue;
      }
      let byte = word & 0xff;
      if (byte > LAST_CONTROL && byte !== QUOTE && byte !== BACKSLASH) {
        byte = bytes[++at] ?? 0; // It is the other one that stops.
      }
      if (byte === QUOTE) {
        return at;
      }
      if (byte !== BACKSLASH) {
        return BROKEN; // A control character, or the end of the text.
      }
      this.lastEscape = at;
      this.isSuspicious ||= isSuspiciousEscape(bytes, at);
      at = endOfEscape(bytes, at);
      if (at === BROKEN) {
        return BROKEN;
      }
    }
  }
}

/** Whether a letter stands there in disguise, also in a text within the text, or a slash of an address. */
function isSuspiciousEscape(bytes: Uint8Array, at: number): boolean {
  const letter = bytes[at + 1] ?? 0;
  if (letter === SLASH) {
    return isAddressAt(bytes, bytes[at - 1] === SLASH ? at - 2 : at - 1);
  }
  const hidden = letter === BACKSLASH ? at + 2 : at + 1;
  return bytes[hidden] === LOWER_U && bytes[hidden + 1] === ZERO && bytes[hidden + 2] === ZERO;
}

function endOfEscape(bytes: Uint8Array, at: number): number {
  const letter = bytes[at + 1] ?? 0;
  if (letter !== LOWER_U) {
    return ESCAPES[letter] === 1 ? at + 2 : BROKEN;
  }
  for (let digit = at + 2; digit < at + 6; digit++) {
    if (HEX_DIGITS[bytes[digit] ?? 0] !== 1) {
      return BROKEN;
    }
  }
  return at + 6;
}

function table(letters: string): Uint8Array {
  const made = new Uint8Array(256);
  for (const letter of letters) {
    made[letter.charCodeAt(0)] = 1;
  }
  return made;
}
