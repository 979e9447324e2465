/**
 * The contract between the extension host (which holds the trace) and the trace view (which holds what is
 * on screen). The view calls {@link TraceViewMethods}; the host sends {@link TraceViewNotifications}, at most
 * ten a second. All values survive structured cloning and are untrusted text, never HTML.
 */
import type { AttributeNode } from '../core/protocol/describe';
import type { DescribedFrame } from '../core/protocol/describeFrame';
import type { JsonValue } from '../core/protocol/json';
import type { LadderRow, Lifeline } from '../core/ladder/rows';

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
  /** 0..1 while the file is being indexed; absent when done. */
  readonly indexing?: number;
  /** What is wrong with the file, in sentences; empty when whole. */
  readonly problems: readonly string[];
  /** Raised when rows that were handed out have changed (an outcome, a late answer) or moved (a fold). */
  readonly generation: number;
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

/** What the view may ask of the host. Every method answers or rejects; nothing hangs. */
export interface TraceViewMethods {
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
  /** Moves the cursor: the Workbins tree shows the state after this message; undefined: at the end. */
  setCursor(message: number | undefined): Promise<void>;
  /** Opens the frame of a message as a read-only JSON document beside the trace. */
  openBody(message: number): Promise<void>;
  copyMessage(message: number): Promise<void>;
  /** Runs one of the commands that the view offers in its states. */
  run(command: 'pause' | 'resume' | 'stop' | 'showLog'): Promise<void>;
}

/** What the host may tell the view. */
export interface TraceViewNotifications {
  /** Rows were added, or some that were handed out have changed. */
  changed: TraceOverview;
  /** Select a message and scroll to it. */
  reveal: { readonly message: number };
  /** The trace cannot be shown any more, and why. */
  closed: { readonly reason: string };
}

export type TraceViewMethod = keyof TraceViewMethods;

/** State that the view keeps through hiding and reloading. */
export interface TraceViewState {
  readonly firstRow: number;
  readonly selected?: number;
  readonly follow: boolean;
  /** Pixels of the details beside the ladder, and below it where the view is narrow. */
  readonly detailsWidth?: number;
  readonly detailsHeight?: number;
  /** True when times are those of the wall clock. */
  readonly clock?: boolean;
}

/** View to host. */
export interface CallEnvelope {
  readonly id: number;
  readonly method: TraceViewMethod;
  readonly args: readonly JsonValue[];
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
