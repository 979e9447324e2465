/**
 * What the editor needs from the layers that it may not import (transport, recording, simulator). The
 * composition root implements it, loading what is heavy on first use.
 */
import type { CancellationSignal } from '../core/base/cancellation';
import type { Disposable } from '../core/base/disposable';
import type { Dialect } from '../core/protocol/decoder';
import type { Workbin } from '../core/protocol/workbin';
import type { LiveSession } from './liveSession';
import type { Trace } from './trace';

/** Where to connect, and as whom. */
export interface ConnectionProfile {
  readonly dialect: Dialect;
  /** `ws:`, `wss:`, `http:` or `https:` address. */
  readonly server: string;
  /** Employee id. */
  readonly agent: string;
  readonly place: string;
  /** Tenant's number; 1 is that of a single-tenant installation. */
  readonly tenant: number;
  /** Name under which the client registers. */
  readonly clientName: string;
  /** Workspace API v3: `form`, the default, signs in as a browser does; `token` by OAuth's password grant. */
  readonly signIn?: 'form' | 'token';
  /** False takes any TLS certificate; true is the default. */
  readonly rejectUnauthorized?: boolean;
}

/** An embedded server that runs in this extension. */
export interface RunningSimulator extends Disposable {
  /** Platform SDK JSON over WebSocket. */
  readonly address: string;
  /** Employee ids to log in with, their places and tenants. */
  readonly agents: readonly {
    readonly agent: string;
    readonly place: string;
    readonly tenant: number;
  }[];
  /** Lets another agent place an interaction; says in words what happened. */
  placeAsOtherAgent(workbin?: Workbin): string;
  pullAsOtherAgent(workbin?: Workbin): string;
  stop(): Promise<void>;
}

export interface RecordingFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
}

export interface Platform {
  /**
   * Starts recording and connects. Resolves when connected or failed (see the client's state): a failed
   * session has a recording of what happened too. Rejects when no recording can be written.
   */
  connect(profile: ConnectionProfile, signal: CancellationSignal): Promise<LiveSession>;
  /** Opens a recording; the trace is returned at once and indexes in the background of `read`. */
  openTrace(path: string): Trace;
  startSimulator(): Promise<RunningSimulator>;
  /** Recordings of earlier sessions, newest first. */
  recordings(): Promise<readonly RecordingFile[]>;
  deleteRecording(path: string): Promise<void>;
  /** Folder in which recordings are kept. */
  readonly recordingsFolder: string;
}
