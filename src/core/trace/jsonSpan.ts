/** Where things stand in a JSON text that `JSON.parse` has accepted: nothing is checked here again. */

/** A part of a text, from `start` up to but not including `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const STRUCTURE = /["[\]{}]/g;

/**
 * Where the value of a member of the outermost object stands; the last one when the name occurs twice,
 * as `JSON.parse` does.
 */
export function memberSpan(object: string, name: string): Span | undefined {
  let found: Span | undefined;
  let at = skipSpace(object, object.indexOf('{') + 1);
  while (object[at] === '"') {
    const keyEnd = endOfString(object, at);
    const start = skipSpace(object, skipSpace(object, keyEnd) + 1);
    const end = endOfValue(object, start);
    if (JSON.parse(object.slice(at, keyEnd)) === name) {
      found = { start, end };
    }
    at = skipSpace(object, skipSpace(object, end) + 1);
  }
  return found;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) {
    at++;
  }
  return at;
}

/** Behind the closing quote of the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) {
      return text.length;
    }
    let first = quote;
    while (text[first - 1] === '\\') {
      first--;
    }
    if ((quote - first) % 2 === 0) {
      return quote + 1;
    }
    at = quote + 1;
  }
}

function endOfValue(text: string, start: number): number {
  const opening = text[start];
  if (opening === '"') {
    return endOfString(text, start);
  }
  if (opening !== '{' && opening !== '[') {
    let at = start;
    while (at < text.length && !',}] \t\n\r'.includes(text.charAt(at))) {
      at++;
    }
    return at;
  }
  const structure = new RegExp(STRUCTURE);
  structure.lastIndex = start;
  let depth = 0;
  for (let hit = structure.exec(text); hit !== null; hit = structure.exec(text)) {
    const mark = hit[0];
    if (mark === '"') {
      structure.lastIndex = endOfString(text, hit.index);
    } else if (mark === '{' || mark === '[') {
      depth++;
    } else if (--depth === 0) {
      return hit.index + 1;
    }
  }
  return text.length;
}
