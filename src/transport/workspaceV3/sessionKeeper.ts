/**
 * Keeps a session of Workspace API v3 alive over one connection of the trace: opens it, marks what is missed, and
 * begins a new one when it is lost, waiting longer from try to try, until told to stop or a limit is reached.
 */
import type { Disposable } from '../../core/base/disposable';
import { ExpectedError, messageOf, type Failure } from '../../core/base/result';
import type { Frame } from '../../core/protocol/frame';
import type { JsonObject } from '../../core/protocol/json';
import type { CloseRecord } from '../../core/trace/records';
import type { ConnectionProfile } from '../../session/platform';
import type { Random } from '../../session/reconnect/backoff';
import { missedSpan } from '../../session/reconnect/missedSpan';
import type { Clock, Logger, TrafficSink } from '../../session/ports';
import { Recovery, type RecoveryProgress } from '../../session/reconnect/recovery';
import type { ServerTrust } from '../serverTrust';
import { parseApiAddress, type ApiAddress } from './apiAddress';
import { RecordingHttp } from './recordingHttp';
import type { Credentials } from './signIn';
import type { Timing } from './timing';
import { WorkspaceSession } from './workspaceSession';

/** Name under which the traffic of this client stands in a trace. */
const APPLICATION = 'Workbin Inspector';

/** Trying again is of no use. */
const FINAL: ReadonlySet<string> = new Set([
  'sign-in-refused',
  'foreign-sign-in',
  'no-credentials',
]);

export interface SessionKeeperParts {
  readonly profile: ConnectionProfile;
  readonly trust: ServerTrust;
  readonly credentials: () => Promise<Credentials | undefined>;
  readonly sink: TrafficSink;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timing: Timing;
  /** Spreads the tries to sign in again; `Math.random` unless told. */
  readonly random?: Random;
  readonly listener: KeeperListener;
}

export interface KeeperListener {
  /** From now on it recovers, until {@link ready} or {@link gaveUp}; told at every try. */
  recovering(progress: RecoveryProgress): void;
  /** Names the step that begins, for a person. */
  step(text: string): void;
  event(data: JsonObject): void;
  /** The session is gone; a new one is being begun. */
  lost(reason: string): void;
  /** A new session is there; resolves when what the old one had is restored. */
  regained(): Promise<void>;
  /** Everything is as it was. */
  ready(): void;
  /** The end: no session, and nothing is tried any more. */
  gaveUp(failure: Failure): void;
}

/** Opened once, and closed or disposed once. */
export class SessionKeeper implements Disposable {
  private readonly stop = new AbortController();
  private readonly address: ApiAddress;
  private readonly http: RecordingHttp;
  private connection: number | undefined;
  private live: WorkspaceSession | undefined;
  private names: readonly string[] = [];
  private brokenAt: number | undefined;
  private recovery: Recovery | undefined;

  /** Throws an `ExpectedError` when the profile's address is none. */
  constructor(private readonly parts: SessionKeeperParts) {
    const { clock, profile } = parts;
    this.address = parseApiAddress(profile.server);
    this.http = new RecordingHttp({
      onFrame: this.tell,
      clock,
      trust: parts.trust,
    });
  }

  /** Undefined while there is none. */
  get session(): WorkspaceSession | undefined {
    return this.live;
  }

  /** Names of the signed-in agent, the best first; kept while the session is lost. */
  get agentNames(): readonly string[] {
    return this.names;
  }

