/**
 * Key-value lists (Platform SDK's `KeyValueCollection`). How the SDK's JSON form writes them is in no public
 * text, so both forms that it could have are read: an object, and an array of `{key, type, value}`. The order is
 * kept, and in the array form also a key that occurs twice.
 */
import { asList, asObject, asText, member } from './attributes';
import type { JsonValue } from './json';

export interface KeyValueEntry {
  readonly key: string;
  /** The value; of a nested list in either form: read it with {@link keyValueEntries} again. */
  readonly value: JsonValue;
  /** Type of the value, where the array form gives it, such as `str`, `int` or `list`. */
  readonly type?: string;
}

/** Entries of a key-value list in either form. What is no entry is left out; anything else than a list is empty. */
export function keyValueEntries(value: JsonValue | undefined): readonly KeyValueEntry[] {
  const list = asList(value);
  if (list !== undefined) {
    return list.flatMap((item) => arrayEntry(item) ?? []);
  }
  return Object.entries(asObject(value) ?? {}).map(([key, inner]) => ({ key, value: inner }));
}

/** The value of the first entry with this key. */
export function keyValue(list: JsonValue | undefined, key: string): JsonValue | undefined {
  const object = asObject(list);
  return object === undefined
    ? keyValueEntries(list).find((entry) => entry.key === key)?.value
    : member(object, key);
}

/** True when every item of the array is an entry, so that it can be shown as a key-value list. */
export function isEntryList(list: readonly JsonValue[]): boolean {
  return list.every((item) => arrayEntry(item) !== undefined);
}

/** An item of the array form: an object with a `key`, a `value` (none: null) and perhaps a `type`. */
function arrayEntry(item: JsonValue): KeyValueEntry | undefined {
  const object = asObject(item);
  const key = asText(member(object, 'key'));
  if (key === undefined) {
    return undefined;
  }
  const type = asText(member(object, 'type'));
  const value = member(object, 'value') ?? null;
  return type === undefined ? { key, value } : { key, value, type };
}
