/**
 * The contract between the extension host (which holds the trace) and the trace view (which holds what is
 * on screen). The view calls {@link TraceViewMethods}; the host sends {@link TraceViewNotifications}, at most
 * ten a second. All values survive structured cloning and are untrusted text, never HTML.
 */
import type { DetailsMethods } from './detailsMethods';
import type { AttributeNode } from '../core/protocol/describe';
import type { DescribedFrame } from '../core/protocol/describeFrame';
import type { Completions, FilterProblem, LadderQuery } from '../core/filter/query';
import type { LadderRow, Lifeline } from '../core/ladder/rows';
import type { TimeStrip } from '../core/ladder/timeStrip';
import type { Statistics, StatisticsBy } from '../core/statistics/statistics';
import type { AnnotationChange, RowCommand, RowsRequest } from './rowActions';

/** What the view shows around the ladder. */
export interface TraceOverview {
  /** File name, for people. */
  readonly title: string;
  /** ISO 8601 wall clock of time 0. */
  readonly startedAt: string;
  readonly lifelines: readonly Lifeline[];
  /** Number of ladder rows, messages, phases at present. */
  readonly rows: number;
  readonly messages: number;
  readonly phases: { readonly [outcome: string]: number };
  /** How many of `rows` stand in open folds: they come and go by {@link TraceViewMethods.toggleFold}. */
  readonly inFolds: number;
  readonly recording: 'live' | 'paused' | 'ended' | 'file';
  /** Where applications find the tap whose traffic this is, while it listens. */
  readonly tapAddress?: string;
  /** The live connection can send requests of this trace again. */
  readonly canSendAgain?: true;
  /** 0..1 while the file is being indexed; absent when done. */
  readonly indexing?: number;
  /** What is wrong with the file, in sentences; empty when whole. */
  readonly problems: readonly string[];
  /** What the view is limited to, and how many messages that lets through. */
  readonly filter: FilterState;
  /** Present while something is looked for, and afterwards until {@link TraceViewMethods.stopFind}. */
  readonly find?: FindState;
  /** Raised when rows that were handed out have changed (an outcome, a late answer) or moved (a fold). */
  readonly generation: number;
}

export interface FilterState {
  readonly query: LadderQuery;
  /** Messages that the view shows at present, headings not counted. */
  readonly matches: number;
  /** 0..1 while the filter is still being evaluated (free text reads the bodies); absent when done. */
  readonly evaluating?: number;
}

/** The answer to {@link TraceViewMethods.setQuery}. */
export type QueryAnswer =
  | {
      readonly ok: true;
      /** Row of the kept message, or of the nearest that is shown. */ readonly row?: number;
    }
  /** The line is no filter: the view stays as it was. */
  | { readonly ok: false; readonly problem: FilterProblem };

export interface FindState {
  readonly text: string;
  /** Messages found so far. */
  readonly hits: number;
  /** 0..1 while bodies are still being read; absent when done. */
  readonly searching?: number;
}

/** One hit among all of them. */
export interface FoundMessage {
  readonly message: number;
  /** Row that shows it. A hit that the filter hides has none. */
  readonly row?: number;
  /** Position among the hits found so far, from 0. */
  readonly position: number;
}

/** Filters that were used and kept; the same in every trace view. */
export interface FilterMemory {
  /** Latest first. */
  readonly history: readonly string[];
  readonly saved: readonly { readonly name: string; readonly filter: string }[];
}

/** What a step of playback leads to. */
export type PlayGoal = 'message' | 'phase' | 'failure';

/** A message that playback stands at. */
export interface PlayStop {
  readonly message: number;
  /** Row that shows it, or the closed line that stands for it. */
  readonly row: number;
  /** Milliseconds since the start. */
  readonly time: number;
  /** When the next message that the view shows comes; absent at the last one. */
  readonly nextTime?: number;
}

export interface RowsPage {
  readonly first: number;
  readonly rows: readonly LadderRow[];
  readonly generation: number;
}

