/**
 * What is inspected in one go, from *Connect* or *Start Tap* to *Stop*: a recording that grows, the trace
 * over it, and where it has one, the client that makes the traffic. Survives reconnects. One that runs for days goes on
 * in a next recording when its trace has become large: another `LiveSession` has the traffic from then on.
 */
import { DisposableStore, type Disposable } from '../core/base/disposable';
import { Emitter } from '../core/base/event';
import { fileName } from '../core/base/fileName';
import type { ContinuedSink } from './continuedSink';
import type { LiveTap } from './liveTap';
import type { Clock } from './ports';
import type { Recorder } from './recorder';
import type { Trace } from './trace';
import type { WorkbinClient } from './workbinClient';

/** A recording that has begun, with the trace over it. */
export interface BegunRecording {
  readonly recorder: Recorder;
  /** Over the file that the recorder writes. */
  readonly trace: Trace;
  /** {@link Clock.now} at time 0 of the recording. */
  readonly startedAt: number;
}

/** How a session goes on in a next recording. */
export interface Continuation {
  /** Where the traffic goes; at first to the recorder of the first. */
  readonly sink: ContinuedSink;
  /** Begins another recording of the same traffic. Rejects when it cannot be written. */
  readonly beginNext: () => Promise<BegunRecording>;
  /** Takes back one that nothing has come into. */
  readonly discard: (begun: BegunRecording) => Promise<void>;
}

export interface LiveSessionParts extends BegunRecording {
  /** Names the session for people, such as the server's address. */
  readonly title: string;
  readonly clock: Clock;
  /** Absent where the session ends with its recording. */
  readonly continuation?: Continuation;
  /** Absent where the traffic is somebody else's, as with a tap. */
  readonly client?: WorkbinClient;
  /** Where it is a tap that the traffic passes. */
  readonly tap?: LiveTap;
  /** Ends the source of traffic; what it still says is recorded. */
  readonly stopTraffic: () => Promise<void>;
}

/** Owns its parts. Ended for good by {@link stop}; the trace stays readable until disposed. */
export class LiveSession implements Disposable {
  readonly title: string;
  readonly trace: Trace;
  readonly recorder: Recorder;
  readonly client: WorkbinClient | undefined;
  readonly tap: LiveTap | undefined;
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private timeLimit: Disposable | undefined;
  private stopping: Promise<void> | undefined;
  /** Name of the recording in which another session goes on, which has client and traffic then. */
  private continuedIn: string | undefined;

  /** State of recorder or client has changed. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly parts: LiveSessionParts) {
    this.title = parts.title;
    this.trace = this.store.add(parts.trace);
    this.recorder = this.store.add(parts.recorder);
    this.client = parts.client;
    this.tap = parts.tap;
    if (parts.client !== undefined) {
      this.store.add(parts.client.onDidChangeState(() => this.changed.fire()));
    }
    this.store.add(parts.recorder.onDidChangeState(() => this.changed.fire()));
    this.store.add(parts.trace.onDidChange(() => this.watchTimeLimit()));
  }

  /** Stops writing frames until {@link resume}; what passes meanwhile is counted, not kept. */
  pause(): void {
    // What comes while it is paused is not seen: nothing is called unanswered meanwhile.
    this.timeLimit?.dispose();
    this.recorder.pause();
  }

  resume(): void {
    this.recorder.resume(this.parts.clock.now());
  }

  /** True until {@link stop} was called. */
  get running(): boolean {
    return this.stopping === undefined;
  }

  /** Ends traffic and recording in order and reads the rest of it. Later calls share the first one's end. */
  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  /** True where {@link continueInNext} can be asked for at this moment. */
  get canContinue(): boolean {
    return (
      this.parts.continuation !== undefined && this.running && this.recorder.state === 'recording'
    );
  }

  /**
   * Goes on in a next recording, in which connections are open from its start; this one ends in order and says where
   * it goes on, and is the caller's to stop: the traffic goes on. Resolves with the session that has it; undefined, and nothing has changed, where
   * it was paused or stopped meanwhile. Rejects, and nothing has changed, when no other recording can be written.
   */
  async continueInNext(): Promise<LiveSession | undefined> {
    const { clock, continuation } = this.parts;
    if (continuation === undefined) {
      return undefined;
    }
    const next = await continuation.beginNext();
    if (!this.canContinue) {
      await continuation.discard(next);
      return undefined;
    }
    const now = clock.now();
    next.recorder.gap(now, { reason: `The session began in ${fileName(this.trace.path)}` });
    continuation.sink.continueIn(now, next.recorder);
    this.continuedIn = fileName(next.trace.path);
    return new LiveSession({ ...this.parts, ...next });
  }

  dispose(): void {
    this.timeLimit?.dispose();
    this.store.dispose();
    if (this.continuedIn === undefined) {
      this.client?.dispose();
    }
  }

  private async end(): Promise<void> {
    this.changed.fire();
    try {
      if (this.continuedIn === undefined) {
        await this.parts.stopTraffic();
      }
    } finally {
      await this.recorder.end(this.parts.clock.now(), this.continuedIn);
      this.timeLimit?.dispose();
    }
    await this.trace.read();
    this.changed.fire();
  }

  /** Recorded time goes on while nothing comes: that is when a request becomes unanswered. */
  private watchTimeLimit(): void {
    this.timeLimit?.dispose();
    const limit = this.trace.tracer.nextTimeLimit;
    if (limit === undefined || this.recorder.state !== 'recording') {
      return;
    }
    const { clock, startedAt } = this.parts;
    const wait = Math.max(1, startedAt + limit - clock.now() + 1);
    this.timeLimit = clock.after(wait, () => this.trace.advance(clock.now() - startedAt));
  }
}
