/**
 * The live sessions, each with its own recording and client or tap: begins them, loses their connections and finds
 * them again, ends them. One is in front, that which trees, status bar and commands speak of. Has no user
 * interface; those listen to what it tells.
 */
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/event';
import { messageOf } from '../../core/base/result';
import type { Workbin } from '../../core/protocol/workbin';
import type { LiveSession } from '../../session/liveSession';
import type {
  ConnectionProfile,
  PasswordSource,
  Platform,
  TapRequest,
} from '../../session/platform';
import type { Logger } from '../../session/ports';
import type { ClientState, WorkbinClient } from '../../session/workbinClient';
import type { OpenTraces } from '../trace/openTraces';
import type {
  ConnectResult,
  ContinuedSession,
  HeldSession,
  LostConnection,
  SessionTarget,
} from './heldSession';
import { standingOf, type ServerStanding, type SessionStanding } from './sessionStanding';

interface Held extends HeldSession {
  session: LiveSession;
  /** What is to be let go with its recording. */
  store: DisposableStore;
  workbins: readonly Workbin[];
  subscribedBefore: ReadonlySet<string>;
  wasConnected: boolean;
  /** A next recording is being begun, or could not be. */
  isContinuing: boolean;
}

interface Attempt {
  readonly target: SessionTarget;
  readonly profile: ConnectionProfile;
  readonly abort: AbortController;
}

const NONE: ReadonlySet<string> = new Set();

