/**
 * A client of Interaction Server in the JSON form of Platform SDK's messages: registers as an agent
 * application, logs an agent in, and asks for workbins. Every frame goes to the recorder as it passes.
 *
 * A connection that is lost is begun again by itself, with the subscriptions and contents that there were; what was
 * missed meanwhile stands in the trace as a gap. Each connection is one of its own in the trace.
 */
import type { CancellationSignal } from '../core/base/cancellation';
import { DisposableStore, type Disposable } from '../core/base/disposable';
import { Emitter } from '../core/base/event';
import { ExpectedError, messageOf, ok, type Failure, type Result } from '../core/base/result';
import { asText } from '../core/protocol/attributes';
import type { JsonObject } from '../core/protocol/json';
import { keyValueEntries } from '../core/protocol/keyValueList';
import type { Message } from '../core/protocol/message';
import { workbinInfo, type Workbin } from '../core/protocol/workbin';
import { backoffMs, type Random } from './reconnect/backoff';
import { ENTRY_NOT_NOW, ENTRY_REFUSED } from './entryRefusal';
import { KeptInterest } from './reconnect/keptInterest';
import { ownersOfTypes, ownWorkbins, workbinTypesOf } from './knownWorkbins';
import { missedSpan } from './reconnect/missedSpan';
import type { ConnectionProfile } from './platform';
import { logIn, register } from './platformSdkEntry';
import { PlatformSdkRequests } from './platformSdkRequests';
import type { Clock, Logger, Transport, TrafficSink } from './ports';
import { Recovery, type RecoveryProgress } from './reconnect/recovery';
import { restoreInterest } from './reconnect/restoreInterest';
import { tryNow } from './reconnect/tryNow';
import {
  pulled,
  type ClientState,
  type NotificationOptions,
  type SentRequest,
  type WorkbinClient,
  type WorkbinType,
} from './workbinClient';

/** Names under which the traffic of this client stands in a trace. */
const APPLICATION = 'Workbin Inspector';
const LOGOUT_PATIENCE_MS = 1500;
/** A connection that held so long was a good one: when it is lost, tries are counted from 1 again. */
const STEADY_MS = 30_000;

export interface PlatformSdkClientParts {
  readonly profile: ConnectionProfile;
  /** Makes a transport for each connection. */
  readonly createTransport: () => Transport;
  readonly sink: TrafficSink;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds after which a request counts as unanswered. */
  readonly answerTimeLimitMs: number;
  /** Spreads the tries to connect again; `Math.random` unless told. */
  readonly random?: Random;
}

