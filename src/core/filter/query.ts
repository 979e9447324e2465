/** What a view of a trace is limited to, and in which order it stands: plain data that crosses to the webview. */

/** What a match brings along: the message alone, or the whole phase that contains it. */
export type FilterScope = 'messages' | 'phases';

/** `time`: in the order of the recording. `phase`: phase after phase, in the order of their requests. */
export type LadderOrder = 'time' | 'phase';

/** Milliseconds since the recording started: `from` is inside, `to` is not. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export interface LadderQuery {
  /** One line of the filter language; empty: everything. */
  readonly filter: string;
  readonly scope: FilterScope;
  readonly order: LadderOrder;
  readonly range?: TimeRange;
  /** Positions of lifelines, ascending: messages that begin or end there are left out. Absent: none. */
  readonly hidden?: readonly number[];
}

export const EVERYTHING: LadderQuery = { filter: '', scope: 'messages', order: 'time' };

/** Why a line is no filter, and where: shown at the caret. */
export interface FilterProblem {
  /** A sentence that says what to do. */
  readonly text: string;
  /** UTF-16 units of the line: where the trouble begins, and how much is concerned (0: the place alone). */
  readonly at: number;
  readonly length: number;
}

/** One way to go on with a filter. */
export interface Completion {
  /** What stands in the line afterwards, in place of `from` to `to` of {@link Completions}. */
  readonly text: string;
  /** What it is, for people: a field's meaning, how often a value was seen. */
  readonly detail: string;
  readonly kind: 'field' | 'value' | 'operator';
}

export interface Completions {
  /** UTF-16 units of the line that a completion replaces. */
  readonly from: number;
  readonly to: number;
  /** Best first, at most 50. */
  readonly items: readonly Completion[];
}
