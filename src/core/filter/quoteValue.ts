import { signOf } from './scan';

const PLAIN = /^[\p{L}\p{N}_][\p{L}\p{N}_.@#/+-]*$/u;

/** A text as a value of a filter, in quotes where it needs them: `workbin:${quoteValue(name)}` finds exactly it. */
export function quoteValue(text: string): string {
  return PLAIN.test(text) && signOf(text) === undefined ? text : JSON.stringify(text);
}
