/** Random traces, and random filters with what they mean, evaluated as plainly as can be. */
import fc from 'fast-check';
import type { FilterIndex } from '../../../src/core/filter/filter';
import { ErrorCode } from '../../../src/core/protocol/errorCodes';
import type { TestRow } from '../../support/rows';

/** A line of the language, and its meaning. */
export interface MeantFilter {
  readonly line: string;
  readonly matches: (index: FilterIndex, row: number) => boolean;
}

const NAMES = ['RequestGetWorkbinContent', 'EventWorkbinContent', 'EventError', 'RequestPull', ''];
const WORKBINS = ['email-draft@A1', 'email-draft@B 2', 'team box@A1', 'plain', 'a@b@c'];
const INTERACTIONS = ['00aA', '00aa', '00*A'];

const maybe = <T>(values: readonly T[]): fc.Arbitrary<T | undefined> =>
  fc.option(fc.constantFrom(...values), { nil: undefined });

const hint = fc
  .record({
    name: fc.constantFrom(...NAMES, 'RequestWorkbinNotifications', 'EventAck', 'Odd "name"'),
    direction: fc.constantFrom('send' as const, 'receive' as const),
    connection: fc.integer({ min: 1, max: 2 }),
    reference: maybe<string | number>([1, 2, 3, 7, '7', 'op-1', 3e9]),
    workbin: maybe(WORKBINS),
    interactionId: maybe(INTERACTIONS),
    errorCode: maybe([0, 41, 43, 9999]),
    pause: fc.constantFrom(0, 0.25, 1, 400, 1001),
  })
  .map(({ reference, workbin, interactionId, errorCode, ...row }) => ({
    ...row,
    ...(reference !== undefined && { reference }),
    ...(workbin !== undefined && { workbin }),
    ...(interactionId !== undefined && { interactionId }),
    ...(errorCode !== undefined && { errorCode }),
  }));

export const someRows: fc.Arbitrary<readonly TestRow[]> = fc
  .array(hint, { maxLength: 40 })
  .map((hints) => {
    let at = 0;
    return hints.map(({ pause, ...row }) => ({ ...row, at: (at += pause) }));
  });

