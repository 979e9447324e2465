/**
 * Finds secrets in JSON by its tokens, never by the look of the text: names and values may be written with
 * escapes, and a body may be cut off anywhere. Time and memory are linear in the text.
 *
 * Two passes. The first finds which values are secret: those of a secret name, and those of an entry of a
 * key-value list, `{"key":"password","value":…}` in either order. The second replaces every string and number
 * in them, however deep, and looks into other strings that hold an encoded text of their own.
 */
import { secretKind, maySecretsStandIn, type SecretKind } from './secretNames';
import {
  decodeJsonString,
  encodedSpans,
  type DecodedText,
  type FindSecrets,
  type SecretSpan,
} from './secretSpan';
import { secretsOfValue } from './secretValues';

/** A value that is secret, container or not. */
interface SecretValue {
  readonly start: number;
  readonly end: number;
  readonly kind: SecretKind;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** What is known of an object or list while its members are read. */
interface Container extends Place {
  /** Name of the member whose value comes next; undefined in a list. */
  name: string | undefined;
  /** Kind that a key-value list's entry gives to its `value`. */
  entryKind: SecretKind | undefined;
  value: Place | undefined;
  /** An authorization code, which is one only beside what a request for a token has. */
  code: Place | undefined;
  asksForToken: boolean;
}

export interface JsonSecrets {
  readonly spans: readonly SecretSpan[];
  /** False when the text is no JSON after all (cut off is sound). */
  readonly sound: boolean;
}

/** Deeper than any message nests; what lies deeper is looked at as text. */
const MAX_DEPTH = 100_000;
const TOKEN = /"|[[\]{}]|[^\s"[\]{}:,]+/g;
const BARE_VALUE = /^(?:true|false|null|-?[0-9][0-9.eE+-]*)$/;
const NUMBER = /^-?[0-9]/;

