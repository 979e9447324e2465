/** A filter that was understood: what it asks of a message, not yet tied to a trace. */
import type { Tracer } from '../phases/tracer';
import type { MessageColumns } from '../trace/messageColumns';
import type { FilterProblem } from './query';

/** What filters are evaluated over. */
export interface FilterIndex {
  readonly messages: MessageColumns;
  readonly tracer: Tracer;
  /** ISO 8601 wall clock of time 0; without it no message stands at a time of day. */
  readonly startedAt?: string;
  /** Which messages a person has marked; without it none is. */
  readonly isBookmarked?: RowTest;
}

/** True for the messages that are asked for. A row may be asked for again, and answer differently as the trace grows. */
export interface RowTest {
  (row: number): boolean;
  /** The same of many rows, where there is a quicker way than one by one. */
  readonly keep?: KeepRows;
}

/** Moves those of the first `count` rows that pass to the front, in their order; returns how many they are. */
export type KeepRows = (rows: Uint32Array, count: number) => number;

export type Expression =
  | { readonly kind: 'everything' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression }
  | { readonly kind: 'field'; readonly test: (index: FilterIndex) => RowTest }
  /** Text that is looked for in names, ids, workbins and bodies; in small letters. */
  | { readonly kind: 'text'; readonly text: string };

export interface Filter {
  readonly expression: Expression;
  /** Texts that are looked for in bodies, each once; in small letters. */
  readonly freeTexts: readonly string[];
  /** Where the first of them stands in the line. */
  readonly freeTextAt?: { readonly at: number; readonly length: number };
  /** True when the answer for a row may change without new rows of its own: outcomes, late answers, phases. */
  readonly dependsOnPhases: boolean;
}

/** A value in the line, as a field reads it. */
export interface FieldValue {
  /** Without its quotes and escapes. A range has its brackets. */
  readonly text: string;
  readonly form: 'bare' | 'quoted' | 'range';
  readonly comparison: '' | '=' | '>' | '>=' | '<' | '<=';
  /** Where it stands in the line, for problems. */
  readonly at: number;
  readonly length: number;
}

export interface FilterFailure {
  readonly ok: false;
  readonly error: FilterProblem;
}

export function problem(
  { at, length }: { readonly at: number; readonly length: number },
  text: string,
): FilterFailure {
  return { ok: false, error: { text, at, length } };
}
