import type { Result } from '../base/result';
import type { FieldValue, FilterIndex, RowTest } from './filter';
import type { FilterProblem } from './query';

/** One word of the filter language that stands before a colon. */
export interface Field {
  /** In small letters. */
  readonly name: string;
  /** What it is, for people who choose among fields. */
  readonly meaning: string;
  /** True where `<`, `>` and ranges make sense. */
  readonly ordered: boolean;
  /** True where the answer for a row may change without new rows of its own. */
  readonly dependsOnPhases: boolean;
  /** Values to begin with, best first, whatever the trace holds. */
  readonly known: readonly KnownValue[];
  /** The value that a row has, in words that `read` takes; empty where it has none. Absent where values do not repeat. */
  readonly valueIn?: (index: FilterIndex, row: number) => string;
  /** Understands a value. */
  read(value: FieldValue): Result<(index: FilterIndex) => RowTest, FilterProblem>;
}

/** A value that is no secret of the trace. `text` is a value, not yet quoted. */
export interface KnownValue {
  readonly text: string;
  readonly detail: string;
  /** A sign that stands before it. */
  readonly comparison?: '>' | '<';
}