/** All that is known of one message, fetched when it is selected. */
export interface MessageDetails {
  readonly message: number;
  readonly name: string;
  /** Platform SDK's message id, where the catalogue knows the name. */
  readonly id?: number;
  readonly title: string;
  /** Name and value pairs that place it: sequence, time, direction, connection, length of its line. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** The attributes as a tree. */
  readonly attributes: readonly AttributeNode[];
  /** What is wrong with it, in sentences. */
  readonly problems: readonly string[];
  /** True when long values or lists were cut; the whole body opens in an editor. */
  readonly truncated: boolean;
  readonly frame: DescribedFrame;
  readonly inFrame: FrameMessages;
  /** Number of the phase that it belongs to. */
  readonly phase?: number;
  /** A message of the other half of the HTTP exchange (request or response), where it was found. */
  readonly otherHalf?: number;
}

/** The messages of one frame, or those around the selected one where there are many. */
export interface FrameMessages {
  readonly count: number;
  /** Position of the first listed one within the frame, from 0. */
  readonly first: number;
  /** `name` is empty where no message could be read. */
  readonly listed: readonly { readonly message: number; readonly name: string }[];
}

/**
 * What a page may bring with it, so that its first rows need no question. The same page may be loaded again later: a
 * view that has been open before asks instead.
 */
export interface PageOpening {
  readonly overview: TraceOverview;
  readonly page: RowsPage;
}

/** What the view may ask of the host. Every method answers or rejects; nothing hangs. */
export interface TraceViewMethods extends DetailsMethods {
  /** First call after loading: the view is ready for notifications from here on. */
  open(): Promise<TraceOverview>;
  getRows(first: number, count: number): Promise<RowsPage>;
  getMessage(message: number): Promise<MessageDetails>;
  /** Ladder row that shows a message, to scroll to it; opens the fold that holds it. */
  rowOfMessage(message: number): Promise<number>;
  /** Opens or closes the fold at a row, for this view alone; `changed` comes before the answer. */
  toggleFold(row: number): Promise<void>;
  /** The nearest row after (`step` 1) or before another where a phase begins, if there is one. */
  findHeading(row: number, step: 1 | -1): Promise<number | undefined>;
  /** Row of the view that stands at a time (ms since the start), or the nearest after it. */
  rowAtTime(time: number): Promise<number>;
  /** The last message that the view shows at a time (ms since the start) or before it, or the first; undefined without. */
  playAt(time: number): Promise<PlayStop | undefined>;
  /**
   * Where playback goes from a message in one step, forward (1) or back (-1), in the order of the recording; from
   * none, the first or last. Undefined where nothing of the kind is left. The newest call wins: older ones reject.
   */
  playStep(
    message: number | undefined,
    goal: PlayGoal,
    step: 1 | -1,
  ): Promise<PlayStop | undefined>;
  /**
   * Limits and orders the view; `changed` comes before the answer. `keep` is the message to find again. A query
   * that comes while another is evaluated replaces it.
   */
  setQuery(query: LadderQuery, keep: number | undefined): Promise<QueryAnswer>;
  /** Ways to go on with a filter at the caret (UTF-16 units). */
  completeFilter(text: string, caret: number): Promise<Completions>;
  getFilterMemory(): Promise<FilterMemory>;
  /** Keeps a filter that somebody settled on among the recent ones; none where it has a mistake. */
  rememberFilter(filter: string): Promise<void>;
  /** Keeps a filter under a name; an empty filter forgets the name. */
  saveFilter(name: string, filter: string): Promise<FilterMemory>;
  /** The session in so many equal parts (1 to 2000). */
  getTimeStrip(parts: number): Promise<TimeStrip>;
  /** Of the phases that the view shows. */
  getStatistics(by: StatisticsBy): Promise<Statistics>;
  /** Looks for text in all names and bodies, letters of either case alike; hits come by `changed` as they are found. */
  find(text: string): Promise<void>;
  /** The next (1) or previous (-1) hit from a message on, going round at the end; undefined without hits. */
  findNext(message: number | undefined, step: 1 | -1): Promise<FoundMessage | undefined>;
  stopFind(): Promise<void>;
  /** Stops reading the file: what was read so far stays, and the overview says that it is not all. */
  cancelIndexing(): Promise<void>;
  /**
   * Moves the cursor: the Workbins tree shows the state after this message; undefined: at the end. `chosen`: somebody
   * has selected it, so that the tree may select what it names; what playback or new messages come to is not chosen.
   */
  setCursor(message: number | undefined, chosen: boolean): Promise<void>;
  /** Opens the frame of a message beside the trace, as a read-only document: JSON, or text where it is none. */
  openBody(message: number): Promise<void>;
  copyMessage(message: number): Promise<void>;
  /**
   * Changes bookmarks and notes; `changed` follows. Answers with the message that was changed, undefined where
   * there was nothing to take back.
   */
  annotate(change: AnnotationChange): Promise<number | undefined>;
  /** The next (1) or previous (-1) bookmark from a message on, going round; undefined without bookmarks. */
  nextBookmark(message: number | undefined, step: 1 | -1): Promise<FoundMessage | undefined>;
  /** Does something with rows; answers with words to read out. */
  actOnRows(request: RowsRequest): Promise<string>;
  /** Runs one of the commands that the view offers in its states. */
  run(command: 'pause' | 'resume' | 'stop' | 'showLog'): Promise<void>;
}

