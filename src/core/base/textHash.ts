/** The hash by which a table of texts finds them: made from four letters at a time, as they are read from a line. */

/** Of a text without letters. */
export const FIRST_HASH = -2128831035;

/** Of a text with four more letters, or with the last one to three. */
export function nextHash(hash: number, word: number): number {
  return Math.imul(((hash << 5) | (hash >>> 27)) ^ word, 0x27220a95);
}

/** The bits of a word that its first `count` letters (0 to 3) take. */
export function lettersOf(count: number): number {
  return (1 << (count * 8)) - 1;
}

/** What is kept of a hash: mixed so that the low bits tell the ends of ids apart. */
export function lastHash(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}

/** Of the `length` letters that stand from `start` on, with as many bytes behind them as a word takes. */
export function hashOf(bytes: DataView, start: number, length: number): number {
  let hash = FIRST_HASH;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    hash = nextHash(hash, bytes.getInt32(start + at, true));
  }
  return nextHash(hash, bytes.getInt32(start + at, true) & lettersOf(length - at));
}
