/** Compares the attributes of a message with the types that the catalogue gives them. */
import { asInt32, asList, asObject, asText, isNumber, member, numberText } from './attributes';
import { isCompoundType } from './attributeTypes';
import type { AttributeList, AttributeType } from './attributeTypes';
import { COMPOUNDS } from './compounds';
import { cutText } from './cutText';
import { enumName, isEnumType } from './enums';
import type { EnumType } from './enums';
import { memberPath } from './jsonPath';
import type { JsonValue } from './json';
import type { DecodeProblem } from './message';

/** Takes a problem; the checks go on. */
export type Report = (problem: DecodeProblem) => void;

/**
 * Reports members whose value has another type than the list gives them. Members that the list does not know
 * are no problem (newer servers have more), nor is null, which the SDK reads as absent.
 */
export function checkAttributes(
  value: JsonValue,
  known: AttributeList,
  path: string,
  report: Report,
): void {
  const object = asObject(value);
  for (const [name, type] of known) {
    const attribute = member(object, name);
    if (attribute !== undefined && attribute !== null) {
      checkValue(attribute, type, memberPath(path, name), report);
    }
  }
}

function checkValue(value: JsonValue, type: AttributeType, path: string, report: Report): void {
  if (type === 'KVList') {
    checkList(value, path, report);
    return;
  }
  if (isEnumType(type)) {
    checkEnum(value, type, path, report);
    return;
  }
  if (isCompoundType(type)) {
    if (asObject(value) === undefined) {
      report(wrongType(path, `an object (${type})`, value));
    } else {
      checkAttributes(value, COMPOUNDS[type], path, report);
    }
    return;
  }
  const { expected, fits } = SIMPLE[type];
  if (!fits(value)) {
    report(wrongType(path, expected, value));
  }
}

interface SimpleCheck {
  readonly expected: string;
  readonly fits: (value: JsonValue) => boolean;
}

type SimpleName = Exclude<AttributeType, 'KVList' | EnumType | keyof typeof COMPOUNDS>;

const SIMPLE: { readonly [Type in SimpleName]: SimpleCheck } = {
  int: {
    expected: 'an integer of 32 bits',
    fits: (value) => asInt32(value) !== undefined,
  },
  string: { expected: 'a text', fits: (value) => typeof value === 'string' },
  bool: { expected: 'true or false', fits: (value) => typeof value === 'boolean' },
  DateTime: {
    expected: 'a date and time as ISO 8601',
    fits: (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(asText(value) ?? ''),
  },
  bytes: {
    expected: 'a text in Base64',
    fits: (value) => /^[\w+/-]*={0,2}$/.test(asText(value) ?? '!'),
  },
};

/** An enum's value stands as its name or its number. */
function checkEnum(value: JsonValue, type: EnumType, path: string, report: Report): void {
  if (typeof value !== 'string' && asInt32(value) === undefined) {
    report(wrongType(path, `a name or number of ${type}`, value));
  } else if (enumName(type, value) === undefined) {
    const text = `${type} has no value ${shortText(value)} in Platform SDK 8.1.4.`;
    report({ code: 'unknown-value', path, text });
  }
}

/** A key-value list is an object, or an array of `{key, type, value}`; so are the lists inside it. */
function checkList(value: JsonValue, path: string, report: Report): void {
  const list = asList(value);
  if (list === undefined && asObject(value) === undefined) {
    report(wrongType(path, 'a key-value list (an object, or an array of key, type, value)', value));
    return;
  }
  if (list === undefined) {
    for (const [key, inner] of Object.entries(asObject(value) ?? {})) {
      checkInnerList(inner, memberPath(path, key), report);
    }
    return;
  }
  for (const [index, entry] of list.entries()) {
    const entryPath = memberPath(path, index);
    const object = asObject(entry);
    if (asText(member(object, 'key')) === undefined) {
      report(wrongType(entryPath, 'an entry with a key, a type and a value', entry));
      continue;
    }
    const inner = member(object, 'value');
    if (inner === undefined) {
      report(wrongType(entryPath, 'an entry with a value', entry));
    } else {
      checkInnerList(inner, memberPath(entryPath, 'value'), report);
    }
  }
}

/** Values of a list are of any type; only what must be a list itself is looked at. */
function checkInnerList(value: JsonValue, path: string, report: Report): void {
  if (asList(value) !== undefined || asObject(value) !== undefined) {
    checkList(value, path, report);
  }
}

function wrongType(path: string, expected: string, found: JsonValue): DecodeProblem {
  return { code: 'wrong-type', path, text: `Expected ${expected}, found ${shortText(found)}.` };
}

/** A value as a sentence may hold it. */
export function shortText(value: JsonValue): string {
  if (isNumber(value)) {
    return `the number ${cutText(numberText(value), 40)}`;
  }
  if (typeof value === 'string') {
    const cut = cutText(value, 40);
    return `the text ${JSON.stringify(cut === value ? cut : `${cut}…`)}`;
  }
  if (value === null || typeof value === 'boolean') {
    return String(value);
  }
  return asList(value) === undefined ? 'an object' : 'an array';
}
