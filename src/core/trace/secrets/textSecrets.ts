/**
 * Finds secrets in text that is no JSON: forms, URLs, XML, multipart bodies, raw HTTP, scripts, logs. Each rule
 * walks the text once.
 */
import { endOfJsonString } from './jsonSecrets';
import { secretKind, type SecretKind } from './secretNames';
import {
  decodePercent,
  encodedSpans,
  percentDecoded,
  type DecodedText,
  type FindSecrets,
  type SecretSpan,
} from './secretSpan';
import { secretsOfValue } from './secretValues';

type AddSpans = (spans: readonly SecretSpan[]) => void;

const FORM = /^[\w.~%+*[\]-]+=[^\r\n]*(?:\r?\n)?$/;
const MAX_NAME = 100;

/**
 * `nested` looks into values that hold an encoded text of their own. `whole` says that the text is a body, which
 * may be a form, and not a part of another text.
 */
export function findTextSecrets(
  text: string,
  nested: FindSecrets,
  whole: boolean,
): readonly SecretSpan[] {
  const spans: SecretSpan[] = [];
  const add: AddSpans = (found) => {
    for (const span of found) {
      spans.push(span);
    }
  };
  if (whole && FORM.test(text)) {
    findInForm(text, nested, add);
    return spans;
  }
  findAssignments(text, nested, add);
  findUserInfo(text, add);
  findBearers(text, add);
  findQuotedPairs(text, add);
  findHeaderLines(text, add);
  findElements(text, add);
  findFormData(text, add);
  return spans;
}

/** `a=1&password=x`: everything up to the next `&` belongs to the value, whatever it is. */
function findInForm(text: string, nested: FindSecrets, add: AddSpans): void {
  const end = text.trimEnd().length;
  for (let start = 0, equals = -1; start < end;) {
    const stop = Math.min(indexOrEnd(text, '&', start), end);
    equals = equals < start ? indexOrEnd(text, '=', start) : equals;
    if (equals < stop) {
      const kind = fieldKind(text.slice(start, equals), true);
      add(
        kind === undefined
          ? innerSecrets(decodePercent(text, equals + 1, stop), nested)
          : fieldSecrets(text, kind, equals + 1, stop),
      );
    }
    start = stop + 1;
  }
}

/** `name=value` in URLs and elsewhere; `code` is a secret only as a parameter of a URL. */
function findAssignments(text: string, nested: FindSecrets, add: AddSpans): void {
  let lookedInto = 0;
  let outside = 0;
  for (let equals = text.indexOf('='); equals >= 0;) {
    const start = startOfName(text, equals);
    const isParameter = start > 0 && '?&#'.includes(text.charAt(start - 1));
    const kind = fieldKind(text.slice(start, equals), isParameter);
    let next = equals + 1;
    if (kind !== undefined || equals >= lookedInto) {
      const quote = text.charAt(equals + 1);
      const isQuoted = quote === '"' || quote === "'";
      const from = isQuoted ? equals + 2 : equals + 1;
      const isInPath = text.slice(start, equals).toLowerCase() === 'jsessionid';
      const end = isQuoted ? indexOrEnd(text, quote, from) : endOfWord(text, from, isInPath);
      findInEncodedWords(text, outside, equals, nested, add);
      outside = end;
      if (kind === undefined) {
        // Once for the whole word, which may hold further assignments; what is not encoded is walked here.
        const inner = decodePercent(text, from, end);
        if (inner.text.length !== end - from) {
          add(innerSecrets(inner, nested));
        }
        lookedInto = end;
      } else {
        add(fieldSecrets(text, kind, from, end));
        next = end;
      }
    }
    equals = text.indexOf('=', next);
  }
  findInEncodedWords(text, outside, text.length, nested, add);
}

