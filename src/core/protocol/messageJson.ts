import { stringify } from 'lossless-json';
import type { Message } from './message';

/** A message as JSON text, laid out, with its name first; numbers as the wire wrote them. */
export function messageJson({ name, attributes }: Message): string {
  return stringify({ messageName: name, ...attributes }, undefined, 2) ?? '{}';
}