/** A term of a field whose values are few texts: exact, in quotes, or with wildcards. */
function texts(
  field: string,
  values: readonly string[],
  valuesOf: (index: FilterIndex, row: number) => readonly string[],
  sameCase = false,
): fc.Arbitrary<MeantFilter> {
  const fold = (text: string): string => (sameCase ? text : text.toUpperCase());
  const quoted = fc.constantFrom(...values, '').map((value) => ({
    line: `${field}:${JSON.stringify(value)}`,
    matches: (index: FilterIndex, row: number) =>
      valuesOf(index, row).some((text) => fold(text) === fold(value)),
  }));
  const wild = fc
    .tuple(fc.constantFrom(...values), fc.nat(5), fc.nat(9), fc.constantFrom('*', '?', '**', '?*'))
    .filter(([value]) => value !== '')
    .map(([value, from, length, sign]) => {
      const pattern = (value.slice(0, from) + sign + value.slice(from + length)).replace(
        /[\s"()]/g,
        '?',
      );
      const expression = new RegExp(
        `^${fold(pattern)
          .replace(/[^*?\w]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
        's',
      );
      return {
        line: `${field}:${pattern}`,
        matches: (index: FilterIndex, row: number) =>
          valuesOf(index, row).some((text) => text !== '' && expression.test(fold(text))),
      };
    })
    .filter(({ line }) => !/:["'[{<>=]/.test(line));
  return fc.oneof(quoted, wild);
}

/** A term that compares a number. `write` spells it. */
function numbers(
  field: string,
  values: readonly number[],
  valueOf: (index: FilterIndex, row: number) => number | undefined,
  write: (value: number) => string = String,
): fc.Arbitrary<MeantFilter> {
  const signs: { readonly [sign: string]: (value: number, other: number) => boolean } = {
    '>': (value, other) => value > other,
    '>=': (value, other) => value >= other,
    '<': (value, other) => value < other,
    '<=': (value, other) => value <= other,
  };
  const value = fc.constantFrom(...values);
  const compared = fc.tuple(value, fc.constantFrom(...Object.keys(signs))).map(([than, sign]) => ({
    line: `${field}:${sign}${write(than)}`,
    matches: (index: FilterIndex, row: number) => {
      const own = valueOf(index, row);
      return own !== undefined && signs[sign]!(own, than);
    },
  }));
  const within = fc
    .tuple(value, value, fc.boolean(), fc.boolean())
    .map(([from, to, first, last]) => ({
      line: `${field}:${first ? '[' : '{'}${write(from)} to ${write(to)}${last ? ']' : '}'}`,
      matches: (index: FilterIndex, row: number) => {
        const own = valueOf(index, row);
        return (
          own !== undefined && (first ? own >= from : own > from) && (last ? own <= to : own < to)
        );
      },
    }));
  return fc.oneof(compared, within);
}

const phaseOf = ({ tracer }: FilterIndex, row: number): number | undefined =>
  tracer.phaseOf(row) < 0 ? undefined : tracer.phaseOf(row);

function latencyOf(index: FilterIndex, row: number): number | undefined {
  const phase = phaseOf(index, row);
  const { phases } = index.tracer;
  return phase === undefined || phases.answerRow(phase) < 0
    ? undefined
    : phases.endTime(phase) - index.messages.time(phases.requestRow(phase));
}

function outcomeOf(index: FilterIndex, row: number): string {
  const phase = phaseOf(index, row);
  return phase === undefined ? '' : index.tracer.phases.outcome(phase);
}

const workbinOf = ({ tracer }: FilterIndex, row: number): string => tracer.workbin(row);
const milliseconds = (value: number): string =>
  Number.isInteger(value) ? `${value}ms` : `${value * 1000}us`;

const ERROR_NAMES = new Map<number, string>(
  Object.entries(ErrorCode).map(([name, code]) => [code, name]),
);

const outcomes = fc
  .constantFrom('open', 'completed', 'failed', 'unanswered', 'interrupted')
  .map((outcome) => ({
    line: `outcome:${outcome}`,
    matches: (index: FilterIndex, row: number) => outcomeOf(index, row) === outcome,
  }));

/** Free text is told without bodies here. */
const free = fc.constantFrom('event', 'BOX', 'a1', '00a', '"box@"').map((text) => ({
  line: text,
  matches: ({ messages, tracer }: FilterIndex, row: number) =>
    [messages.name(row), tracer.workbin(row), messages.interactionId(row)].some((part) =>
      part.toLowerCase().includes(text.replaceAll('"', '').toLowerCase()),
    ),
}));

const term: fc.Arbitrary<MeantFilter> = fc.oneof(
  texts('name', NAMES, ({ messages }, row) => [messages.name(row)]),
  texts('workbin', WORKBINS, workbinsOf).filter(({ line }) => line.includes('@')),
  texts('Owner', ['A1', 'B 2', 'b@c'], (index, row) => [
    /@/.test(workbinOf(index, row)) ? workbinOf(index, row).replace(/^[^@]*@/, '') : '',
  ]),
  texts('interaction', INTERACTIONS, ({ messages }, row) => [messages.interactionId(row)], true),
  texts('phase', ['pull', 'Agent Pulls Interaction', 'Other Request'], (index, row) => {
    const phase = phaseOf(index, row);
    const { table, phases } = index.tracer;
    const model = phase === undefined ? undefined : table.model(phases.model(phase));
    return model === undefined ? [''] : [model.id, model.title];
  }),
  texts('ref', ['7', '3', 'op-1', '3000000000'], ({ messages }, row) => [
    String(messages.reference(row) ?? ''),
  ]),
  texts('code', ['Error_workbin_inaccessible', 'NoError'], ({ messages }, row) => {
    const code = messages.errorCode(row);
    return [code === undefined ? '' : (ERROR_NAMES.get(code) ?? String(code))];
  }),
  texts('role', ['request', 'notification'], ({ tracer }, row) => [tracer.role(row)]).filter(
    ({ line }) => /:"[a-z]+"/.test(line),
  ),
  numbers('code', [0, 41, 100], ({ messages }, row) => messages.errorCode(row)),
  numbers('conn', [1, 2], ({ messages }, row) => messages.connection(row)),
  numbers('ref', [1, 7, 2e9], ({ messages }, row) => {
    const reference = messages.reference(row);
    return typeof reference === 'number' ? reference : undefined;
  }),
  numbers('latency', [0, 0.25, 1, 401, 1001], latencyOf, milliseconds),
  numbers('at', [0.25, 1, 400, 1401], ({ messages }, row) => messages.time(row), milliseconds),
  outcomes,
  free,
);

function workbinsOf(index: FilterIndex, row: number): readonly string[] {
  return [workbinOf(index, row)];
}

/** Terms joined by and, or, not and parentheses, spelled in every way that the language has. */
export const someFilter: fc.Arbitrary<MeantFilter> = fc.letrec<{ readonly any: MeantFilter }>(
  (tie) => ({
    any: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'filter' },
      term,
      fc
        .tuple(tie('any'), fc.constantFrom('not (', 'NOT(', '-('))
        .map(([{ line, matches }, spelled]): MeantFilter => ({
          line: `${spelled}${line})`,
          matches: (index, row) => !matches(index, row),
        })),
      fc
        .tuple(tie('any'), tie('any'), fc.constantFrom(' and ', ' AND ', ' '))
        .map(([one, other, spelled]): MeantFilter => ({
          line: `(${one.line})${spelled}(${other.line})`,
          matches: (index, row) => one.matches(index, row) && other.matches(index, row),
        })),
      fc
        .tuple(tie('any'), tie('any'), fc.constantFrom('or', 'Or', 'OR'))
        .map(([one, other, spelled]): MeantFilter => ({
          line: `(${one.line}) ${spelled} (${other.line})`,
          matches: (index, row) => one.matches(index, row) || other.matches(index, row),
        })),
    ),
  }),
).any;
