/**
 * The pieces of a filter line and where they stand. It takes any line, also one that is being typed: what is
 * missing (a value, a quote's end) is told in the piece, and whoever reads them says what is wrong.
 */

/** A sign between a field and its value, besides the colon. */
export type Comparison = '' | '=' | '>' | '>=' | '<' | '<=';

/** `field:>value`, or a value alone. Places are UTF-16 units of the line. */
export interface Term {
  readonly kind: 'term';
  readonly at: number;
  readonly end: number;
  /** As written; empty for a value alone. It begins at `at`. */
  readonly field: string;
  readonly comparison: Comparison;
  /** Where the value begins; it ends at `end`. */
  readonly valueAt: number;
  /** As written, with its quotes or brackets. */
  readonly value: string;
  readonly form: 'bare' | 'quoted' | 'range';
  /** False where the closing quote or bracket is missing. */
  readonly closed: boolean;
}

export interface Sign {
  readonly kind: 'open' | 'close' | 'and' | 'or' | 'not';
  readonly at: number;
  readonly end: number;
}

export type Token = Term | Sign;

const SPACE = /\s*/y;
const FIELD = /([A-Za-z][\w-]*):(>=|<=|[=><])?/y;
const BARE = /[^\s()]*/y;
const QUOTED = /"(?:[^"\\]|\\.)*("?)|'(?:[^'\\]|\\.)*('?)/sy;
const RANGE = /[[{][^\]}]*([\]}]?)/y;

export function scan(line: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = pass(SPACE, line, 0); at < line.length;) {
    const token = signAt(line, at) ?? termAt(line, at);
    tokens.push(token);
    at = pass(SPACE, line, token.end);
  }
  return tokens;
}

/** The word that joins terms, whatever its case. */
export function signOf(word: string): 'and' | 'or' | 'not' | undefined {
  const lower = word.toLowerCase();
  return lower === 'and' || lower === 'or' || lower === 'not' ? lower : undefined;
}

function signAt(line: string, at: number): Sign | undefined {
  const letter = line[at];
  if (letter === '(' || letter === ')') {
    return { kind: letter === '(' ? 'open' : 'close', at, end: at + 1 };
  }
  if (letter === '-' && /[^\s)]/.test(line[at + 1] ?? ' ')) {
    return { kind: 'not', at, end: at + 1 };
  }
  const end = pass(BARE, line, at);
  const kind = signOf(line.slice(at, end));
  return kind && { kind, at, end };
}

function termAt(line: string, at: number): Term {
  FIELD.lastIndex = at;
  const [head = '', field = '', comparison = ''] = FIELD.exec(line) ?? [];
  const valueAt = at + head.length;
  const { form, end, closed } = valueIn(line, valueAt, field !== '');
  return {
    kind: 'term',
    at,
    end,
    field,
    // The expression knows no others.
    comparison: comparison as Comparison,
    valueAt,
    value: line.slice(valueAt, end),
    form,
    closed,
  };
}

function valueIn(
  line: string,
  at: number,
  hasField: boolean,
): Pick<Term, 'form' | 'end' | 'closed'> {
  const letter = line[at] ?? '';
  const isRange = hasField && (letter === '[' || letter === '{');
  if (!isRange && letter !== '"' && letter !== "'") {
    return { form: 'bare', end: pass(BARE, line, at), closed: true };
  }
  const expression = isRange ? RANGE : QUOTED;
  expression.lastIndex = at;
  const match = expression.exec(line);
  // An escape at the very end of the line leaves its quote open, and is no part of the match.
  const closed = (match?.[1] ?? match?.[2] ?? '') !== '';
  const end = closed ? at + (match?.[0].length ?? 0) : line.length;
  return { form: isRange ? 'range' : 'quoted', end, closed };
}

/** Where a run that may be empty ends. */
function pass(expression: RegExp, line: string, at: number): number {
  expression.lastIndex = at;
  return at + (expression.exec(line)?.[0].length ?? 0);
}
