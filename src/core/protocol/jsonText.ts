import { stringify } from 'lossless-json';
import type { JsonValue } from './json';

/** A value as JSON text for people, one member a line; numbers stay letter for letter as the wire wrote them. */
export function jsonText(value: JsonValue): string {
  return stringify(value, undefined, 2) ?? 'null';
}
