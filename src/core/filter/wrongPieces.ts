/**
 * What is wrong with a line of the filter language, which may be one that is being typed: sentences that say what
 * to do, and the place where it shows.
 */
import { FIELDS, fieldNamed } from './fields';
import { problem, type FilterFailure } from './filter';
import { nearest } from './nearest';
import type { Term, Token } from './scan';

/** Parentheses within each other. */
const MAX_NESTING = 20;

/** What is wrong with a piece by itself, or with the parentheses; undefined where nothing is. */
export function wrongPiece(tokens: readonly Token[]): FilterFailure | undefined {
  const open: Token[] = [];
  for (const [index, token] of tokens.entries()) {
    const failure = token.kind === 'term' ? wrongTerm(token, tokens[index + 1]) : undefined;
    if (failure !== undefined) {
      return failure;
    }
    if (token.kind === 'open') {
      open.push(token);
      if (open.length > MAX_NESTING) {
        return problem(place(token), `Use at most ${MAX_NESTING} parentheses within each other.`);
      }
    }
    if (token.kind === 'close') {
      const opening = open.pop();
      if (opening === undefined) {
        return problem(place(token), 'Remove this ), or put a ( before it.');
      }
      if (tokens[index - 1] === opening) {
        const at = { at: opening.at, length: token.end - opening.at };
        return problem(at, 'Write something between the parentheses.');
      }
    }
  }
  const unclosed = open.pop();
  return unclosed && wrongEnd(tokens, unclosed);
}

/** The line ends within a parenthesis: what comes next is told before its end. */
function wrongEnd(tokens: readonly Token[], unclosed: Token): FilterFailure {
  const last = tokens.at(-1);
  if (last === unclosed) {
    const before = tokens.at(-2);
    const isCall = before?.kind === 'term' && before.end === unclosed.at;
    return problem(
      place(unclosed),
      isCall
        ? 'Put a value with a ( in quotes, or a space before this one.'
        : 'Write something after this (, and close it by a ).',
    );
  }
  return last?.kind === 'and' || last?.kind === 'or' || last?.kind === 'not'
    ? problem(place(last), `Write something after ${last.kind}.`)
    : problem(place(unclosed), 'Close this parenthesis by a ).');
}

function wrongTerm(term: Term, next: Token | undefined): FilterFailure | undefined {
  const { field, value, form, closed, valueAt, end } = term;
  const inValue = { at: valueAt, length: end - valueAt };
  if (field !== '') {
    const failure = wrongField(term);
    if (failure !== undefined) {
      return failure;
    }
  }
  if (!closed) {
    return problem(inValue, wordsForEnd(term));
  }
  if (form === 'quoted') {
    return wrongEscape(term);
  }
  if (value === '') {
    return next?.kind === 'open' && next.at === end
      ? valueInParentheses(term, next)
      : missingValue(term);
  }
  if (field !== '') {
    return undefined;
  }
  if (value === '&&' || value === '||') {
    return problem(inValue, `Write ${value === '&&' ? 'and' : 'or'} instead of ${value}.`);
  }
  const isRange = /^[[{]/.test(value) && next?.kind === 'term' && /^to$/i.test(next.value);
  if (isRange) {
    return problem(inValue, 'Write a field before a range: latency:[1s TO 2s] or at:[1m TO 2m].');
  }
  return value.startsWith('!')
    ? problem({ at: valueAt, length: 1 }, 'Write not instead of !.')
    : undefined;
}

/** How a value that is being typed comes to its end. */
function wordsForEnd({ value, form }: Term): string {
  const [mark = ''] = value;
  if (form === 'range') {
    const end = mark === '[' ? ']' : '}';
    return `Close this range by a ${end}: ${mark}from TO to${end}.`;
  }
  return value.length === 1
    ? `Write what to look for after this ${mark}, and close it by a ${mark}.`
    : `Close this by a ${mark}.`;
}

function valueInParentheses({ field }: Term, open: Token): FilterFailure {
  const words = `A value does not begin with a (. Write (${field}:this or ${field}:that)`;
  const takesAnyText = emptyValue(field, open.at) === undefined;
  return problem(place(open), takesAnyText ? `${words}, or put it in quotes.` : `${words}.`);
}

/** The field tells what it wants, where it does not take any text. */
function missingValue({ field, comparison, valueAt }: Term): FilterFailure {
  const words = `Write a value after ${field}:${comparison}.`;
  return emptyValue(field, valueAt) ?? problem({ at: valueAt, length: 0 }, words);
}

/** What a field that does not take any text says where its value is missing. */
function emptyValue(field: string, at: number): FilterFailure | undefined {
  const nothing = { text: '', form: 'bare', comparison: '', at, length: 0 } as const;
  const read = fieldNamed(field)?.read(nothing);
  return read?.ok === false ? read : undefined;
}

function wrongField({
  at,
  field,
  comparison,
  valueAt,
  form,
  value,
}: Term): FilterFailure | undefined {
  const known = fieldNamed(field);
  if (known === undefined) {
    const meant = nearest(
      field,
      FIELDS.map(({ name }) => name),
    );
    return problem(
      { at, length: field.length },
      meant === undefined
        ? `There is no field ${field}. Put the text in quotes to look for it everywhere.`
        : `There is no field ${field}. Did you mean ${meant}:?`,
    );
  }
  if (form === 'range' && !known.ordered) {
    return problem(
      { at: valueAt, length: value.length },
      `Put the value in quotes: values of ${known.name} have no order.`,
    );
  }
  const isCompared = comparison !== '' && comparison !== '=';
  return isCompared && !known.ordered
    ? problem(
        { at: valueAt - comparison.length, length: comparison.length },
        `Leave out "${comparison}": values of ${known.name} have no order.`,
      )
    : undefined;
}

/** Quoted values know the escapes of JSON. */
function wrongEscape({ value, valueAt }: Term): FilterFailure | undefined {
  const valid = value.startsWith("'")
    ? /\\(["'/\\bfnrt]|u[\da-f]{4})/gi
    : /\\(["/\\bfnrt]|u[\da-f]{4})/gi;
  const at = value.replace(valid, (escape) => ' '.repeat(escape.length)).indexOf('\\');
  return at < 0
    ? undefined
    : problem({ at: valueAt + at, length: 1 }, 'Write \\\\ for a backslash.');
}

/** The pieces are right, their order is not. `at` is the token where that shows. */
export function wrongOrder(tokens: readonly Token[], at: number): FilterFailure {
  const index = tokens.findIndex((token, where) => {
    const before = tokens[where - 1]?.kind;
    const begins = before !== 'term' && before !== 'close';
    return (
      ((token.kind === 'and' || token.kind === 'or') && begins) ||
      (token.kind === 'close' && begins) ||
      (token.kind === 'not' && before === 'not')
    );
  });
  const token = tokens[index] ?? tokens[Math.min(at, tokens.length - 1)];
  const isLast = index < 0 && token === tokens.at(-1);
  if (token === undefined) {
    return problem({ at: 0, length: 0 }, 'Write a filter.');
  }
  switch (token.kind) {
    case 'and':
    case 'or':
    case 'not':
      return problem(
        place(token),
        isLast
          ? `Write something after ${token.kind}.`
          : token.kind === 'not'
            ? 'Write not once.'
            : `Write something before ${token.kind}.`,
      );
    case 'close':
      return problem(place(token), 'Write something before this parenthesis.');
    case 'open':
    case 'term':
      return problem(place(token), 'Write and or or between this and what stands before it.');
  }
}

function place({ at, end }: Token): { readonly at: number; readonly length: number } {
  return { at, length: end - at };
}