/** Whether a text looks like the beginning of JSON. */
export function looksLikeJson(text: string): boolean {
  return /^\s*[[{"]/.test(text);
}

/** `nested` looks into the strings. */
export function findJsonSecrets(text: string, nested: FindSecrets): JsonSecrets {
  const scan = new Scan(text);
  scan.run();
  const secret = outermost(scan.secretValues);
  const spans = secret.flatMap((value) => spansWithin(text, value));
  let next = 0;
  for (const place of scan.strings) {
    while ((secret[next]?.end ?? Infinity) <= place.start) {
      next++;
    }
    if ((secret[next]?.start ?? Infinity) >= place.end) {
      const decoded = inner(text, place);
      addAll(spans, encodedSpans(decoded, nested(decoded.text)));
    }
  }
  return { spans, sound: scan.sound };
}

/** The first pass. */
class Scan {
  readonly secretValues: SecretValue[] = [];
  /** Strings that may hold a secret within them. */
  readonly strings: Place[] = [];
  sound = true;
  private readonly open: Container[] = [];

  constructor(private readonly text: string) {}

  run(): void {
    forEachToken(this.text, 0, this.text.length, (start, end) => {
      this.token(start, end);
      this.sound &&= this.open.length <= MAX_DEPTH;
      return this.open.length <= MAX_DEPTH;
    });
    while (this.open.length > 0) {
      this.close(this.text.length);
    }
  }

  private token(start: number, end: number): void {
    switch (this.text[start]) {
      case '{':
      case '[':
        this.open.push({
          start,
          end: start,
          name: undefined,
          entryKind: undefined,
          value: undefined,
          code: undefined,
          asksForToken: false,
        });
        break;
      case '}':
      case ']':
        this.sound &&= this.open.length > 0;
        this.close(end);
        break;
      case '"':
        this.string({ start, end });
        break;
      default:
        this.sound &&= BARE_VALUE.test(this.text.slice(start, Math.min(end, start + 400)));
        this.value({ start, end });
    }
  }

  private string(place: Place): void {
    const container = this.open.at(-1);
    if (container !== undefined && isName(this.text, place.end)) {
      container.name = inner(this.text, place).text;
      return;
    }
    if (maySecretsStandIn(this.text.slice(place.start, place.end))) {
      this.strings.push(place);
    }
    this.value(place);
  }

  /** A value has ended, in whatever stands open now. */
  private value(place: Place): void {
    const container = this.open.at(-1);
    const name = container?.name;
    if (container === undefined || name === undefined) {
      return;
    }
    container.name = undefined;
    const kind = secretKind(name);
    if (kind !== undefined) {
      this.secretValues.push({ ...place, kind });
      return;
    }
    const isString = this.text[place.start] === '"';
    if (name === 'value') {
      container.value = place;
    } else if ((name === 'key' || name === 'name') && isString) {
      container.entryKind = secretKind(inner(this.text, place).text);
    } else if (name === 'code' && isString) {
      container.code = place;
    } else if (name === 'grant_type' || name === 'redirect_uri') {
      container.asksForToken = true;
    }
  }

  private close(end: number): void {
    const container = this.open.pop();
    if (container === undefined) {
      return;
    }
    if (container.entryKind !== undefined && container.value !== undefined) {
      this.secretValues.push({ ...container.value, kind: container.entryKind });
    }
    if (container.asksForToken && container.code !== undefined) {
      this.secretValues.push({ ...container.code, kind: 'whole' });
    }
    this.value({ start: container.start, end });
  }
}

/** The second pass, over one secret value. */
function spansWithin(text: string, value: SecretValue): SecretSpan[] {
  const spans: SecretSpan[] = [];
  forEachToken(text, value.start, value.end, (start, end) => {
    if (text[start] === '"') {
      if (start === value.start || !isName(text, end)) {
        const decoded = inner(text, { start, end });
        addAll(spans, encodedSpans(decoded, secretsOfValue(value.kind, decoded.text)));
      }
    } else if (NUMBER.test(text.slice(start, start + 2))) {
      spans.push({ start, end, secret: text.slice(start, end), quote: '"' });
    }
    return true;
  });
  return spans;
}

function addAll(spans: SecretSpan[], more: readonly SecretSpan[]): void {
  for (const span of more) {
    spans.push(span);
  }
}

/** Values that lie in no other, in order. */
function outermost(values: readonly SecretValue[]): readonly SecretValue[] {
  const sorted = [...values].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: SecretValue[] = [];
  for (const value of sorted) {
    if (value.start >= (kept.at(-1)?.end ?? 0)) {
      kept.push(value);
    }
  }
  return kept;
}

/** Until `onToken` returns false. */
function forEachToken(
  text: string,
  from: number,
  to: number,
  onToken: (start: number, end: number) => boolean,
): void {
  const token = new RegExp(TOKEN);
  token.lastIndex = from;
  for (let hit = token.exec(text); hit !== null && hit.index < to; hit = token.exec(text)) {
    const end = hit[0] === '"' ? endOfJsonString(text, hit.index) : token.lastIndex;
    token.lastIndex = end;
    if (!onToken(hit.index, end)) {
      return;
    }
  }
}

/** Behind the closing quote, or at the end of a text that is cut off. */
export function endOfJsonString(text: string, start: number): number {
  const mark = /["\\]/g;
  mark.lastIndex = start + 1;
  for (let hit = mark.exec(text); hit !== null; hit = mark.exec(text)) {
    if (hit[0] === '"') {
      return hit.index + 1;
    }
    mark.lastIndex = hit.index + 2;
  }
  return text.length;
}

/** What stands within the quotes. */
function inner(text: string, { start, end }: Place): DecodedText {
  const closed = end - start >= 2 && text[end - 1] === '"';
  return decodeJsonString(text, start + 1, closed ? end - 1 : end);
}

function isName(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) {
    at++;
  }
  return text[at] === ':';
}
