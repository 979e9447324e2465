/** From a line of the filter language to a {@link Filter}. See `filters.md`. */
import { ok, type Result } from '../base/result';
import { treeOf, type BooleanTree } from './booleanTree';
import { FIELDS, fieldNamed } from './fields';
import { problem, type Expression, type Filter, type FilterFailure } from './filter';
import { nearest } from './nearest';
import type { FilterProblem } from './query';
import { scan, type Term, type Token } from './scan';

/** Characters of a line. */
export const MAX_FILTER = 2000;
/** Characters of a text that is looked for in bodies. */
const MAX_FREE_TEXT = 1000;
/** Parentheses within each other. */
const MAX_NESTING = 20;

/** An empty line lets everything through. Problems are sentences, with their places in the line. */
export function parseFilter(text: string): Result<Filter, FilterProblem> {
  if (text.length > MAX_FILTER) {
    const at = { at: MAX_FILTER, length: text.length - MAX_FILTER };
    return problem(at, `Shorten the filter to ${MAX_FILTER.toLocaleString('en')} characters.`);
  }
  const tokens = scan(text.replace(/[\r\n]/g, ' '));
  if (tokens.length === 0) {
    const expression = { kind: 'everything' } as const;
    return ok({ expression, freeTexts: [], dependsOnPhases: false });
  }
  const wrong = wrongPiece(tokens);
  if (wrong !== undefined) {
    return wrong;
  }
  const tree = treeOf(tokens);
  return typeof tree === 'number' ? wrongOrder(tokens, tree) : new FilterMaker(tokens).make(tree);
}

/** What is wrong with a piece by itself, or with the parentheses. */
function wrongPiece(tokens: readonly Token[]): FilterFailure | undefined {
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
  return unclosed && problem(place(unclosed), 'Close this parenthesis by a ).');
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
    const mark = value[0] === '[' ? ']' : value[0] === '{' ? '}' : value[0];
    return problem(inValue, `Close this by a ${mark}.`);
  }
  if (form === 'quoted') {
    return wrongEscape(term);
  }
  if (value === '') {
    const isList = next?.kind === 'open' && next.at === end;
    return problem(
      inValue,
      isList
        ? `Write the field before each value: ${field}:this or ${field}:that.`
        : `Write a value after ${field}:.`,
    );
  }
  if (field !== '') {
    return undefined;
  }
  if (value === '&&' || value === '||') {
    return problem(inValue, `Write ${value === '&&' ? 'and' : 'or'} instead of ${value}.`);
  }
  return value.startsWith('!')
    ? problem({ at: valueAt, length: 1 }, 'Write not instead of !.')
    : undefined;
}

function wrongField({ at, field, comparison, valueAt }: Term): FilterFailure | undefined {
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
function wrongOrder(tokens: readonly Token[], at: number): FilterFailure {
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

/** Has the fields read their values. */
class FilterMaker {
  private readonly texts = new Set<string>();
  private textAt: { readonly at: number; readonly length: number } | undefined;
  private dependsOnPhases = false;
  private failure: FilterFailure | undefined;

  constructor(private readonly tokens: readonly Token[]) {}

  make(tree: BooleanTree): Result<Filter, FilterProblem> {
    const expression = this.expression(tree);
    const { failure, dependsOnPhases, textAt } = this;
    return (
      failure ??
      ok({
        expression,
        freeTexts: [...this.texts],
        ...(textAt && { freeTextAt: textAt }),
        dependsOnPhases,
      })
    );
  }

  private expression(tree: BooleanTree): Expression {
    switch (tree.kind) {
      case 'and':
      case 'or':
        return { kind: tree.kind, parts: tree.parts.map((part) => this.expression(part)) };
      case 'not':
        return { kind: 'not', part: this.expression(tree.part) };
      case 'term': {
        const term = this.tokens[tree.token];
        return term?.kind === 'term' ? this.term(term, tree.text) : { kind: 'everything' };
      }
    }
  }

  private term(term: Term, text: string): Expression {
    const { form, comparison, valueAt, end } = term;
    const at = { at: valueAt, length: end - valueAt };
    const field = fieldNamed(term.field);
    if (field === undefined) {
      return this.freeText(text, form === 'bare', at);
    }
    this.dependsOnPhases ||= field.dependsOnPhases;
    const read =
      form === 'range' && !field.ordered
        ? problem(at, `Put the value in quotes: values of ${field.name} have no order.`)
        : field.read({ text, form, comparison, ...at });
    if (read.ok) {
      return { kind: 'field', test: read.value };
    }
    this.failure ??= read;
    return { kind: 'everything' };
  }

  private freeText(
    text: string,
    isBare: boolean,
    at: { readonly at: number; readonly length: number },
  ): Expression {
    // It is found anywhere within others, so that wildcards around it say nothing.
    const wanted = (isBare ? text.replace(/^\*+|\*+$/g, '') : text).toLowerCase();
    if (wanted === '' || wanted.length > MAX_FREE_TEXT) {
      this.failure ??= problem(
        at,
        wanted === ''
          ? 'Write what to look for.'
          : `Shorten this text to ${MAX_FREE_TEXT.toLocaleString('en')} characters.`,
      );
    } else if (isBare && /[*?]/.test(wanted)) {
      this.failure ??= problem(
        at,
        'Put this text in quotes, or write a field before it (name:...): what is looked for everywhere has no wildcards.',
      );
    }
    this.texts.add(wanted);
    this.textAt ??= at;
    return { kind: 'text', text: wanted };
  }
}
