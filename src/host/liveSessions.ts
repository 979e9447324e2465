/**
 * The live session, at most one at a time: begins it, loses its connection and finds it again, ends it. Has no
 * user interface; trees, status bar and notices listen to what it tells.
 */
import { DisposableStore, type Disposable } from '../core/base/disposable';
import { Emitter } from '../core/base/event';
import { messageOf } from '../core/base/result';
import type { Workbin } from '../core/protocol/workbin';
import type { LiveSession } from '../session/liveSession';
import type { LiveTap } from '../session/liveTap';
import type { ConnectionProfile, PasswordSource, Platform, TapRequest } from '../session/platform';
import type { Logger } from '../session/ports';
import type { ClientState, WorkbinClient } from '../session/workbinClient';
import type { OpenTraces } from './openTraces';
import { recoveryWords } from './recoveryWords';

/** Where the session stands, for people. */
export type SessionStanding =
  | { readonly kind: 'none' }
  | { readonly kind: 'connecting'; readonly profile: ConnectionProfile }
  | { readonly kind: 'connected'; readonly session: LiveSession }
  /** The client lost its session and begins a new one by itself; `text` names the step. */
  | { readonly kind: 'recovering'; readonly session: LiveSession; readonly text: string }
  /** Somebody else's traffic passes. */
  | { readonly kind: 'tapping'; readonly session: LiveSession; readonly tap: LiveTap }
  /** `reason` when nobody asked for it. */
  | { readonly kind: 'disconnected'; readonly session: LiveSession; readonly reason?: string };

/** How connecting went, and the recording of it. */
export interface ConnectResult {
  readonly state: ClientState;
  readonly recording: string;
}

/** A session with what belongs to it alone. */
interface Current {
  readonly session: LiveSession;
  /** Absent where nothing was connected to, as with a tap. */
  readonly profile: ConnectionProfile | undefined;
  readonly store: DisposableStore;
  /** Workbins that the server listed when it was last connected. */
  workbins: readonly Workbin[];
  wasConnected: boolean;
}

