/** Where in a JSON text the value of a path stands, so that a problem can be shown at its line. */
import { jsonPath } from '../jsonPath';

export interface TextPlace {
  /** UTF-16 units from the beginning of the text. */
  readonly start: number;
  readonly end: number;
}

/** A string, punctuation, or a run of other characters: a number or a word. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

interface Level {
  readonly isObject: boolean;
  segment: string | number;
  /** Where the value of the present member began. */
  valueStart: number;
  keyNext: boolean;
}

/**
 * The place of the value that `path` names (`$.workbin.workbinTypeId`), or else of the longest part of the path
 * that the text has. The text need not be valid JSON.
 */
export function placeOf(text: string, path: string): TextPlace {
  const levels: Level[] = [];
  let best: TextPlace & { readonly path: string } = { path: '', start: 0, end: firstLine(text) };
  const offer = (start: number, end: number): void => {
    const here = jsonPath(levels.map(({ segment }) => segment));
    if (isPartOf(here, path) && here.length >= best.path.length) {
      best = { path: here, start, end };
    }
  };
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const start = match.index;
    const level = levels.at(-1);
    if (token === '{' || token === '[') {
      if (level !== undefined) {
        level.valueStart = start;
      }
      const isObject = token === '{';
      // Of something that opens, what marks it is its beginning: the whole may be long.
      offer(start, start + 1);
      levels.push({ isObject, segment: isObject ? '' : 0, valueStart: start, keyNext: isObject });
    } else if (token === '}' || token === ']') {
      levels.pop();
    } else if (token === ',') {
      if (level?.isObject === false && typeof level.segment === 'number') {
        level.segment++;
      } else if (level !== undefined) {
        level.keyNext = true;
      }
    } else if (level?.keyNext === true && token.startsWith('"')) {
      level.segment = keyOf(token);
      level.keyNext = false;
    } else if (token !== ':') {
      offer(start, start + token.length);
    }
  }
  return { start: best.start, end: best.end };
}

function isPartOf(here: string, path: string): boolean {
  return here === path || (path.startsWith(here) && /^[.[]/.test(path.slice(here.length)));
}

function keyOf(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token.slice(1, -1); // No JSON string: its letters are a fair name.
  }
}

function firstLine(text: string): number {
  const end = text.indexOf('\n');
  return end < 0 ? text.length : end;
}