export class PlatformSdkClient implements WorkbinClient {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<ClientState>());
  private readonly requests: PlatformSdkRequests;
  private readonly interest = new KeptInterest();
  private transport: Transport | undefined;
  private listeners: Disposable | undefined;
  private current: ClientState = { kind: 'disconnected' };
  /** Number of the present connection in the trace. */
  private connection = 0;
  private recovery: Recovery | undefined;
  private progress: RecoveryProgress | undefined;
  /** When the connection was lost that is not regained yet. */
  private lostAt: number | undefined;
  private connectedAt = 0;
  /** Number of the try that brought the present connection; 0: it was asked for. */
  private attempt = 0;

  readonly onDidChangeState = this.changed.event;

  constructor(private readonly parts: PlatformSdkClientParts) {
    const { clock, answerTimeLimitMs } = parts;
    this.requests = this.store.add(
      new PlatformSdkRequests(clock, answerTimeLimitMs, (request, answer) => {
        if (answer.name !== 'EventError') {
          this.interest.granted(request);
        }
      }),
    );
  }

  get state(): ClientState {
    return this.current;
  }

  async connect(signal: CancellationSignal): Promise<ClientState> {
    if (this.recovery !== undefined) {
      return tryNow(this, this.recovery, signal);
    }
    if (this.current.kind === 'connecting' || this.current.kind === 'connected') {
      return this.current;
    }
    const failure = await this.enter(signal);
    if (failure !== undefined) {
      this.setState(
        failure.code === 'cancelled'
          ? { kind: 'disconnected', reason: failure.message }
          : { kind: 'failed', failure },
      );
    }
    return this.current;
  }

  async disconnect(): Promise<void> {
    this.stopRecovery();
    this.interest.clear();
    this.lostAt = undefined;
    if (this.current.kind === 'connected') {
      // A server that does not answer the logout is left all the same.
      const patience = this.parts.clock.after(LOGOUT_PATIENCE_MS, () =>
        this.requests.rejectAll(GONE),
      );
      await this.requests.request('RequestAgentLogout', {});
      patience.dispose();
    }
    await this.closeTransport();
    this.setState({ kind: 'disconnected' });
  }

  async workbins(): Promise<Result<readonly Workbin[]>> {
    const answer = await this.requests.request('RequestWorkbinTypesInfo', {
      tenantId: this.parts.profile.tenant,
    });
    if (!answer.ok) {
      return answer;
    }
    const types = workbinTypesOf(answer.value).filter(({ active }) => active);
    const ofGroups = types.filter(
      ({ ownerKind }) => ownerKind === 'AgentGroup' || ownerKind === 'PlaceGroup',
    );
    const found = await Promise.all(ofGroups.map((type) => this.workbinsOfGroups(type)));
    return ok([...ownWorkbins(types, this.parts.profile), ...found.flat()]);
  }

  getContent(workbin: Workbin): Promise<Result<void>> {
    return this.ask('RequestGetWorkbinContent', { workbin: workbinInfo(workbin) });
  }

  requestNotifications(
    workbin: Workbin,
    { propertyChanges = false }: NotificationOptions = {},
  ): Promise<Result<void>> {
    return this.ask('RequestWorkbinNotifications', {
      workbin: workbinInfo(workbin),
      ...(propertyChanges && { notifyPropertyChanges: 1 }),
    });
  }

  cancelNotifications(workbin: Workbin): Promise<Result<void>> {
    return this.ask('RequestCancelWorkbinNotifications', { workbin: workbinInfo(workbin) });
  }

  placeInWorkbin(interactionId: string, workbin: Workbin): Promise<Result<void>> {
    return this.ask('RequestPlaceInWorkbin', { interactionId, workbin: workbinInfo(workbin) });
  }

  async pull(interactionId: string, workbin: Workbin): Promise<Result<void>> {
    // A workbin's own view is its type and `PrivateView`; one interaction is chosen by its id (our reading).
    const answer = await this.requests.request('RequestPull', {
      viewId: `${workbin.type}/PrivateView`,
      pullParameters: { id: interactionId },
      count: 1,
      tenantId: this.parts.profile.tenant,
    });
    return answer.ok ? pulled(interactionId, idsIn(answer.value, interactionId)) : answer;
  }

  send(request: Message): Promise<Result<SentRequest>> {
    return this.requests.send(request);
  }

  dispose(): void {
    this.stopRecovery();
    this.listeners?.dispose();
    this.transport?.dispose();
    this.store.dispose();
  }

  /** The types do not say which groups there are; the statistic of a type names its owners (our reading). */
  private async workbinsOfGroups(type: WorkbinType): Promise<readonly Workbin[]> {
    const statistic = await this.requests.request('RequestWorkbinStatistic', {
      workbinTypeId: type.type,
      tenantId: this.parts.profile.tenant,
    });
    return statistic.ok ? ownersOfTypes(type, statistic.value) : [];
  }

  /** Connects, registers, logs in, and restores what was lost; undefined when done. Never rejects. */
  private async enter(signal: CancellationSignal): Promise<Failure | undefined> {
    const { profile, logger, clock } = this.parts;
    const giveUp = (): void => this.requests.rejectAll(CANCELLED);
    signal.addEventListener?.('abort', giveUp);
    try {
      this.step(`Connecting to ${profile.server}`);
      await this.openTransport(signal);
      this.step('Registering');
      await register(this.requests, profile);
      signal.throwIfAborted();
      this.step(`Logging in ${profile.agent}`);
      await logIn(this.requests, profile);
      signal.throwIfAborted();
      await this.restore(signal);
    } catch (error) {
      const failure = failureOf(error);
      logger.warn(`Connecting failed: ${failure.message}`);
      await this.closeTransport();
      return failure;
    } finally {
      signal.removeEventListener?.('abort', giveUp);
    }
    this.connectedAt = clock.now();
    this.attempt = this.progress?.attempt ?? 0;
    this.recovery = undefined;
    this.progress = undefined;
    this.setState({ kind: 'connected', agent: profile.agent, server: profile.server });
    return undefined;
  }

  private async openTransport(signal: CancellationSignal): Promise<void> {
    const { profile, sink, clock } = this.parts;
    signal.throwIfAborted();
    const transport = this.parts.createTransport();
    this.transport = transport;
    const connection = sink.open(clock.now(), {
      dialect: profile.dialect,
      server: profile.server,
      application: APPLICATION,
    });
    this.connection = connection;
    const listeners = new DisposableStore();
    this.listeners = listeners;
    listeners.add(
      transport.onDidPass(({ at, frame }) => {
        sink.frame(at, connection, frame);
        if (frame.direction === 'receive' && frame.body.kind === 'text') {
          this.requests.receive(frame.body);
        }
      }),
    );
    listeners.add(
      transport.onDidEnd(({ at, by, reason }) => {
        sink.close(at, connection, by, reason);
        this.ended(by === 'inspector' ? undefined : reason);
      }),
    );
    try {
      await transport.open(signal);
      this.requests.use(transport);
    } catch (error) {
      sink.close(clock.now(), connection, 'network', messageOf(error));
      throw error;
    }
  }

  private async ask(name: string, attributes: JsonObject): Promise<Result<void>> {
    const answer = await this.requests.request(name, attributes);
    return answer.ok ? ok(undefined) : answer;
  }

  /** After a loss: says in the trace what was missed, subscribes and reads again. */
  private async restore(signal: CancellationSignal): Promise<void> {
    const { lostAt } = this;
    if (lostAt === undefined) {
      return;
    }
    const { sink, clock, logger } = this.parts;
    const now = clock.now();
    const reason = missedSpan('The connection was lost', lostAt, now);
    sink.gap(now, { connection: this.connection, reason });
    this.lostAt = now;
    this.step('Requesting again what was requested before');
    await restoreInterest(this.interest, this.requests, logger);
    signal.throwIfAborted();
    if (this.transport === undefined) {
      throw new ExpectedError('connection-lost', 'The connection was lost again at once.');
    }
    this.lostAt = undefined;
  }

  private ended(reason: string | undefined): void {
    const message = `The connection was lost: ${reason ?? ''}`;
    this.listeners?.dispose();
    this.transport = undefined;
    this.requests.use(undefined);
    this.requests.rejectAll(reason === undefined ? GONE : { code: 'connection-lost', message });
    if (this.current.kind !== 'connected') {
      return; // Whoever is getting in or out learns of it from the requests.
    }
    if (reason === undefined) {
      this.setState({ kind: 'disconnected' });
      return;
    }
    const now = this.parts.clock.now();
    this.lostAt = now;
    this.attempt = now - this.connectedAt < STEADY_MS ? this.attempt : 0;
    void this.recover(message);
  }

  private async recover(reason: string): Promise<void> {
    const { clock, random = Math.random } = this.parts;
    this.parts.logger.warn(reason);
    const recovery = new Recovery({
      clock,
      delayMs: (attempt) => backoffMs(attempt, random),
      attempt: (signal) => this.enter(signal),
      verdict: ({ code }) =>
        FINAL.has(code) ? 'final' : code === ENTRY_NOT_NOW ? 'refused' : 'again',
      onProgress: (progress) => {
        this.progress = progress;
        this.setState({ kind: 'recovering', ...progress, text: 'Connection lost' });
      },
    });
    this.recovery = recovery;
    const end = await recovery.run(reason, this.attempt + 1);
    if (end.kind === 'failed' && this.recovery === recovery) {
      this.stopRecovery();
      const { code, message } = end.failure;
      const words = `The connection was lost and is not begun again: ${message}`;
      this.setState({ kind: 'failed', failure: { code, message: words } });
    }
  }

  private stopRecovery(): void {
    this.recovery?.stop();
    this.recovery = undefined;
    this.progress = undefined;
  }

  private step(text: string): void {
    const { progress } = this;
    this.setState(
      progress === undefined
        ? { kind: 'connecting', text }
        : { kind: 'recovering', ...progress, text },
    );
  }

  private async closeTransport(): Promise<void> {
    const transport = this.transport;
    await transport?.close();
    this.listeners?.dispose();
    transport?.dispose();
    this.requests.use(undefined);
    // Another one may have been opened meanwhile.
    if (this.transport === transport) {
      this.transport = undefined;
    }
  }

  private setState(state: ClientState): void {
    this.current = state;
    this.changed.fire(state);
  }
}

const CANCELLED: Failure = { code: 'cancelled', message: 'Connecting was cancelled.' };
const GONE: Failure = { code: 'disconnected', message: 'The connection was closed.' };

/** Codes of failures that no other try would mend. */
const FINAL: ReadonlySet<string> = new Set([ENTRY_REFUSED, 'bad-ca-file', 'bad-address']);

/** Ids of the interactions that an event lists; that the list is keyed by them is our reading. */
function idsIn(event: Message, wanted: string): readonly string[] {
  return keyValueEntries(event.attributes['interactions']).map(({ key, value }) => {
    const properties = Object.fromEntries(
      keyValueEntries(value).map((each) => [each.key, each.value]),
    );
    return key === wanted ? key : (asText(properties['InteractionId']) ?? key);
  });
}

function failureOf(error: unknown): Failure {
  if (error instanceof ExpectedError) {
    return { code: error.code, message: error.message };
  }
  // Cancellation signals throw errors of their own.
  const isAbort = error instanceof Error && error.name === 'AbortError';
  return isAbort ? CANCELLED : { code: 'unexpected', message: messageOf(error) };
}
