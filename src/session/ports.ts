/** What the use cases need from the outside; each is implemented in a layer that may touch it. */
import type { CancellationSignal } from '../core/base/cancellation';
import type { Disposable } from '../core/base/disposable';
import type { Event } from '../core/base/event';
import type { Snapshot } from '../core/base/snapshot';
import type { BodyJson } from '../core/protocol/bodyJson';
import type { Dialect } from '../core/protocol/decoder';
import type { Frame } from '../core/protocol/frame';
import type { MessageHint } from '../core/protocol/message';
import type { MessageColumns } from '../core/trace/messageColumns';
import type { CloseRecord, FrameRecord, GapRecord, OtherRecord } from '../core/trace/records';

/** Time, injected so that tests own it. */
export interface Clock {
  /** Milliseconds since 1970, with fractions, from a clock that never goes back. */
  now(): number;
  /** Calls back once after `ms`; disposing forgets it. */
  after(ms: number, callback: () => void): Disposable;
}

/** Writes to the log. Bodies go to `trace` only, and redacted. */
export interface Logger {
  trace(text: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

/** A frame, stamped once by the transport at the moment it came or went. */
export interface StampedFrame {
  /** {@link Clock.now} on arrival. */
  readonly at: number;
  readonly frame: Frame;
}

/** Why a transport ended. */
export interface TransportEnd {
  readonly at: number;
  readonly by: CloseRecord['by'];
  readonly reason: string;
}

/** One message-oriented connection to a server. Created closed; ended for good after `onDidEnd`. */
export interface Transport extends Disposable {
  /** Every frame in both directions, as it was, in order. Sent frames are told when handed to the socket. */
  readonly onDidPass: Event<StampedFrame>;
  readonly onDidEnd: Event<TransportEnd>;
  /** Resolves when open. Rejects with an `ExpectedError` that says what to do; `signal` gives up. */
  open(signal: CancellationSignal): Promise<void>;
  /** Sends a text frame; throws an `ExpectedError` when the connection is not open. */
  send(text: string): void;
  /** Ends in order; resolves when ended. */
  close(): Promise<void>;
}

/** What a source of traffic (client, tap, import) tells the recorder. */
export interface TrafficSink {
  /** Announces a connection; frames name it by the returned number. */
  open(at: number, connection: OpenedConnection): number;
  frame(at: number, connection: number, frame: Frame): void;
  close(at: number, connection: number, by: CloseRecord['by'], reason: string): void;
  gap(at: number, gap: Pick<GapRecord, 'reason' | 'connection' | 'missed'>): void;
}

export interface OpenedConnection {
  readonly dialect: Dialect;
  readonly server: string;
  readonly application: string;
}

/**
 * What a line is worth to a recording whose disk is far behind: a `frame` is refused and counted as dropped, a `note`
 * is refused because it can be said later as well, a `control` record (a connection opened or closed, something was
 * missed) is taken while there are not too many, and the `last` records of all always are.
 */
export type LineWorth = 'frame' | 'note' | 'control' | 'last';

/**
 * Appends lines to a recording, in order, each handed to the operating system within 50 ms.
 * A write that fails is told through `onDidFail`, once; nothing is taken afterwards.
 */
export interface RecordingWriter extends Disposable {
  readonly path: string;
  readonly onDidFail: Event<Error>;
  /** Fires when appended lines have reached the file. */
  readonly onDidWrite: Event<void>;
  /**
   * False when the line was not taken: writing has failed or ended, or the disk is too far behind for what the
   * line is worth, a `frame` unless told. `line` is text, or UTF-8 that the caller may alter afterwards.
   */
  append(line: string | Uint8Array, worth?: LineWorth): boolean;
  /** Writes what is pending and closes the file. */
  end(): Promise<void>;
}

/** Where a record's line stands in its file, in bytes. */
export interface LinePosition {
  readonly offset: number;
  readonly length: number;
}

/** Something wrong with a line; reading goes on behind it. */
export interface ReadProblem extends LinePosition {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** Reads a recording that may still grow. */
export interface TraceReader extends Disposable {
  /** Address of the file, for people. */
  readonly path: string;
  /** Fires when the file may have grown. */
  readonly onDidGrow: Event<void>;
  /**
   * Reads heads from where the last call stopped to the present end of the file, in order, in slices of
   * at most 8 ms between which other work runs. Rejects with an `ExpectedError` when the file cannot be
   * read or is no recording of a version that we know.
   */
  read(sink: ReadSink, signal: CancellationSignal): Promise<void>;
  /** One whole line as text. */
  line(position: LinePosition): Promise<string>;
  /**
   * Searches the lines that begin between two offsets (bytes; `to` is not inside) for texts, letters of either
   * case alike: all of a frame, as it stands and as its strings read, of what the recorder wrote ahead of it only names.
   * `onLines` is told, block by block and for each needle, the offsets of lines that contain it, ascending, and 0..1 of the way. Works in slices.
   * Rejects with an `ExpectedError` for a needle that is empty or longer than 1,000 characters, or when the
   * file cannot be read.
   */
  search(
    needles: readonly string[],
    range: { readonly from: number; readonly to: number },
    onLines: (offsets: Float64Array, needle: number, done: number) => void,
    signal: CancellationSignal,
  ): Promise<void>;
  /**
   * Keeps what was made of the file so far, for the next time that it is opened. `isStill` says whether the
   * snapshot's columns are still as they were: else nothing is kept. Absent where nothing can be kept.
   */
  readonly saveIndex?: ((snapshot: Snapshot, isStill: () => boolean) => Promise<void>) | undefined;
}

export interface ReadSink {
  /** Where the messages of frames go, a row each. */
  readonly columns: MessageColumns;
  /**
   * Makes the hints of a frame anew, because its line has none or an older decoder made them. Called in the
   * order of the recording, before `frames` is told of it. `json` is of its body, where that was parsed.
   */
  hintsOf(record: FrameRecord, json?: BodyJson): readonly MessageHint[];
  /**
   * True where {@link hintsOf} gives for the frames of a connection what `platformSdkHints` does, whoever asks and
   * in whatever order.
   */
  isPlain?(connection: number): boolean;
  /** What was kept of an earlier reading of the same file: true when it is taken up, and reading goes on behind it. */
  restore?(snapshot: Snapshot): boolean;
  header(header: { readonly startedAt: string; readonly writer: string }): void;
  /** So many frames were read, one or more: their rows are those from `first` on. */
  frames(first: number, count: number): void;
  record(record: OtherRecord, position: LinePosition): void;
  problem(problem: ReadProblem): void;
  /** After each slice: 0..1 of the file's present size. */
  progress(done: number): void;
}