export class LiveSessions implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private readonly began = this.store.add(new Emitter<LiveSession>());
  private readonly lost = this.store.add(new Emitter<LostConnection>());
  private readonly ended = this.store.add(new Emitter<LiveSession>());
  private readonly continued = this.store.add(new Emitter<ContinuedSession>());
  private readonly chosen = this.store.add(new Emitter<LiveSession>());
  private startingTap = false;
  /** The one that was in front last at the end. */
  private held: readonly Held[] = [];
  private readonly attempts = new Map<string, Attempt>();
  private readonly failures = new Map<string, ServerStanding & { readonly kind: 'failed' }>();

  /** Which sessions there are, which is in front, the state of one, of its connection or recorder, its workbins. */
  readonly onDidChange = this.changed.event;
  /** A recording has begun. */
  readonly onDidBegin = this.began.event;
  /** A connection ended although nobody asked for it. */
  readonly onDidLose = this.lost.event;
  /** A session goes on in a next recording. */
  readonly onDidContinue = this.continued.event;
  /** A session has been stopped, by whomever. */
  readonly onDidEnd = this.ended.event;
  /** Somebody connected this session or chose it: it is in front of everything now. */
  readonly onDidChoose = this.chosen.event;

  constructor(
    private readonly platform: Platform,
    private readonly openTraces: OpenTraces,
    private readonly logger: Logger,
    private readonly password: (profile: ConnectionProfile) => ReturnType<PasswordSource>,
    /** Messages after which a session goes on in a next recording: memory grows with a trace. */
    private readonly maxMessages: () => number = () => Infinity,
  ) {}

  /** All that have not been stopped, the one in front last. */
  get all(): readonly HeldSession[] {
    return this.held;
  }

  /** The one in front. */
  get front(): HeldSession | undefined {
    return this.held.at(-1);
  }

  get session(): LiveSession | undefined {
    return this.front?.session;
  }

  /** How the one in front is connected, where it has a client. */
  get profile(): ConnectionProfile | undefined {
    return this.front?.profile;
  }

  get workbins(): readonly Workbin[] {
    return this.front?.workbins ?? [];
  }

  /** Keys of workbins that were subscribed to before the trace in front began. */
  get subscribedBefore(): ReadonlySet<string> {
    return this.front?.subscribedBefore ?? NONE;
  }

  /** What is being connected just now, the latest last. */
  get connecting(): readonly SessionTarget[] {
    return [...this.attempts.values()].map(({ target }) => target);
  }

  /** Where the session in front stands; that which connects, where there is none yet. */
  get standing(): SessionStanding {
    const { front } = this;
    const attempt =
      front === undefined
        ? [...this.attempts.values()].at(-1)
        : this.attempts.get(front.target.key);
    if (attempt !== undefined) {
      return { kind: 'connecting', profile: attempt.profile };
    }
    return front === undefined ? { kind: 'none' } : standingOf(front.session);
  }

  /** Where the one with this key stands. */
  standingOf(key: string): ServerStanding {
    const attempt = this.attempts.get(key);
    if (attempt !== undefined) {
      return { kind: 'connecting', profile: attempt.profile };
    }
    const held = this.find(key);
    return held === undefined
      ? (this.failures.get(key) ?? { kind: 'none' })
      : standingOf(held.session);
  }

  find(key: string): HeldSession | undefined {
    return this.heldWith(key);
  }

  /** The session that writes the recording at this path. */
  writing(path: string): HeldSession | undefined {
    return this.held.find(({ session }) => session.trace.path === path);
  }

  /** Sessions that are connected with the same agent or place at one server, which may let them in but once. */
  inTheWay({ server, agent, place }: ConnectionProfile): HeldSession[] {
    return this.held.filter(({ session, profile }) => {
      const sameLogin = profile?.agent === agent || (place !== '' && profile?.place === place);
      const { kind } = standingOf(session);
      const isThere = kind === 'connected' || kind === 'recovering';
      return profile?.server === server && sameLogin && isThere;
    });
  }

  /**
   * Begins a session beside the others, and puts it in front once it is connected: one that cannot connect has
   * ended when this resolves. A session of the same key ends when the new one is connected. Rejects when no
   * recording can be written; undefined while another attempt with this key runs.
   */
  connect(target: SessionTarget, profile: ConnectionProfile): Promise<ConnectResult | undefined> {
    return this.trying(target, profile, async (signal) => {
      this.failures.delete(target.key);
      const session = await this.platform.connect(profile, signal, () => this.password(profile));
      const recording = session.trace.path;
      const state: ClientState = session.client?.state ?? { kind: 'disconnected' };
      if (state.kind !== 'connected') {
        await this.abandon(session);
        if (state.kind === 'failed' && !signal.aborted) {
          this.failures.set(target.key, { ...state, recording });
        }
        return { state, recording };
      }
      await this.end(this.heldWith(target.key));
      return { state: this.entered(this.take(target, session, profile)), recording };
    });
  }

  /** Connects a session again: its recording goes on. Undefined where there is nothing to connect. */
  reconnect(key = this.front?.target.key): Promise<ConnectResult | undefined> {
    const held = key === undefined ? undefined : this.heldWith(key);
    const client = held?.session.client;
    if (held?.profile === undefined || client === undefined) {
      return Promise.resolve(undefined);
    }
    return this.trying(held.target, held.profile, async (signal) => {
      await client.connect(signal);
      return { state: this.entered(held), recording: held.session.trace.path };
    });
  }

  /**
   * Starts a tap beside the other sessions, and puts it in front. Rejects when it cannot listen or no recording can
   * be written. Undefined while another is being started.
   */
  async startTap(request: TapRequest): Promise<LiveSession | undefined> {
    if (this.startingTap) {
      return undefined;
    }
    this.startingTap = true;
    try {
      const session = await this.platform.startTap(request);
      const port = session.tap?.port ?? request.port;
      this.take({ key: `tap ${port}`, name: session.title }, session, undefined);
      return session;
    } finally {
      this.startingTap = false;
    }
  }

  /** Puts a session in front because somebody chose it. */
  choose(session: LiveSession): void {
    if (this.putInFront(session)) {
      this.chosen.fire(session);
      this.changed.fire();
    }
  }

  /** Puts the session in front whose trace somebody looks at; nothing where it is none of these. */
  follow(session: LiveSession): void {
    if (this.session !== session && this.putInFront(session)) {
      this.changed.fire();
    }
  }

  /** Gives up what {@link connect} or {@link reconnect} is doing, for one key or for all. */
  cancelConnecting(key?: string): void {
    for (const { target, abort } of this.attempts.values()) {
      if (key === undefined || key === target.key) {
        abort.abort();
      }
    }
  }

  /** Logs out and closes the connection. The recording stays open, for a reconnect. */
  async disconnect(key = this.front?.target.key): Promise<void> {
    const held = key === undefined ? undefined : this.heldWith(key);
    if (held !== undefined) {
      held.wasConnected = false;
      await held.session.client?.disconnect();
    }
  }

  /** Ends connection and recording of one session in order; where there is none, gives up connecting. */
  async stop(key = this.front?.target.key): Promise<void> {
    this.cancelConnecting(key);
    if (key !== undefined) {
      this.failures.delete(key);
      await this.end(this.heldWith(key));
    }
  }

  /** Ends all sessions in order. */
  async stopAll(): Promise<void> {
    this.cancelConnecting();
    await Promise.all(this.held.map((held) => this.end(held)));
  }

  dispose(): void {
    this.cancelConnecting();
    this.held.forEach(({ store }) => store.dispose());
    this.store.dispose();
  }

  private heldWith(key: string): Held | undefined {
    return this.held.find(({ target }) => target.key === key);
  }

  private putInFront(session: LiveSession): boolean {
    const held = this.held.find((each) => each.session === session);
    if (held !== undefined) {
      this.held = [...this.held.filter((each) => each !== held), held];
    }
    return held !== undefined;
  }

  private async trying<T>(
    target: SessionTarget,
    profile: ConnectionProfile,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    const { key } = target;
    if (this.attempts.has(key)) {
      return undefined;
    }
    const abort = new AbortController();
    this.attempts.set(key, { target, profile, abort });
    this.changed.fire();
    try {
      return await run(abort.signal);
    } finally {
      this.attempts.delete(key);
      this.changed.fire();
    }
  }

  private take(
    target: SessionTarget,
    session: LiveSession,
    profile: ConnectionProfile | undefined,
  ): Held {
    const held: Held = {
      target,
      session,
      profile,
      store: new DisposableStore(),
      workbins: [],
      subscribedBefore: NONE,
      wasConnected: false,
      isContinuing: false,
    };
    this.held = [...this.held, held];
    this.hold(held);
    this.began.fire(session);
    this.chosen.fire(session);
    this.changed.fire();
    return held;
  }

  private hold(held: Held): void {
    const { session, store } = held;
    store.add(this.openTraces.adopt(session));
    store.add(session.onDidChange(() => this.onChange(held)));
    store.add(session.trace.onDidChange(() => void this.continueLong(held)));
  }

  private async continueLong(held: Held): Promise<void> {
    const { session } = held;
    const isLong = session.trace.messages.count >= this.maxMessages();
    if (!isLong || held.isContinuing || !session.canContinue) {
      return;
    }
    held.isContinuing = true;
    try {
      const next = await session.continueInNext();
      held.isContinuing = false;
      if (next !== undefined) {
        this.replace(held, next);
      }
    } catch (error) {
      // It stays as it is: better a large trace than none.
      this.logger.error(`No next recording can be written: ${messageOf(error)}`);
    }
  }

  private replace(held: Held, to: LiveSession): void {
    const { session: from, store } = held;
    const { workbins, messages } = from.trace;
    const { subscribedBefore } = held;
    const known = workbins.all(messages.count).map(({ key }) => key);
    held.subscribedBefore = new Set(
      [...subscribedBefore, ...known].filter((key) =>
        workbins.subscribed(key, messages.count, subscribedBefore.has(key)),
      ),
    );
    held.session = to;
    held.store = new DisposableStore();
    this.hold(held);
    this.continued.fire({ from, to });
    this.began.fire(to);
    this.changed.fire();
    void this.stopped(from).finally(() => store.dispose());
  }

  /** A session that did not connect: its recording stays, for whoever wants to know why. */
  private async abandon(session: LiveSession): Promise<void> {
    const hold = this.openTraces.adopt(session);
    this.began.fire(session);
    await this.stopped(session);
    hold.dispose();
  }

  /** After connecting: has the workbins listed, which may take its time. */
  private entered(held: Held): ClientState {
    const { client } = held.session;
    if (client === undefined) {
      return { kind: 'disconnected' };
    }
    if (client.state.kind === 'connected') {
      held.wasConnected = true;
      void this.list(held, client);
    }
    return client.state;
  }

  /** Asks what workbins there are. A server that does not tell has none listed. */
  private async list(held: Held, client: WorkbinClient): Promise<void> {
    const listed = await client.workbins();
    if (listed.ok) {
      held.workbins = listed.value;
      this.changed.fire();
    } else if (client.state.kind === 'connected') {
      this.logger.warn(`The server does not list its workbins: ${listed.error.message}`);
    }
  }

  private onChange(held: Held): void {
    const state = held.session.client?.state;
    if (state?.kind !== 'connected') {
      held.subscribedBefore = NONE;
    }
    const ended = state?.kind === 'disconnected' || state?.kind === 'failed';
    if (ended && held.wasConnected && held.session.running) {
      held.wasConnected = false;
      const reason = state.kind === 'failed' ? state.failure.message : (state.reason ?? '');
      this.lost.fire({ held, reason });
    }
    this.changed.fire();
  }

  private async end(held: Held | undefined): Promise<void> {
    if (held === undefined) {
      return;
    }
    held.wasConnected = false;
    await this.stopped(held.session);
    if (!this.held.includes(held)) {
      return; // Two have ended it at once.
    }
    this.held = this.held.filter((other) => other !== held);
    this.ended.fire(held.session);
    held.store.dispose();
    this.changed.fire();
  }

  private async stopped(session: LiveSession): Promise<void> {
    try {
      await session.stop();
    } catch (error) {
      this.logger.error(`The session did not end in order: ${messageOf(error)}`);
    }
  }
}
