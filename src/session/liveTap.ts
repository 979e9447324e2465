import type { Event } from '../core/base/event';

/** What a tap has done so far. */
export interface TapCounts {
  /** Connections that stand in the recording. */
  readonly connections: number;
  /** Connections that applications have made to the tap, and how many of them are open. */
  readonly sockets: number;
  readonly openSockets: number;
  /** Frames that the recorder was told of, and frames that it will never be told of. */
  readonly frames: number;
  readonly missed: number;
  /** Bytes that came from applications and server together. */
  readonly bytes: number;
  /** Requests that were refused for their `Host` or `Origin`. */
  readonly refused: number;
  /** Calls of the recorder that failed. */
  readonly recorderFailures: number;
  /** Bodies, messages and connections that could not be read; they were passed on all the same. */
  readonly decodeFailures: number;
}

/** The tap of a session, as those see it who show it. */
export interface LiveTap {
  /** Address of the server behind it. */
  readonly server: string;
  /** What an application is to use as the server's address. */
  readonly address: string;
  readonly port: number;
  /** Still there, and final, after the end. */
  readonly summary: TapCounts;
  /** {@link summary} has changed; at most ten times a second. */
  readonly onDidChange: Event<void>;
}
