/** From a line of the filter language to a {@link Filter}. See `filters.md`. */
import { ok, type Result } from '../base/result';
import { treeOf, type BooleanTree } from './booleanTree';
import { fieldNamed } from './fields';
import { problem, type Expression, type Filter, type FilterFailure } from './filter';
import type { FilterProblem } from './query';
import { scan, type Term, type Token } from './scan';
import { wrongOrder, wrongPiece } from './wrongPieces';

/** Characters of a line. */
export const MAX_FILTER = 2000;
/** Characters of a text that is looked for in bodies. */
const MAX_FREE_TEXT = 1000;

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
    const read = field.read({ text, form, comparison, ...at });
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
