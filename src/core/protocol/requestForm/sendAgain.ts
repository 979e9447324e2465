/** From a recorded request to one that a person can send again. */
import { asObject } from '../attributes';
import type { MessageType } from '../catalogue';
import { enumName, isEnumType } from '../enums';
import type { JsonObject, JsonValue } from '../json';
import type { Message } from '../message';
import { formFields, type FormField } from './formFields';
import { formOf } from './readForm';
import type { RequestInput } from './requestInput';

/** What the recorder writes in place of a secret. */
const PSEUDONYM = /^~secret(-\d+)?~$/;

export interface RequestAgain {
  /** Without the reference of then, and without the pseudonyms of secrets: a recording never had what they stand for. */
  readonly message: Message;
  /** The form that makes it; absent where it has something that the form has no place for. */
  readonly input?: RequestInput;
}

/** `attributes`: as they were recorded. An enum's number becomes the name that it stands for. */
export function requestAgain(type: MessageType, attributes: JsonObject): RequestAgain {
  const others = Object.entries(attributes).filter(([name]) => name !== 'referenceId');
  const made = again(formFields(type), Object.fromEntries(others));
  const input = formOf(type, made);
  return {
    message: { name: type.name, attributes: made },
    ...(input !== undefined && { input }),
  };
}

function again(fields: readonly FormField[], object: JsonObject): JsonObject {
  const entries = Object.entries(object).flatMap(([name, value]) => {
    const field = fields.find((candidate) => candidate.name === name);
    const made = field === undefined ? withoutPseudonyms(value) : againField(field, value);
    return made === undefined ? [] : [[name, made] as const];
  });
  return Object.fromEntries(entries);
}

function againField(field: FormField, value: JsonValue): JsonValue | undefined {
  if (field.kind === 'group') {
    const object = asObject(value);
    return object === undefined ? withoutPseudonyms(value) : again(field.fields, object);
  }
  if (field.kind === 'scalar' && isEnumType(field.type) && typeof value === 'number') {
    return enumName(field.type, value) ?? value;
  }
  return isPseudonym(value) ? undefined : withoutPseudonyms(value);
}

/** An entry of a list stays, with an empty text: it is seen that something belongs there. */
function withoutPseudonyms(value: JsonValue): JsonValue {
  if (isPseudonym(value)) {
    return '';
  }
  if (Array.isArray(value)) {
    return value.map(withoutPseudonyms);
  }
  const object = asObject(value);
  return object === undefined
    ? value
    : Object.fromEntries(
        Object.entries(object).map(([name, inner]) => [name, withoutPseudonyms(inner)]),
      );
}

function isPseudonym(value: JsonValue): boolean {
  return typeof value === 'string' && PSEUDONYM.test(value);
}