/** `/token%3Dx`: parts of paths, outside of values, whose own signs are encoded. */
function findInEncodedWords(
  text: string,
  from: number,
  to: number,
  nested: FindSecrets,
  add: AddSpans,
): void {
  const part = text.slice(from, to);
  if (!/%3d/i.test(part)) {
    return;
  }
  for (const { 0: word, index } of part.matchAll(/[^\s?&#;"'<>/]+/g)) {
    if (/%3d/i.test(word)) {
      const start = from + index;
      add(innerSecrets(decodePercent(text, start, start + word.length), nested));
    }
  }
}

function fieldKind(encodedName: string, codeIsSecret: boolean): SecretKind | undefined {
  const name = percentDecoded(encodedName, true);
  return codeIsSecret && name === 'code' ? 'whole' : secretKind(name);
}

function fieldSecrets(
  text: string,
  kind: SecretKind,
  start: number,
  end: number,
): readonly SecretSpan[] {
  if (kind === 'whole') {
    const secret = percentDecoded(text.slice(start, end), true);
    return start === end ? [] : [{ start, end, secret }];
  }
  const decoded = decodePercent(text, start, end);
  return encodedSpans(decoded, secretsOfValue(kind, decoded.text));
}

/** The secrets of a text within this one, such as an address in a parameter of another. */
function innerSecrets(inner: DecodedText, nested: FindSecrets): readonly SecretSpan[] {
  return encodedSpans(inner, nested(inner.text));
}

/** `https://user:password@host` */
function findUserInfo(text: string, add: AddSpans): void {
  for (const hit of text.matchAll(/:\/\/[^\s/?#@:"'<>]*:([^\s/?#@"'<>]+)@/g)) {
    const end = hit.index + hit[0].length - 1;
    const password = hit[1] ?? '';
    const secret = percentDecoded(password, false);
    add([{ start: end - password.length, end, secret }]);
  }
}

/** `Bearer abc…`, where what follows looks like a token and not like a word. */
function findBearers(text: string, add: AddSpans): void {
  for (const hit of text.matchAll(/\bbearer[ \t]+([\w.~+/-]{8,}=*)/gi)) {
    const token = hit[1] ?? '';
    if (/\d/.test(token) || token.length >= 20) {
      const end = hit.index + hit[0].length;
      add([{ start: end - token.length, end, secret: token }]);
    }
  }
}

/** `"password": "x"` in scripts and in JSON that is broken or is part of something else. */
function findQuotedPairs(text: string, add: AddSpans): void {
  const pair = /(\\{0,15})(["'])([\w.$-]{1,100})\1\2\s{0,100}:\s{0,100}/g;
  for (let hit = pair.exec(text); hit !== null; hit = pair.exec(text)) {
    const [, escape = '', , name = ''] = hit;
    const kind = secretKind(name);
    if (kind === undefined) {
      continue;
    }
    const from = pair.lastIndex;
    const quote = text.charAt(from + escape.length);
    const isQuoted = text.startsWith(escape, from) && (quote === '"' || quote === "'");
    const start = isQuoted ? from + escape.length + 1 : from;
    const end = isQuoted ? endOfQuoted(text, start, escape, quote) : endOfBareValue(text, start);
    add(offsetBy(start, secretsOfValue(kind, text.slice(start, end))));
    pair.lastIndex = Math.max(end, from);
  }
}

/** `Cookie: a=b` and the like, a line each; of other names only those that are surely header fields. */
function findHeaderLines(text: string, add: AddSpans): void {
  for (const hit of text.matchAll(/^([\w-]{1,100})[ \t]*:[ \t]*(\S[^\r\n]*)/gm)) {
    const [line, name = '', value = ''] = hit;
    const kind = secretKind(name);
    if (kind !== undefined && (kind !== 'whole' || /^x-/i.test(name))) {
      add(offsetBy(hit.index + line.length - value.length, secretsOfValue(kind, value)));
    }
  }
}

/** `<password>x</password>` */
function findElements(text: string, add: AddSpans): void {
  for (const hit of text.matchAll(/<([\w.:-]{1,100})(?:\s[^<>]*)?>([^<]+)/g)) {
    const [element, name = '', value = ''] = hit;
    const kind = secretKind(name.slice(name.indexOf(':') + 1));
    if (kind !== undefined) {
      add(offsetBy(hit.index + element.length - value.length, secretsOfValue(kind, value)));
    }
  }
}

/** The part of a multipart body whose name is a secret one. */
function findFormData(text: string, add: AddSpans): void {
  for (const hit of text.matchAll(
    /\bname="([^"\r\n]{1,100})"[^\r\n]{0,500}\r?\n\r?\n([^\r\n]+)/g,
  )) {
    const [part, name = '', value = ''] = hit;
    const kind: SecretKind | undefined = name === 'code' ? 'whole' : secretKind(name);
    if (kind !== undefined) {
      add(offsetBy(hit.index + part.length - value.length, secretsOfValue(kind, value)));
    }
  }
}

function offsetBy(start: number, spans: readonly SecretSpan[]): readonly SecretSpan[] {
  return spans.map((span) => ({ ...span, start: start + span.start, end: start + span.end }));
}

function startOfName(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < MAX_NAME && /[\w.%~$*[\]+-]/.test(text.charAt(start - 1))) {
    start--;
  }
  return start;
}

/** The session id of a servlet container ends where its part of the path does: `/a;jsessionid=x?b=c`. */
function endOfWord(text: string, from: number, isInPath: boolean): number {
  const stop = isInPath ? /[?/&;\s"'<>#\\]/g : /[&;\s"'<>#\\]/g;
  stop.lastIndex = from;
  return stop.exec(text)?.index ?? text.length;
}

function endOfQuoted(text: string, from: number, escape: string, quote: string): number {
  if (escape !== '' || quote === "'") {
    return indexOrEnd(text, escape + quote, from);
  }
  const end = endOfJsonString(text, from - 1);
  return text[end - 1] === '"' ? end - 1 : end;
}

function endOfBareValue(text: string, from: number): number {
  const stop = /[\s,;}\]"']/g;
  stop.lastIndex = from;
  return stop.exec(text)?.index ?? text.length;
}

function indexOrEnd(text: string, wanted: string, from: number): number {
  const index = text.indexOf(wanted, from);
  return index < 0 ? text.length : index;
}
