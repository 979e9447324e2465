/** From a filled-in form to the message, with what is wrong at its field; and back. */
import { assertNever } from '../../base/assert';
import { asInt32, asObject, asText } from '../attributes';
import type { MessageType } from '../catalogue';
import { enumName, enumNumber, isEnumType } from '../enums';
import { memberPath } from '../jsonPath';
import type { JsonObject, JsonValue } from '../json';
import type { Message } from '../message';
import { formFields, type FormField, type ScalarField } from './formFields';
import { isGroup, isRows, type FieldInput, type ListRow, type RequestInput } from './requestInput';

/** Something to be put right before the request is sent. */
export interface FormProblem {
  /** The field's {@link FormField.path}; of a row in a list that path and the row's index, such as `$.extension[0]`. */
  readonly path: string;
  readonly text: string;
}

export interface ReadForm {
  /** As far as it could be read. */
  readonly message: Message;
  readonly problems: readonly FormProblem[];
}

/** Makes the message of a form. Key-value lists are written as objects, enums by name. */
export function readForm(type: MessageType, input: RequestInput): ReadForm {
  const problems: FormProblem[] = [];
  const attributes = readFields(formFields(type), input, problems);
  return { message: { name: type.name, attributes }, problems };
}

/**
 * The form that makes exactly these attributes. Undefined where no form does: it has no place for members that the
 * catalogue does not know, null, empty texts and groups, numbers with letters of their own, and lists in array form.
 */
export function formOf(type: MessageType, attributes: JsonObject): RequestInput | undefined {
  return fillFields(formFields(type), attributes);
}

function readFields(
  fields: readonly FormField[],
  input: RequestInput,
  problems: FormProblem[],
): JsonObject {
  const entries = fields.flatMap((field) => {
    const value = readField(field, valueOf(input, field.name), problems);
    if (
      value === undefined &&
      field.isRequired &&
      problems.every(({ path }) => path !== field.path)
    ) {
      problems.push({ path: field.path, text: 'This request needs it.' });
    }
    return value === undefined ? [] : [[field.name, value] as const];
  });
  return Object.fromEntries(entries);
}

function readField(
  field: FormField,
  input: FieldInput | undefined,
  problems: FormProblem[],
): JsonValue | undefined {
  switch (field.kind) {
    case 'scalar': {
      const text = typeof input === 'string' ? input : '';
      const read = text === '' ? undefined : readScalar(field, text);
      if (read !== undefined && 'wrong' in read) {
        problems.push({ path: field.path, text: read.wrong });
        return undefined;
      }
      return read?.value;
    }
    case 'list':
      return isRows(input) && input.length > 0 ? readRows(input, field.path, problems) : undefined;
    case 'group': {
      const group = isGroup(input) ? readFields(field.fields, input, problems) : {};
      return Object.keys(group).length > 0 ? group : undefined;
    }
    default:
      return assertNever(field);
  }
}

/** The value that a text stands for, or what to write instead. */
type ReadScalar = { readonly value: JsonValue } | { readonly wrong: string };

function readScalar({ type }: ScalarField, text: string): ReadScalar {
  if (isEnumType(type)) {
    // A number is taken as well: servers of later versions may know more values.
    const value = enumNumber(type, text) === undefined ? integerOf(text) : text;
    return value === undefined
      ? { wrong: `Choose a value of ${type}, or write its number.` }
      : { value };
  }
  switch (type) {
    case 'string':
      return { value: text };
    case 'int': {
      const value = integerOf(text);
      return value === undefined ? { wrong: NOT_AN_INTEGER } : { value };
    }
    case 'bool':
      return text === 'true' || text === 'false'
        ? { value: text === 'true' }
        : { wrong: 'Choose true or false.' };
    case 'DateTime':
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/.test(text)
        ? { value: text }
        : { wrong: 'Write date and time as 2026-01-31T09:30:00Z.' };
    case 'bytes':
      return /^[A-Za-z\d+/]*={0,2}$/.test(text) && text.length % 4 === 0
        ? { value: text }
        : { wrong: 'Write the bytes in Base64.' };
    default:
      return assertNever(type);
  }
}

