/** ASCII texts as bytes, of which four are read at once, and back. */

/** The letters of a text, and `slack` bytes behind them; undefined when one of them is not ASCII. */
export function asciiWords(text: string, slack: number): DataView | undefined {
  const bytes = new DataView(new ArrayBuffer(text.length + slack));
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) {
      return undefined;
    }
    bytes.setUint8(at, code);
  }
  return bytes;
}

/** The text whose `length` letters stand from `start` on. */
export function textOf(bytes: DataView, start: number, length: number): string {
  let text = '';
  for (let at = 0; at < length; at++) {
    text += String.fromCharCode(bytes.getUint8(start + at));
  }
  return text;
}
