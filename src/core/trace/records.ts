/**
 * The records of a recording (`.wbtrace`, JSON Lines): one line is one record, in the order of arrival.
 * `format.md` beside this file is the page for people, `wbtrace.schema.json` the schema.
 *
 * The keys of a frame record stand in a fixed order, those that every view needs first, so that opening a
 * recording reads only the beginning of each line.
 */
import type { Dialect } from '../protocol/decoder';
import type { Direction, Frame } from '../protocol/frame';
import type { MessageHint } from '../protocol/message';

/** Version of the format; a higher one is refused, a lower one is lifted step by step. */
export const FORMAT_VERSION = 1;

/** Always the first line. */
export interface HeaderRecord {
  readonly kind: 'header';
  readonly format: 'wbtrace';
  readonly version: number;
  /** Wall clock of time 0, ISO 8601. */
  readonly startedAt: string;
  /** Who wrote it, such as `workbin-inspector 0.1.0`. */
  readonly writer: string;
  /** {@link DECODER_VERSION} of the decoders that made the hints in `m`. */
  readonly decoder: number;
}

interface Stamped {
  /** Position in the recording, from 1, without holes. Order is this number, never the time. */
  readonly seq: number;
  /** Milliseconds since `startedAt`, from a clock that never goes back; stamped on arrival. */
  readonly time: number;
}

/** A connection was opened (or was found open). */
export interface OpenRecord extends Stamped {
  readonly kind: 'open';
  /** Number of the connection within the recording, from 1. */
  readonly connection: number;
  readonly dialect: Dialect;
  /** Address of the server, secrets replaced. */
  readonly server: string;
  /** Who speaks to the server, such as `Workbin Inspector` or the application behind a tap. */
  readonly application: string;
}

/** A connection ended. */
export interface CloseRecord extends Stamped {
  readonly kind: 'close';
  readonly connection: number;
  /** Who ended it, as far as this side knows. */
  readonly by: 'application' | 'server' | 'network' | 'inspector';
  /** Why, in words; empty when nothing was said. */
  readonly reason: string;
}

/** One frame, kept as it was. */
export interface FrameRecord extends Stamped {
  readonly kind: 'frame';
  readonly connection: number;
  readonly hints: readonly MessageHint[];
  readonly frame: Frame;
  /** How many spans of secrets were replaced in this frame. */
  readonly redacted: number;
}

/** Something was missed. */
export interface GapRecord extends Stamped {
  readonly kind: 'gap';
  /** The connection that it concerns; absent: all. */
  readonly connection?: number;
  readonly reason: string;
  /** How many frames, where it is known. */
  readonly missed?: number;
}

/** The recording was ended in order. A file without it is whole as well. */
export interface EndRecord extends Stamped {
  readonly kind: 'end';
  readonly frames: number;
  readonly messages: number;
  /** Name of the recording in which the session goes on, where it does. */
  readonly continuedIn?: string;
}

export type TraceRecord = OpenRecord | CloseRecord | FrameRecord | GapRecord | EndRecord;

/** What the head of a frame's line tells: all that an index needs. */
export interface FrameHead extends Stamped {
  readonly kind: 'frame';
  readonly connection: number;
  readonly direction: Direction;
  readonly hints: readonly MessageHint[];
  /** The line has no hints at all; they have to be made from its body. */
  readonly withoutHints?: true;
}

/** What is no frame. */
export type OtherRecord = OpenRecord | CloseRecord | GapRecord | EndRecord;

/** A record as the index takes it. */
export type RecordHead = OtherRecord | FrameHead;
