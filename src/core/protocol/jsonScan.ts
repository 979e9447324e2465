/**
 * A look over JSON text before it is parsed, without recursion: it finds values nested so deeply that a parser
 * would exhaust its stack, and keys that occur twice in an object. It does not tell whether the text is valid.
 */
import { jsonPath } from './jsonPath';

export interface JsonScan {
  /** Paths of keys that occur again in their object, the first ones only. */
  readonly duplicates: readonly string[];
  /** Lists and objects that begin below the deepest level; `end` is behind the last character. */
  readonly tooDeep: readonly TextSpan[];
  /** Why the scan stopped before the end, so that the text must not be parsed; absent when it did not. */
  readonly givenUp?: string;
}

export interface TextSpan {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** Duplicates that are told one by one. */
const MAX_DUPLICATES = 20;

/** Values below the deepest level that are put up with: each costs memory, and no message has any. */
const MAX_TOO_DEEP = 1000;

/** A list or object that the scan is inside of. */
interface Level {
  /** Keys of an object so far; undefined for a list. */
  readonly keys: Set<string> | undefined;
  /** Key or index of the present member. */
  segment: string | number;
  /** True where the next string of an object is a key. */
  keyNext: boolean;
}

/** Scans text; lists and objects may nest `maxDepth` deep. */
export function scanJson(text: string, maxDepth: number): JsonScan {
  const levels: Level[] = [];
  const duplicates: string[] = [];
  const tooDeep: TextSpan[] = [];
  const pathHere = (): string => jsonPath(levels.map((level) => level.segment));
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      const end = stringEnd(text, at);
      const isDuplicate = enterString(levels.at(-1), text.slice(at + 1, end - 1));
      if (isDuplicate && duplicates.length < MAX_DUPLICATES) {
        duplicates.push(pathHere());
      }
      at = end;
      continue;
    }
    if (levels.length === maxDepth && (character === '{' || character === '[')) {
      const end = nestedEnd(text, at);
      tooDeep.push({ path: pathHere(), start: at, end: end ?? text.length });
      if (end === undefined) {
        return { duplicates, tooDeep, givenUp: 'a text that ends inside a list or object' };
      }
      if (tooDeep.length === MAX_TOO_DEEP) {
        return { duplicates, tooDeep, givenUp: 'too many values that are nested too deeply' };
      }
      at = end;
      continue;
    }
    enterCharacter(levels, character);
    at++;
  }
  return { duplicates, tooDeep };
}

/** Goes down, up, or to the next member. */
function enterCharacter(levels: Level[], character: string | undefined): void {
  switch (character) {
    case '{':
      levels.push({ keys: new Set(), segment: '', keyNext: true });
      break;
    case '[':
      levels.push({ keys: undefined, segment: 0, keyNext: false });
      break;
    case '}':
    case ']':
      levels.pop();
      break;
    case ',': {
      const level = levels.at(-1);
      if (typeof level?.segment === 'number') {
        level.segment++;
      } else if (level !== undefined) {
        level.keyNext = true;
      }
      break;
    }
    default:
  }
}

/** Takes a string for a key where one is due; true when its object has had that key. */
function enterString(level: Level | undefined, raw: string): boolean {
  if (level?.keys === undefined || !level.keyNext) {
    return false;
  }
  const key = keyText(raw);
  const isDuplicate = level.keys.has(key);
  level.keys.add(key);
  level.segment = key;
  level.keyNext = false;
  return isDuplicate;
}

/** Behind the string that begins at `start`, or the end of the text. */
function stringEnd(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote >= 0 && isEscaped(text, quote)) {
    quote = text.indexOf('"', quote + 1);
  }
  return quote < 0 ? text.length : quote + 1;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text[before] === '\\') {
    before--;
  }
  return (at - before) % 2 === 0;
}

/** Behind the list or object that begins at `start`; undefined when the text ends before. */
function nestedEnd(text: string, start: number): number | undefined {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      at = stringEnd(text, at);
      continue;
    }
    if (character === '{' || character === '[') {
      depth++;
    } else if (character === '}' || character === ']') {
      depth--;
    }
    at++;
    if (depth === 0) {
      return at;
    }
  }
  return undefined;
}

/** A key as it is meant: `\u0061` is `a`. */
function keyText(raw: string): string {
  if (!raw.includes('\\')) {
    return raw;
  }
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    // No JSON string: the parser will say so, and meanwhile its letters are a fair name.
    return raw;
  }
}
