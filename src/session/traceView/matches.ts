/** What a query lets through, message by message: the filter language at work on a trace. */
import type { Work } from '../../core/base/work';
import type { MessageList } from '../../core/ladder/layout';
import type { BodySearch } from './bodySearch';

/** A query whose filter was understood. */
export interface OpenedQuery {
  /** Searches the texts that the filter wants in bodies; absent where it wants none. */
  readonly bodies?: BodySearch;
  /** True when what was decided may be wrong after an outcome has changed. */
  readonly dependsOnPhases: boolean;
  /** Begins to decide, from the first message on. */
  start(): Matches;
}

/** Decides on messages in their order. */
export interface Matches {
  /** Those that are let through so far. */
  readonly rows: MessageList;
  /** Messages before this one have been decided. */
  readonly seen: number;
  /** True when a later message has changed what was decided: only a new start is right. */
  readonly mustRestart: boolean;
  /** Decides on the messages before `end`. */
  decide(end: number): Work<void>;
}
