/**
 * What a person has typed into a request's form: text by text, whether or not it is right yet. It is plain JSON, so
 * that it can be kept and can cross the line between view and host.
 */

/** Fields that were left empty are absent or hold an empty text, an empty list or an empty group. */
export interface RequestInput {
  readonly [name: string]: FieldInput;
}

/** Of a scalar a text, of a key-value list its rows, of a compound its fields. */
export type FieldInput = string | readonly ListRow[] | RequestInput;

/** A row of a key-value list. An empty text is a value here: a row is there because somebody added it. */
export type ListRow =
  | { readonly key: string; readonly type: 'text' | 'int'; readonly text: string }
  | { readonly key: string; readonly type: 'list'; readonly rows: readonly ListRow[] };

/** What is taken of one form. `characters` counts all its texts together. */
export const INPUT_LIMITS = { characters: 200_000, entries: 2000, depth: 8 } as const;

export function isRows(input: FieldInput | undefined): input is readonly ListRow[] {
  return Array.isArray(input);
}

export function isGroup(input: FieldInput | undefined): input is RequestInput {
  return typeof input === 'object' && !Array.isArray(input);
}

/** A form's input out of anything; undefined when it is none or beyond {@link INPUT_LIMITS}. Nothing else comes with it. */
export function readRequestInput(value: unknown): RequestInput | undefined {
  const budget = { characters: INPUT_LIMITS.characters, entries: INPUT_LIMITS.entries };
  return readGroup(value, budget, INPUT_LIMITS.depth);
}

interface Budget {
  characters: number;
  entries: number;
}

function readGroup(value: unknown, budget: Budget, depth: number): RequestInput | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth === 0) {
    return undefined;
  }
  const group = new Map<string, FieldInput>();
  for (const [name, inner] of Object.entries(value)) {
    const read =
      readText(name, budget) === undefined ? undefined : readField(inner, budget, depth - 1);
    if (read === undefined || --budget.entries < 0) {
      return undefined;
    }
    group.set(name, read);
  }
  return Object.fromEntries(group);
}

function readField(value: unknown, budget: Budget, depth: number): FieldInput | undefined {
  if (typeof value === 'string') {
    return readText(value, budget);
  }
  return Array.isArray(value) ? readRows(value, budget, depth) : readGroup(value, budget, depth);
}

function readRows(
  values: readonly unknown[],
  budget: Budget,
  depth: number,
): readonly ListRow[] | undefined {
  const rows: ListRow[] = [];
  for (const value of values) {
    const row = depth === 0 || --budget.entries < 0 ? undefined : readRow(value, budget, depth);
    if (row === undefined) {
      return undefined;
    }
    rows.push(row);
  }
  return rows;
}

function readRow(value: unknown, budget: Budget, depth: number): ListRow | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const {
    key: anyKey,
    type,
    text: anyText,
    rows: anyRows,
  } = value as Readonly<Record<string, unknown>>;
  const key = readText(anyKey, budget);
  if (key === undefined) {
    return undefined;
  }
  if (type === 'list') {
    const rows = Array.isArray(anyRows) ? readRows(anyRows, budget, depth - 1) : undefined;
    return rows && { key, type, rows };
  }
  const text = readText(anyText, budget);
  return text === undefined || (type !== 'text' && type !== 'int')
    ? undefined
    : { key, type, text };
}

function readText(value: unknown, budget: Budget): string | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  budget.characters -= value.length;
  return budget.characters < 0 ? undefined : value;
}