const NOT_AN_INTEGER = 'Write an integer between −2147483648 and 2147483647.';

/** Only the usual way to write it: what was typed is what is sent. */
function integerOf(text: string): number | undefined {
  return /^(0|-?[1-9]\d*)$/.test(text) ? asInt32(Number(text)) : undefined;
}

function readRows(rows: readonly ListRow[], path: string, problems: FormProblem[]): JsonObject {
  const seen = new Set<string>();
  const entries = rows.flatMap((row, index) => {
    const rowPath = memberPath(path, index);
    if (row.key === '') {
      problems.push({ path: rowPath, text: 'Write a key.' });
    } else if (seen.has(row.key)) {
      problems.push({ path: rowPath, text: `The key ${row.key} stands in this list already.` });
    }
    seen.add(row.key);
    const value = readRow(row, rowPath, problems);
    return value === undefined ? [] : [[row.key, value] as const];
  });
  return Object.fromEntries(entries);
}

function readRow(row: ListRow, path: string, problems: FormProblem[]): JsonValue | undefined {
  switch (row.type) {
    case 'text':
      return row.text;
    case 'int': {
      const value = integerOf(row.text);
      if (value === undefined) {
        problems.push({ path, text: NOT_AN_INTEGER });
      }
      return value;
    }
    case 'list':
      return readRows(row.rows, path, problems);
    default:
      return assertNever(row);
  }
}

function fillFields(fields: readonly FormField[], object: JsonObject): RequestInput | undefined {
  const filled = new Map<string, FieldInput>();
  for (const [name, value] of Object.entries(object)) {
    const field = fields.find((candidate) => candidate.name === name);
    const input = field && fillField(field, value);
    if (input === undefined) {
      return undefined;
    }
    filled.set(name, input);
  }
  return Object.fromEntries(filled);
}

function fillField(field: FormField, value: JsonValue): FieldInput | undefined {
  switch (field.kind) {
    case 'scalar':
      return fillScalar(field, value);
    case 'list': {
      const rows = fillRows(value);
      return rows?.length === 0 ? undefined : rows;
    }
    case 'group': {
      const object = asObject(value);
      const group = object && fillFields(field.fields, object);
      return group && Object.keys(group).length > 0 ? group : undefined;
    }
    default:
      return assertNever(field);
  }
}

function fillScalar(field: ScalarField, value: JsonValue): string | undefined {
  const { type } = field;
  const text = textOf(value);
  if (text === undefined || text === '') {
    return undefined;
  }
  if (isEnumType(type) && typeof value === 'number' && enumName(type, value) !== undefined) {
    return undefined; // The form writes the name.
  }
  const read = readScalar(field, text);
  return 'value' in read && read.value === value ? text : undefined;
}

function fillRows(value: JsonValue): readonly ListRow[] | undefined {
  const object = asObject(value);
  if (object === undefined) {
    return undefined;
  }
  const rows: ListRow[] = [];
  for (const [key, inner] of Object.entries(object)) {
    const nested = asObject(inner) && fillRows(inner);
    const text = asText(inner);
    const integer = typeof inner === 'number' ? asInt32(inner) : undefined;
    if (key === '') {
      return undefined;
    }
    if (nested !== undefined) {
      rows.push({ key, type: 'list', rows: nested });
    } else if (text !== undefined) {
      rows.push({ key, type: 'text', text });
    } else if (integer !== undefined) {
      rows.push({ key, type: 'int', text: String(integer) });
    } else {
      return undefined;
    }
  }
  return rows;
}

function textOf(value: JsonValue): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** A member by its own name: `constructor` is one only when somebody typed into a field of that name. */
function valueOf(input: RequestInput, name: string): FieldInput | undefined {
  return Object.hasOwn(input, name) ? input[name] : undefined;
}