  /** Rejects with an `ExpectedError`; the connection is then closed in the trace. */
  async open(signal: AbortSignal): Promise<void> {
    const { sink, clock, profile } = this.parts;
    this.connection = sink.open(clock.now(), {
      dialect: profile.dialect,
      server: profile.server,
      application: APPLICATION,
    });
    const giveUp = (): void => this.stop.abort();
    signal.addEventListener('abort', giveUp);
    try {
      signal.throwIfAborted();
      await this.begin();
    } catch (error) {
      await this.http.settled();
      this.end(this.stop.signal.aborted ? 'inspector' : 'network', messageOf(error));
      throw error;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** Leaves in order; resolves when closed. */
  async close(): Promise<void> {
    this.stop.abort();
    this.recovery?.stop();
    const session = this.live;
    this.live = undefined;
    await session?.leave();
    await this.http.settled();
    this.end('inspector', 'Disconnected');
  }

  dispose(): void {
    this.stop.abort();
    this.recovery?.stop();
    this.live?.dispose();
    this.live = undefined;
    this.end('inspector', 'Disconnected');
  }

  /** The session was found lost by somebody else; recovers as from any loss. */
  lose(reason: string): void {
    const session = this.live;
    if (session === undefined) {
      return;
    }
    const { listener, logger } = this.parts;
    this.live = undefined;
    session.dispose();
    logger.warn(`The session was lost: ${reason}`);
    listener.lost(reason);
    void this.recover(reason);
  }

  private async begin(): Promise<void> {
    const { parts } = this;
    const { profile, listener } = parts;
    const credentials = await parts.credentials();
    if (credentials === undefined) {
      throw new ExpectedError('no-credentials', `No password was given for ${profile.agent}.`);
    }
    this.stop.signal.throwIfAborted();
    const session = await WorkspaceSession.open(
      {
        ...parts,
        address: this.address,
        signIn: profile.signIn ?? 'form',
        place: profile.place,
        http: this.http,
        onFrame: this.tell,
        listener: {
          step: (text) => listener.step(text),
          event: (data) => listener.event(data),
          trouble: (reason) => this.trouble(reason),
          restored: () => this.restored(),
          lost: (reason) => this.lose(reason),
        },
      },
      credentials,
      this.stop.signal,
    );
    if (this.stop.signal.aborted) {
      session.dispose();
      throw new ExpectedError('cancelled', 'Connecting was cancelled.');
    }
    this.live = session;
    this.names = session.agentNames.length > 0 ? session.agentNames : [profile.agent];
  }

  /** What is trying to begin a new session; undefined where none is lost. */
  get recovering(): Recovery | undefined {
    return this.recovery;
  }

  private async recover(reason: string): Promise<void> {
    const { clock, timing, listener, logger, random = Math.random } = this.parts;
    const lostAt = this.brokenAt ?? clock.now();
    this.brokenAt = undefined;
    const recovery = new Recovery({
      clock,
      // The first try is made at once: most sessions are lost with the server up.
      delayMs: (attempt) =>
        attempt === 1 ? 0 : Math.round(random() * delayOf(timing.recoveryDelaysMs, attempt - 2)),
      attempt: () => this.beginAgain(),
      verdict: ({ code }) =>
        FINAL.has(code) || clock.now() - lostAt >= timing.recoveryLimitMs ? 'final' : 'again',
      onProgress: (progress) => {
        listener.recovering(progress);
        listener.step(
          `${progress.attempt === 1 ? 'Session lost' : 'Trying again'}: ${progress.reason}`,
        );
      },
    });
    this.recovery = recovery;
    const end = await recovery.run(reason);
    this.recovery = undefined;
    switch (end.kind) {
      case 'stopped':
        return;
      case 'regained':
        this.markGap(lostAt, `The session was lost (${reason})`);
        await listener.regained();
        if (this.live !== undefined) {
          listener.ready();
        }
        return;
      case 'failed': {
        const { code, message } = end.failure;
        const seconds = Math.round((clock.now() - lostAt) / 1000);
        this.markGap(lostAt, `The session was lost (${reason})`);
        this.end('network', `The session was lost and not regained: ${message}`);
        logger.warn(`The session is given up: ${message}`);
        listener.gaveUp({
          code,
          message: `The session was lost and could not be regained in ${seconds} s. ${message} Connect again.`,
        });
      }
    }
  }

  private async beginAgain(): Promise<Failure | undefined> {
    try {
      await this.begin();
      return undefined;
    } catch (error) {
      const failure = failureOf(error);
      this.parts.logger.warn(`The session was not regained: ${failure.message}`);
      return failure;
    }
  }

  private trouble(reason: string): void {
    this.brokenAt ??= this.parts.clock.now();
    this.parts.listener.recovering({ attempt: 1, reason });
    this.parts.listener.step(`The event channel broke off, trying again: ${reason}`);
    this.parts.logger.warn(`A poll broke off: ${reason}`);
  }

  private restored(): void {
    if (this.brokenAt !== undefined) {
      this.markGap(this.brokenAt, 'The event channel broke off');
      this.brokenAt = undefined;
    }
    if (this.live !== undefined) {
      this.parts.listener.ready();
    }
  }

  private markGap(from: number, what: string): void {
    const { sink, clock } = this.parts;
    const now = clock.now();
    sink.gap(now, {
      reason: missedSpan(what, from, now),
      ...(this.connection !== undefined && { connection: this.connection }),
    });
  }

  private readonly tell = (at: number, frame: Frame): void => {
    if (this.connection !== undefined) {
      this.parts.sink.frame(at, this.connection, frame);
    }
  };

  private end(by: CloseRecord['by'], reason: string): void {
    const { connection } = this;
    this.connection = undefined;
    this.http.dispose();
    if (connection !== undefined) {
      this.parts.sink.close(this.parts.clock.now(), connection, by, reason);
    }
  }
}

function delayOf(delays: readonly number[], index: number): number {
  return delays[Math.min(index, delays.length - 1)] ?? 0;
}

function failureOf(error: unknown): Failure {
  return error instanceof ExpectedError
    ? { code: error.code, message: error.message }
    : { code: 'unexpected', message: messageOf(error) };
}