/** What the editor's commands may have the view do. */
export type ViewAction =
  'togglePlay' | 'nextFailure' | 'previousFailure' | 'nextPhase' | 'previousPhase' | 'showKeys';

/** What the host may tell the view. */
export interface TraceViewNotifications {
  /** Rows were added, or some that were handed out have changed. */
  changed: TraceOverview;
  /** Select a message and scroll to it. */
  reveal: { readonly message: number };
  /** A command of the editor: to be done with what is selected. */
  perform: { readonly command: RowCommand };
  /** Do what a command of the editor asks for. */
  act: { readonly action: ViewAction };
  /** The trace cannot be shown any more, and why. */
  closed: { readonly reason: string };
}

export type TraceViewMethod = keyof TraceViewMethods;

/**
 * What the times of the ladder tell. `elapsed`: since the start; `clock`: the time of day; `request`: since the
 * request, and on a request since the message before it.
 */
export type TimesShown = 'elapsed' | 'clock' | 'request';

/** What the details show of a message. */
export type DetailsTab = 'attributes' | 'frame' | 'phase';

/** How they show the body of its frame. */
export type FrameForm = 'text' | 'hex';

/** A row at its place, counted from 0, and what it is: another may stand there later. */
export interface KeptRow {
  readonly index: number;
  readonly identity: string;
}

/** State that the view keeps through hiding and reloading. */
export interface TraceViewState {
  readonly firstRow: number;
  /** The selected message. */
  readonly selected?: number;
  /** The selected row, where it is not one of a message. */
  readonly selectedRow?: KeptRow;
  readonly follow: boolean;
  /** Pixels of the details beside the ladder, and below it where the view is narrow. */
  readonly detailsWidth?: number;
  readonly detailsHeight?: number;
  readonly times?: TimesShown;
  readonly query?: LadderQuery;
  /** What the details show of a message, and how its frame. */
  readonly detailsTab?: DetailsTab;
  readonly frameForm?: FrameForm;
  /** Recorded seconds that playback lets pass in one. */
  readonly playSpeed?: number;
  readonly skipPauses?: boolean;
  /** Positions of lifelines from left to right, where the reader has moved some. */
  readonly lifelineOrder?: readonly number[];
}

/** Host to view. */
export type HostEnvelope =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string }
  | {
      [K in keyof TraceViewNotifications]: {
        readonly notify: K;
        readonly value: TraceViewNotifications[K];
      };
    }[keyof TraceViewNotifications];
