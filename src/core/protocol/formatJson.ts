/**
 * JSON text laid out for people, token by token: number lexemes, escapes, key order and keys that occur twice
 * stay letter for letter, because only white space between tokens is touched.
 */

/** Deeper levels stand at this one, so that hostile nesting does not make a text of blanks. */
const MAX_INDENT_LEVEL = 50;
const INDENT = '  ';

/** A string, punctuation, or a run of other characters: a number or a word. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

/** The text with one member a line; undefined when it is no JSON. */
export function formatJson(text: string): string | undefined {
  if (!isJson(text)) {
    return undefined;
  }
  const parts: string[] = [];
  let level = 0;
  let before = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const opensBefore = before === '{' || before === '[';
    const closes = token === '}' || token === ']';
    if (closes) {
      level--;
    }
    if ((closes && !opensBefore) || (!closes && opensBefore) || before === ',') {
      parts.push(lineBreak(level));
    } else if (before === ':') {
      parts.push(' ');
    }
    parts.push(token);
    if (token === '{' || token === '[') {
      level++;
    }
    before = token;
  }
  return parts.join('');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // The answer to the question; who asked says what is wrong.
    return false;
  }
}

function lineBreak(level: number): string {
  return `\n${INDENT.repeat(Math.min(level, MAX_INDENT_LEVEL))}`;
}