export class LiveSessions implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private readonly began = this.store.add(new Emitter<LiveSession>());
  private readonly lost = this.store.add(new Emitter<string>());
  private readonly ended = this.store.add(new Emitter<LiveSession>());
  private startingTap = false;
  private current: Current | undefined;
  private attempt:
    { readonly profile: ConnectionProfile; readonly abort: AbortController } | undefined;

  /** State of session, connection or recorder, or the list of workbins has changed. */
  readonly onDidChange = this.changed.event;
  /** A recording has begun. */
  readonly onDidBegin = this.began.event;
  /** The connection ended although nobody asked for it, and why. */
  readonly onDidLose = this.lost.event;
  /** A session has been stopped, by whomever. */
  readonly onDidEnd = this.ended.event;

  constructor(
    private readonly platform: Platform,
    private readonly openTraces: OpenTraces,
    private readonly logger: Logger,
    private readonly password: (profile: ConnectionProfile) => ReturnType<PasswordSource>,
  ) {}

  get session(): LiveSession | undefined {
    return this.current?.session;
  }

  get workbins(): readonly Workbin[] {
    return this.current?.workbins ?? [];
  }

  get standing(): SessionStanding {
    if (this.attempt !== undefined) {
      return { kind: 'connecting', profile: this.attempt.profile };
    }
    const session = this.current?.session;
    if (session === undefined) {
      return { kind: 'none' };
    }
    const { tap } = session;
    if (tap !== undefined) {
      return { kind: 'tapping', session, tap };
    }
    const state = session.client?.state;
    switch (state?.kind) {
      case 'connected':
        return { kind: 'connected', session };
      case 'failed':
        return { kind: 'disconnected', session, reason: state.failure.message };
      case 'disconnected':
        return state.reason === undefined
          ? { kind: 'disconnected', session }
          : { kind: 'disconnected', session, reason: state.reason };
      case 'connecting':
        return { kind: 'recovering', session, text: state.text };
      case 'recovering':
        return { kind: 'recovering', session, text: recoveryWords(state) };
      case undefined:
        return { kind: 'disconnected', session };
    }
  }

  /**
   * Begins a session, and ends the one before once it is connected: one that cannot connect has ended when this
   * resolves, and the session before goes on. Only where both are the same agent or place at one server, which
   * may let them in but once, the session before ends first. Rejects when no recording can be written; undefined
   * while another attempt runs.
   */
  connect(profile: ConnectionProfile): Promise<ConnectResult | undefined> {
    return this.trying(profile, async (signal) => {
      if (this.isInTheWay(profile)) {
        await this.end();
      }
      const session = await this.platform.connect(profile, signal, () => this.password(profile));
      const recording = session.trace.path;
      const state: ClientState = session.client?.state ?? { kind: 'disconnected' };
      if (state.kind !== 'connected') {
        await this.abandon(session);
        return { state, recording };
      }
      await this.end();
      return { state: this.entered(this.take(session, profile)), recording };
    });
  }

  /** Connects the present session again: its recording goes on. Undefined where there is nothing to connect. */
  reconnect(): Promise<ConnectResult | undefined> {
    const { current } = this;
    const client = current?.session.client;
    if (current?.profile === undefined || client === undefined) {
      return Promise.resolve(undefined);
    }
    return this.trying(current.profile, async (signal) => {
      await client.connect(signal);
      return { state: this.entered(current), recording: current.session.trace.path };
    });
  }

  /**
   * Starts a tap, and ends the session before once it listens. Rejects when it cannot listen or no recording can be
   * written: the session before then goes on. Undefined while another attempt runs.
   */
  async startTap(request: TapRequest): Promise<LiveSession | undefined> {
    if (this.attempt !== undefined || this.startingTap) {
      return undefined;
    }
    this.startingTap = true;
    try {
      if (this.session?.tap?.port === request.port) {
        await this.end();
      }
      const session = await this.platform.startTap(request);
      await this.end();
      this.take(session, undefined);
      this.changed.fire();
      return session;
    } finally {
      this.startingTap = false;
    }
  }

  /** The profile of the session, where it has a client. */
  get profile(): ConnectionProfile | undefined {
    return this.current?.profile;
  }

  /** Gives up what {@link connect} or {@link reconnect} is doing. */
  cancelConnecting(): void {
    this.attempt?.abort.abort();
  }

  /** Logs out and closes the connection. The recording stays open, for a reconnect. */
  async disconnect(): Promise<void> {
    const { current } = this;
    if (current !== undefined) {
      current.wasConnected = false;
      await current.session.client?.disconnect();
    }
  }

  /** Ends connection and recording in order. */
  async stop(): Promise<void> {
    this.cancelConnecting();
    await this.end();
  }

  dispose(): void {
    this.cancelConnecting();
    this.current?.store.dispose();
    this.store.dispose();
  }

  private async trying<T>(
    profile: ConnectionProfile,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    if (this.attempt !== undefined || this.startingTap) {
      return undefined;
    }
    const abort = new AbortController();
    this.attempt = { profile, abort };
    this.changed.fire();
    try {
      return await run(abort.signal);
    } finally {
      this.attempt = undefined;
      this.changed.fire();
    }
  }

  private take(session: LiveSession, profile: ConnectionProfile | undefined): Current {
    const store = new DisposableStore();
    const current: Current = { session, profile, store, workbins: [], wasConnected: false };
    this.current = current;
    store.add(this.openTraces.adopt(session));
    store.add(session.onDidChange(() => this.onChange(current)));
    this.began.fire(session);
    return current;
  }

  /** Whether the present session may keep a new one from being let in. A session that has ended is in nobody's way. */
  private isInTheWay({ server, agent, place }: ConnectionProfile): boolean {
    const present = this.current?.profile;
    return present?.server === server && (present.agent === agent || present.place === place);
  }

  /** A session that did not connect: its recording stays, for whoever wants to know why. */
  private async abandon(session: LiveSession): Promise<void> {
    const hold = this.openTraces.adopt(session);
    this.began.fire(session);
    try {
      await session.stop();
    } catch (error) {
      this.logger.error(`The session did not end in order: ${messageOf(error)}`);
    } finally {
      hold.dispose();
    }
  }

  /** After connecting: has the workbins listed, which may take its time. */
  private entered(current: Current): ClientState {
    const { client } = current.session;
    if (client === undefined) {
      return { kind: 'disconnected' };
    }
    if (client.state.kind === 'connected') {
      current.wasConnected = true;
      void this.list(current, client);
    }
    return client.state;
  }

  /** Asks what workbins there are. A server that does not tell has none listed. */
  private async list(current: Current, client: WorkbinClient): Promise<void> {
    const listed = await client.workbins();
    if (listed.ok) {
      current.workbins = listed.value;
      this.changed.fire();
    } else if (client.state.kind === 'connected') {
      this.logger.warn(`The server does not list its workbins: ${listed.error.message}`);
    }
  }

  private onChange(current: Current): void {
    const state = current.session.client?.state;
    const ended = state?.kind === 'disconnected' || state?.kind === 'failed';
    if (ended && current.wasConnected && current.session.running) {
      current.wasConnected = false;
      this.lost.fire(state.kind === 'failed' ? state.failure.message : (state.reason ?? ''));
    }
    this.changed.fire();
  }

  private async end(): Promise<void> {
    const { current } = this;
    if (current === undefined) {
      return;
    }
    current.wasConnected = false;
    try {
      await current.session.stop();
    } catch (error) {
      this.logger.error(`The session did not end in order: ${messageOf(error)}`);
    }
    if (this.current !== current) {
      return; // Two have ended it at once.
    }
    this.current = undefined;
    this.ended.fire(current.session);
    current.store.dispose();
    this.changed.fire();
  }
}
