/**
 * Accessors over the attributes of a message. What a wire sent is any JSON: each accessor gives the value when
 * it has the type that is asked for, and undefined otherwise. None converts one type to another, none throws.
 */
import { compareNumber, isLosslessNumber } from 'lossless-json';
import type { LosslessNumber } from 'lossless-json';
import type { JsonObject, JsonValue } from './json';

/** The object that `value` is; an array and a number that keeps its letters are none. */
export function asObject(value: JsonValue | undefined): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

export function asList(value: JsonValue | undefined): readonly JsonValue[] | undefined {
  return isList(value) ? value : undefined;
}

export function asText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function asBoolean(value: JsonValue | undefined): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** The integer that `value` is exactly (`7`, `7.0`, `7e0`), within the safe integers of JavaScript. */
export function asInteger(value: JsonValue | undefined): number | undefined {
  if (!isNumber(value)) {
    return undefined;
  }
  const number = Number(numberText(value));
  if (!Number.isSafeInteger(number) || !isExactly(value, number)) {
    return undefined;
  }
  return number === 0 ? 0 : number;
}

/** The integer that `value` is, within 32 bits with sign, as Platform SDK's integers are. */
export function asInt32(value: JsonValue | undefined): number | undefined {
  const integer = asInteger(value);
  return integer !== undefined && integer === (integer | 0) ? integer : undefined;
}

/** A number as the wire wrote it. */
export function numberText(value: number | LosslessNumber): string {
  return isLosslessNumber(value) ? value.value : String(value);
}

export function isNumber(value: JsonValue | undefined): value is number | LosslessNumber {
  return typeof value === 'number' || isLosslessNumber(value);
}

/** A member of an object by its own name: `constructor` and the like are members only when they were sent. */
export function member(object: JsonObject | undefined, name: string): JsonValue | undefined {
  return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}

function isExactly(value: number | LosslessNumber, number: number): boolean {
  return typeof value === 'number' || compareNumber(value.value, String(number)) === 0;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value) && !isLosslessNumber(value);
}
