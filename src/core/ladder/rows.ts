/**
 * The ladder as data: rows in the order of the recording, or phase after phase, each one row unit high. A heading
 * stands where a phase begins, and again (`continued`) where another phase stood in between. In the order of the
 * recording rows are only added at the end; what changes later is the outcome of a phase, and the number of
 * messages in the last fold. Opening a fold or closing a phase is one view's affair and moves that view's rows only.
 */
import type { MessageRole, Outcome } from '../phases/model';
import type { Direction } from '../protocol/frame';
import type { Reference } from '../protocol/message';

/** The chart colours of the editor's themes, as settings name them. */
export const CHART_COLOURS = ['red', 'blue', 'yellow', 'green', 'purple', 'orange'] as const;

/** A column of the ladder. */
export interface Lifeline {
  readonly kind: 'application' | 'server';
  readonly title: string;
}

/** Begins or continues a phase. */
export interface HeadingRow {
  readonly kind: 'heading';
  /** Number of the phase in the trace, from 0. */
  readonly phase: number;
  readonly title: string;
  /** No documented model begins with its request; `title` is then the request's name. */
  readonly undocumented?: true;
  /** Of its request: tells phases of one title apart. */
  readonly reference?: Reference;
  readonly workbin?: string;
  readonly outcome: Outcome;
  /** Error that failed it: Genesys' constant name and number, or an HTTP status. */
  readonly error?: string;
  /** Answered after the time limit. */
  readonly late: boolean;
  /** True while notifications may still come. */
  readonly live: boolean;
  /** Milliseconds from the request to its answer, or to what ended it. */
  readonly durationMs?: number;
  /** How many notifications came so far. */
  readonly notifications: number;
  readonly continued: boolean;
  /** False where the rows below it are folded away; absent while they are shown. */
  readonly open?: false;
}

/** One message as an arrow. */
export interface MessageRow {
  readonly kind: 'message';
  /** Number of the message row in the index, from 0: the key of `getMessage`. */
  readonly message: number;
  /** Sequence number of its frame. */
  readonly seq: number;
  /** Milliseconds since the recording started. */
  readonly time: number;
  readonly connection: number;
  readonly direction: Direction;
  /** Positions in the list of lifelines. */
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly role: MessageRole;
  readonly reference?: Reference;
  readonly workbin?: string;
  readonly interactionId?: string;
  /** Genesys' constant name and number, or an HTTP status. */
  readonly error?: string;
  /** Milliseconds since the request of its phase; absent on the request, and outside of any phase. */
  readonly sinceRequestMs?: number;
  /** Milliseconds since the message before it in the recording, where `sinceRequestMs` is absent; not on the first. */
  readonly sincePreviousMs?: number;
  readonly phase?: number;
  /** How its phase stands, so that a row needs no heading to be drawn; present where `phase` is. */
  readonly outcome?: Outcome;
  /** Place in the open fold whose row stands above, from 0; absent outside of folds. */
  readonly inFold?: number;
  /** Something is wrong with the frame or the message; the details say what. */
  readonly problem?: string;
  /** Found by the search that is on. */
  readonly found?: boolean;
  /** Its colour by the first colour rule that it fits: a place among {@link CHART_COLOURS}. */
  readonly colour?: number;
  readonly bookmarked?: true;
  /** What a person has written about it. */
  readonly note?: string;
}

/** A line across the ladder: a connection opened or closed, a gap, or messages that belong to no phase. */
export interface MarkRow {
  readonly kind: 'mark';
  readonly mark: 'open' | 'close' | 'gap' | 'end' | 'outside';
  readonly time: number;
  readonly text: string;
  readonly connection?: number;
}

/** Messages that only keep a transport going, folded to one quiet line that opens. */
export interface FoldRow {
  readonly kind: 'fold';
  readonly time: number;
  /** Names with their numbers, such as `3 × /meta/connect`. */
  readonly text: string;
  readonly count: number;
  readonly open: boolean;
}

export type LadderRow = HeadingRow | MessageRow | MarkRow | FoldRow;

/** Rows of the view, from the first to the last, both counted. */
export interface RowSpan {
  readonly first: number;
  readonly last: number;
}
