/** Ways to go on with a filter that is being typed, at the caret. */
import type { Field } from './field';
import { FIELDS, fieldNamed } from './fields';
import type { FilterIndex } from './filter';
import { codeDetail } from './numberFields';
import { MAX_FILTER } from './parseFilter';
import type { Completion, Completions } from './query';
import { quoteValue } from './quoteValue';
import { sampleValues } from './sampleValues';
import { scan, type Term, type Token } from './scan';

const MAX_ITEMS = 50;

const OPERATORS: readonly Completion[] = [
  { text: 'and ', detail: 'both', kind: 'operator' },
  { text: 'or ', detail: 'one of them, or both', kind: 'operator' },
  { text: 'not ', detail: 'the opposite of what follows', kind: 'operator' },
];

/**
 * Fields and words before a colon, values behind it. Values are those that the trace holds, the most common
 * first; of a large trace a sample of some thousand messages is looked at. `caret` is in UTF-16 units.
 */
export function completeFilter(text: string, caret: number, index: FilterIndex): Completions {
  const line = text.slice(0, MAX_FILTER).replace(/[\r\n]/g, ' ');
  const at = Math.min(Math.max(0, Math.floor(caret)), line.length);
  const tokens = scan(line);
  const here = tokens.find((token) => isWord(token) && token.at < at && at <= token.end);
  const before = tokens.filter(({ end }) => end < at || (end === at && end > 0)).at(-1);
  if (here?.kind === 'term' && here.field !== '' && at > here.at + here.field.length) {
    return completeValue(here, line, at, index);
  }
  if (here?.kind === 'term' && here.field !== '') {
    const typed = line.slice(here.at, at);
    const colon = here.at + here.field.length + 1;
    return { from: here.at, to: colon, items: fieldItems(typed) };
  }
  if (here?.kind === 'term' && here.form === 'quoted') {
    return { from: at, to: at, items: here.closed && at === here.end ? OPERATORS : [] };
  }
  if (here !== undefined) {
    return completeWord(line, here, at, tokens, index);
  }
  const follows = before?.kind === 'term' || before?.kind === 'close';
  const operators = OPERATORS.filter(({ text: word }) => follows || word === 'not ');
  const items = follows ? [...operators, ...fieldItems('')] : [...fieldItems(''), ...operators];
  return { from: at, to: at, items };
}

/** True for what consists of letters: also a word such as `or`, which may become another. */
function isWord(token: Token): boolean {
  return (
    token.kind !== 'open' &&
    token.kind !== 'close' &&
    !(token.kind === 'not' && token.end - token.at === 1)
  );
}

/** A word without a colon: a field to come, a sign, or the name of a message. */
function completeWord(
  line: string,
  word: Token,
  at: number,
  tokens: readonly Token[],
  index: FilterIndex,
): Completions {
  const typed = line.slice(word.at, at).toLowerCase();
  const before = tokens[tokens.indexOf(word) - 1]?.kind;
  const follows = before === 'term' || before === 'close';
  const signs = OPERATORS.filter(
    ({ text }) => text.startsWith(typed) && (follows || text === 'not '),
  );
  const name = fieldNamed('name');
  const names =
    name === undefined
      ? []
      : valueItems(name, typed, index).map((item) => ({ ...item, text: `name:${item.text}` }));
  const items = [...signs, ...fieldItems(typed), ...names].slice(0, MAX_ITEMS);
  return { from: word.at, to: word.end, items };
}

function completeValue(term: Term, line: string, at: number, index: FilterIndex): Completions {
  const { field: name, form, closed, valueAt } = term;
  const field = fieldNamed(name);
  const from = Math.min(at, valueAt);
  if (field === undefined || form === 'range') {
    return { from: at, to: at, items: [] };
  }
  const typed = line.slice(valueAt, Math.max(at, valueAt)).replace(/^["']|["']$|[*?]/g, '');
  // Behind a sign only values without one go on; before it they replace it.
  const behindSign = term.comparison !== '' && at >= valueAt;
  const begin = behindSign ? valueAt : Math.min(from, term.at + name.length + 1);
  const items = valueItems(field, typed, index)
    .map((item) => (behindSign ? { ...item, text: item.text.replace(/^[<>]/, '') } : item))
    .slice(0, MAX_ITEMS);
  // What an open quote swallowed up to the end of the line may be more than its value.
  return { from: begin, to: closed ? term.end : at, items };
}

function fieldItems(typed: string): readonly Completion[] {
  return fitting(FIELDS, typed, ({ name }) => name).map(({ name, meaning }) => ({
    text: `${name}:`,
    detail: meaning,
    kind: 'field',
  }));
}

function valueItems(field: Field, typed: string, index: FilterIndex): readonly Completion[] {
  const { values, isExact } = sampleValues(field, index);
  const details = new Map(field.known.map(({ text, detail }) => [text, detail]));
  const seen = values.map(({ text, messages }) => ({
    text,
    shown: quoteValue(text),
    detail: [
      details.get(text) ?? (field.name === 'code' ? codeDetail(text) : undefined),
      countText(messages, isExact),
    ]
      .filter((part) => part !== undefined)
      .join(', '),
  }));
  const others = field.known
    .filter(({ text }) => !values.some((value) => value.text === text))
    .map(({ text, detail, comparison = '' }) => ({
      text,
      shown: comparison + quoteValue(text),
      detail,
    }));
  return fitting([...seen, ...others], typed, ({ text }) => text)
    .slice(0, MAX_ITEMS)
    .map(({ shown, detail }) => ({ text: shown, detail, kind: 'value' }));
}

function countText(messages: number, isExact: boolean): string {
  if (messages === 0) {
    return 'rare';
  }
  const number = isExact ? messages : Number(messages.toPrecision(2));
  return `${isExact ? '' : 'about '}${number.toLocaleString('en')} ${messages === 1 ? 'message' : 'messages'}`;
}

/** What begins with what was typed, then what holds it; in the order given. */
function fitting<T>(items: readonly T[], typed: string, textOf: (item: T) => string): readonly T[] {
  const wanted = typed.toLowerCase();
  const begins = (item: T): boolean => textOf(item).toLowerCase().startsWith(wanted);
  return [
    ...items.filter(begins),
    ...items.filter((item) => !begins(item) && textOf(item).toLowerCase().includes(wanted)),
  ];
}
