/**
 * What the editor needs from the layers that it may not import (transport, recording, simulator). The
 * composition root implements it, loading what is heavy on first use.
 */
import type { CancellationSignal } from '../core/base/cancellation';
import type { Disposable } from '../core/base/disposable';
import type { Dialect } from '../core/protocol/decoder';
import type { Workbin } from '../core/protocol/workbin';
import type { Diagnosis, DiagnosisStepName } from './doctor/steps';
import type { AnnotationPlatform } from './annotationFile';
import type { HarExportSummary, HarImportSummary } from './harSummaries';
import type { LiveSession } from './liveSession';
import type { Trace } from './trace';

/** Where to connect, and as whom. */
export interface ConnectionProfile {
  /** What people call the server; absent where it has its address alone. */
  readonly name?: string;
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
  /** Path of a PEM file with the certificate authorities that vouch for the server, besides the usual ones. */
  readonly caFile?: string;
}

/** Gives the password of a profile's agent; undefined: there is none to be had. Never kept by whoever asks. */
export type PasswordSource = () => Promise<string | undefined>;

/** What a tap stands in front of, and where. */
export interface TapRequest {
  /** `http:`, `https:`, `ws:` or `wss:` address. */
  readonly server: string;
  /** Port to listen on; 0 takes a free one. */
  readonly port: number;
  /** Origins or host names that may use the tap, besides this machine's and the server's. */
  readonly allowedOrigins: readonly string[];
  /** False takes any TLS certificate of the server. */
  readonly rejectUnauthorized: boolean;
  /** As in {@link ConnectionProfile}. */
  readonly caFile?: string;
}

/** Work that takes its time with large files. */
export interface LongWork {
  readonly signal: CancellationSignal;
  /** Told 0..1, often. */
  readonly progress: (done: number) => void;
}

/** What can go wrong on purpose with one message of the embedded server. */
export type FaultKind =
  | 'dropAnswer'
  | 'delayAnswer'
  | 'falseError'
  | 'wrongErrorCode'
  | 'duplicateNotification'
  | 'reorderNotifications'
  | 'forgetSubscriptions'
  | 'closeMidFrame';

/** When a fault happens, counted over the messages that it could befall. */
export type FaultChance =
  | { readonly kind: 'probability'; readonly probability: number }
  /** The nth only, from 1. */
  | { readonly kind: 'nth'; readonly nth: number }
  | { readonly kind: 'every'; readonly every: number };

/** Faults of the embedded server, to be switched while it runs. */
export interface FaultSwitches {
  /** The server takes everything and answers nothing. */
  isHanging: boolean;
  /** Of a kind that the scenario has several rules for, the first one's. */
  chanceOf(fault: FaultKind): FaultChance | undefined;
  /** Replaces the rules of that kind; undefined: it happens no more. */
  set(fault: FaultKind, chance: FaultChance | undefined): void;
  /** Forgets what every client has subscribed to, without a word. */
  forgetSubscriptions(): void;
  /** Breaks every connection off in the middle of a message. */
  breakConnections(): void;
}

/** A scenario that is part of the product. */
export interface ShippedScenario {
  /** Stable. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** The text of its file. */
  readonly source: string;
}

/** Something to be put right in a scenario file; line and column are 1-based, in UTF-16 code units. */
export interface ScenarioMistake {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly text: string;
}

/** How to start the embedded server. */
export interface SimulatorStart {
  /** The text of a scenario file; undefined: the first of those that ship. */
  readonly source?: string | undefined;
  /** True: nothing happens by itself. */
  readonly isStill?: boolean | undefined;
}

/** An embedded server that runs in this extension. */
export interface RunningSimulator extends Disposable {
  /** Platform SDK JSON over WebSocket. */
  readonly address: string;
  /** Workspace API v3 over HTTP, the same state. */
  readonly workspaceAddress: string;
  /** Employee ids to log in with, their places and tenants; the password is the employee id. */
  readonly agents: readonly {
    readonly agent: string;
    readonly place: string;
    readonly tenant: number;
  }[];
  /** Name of its scenario. */
  readonly scenario: string;
  /** Seconds of scenario time in a second; 0: nothing happens by itself. */
  readonly speed: number;
  readonly faults: FaultSwitches;
  setSpeed(speed: number): void;
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
  /** `written` now, by this window or another; `ended` in order; else `unfinished`: what wrote it was killed. */
  readonly state: 'written' | 'ended' | 'unfinished';
}

/** A recording that was made of a HAR file. */
export interface ImportedHar {
  readonly recording: string;
  readonly summary: HarImportSummary;
}

export interface Platform extends AnnotationPlatform {
  /**
   * Starts recording and connects. Resolves when connected or failed (see the client's state): a failed
   * session has a recording of what happened too. Rejects when no recording can be written.
   * `password` is asked at each sign-in of Workspace API v3, also when a lost session is begun again.
   */
  connect(
    profile: ConnectionProfile,
    signal: CancellationSignal,
    password: PasswordSource,
  ): Promise<LiveSession>;
  /**
   * Takes each step to a server as connecting would, and says which fails. Never rejects; leaves nothing open and
   * records nothing. `onStep` is told when a step begins.
   */
  diagnose(
    profile: ConnectionProfile,
    signal: CancellationSignal,
    password: PasswordSource,
    onStep: (name: DiagnosisStepName) => void,
  ): Promise<Diagnosis>;
  /** Starts a tap and records what passes. Rejects when it cannot listen or no recording can be written. */
  startTap(request: TapRequest): Promise<LiveSession>;
  /** Opens a recording; the trace is returned at once and indexes in the background of `read`. */
  openTrace(path: string): Trace;
  /** Rejects when it cannot listen, or when the scenario has mistakes. */
  startSimulator(start?: SimulatorStart): Promise<RunningSimulator>;
  /** The scenarios that are part of the product, the default first. */
  scenarios(): Promise<readonly ShippedScenario[]>;
  /** Everything that is wrong with the text of a scenario file. */
  checkScenario(source: string): Promise<readonly ScenarioMistake[]>;
  /** Recordings of earlier sessions, newest first. */
  recordings(): Promise<readonly RecordingFile[]>;
  deleteRecording(path: string): Promise<void>;
  /** Renames a recording (name without its ending) with what belongs to it; resolves with the new path. */
  renameRecording(path: string, name: string): Promise<string>;
  /** What is wrong with a recording's name, in words; undefined when nothing. */
  recordingNameProblem(name: string): string | undefined;
  /** Imports a HAR file into a new recording. Rejects, leaving none, when that is impossible or was given up. */
  importHar(har: string, work: LongWork): Promise<ImportedHar>;
  /** Writes a recording as a HAR file, replacing what is there. Rejects, leaving that as it was. */
  exportHar(recording: string, har: string, work: LongWork): Promise<HarExportSummary>;
  /** Folder in which recordings are kept. */
  readonly recordingsFolder: string;
}
