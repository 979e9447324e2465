import type { LosslessNumber } from 'lossless-json';

/**
 * A JSON value that loses nothing: a number that a JavaScript number would not write back letter for
 * letter (`1.0`, 64-bit ids, `1e400`) is a {@link LosslessNumber}, all others are plain numbers.
 */
export type JsonValue =
  null | boolean | string | number | LosslessNumber | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}
