/** Lines of bytes: pure, so that what is shown and what is selected can be told without a page. */

/** What a selection covers: from its anchor to the byte that keys move, both included. */
export interface ByteSelection {
  readonly anchor: number;
  readonly head: number;
}

export function rangeOf({ anchor, head }: ByteSelection): {
  readonly from: number;
  readonly to: number;
} {
  return { from: Math.min(anchor, head), to: Math.max(anchor, head) + 1 };
}

/** Bytes in a line: as many as fit a width in characters, of 16, 8 or 4. */
export function bytesPerLine(characters: number, digits: number): number {
  return [16, 8, 4].find((count) => lineLength(count, digits) <= characters) ?? 4;
}

/** Digits of the greatest offset, four at least. */
export function offsetDigits(total: number): number {
  return Math.max(4, Math.max(0, total - 1).toString(16).length);
}

/** A byte as a sign of ASCII, or a dot. */
export function signOf(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
}

export function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** Where a key takes the head of a selection; undefined: it is no such key. */
export function movedHead(
  key: string,
  head: number,
  shape: { readonly perLine: number; readonly total: number; readonly page: number },
): number | undefined {
  const { perLine, total, page } = shape;
  const steps: { readonly [key: string]: number } = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -perLine,
    ArrowDown: perLine,
    PageUp: -perLine * page,
    PageDown: perLine * page,
    Home: -total,
    End: total,
  };
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return step === undefined ? undefined : Math.max(0, Math.min(total - 1, head + step));
}

function lineLength(count: number, digits: number): number {
  // Offset and a blank, two digits and a blank a byte, half a blank, and a sign a byte.
  return digits + 1 + count * 3 + 0.5 + count;
}
