/** As much of the filter language as the harness's host needs: fields, wildcards, quotes, and free text, all of which must fit. */
import type { Completion, Completions, FilterProblem } from '../../../src/core/filter/query';
import type { MessageRow } from '../../../src/core/ladder/rows';

export type RowTest = (row: MessageRow, title: string) => boolean;

export type ScriptedFilter =
  | { readonly ok: true; readonly matches: RowTest }
  | { readonly ok: false; readonly problem: FilterProblem };

const FIELDS: Readonly<Record<string, (row: MessageRow, title: string) => string>> = {
  name: (row) => row.name,
  phase: (_row, title) => title,
  outcome: (row) => row.outcome ?? '',
  workbin: (row) => row.workbin ?? '',
  agent: (row) => row.workbin?.split('@Agent ')[1] ?? '',
  ref: (row) => String(row.reference ?? ''),
  interaction: (row) => row.interactionId ?? '',
  code: (row) => row.error ?? '',
  role: (row) => row.role,
};

const MEANINGS: Readonly<Record<string, string>> = {
  name: 'Name of the message',
  phase: 'Title of its phase',
  outcome: 'How its phase ended',
  workbin: 'type@owner',
  agent: 'Owner of the workbin',
  ref: 'Reference of the request',
  interaction: 'Interaction id',
  code: 'Error of the answer',
  role: 'Part in its phase',
};

const OUTCOMES = ['completed', 'failed', 'unanswered', 'interrupted', 'open'];

export function parseScripted(text: string): ScriptedFilter {
  const tests: RowTest[] = [];
  for (const match of text.matchAll(/(?:(\w+):)?("[^"]*"?|\S+)/g)) {
    const [whole, field, raw = ''] = match;
    const at = match.index;
    if (raw.startsWith('"') && (raw.length === 1 || !raw.endsWith('"'))) {
      const problem = 'This text is not closed: end it with a quotation mark.';
      return { ok: false, problem: { text: problem, at: text.length, length: 0 } };
    }
    const read = field === undefined ? undefined : FIELDS[field];
    if (field !== undefined && read === undefined) {
      const problem = `There is no field “${field}”. Did you mean name:?`;
      return { ok: false, problem: { text: problem, at, length: field.length } };
    }
    if (whole.toLowerCase() === 'and') {
      continue;
    }
    tests.push(testOf(raw.replaceAll('"', ''), read));
  }
  return { ok: true, matches: (row, title) => tests.every((test) => test(row, title)) };
}

export function completeScripted(text: string, caret: number): Completions {
  const from = text.slice(0, caret).search(/[^\s]*$/);
  const word = text.slice(from, caret);
  const value = /^outcome:(\w*)$/.exec(word);
  const items: readonly Completion[] =
    value === null
      ? Object.keys(FIELDS)
          .filter((field) => field.startsWith(word) && word !== `${field}:`)
          .map((field) => ({ text: `${field}:`, detail: MEANINGS[field] ?? '', kind: 'field' }))
      : OUTCOMES.filter((outcome) => outcome.startsWith(value[1] ?? '')).map((outcome, place) => ({
          text: `outcome:${outcome}`,
          detail: `${1204 - place * 199} phases`,
          kind: 'value',
        }));
  return { from, to: caret, items };
}

function testOf(
  value: string,
  read: ((row: MessageRow, title: string) => string) | undefined,
): RowTest {
  if (read === undefined) {
    return (row, title) =>
      `${row.name} ${row.workbin ?? ''} ${row.interactionId ?? ''} ${title}`
        .toLowerCase()
        .includes(value.toLowerCase());
  }
  const pattern = value.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  const expression = new RegExp(`^${pattern}(@.*)?$`, 'i');
  return (row, title) => expression.test(read(row, title));
}
