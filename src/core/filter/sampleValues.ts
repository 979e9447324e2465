/** Which values of a field a trace holds, the most common first: for completion, at a bounded cost. */
import type { Texts } from '../base/textTable';
import type { Field } from './field';
import type { FilterIndex } from './filter';

/** Rows that are looked at, spread over the trace. */
const SAMPLE = 2048;
/** Tables with no more texts are listed whole, so that also what is rare is offered. */
const SMALL_TABLE = 2000;

export interface SeenValue {
  readonly text: string;
  /** Messages with it: counted where all were looked at, else reckoned from the sample; 0: few. */
  readonly messages: number;
}

export interface SeenValues {
  readonly values: readonly SeenValue[];
  /** False where only a sample of the messages was looked at. */
  readonly isExact: boolean;
}

export function sampleValues(field: Field, index: FilterIndex): SeenValues {
  const { valueIn } = field;
  const { count } = index.messages;
  if (valueIn === undefined) {
    return { values: [], isExact: true };
  }
  const step = Math.max(1, count / SAMPLE);
  const counts = new Map<string, number>();
  for (let at = 0; Math.floor(at) < count; at += step) {
    const value = valueIn(index, Math.floor(at));
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  for (const value of rareValues(field, index)) {
    counts.set(value, counts.get(value) ?? 0);
  }
  counts.delete('');
  // What a sample met once may be there once, or a thousand times.
  const isTelling = (seen: number): boolean => step === 1 || seen > 1;
  const values = [...counts]
    .map(([text, seen]) => ({ text, messages: isTelling(seen) ? Math.round(seen * step) : 0 }))
    .sort((one, other) => other.messages - one.messages);
  return { values, isExact: step === 1 };
}

function rareValues({ name }: Field, { messages }: FilterIndex): readonly string[] {
  switch (name) {
    case 'name':
      return textsOf(messages.names);
    case 'workbin':
      return textsOf(messages.workbins);
    default:
      return [];
  }
}

function textsOf(table: Texts): readonly string[] {
  return table.size > SMALL_TABLE
    ? []
    : Array.from({ length: table.size }, (_, id) => table.text(id));
}
