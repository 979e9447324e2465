/** Places of secrets in a text. */

/** A secret from `start` up to but not including `end`. */
export interface SecretSpan {
  readonly start: number;
  readonly end: number;
  /** The secret without the encoding of its place, so that the same secret is known again elsewhere. */
  readonly secret: string;
  /** What the replacement must stand between: the secret was a number of JSON, and becomes a string. */
  readonly quote?: string;
}

/** Finds the secrets of a text that was taken out of another. */
export type FindSecrets = (text: string) => readonly SecretSpan[];

/** In order of place; those that overlap become one, so that no part of either stays. */
export function mergeSpans(spans: readonly SecretSpan[], text: string): readonly SecretSpan[] {
  const merged: SecretSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) {
      merged.push(span);
    } else if (span.end > last.end) {
      const { start } = last;
      merged[merged.length - 1] = { start, end: span.end, secret: text.slice(start, span.end) };
    }
  }
  return merged;
}

/** A text without the encoding of its place, and where each of its characters stood. */
export interface DecodedText {
  readonly text: string;
  /** Offset of character `index` in the encoded text; `text.length` gives the end. */
  offset(index: number): number;
  /** Gives a text the encoding of the place. */
  encode(text: string): string;
}

/** Spans of the decoded text as spans of the encoded one. */
export function encodedSpans(
  decoded: DecodedText,
  spans: readonly SecretSpan[],
): readonly SecretSpan[] {
  return spans.map((span) => ({
    ...span,
    start: decoded.offset(span.start),
    end: decoded.offset(span.end),
    ...(span.quote === undefined ? {} : { quote: decoded.encode(span.quote) }),
  }));
}

/** What stands between the quotes of a JSON string, also where it is cut off or has wrong escapes. */
export function decodeJsonString(text: string, start: number, end: number): DecodedText {
  return decode(text, start, end, JSON_STRING);
}

/**
 * Percent-encoding resolved byte by byte: enough to find what stands in it, for names and delimiters are
 * ASCII. {@link percentDecoded} gives the text as it was meant.
 */
export function decodePercent(text: string, start: number, end: number): DecodedText {
  return decode(text, start, end, PERCENT);
}

/** The text as it was meant; as it is when the encoding is broken. `+` is a blank in queries and forms. */
export function percentDecoded(text: string, plusIsBlank: boolean): string {
  try {
    return decodeURIComponent(plusIsBlank ? text.replaceAll('+', ' ') : text);
  } catch {
    return text; // Broken encoding: the letters themselves are the secret.
  }
}

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

interface Encoding {
  /** What every encoded character begins with. */
  readonly mark: string;
  /** The character whose encoded form begins at `at`, and the length of that form. */
  read(text: string, at: number): readonly [decoded: string, length: number];
  encode(text: string): string;
}

const JSON_STRING: Encoding = {
  mark: '\\',
  read(text, at) {
    const letter = text.charAt(at + 1);
    const digits = text.slice(at + 2, at + 6);
    return letter === 'u' && /^[0-9a-fA-F]{4}$/.test(digits)
      ? [String.fromCharCode(parseInt(digits, 16)), 6]
      : [SIMPLE_ESCAPES.get(letter) ?? letter, 2];
  },
  encode: (text) => JSON.stringify(text).slice(1, -1),
};

const PERCENT: Encoding = {
  mark: '%',
  read(text, at) {
    const digits = text.slice(at + 1, at + 3);
    return /^[0-9a-fA-F]{2}$/.test(digits)
      ? [String.fromCharCode(parseInt(digits, 16)), 3]
      : ['%', 1];
  },
  encode: encodeURIComponent,
};

function decode(text: string, start: number, end: number, encoding: Encoding): DecodedText {
  const raw = text.slice(start, end);
  const { mark } = encoding;
  const encode = (plain: string): string => encoding.encode(plain);
  if (!raw.includes(mark)) {
    return { text: raw, offset: (index) => start + index, encode };
  }
  const parts: string[] = [];
  const offsets = new Uint32Array(raw.length + 1).fill(raw.length);
  let count = 0;
  for (let at = 0; at < raw.length;) {
    if (raw[at] === mark) {
      const [decoded, length] = encoding.read(raw, at);
      parts.push(decoded);
      for (let unit = 0; unit < decoded.length; unit++) {
        offsets[count++] = at;
      }
      at += length;
    } else {
      const next = raw.indexOf(mark, at);
      const stop = next < 0 ? raw.length : next;
      parts.push(raw.slice(at, stop));
      while (at < stop) {
        offsets[count++] = at++;
      }
    }
  }
  return {
    text: parts.join(''),
    offset: (index) => start + (offsets[index] ?? raw.length),
    encode,
  };
}
