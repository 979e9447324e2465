/**
 * How the terms of a line hang together. The grammar is liqe's, which nothing else sees. It is given the line
 * spelled as it wants it (words in capitals, every and written out, bare values in quotes, since it has ideas
 * of its own about numbers), and its tree is put right where it differs from what people expect: and binds
 * closer than or.
 */
import { parse, type LiqeQuery, SyntaxError as LiqeSyntaxError } from 'liqe';
import { assertNever } from '../base/assert';
import type { Token } from './scan';

/** Leaves are tokens by their place among the tokens, with their values free of quotes and escapes. */
export type BooleanTree =
  | { readonly kind: 'term'; readonly token: number; readonly text: string }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly BooleanTree[] }
  | { readonly kind: 'not'; readonly part: BooleanTree };

/** The tree, or the token where the line stops making sense: their number where it is its end. */
export function treeOf(tokens: readonly Token[]): BooleanTree | number {
  const starts: number[] = [];
  let line = '';
  for (const [index, token] of tokens.entries()) {
    if (index > 0) {
      line += needsAnd(tokens[index - 1], token) ? ' AND ' : ' ';
    }
    starts.push(line.length);
    line += spelled(token);
  }
  try {
    return treeOfQuery(parse(line), (start) => starts.indexOf(start));
  } catch (error) {
    if (error instanceof LiqeSyntaxError) {
      const { offset } = error;
      return Math.max(0, starts.filter((start) => start <= offset).length - 1);
    }
    // It says so by a plain error when the line may go on but does not.
    return tokens.length;
  }
}

function needsAnd(before: Token | undefined, after: Token): boolean {
  const ends = before?.kind === 'term' || before?.kind === 'close';
  return ends && (after.kind === 'term' || after.kind === 'open' || after.kind === 'not');
}

function spelled(token: Token): string {
  switch (token.kind) {
    case 'open':
      return '(';
    case 'close':
      return ')';
    case 'and':
    case 'or':
    case 'not':
      return token.kind.toUpperCase();
    case 'term': {
      const value = token.form === 'quoted' ? token.value : JSON.stringify(token.value);
      return token.field === '' ? value : `${token.field}:${token.comparison}${value}`;
    }
    default:
      return assertNever(token);
  }
}

function treeOfQuery(query: LiqeQuery, tokenAt: (start: number) => number): BooleanTree {
  switch (query.type) {
    case 'Tag': {
      const { expression, location } = query;
      const text = expression.type === 'LiteralExpression' ? String(expression.value) : '';
      return { kind: 'term', token: tokenAt(location.start), text };
    }
    case 'ParenthesizedExpression':
      return treeOfQuery(query.expression, tokenAt);
    case 'UnaryOperator':
      return { kind: 'not', part: treeOfQuery(query.operand, tokenAt) };
    case 'LogicalExpression':
      return treeOfChain(query, tokenAt);
    case 'EmptyExpression':
      throw new Error('Nothing stands between the parentheses');
    default:
      return assertNever(query);
  }
}

/** `a or b and c` comes as `(a or b) and c`: as a chain that leans to the left, whatever joins it. */
function treeOfChain(query: LiqeQuery, tokenAt: (start: number) => number): BooleanTree {
  const alternatives: BooleanTree[][] = [[]];
  let rest = query;
  while (rest.type === 'LogicalExpression') {
    alternatives[0]?.unshift(treeOfQuery(rest.right, tokenAt));
    if (rest.operator.operator === 'OR') {
      alternatives.unshift([]);
    }
    rest = rest.left;
  }
  alternatives[0]?.unshift(treeOfQuery(rest, tokenAt));
  return joined(
    'or',
    alternatives.map((parts) => joined('and', parts)),
  );
}

function joined(kind: 'and' | 'or', parts: readonly BooleanTree[]): BooleanTree {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind, parts };
}
