/** Gives the text of bytes without making a new string for one that was seen lately. */
const SLOTS = 4096;

/**
 * A small cache from ASCII bytes to their string: names, workbins and ids repeat in a recording, and making a
 * string costs more than comparing one.
 */
export class AsciiCache {
  private readonly texts: (string | undefined)[] = new Array<string | undefined>(SLOTS).fill(
    undefined,
  );

  /** The text of `bytes` from `start` to `end`, all below 0x80; `hash` is any number made from them. */
  text(bytes: Buffer, start: number, end: number, hash: number): string {
    const slot = hash & (SLOTS - 1);
    const known = this.texts[slot];
    if (known !== undefined && equals(known, bytes, start, end)) {
      return known;
    }
    const text = bytes.toString('latin1', start, end);
    this.texts[slot] = text;
    return text;
  }
}

function equals(text: string, bytes: Buffer, start: number, end: number): boolean {
  if (text.length !== end - start) {
    return false;
  }
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) !== bytes[start + at]) {
      return false;
    }
  }
  return true;
}
