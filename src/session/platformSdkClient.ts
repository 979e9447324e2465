/**
 * A client of Interaction Server in the JSON form of Platform SDK's messages: registers as an agent
 * application, logs an agent in, and asks for workbins. Every frame goes to the recorder as it passes.
 *
 * One client may connect again after it was disconnected; each time is a connection of its own in the trace.
 */
import type { CancellationSignal } from '../core/base/cancellation';
import { DisposableStore, type Disposable } from '../core/base/disposable';
import { Emitter } from '../core/base/event';
import {
  ExpectedError,
  failed,
  messageOf,
  ok,
  type Failure,
  type Result,
} from '../core/base/result';
import { asInt32, asText, member } from '../core/protocol/attributes';
import { describeError } from '../core/protocol/errorCodes';
import type { TextBody } from '../core/protocol/frame';
import { hintOf } from '../core/protocol/hints';
import type { JsonObject } from '../core/protocol/json';
import { keyValueEntries } from '../core/protocol/keyValueList';
import type { Message } from '../core/protocol/message';
import { decodePlatformSdkJson, encodePlatformSdkJson } from '../core/protocol/platformSdkJson';
import { workbinInfo, type Workbin } from '../core/protocol/workbin';
import { FrameLines } from '../core/trace/wire/frameLines';
import { ownersOfTypes, ownWorkbins, workbinTypesOf } from './knownWorkbins';
import { PendingRequests } from './pendingRequests';
import type { ConnectionProfile } from './platform';
import type { Clock, Logger, Transport, TrafficSink } from './ports';
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

export interface PlatformSdkClientParts {
  readonly profile: ConnectionProfile;
  /** Makes a transport for each connection. */
  readonly createTransport: () => Transport;
  readonly sink: TrafficSink;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds after which a request counts as unanswered. */
  readonly answerTimeLimitMs: number;
}

export class PlatformSdkClient implements WorkbinClient {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<ClientState>());
  private readonly pending: PendingRequests;
  private readonly lines = new FrameLines();
  private transport: Transport | undefined;
  private listeners: Disposable | undefined;
  private current: ClientState = { kind: 'disconnected' };
  private nextReference = 1;

  readonly onDidChangeState = this.changed.event;

  constructor(private readonly parts: PlatformSdkClientParts) {
    this.pending = this.store.add(new PendingRequests(parts.clock, parts.answerTimeLimitMs));
  }

  get state(): ClientState {
    return this.current;
  }

  async connect(signal: CancellationSignal): Promise<ClientState> {
    if (this.current.kind === 'connecting' || this.current.kind === 'connected') {
      return this.current;
    }
    const giveUp = (): void => this.pending.rejectAll(CANCELLED);
    signal.addEventListener?.('abort', giveUp);
    try {
      await this.openTransport(signal);
      await this.enter(signal);
    } catch (error) {
      const failure = failureOf(error);
      this.parts.logger.warn(`Connecting failed: ${failure.message}`);
      await this.closeTransport();
      this.setState(
        failure.code === 'cancelled'
          ? { kind: 'disconnected', reason: failure.message }
          : { kind: 'failed', failure },
      );
    } finally {
      signal.removeEventListener?.('abort', giveUp);
    }
    return this.current;
  }

  async disconnect(): Promise<void> {
    if (this.current.kind === 'connected') {
      // A server that does not answer the logout is left all the same.
      const patience = this.parts.clock.after(LOGOUT_PATIENCE_MS, () =>
        this.pending.rejectAll(GONE),
      );
      await this.request('RequestAgentLogout', {});
      patience.dispose();
    }
    await this.closeTransport();
    this.setState({ kind: 'disconnected' });
  }

  async workbins(): Promise<Result<readonly Workbin[]>> {
    const answer = await this.request('RequestWorkbinTypesInfo', {
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
    const answer = await this.request('RequestPull', {
      viewId: `${workbin.type}/PrivateView`,
      pullParameters: { id: interactionId },
      count: 1,
      tenantId: this.parts.profile.tenant,
    });
    return answer.ok ? pulled(interactionId, idsIn(answer.value, interactionId)) : answer;
  }

  async send({ name, attributes }: Message): Promise<Result<SentRequest>> {
    const { clock } = this.parts;
    const own = member(attributes, 'referenceId');
    const reference = own === undefined ? this.freeReference() : asInt32(own);
    if (reference === undefined) {
      return failed('bad-reference', 'A reference id is an integer of 32 bits.');
    }
    if (this.transport === undefined) {
      return NOT_CONNECTED;
    }
    if (this.pending.has(reference)) {
      return failed(
        'reference-in-use',
        `Another request waits for its answer under the reference id ${reference}. Choose another one, or none.`,
      );
    }
    const sentAt = clock.now();
    const answer = await this.transmit(name, reference, attributes);
    return ok({ reference, answer, tookMs: clock.now() - sentAt });
  }

  dispose(): void {
    this.listeners?.dispose();
    this.transport?.dispose();
    this.store.dispose();
  }

  /** The types do not say which groups there are; the statistic of a type names its owners (our reading). */
  private async workbinsOfGroups(type: WorkbinType): Promise<readonly Workbin[]> {
    const statistic = await this.request('RequestWorkbinStatistic', {
      workbinTypeId: type.type,
      tenantId: this.parts.profile.tenant,
    });
    return statistic.ok ? ownersOfTypes(type, statistic.value) : [];
  }

  private async openTransport(signal: CancellationSignal): Promise<void> {
    const { profile, sink, clock } = this.parts;
    this.setState({ kind: 'connecting', text: `Connecting to ${profile.server}` });
    const transport = this.parts.createTransport();
    this.transport = transport;
    const connection = sink.open(clock.now(), {
      dialect: profile.dialect,
      server: profile.server,
      application: APPLICATION,
    });
    const listeners = new DisposableStore();
    this.listeners = listeners;
    listeners.add(
      transport.onDidPass(({ at, frame }) => {
        sink.frame(at, connection, frame);
        if (frame.direction === 'receive' && frame.body.kind === 'text') {
          this.receive(frame.body);
        }
      }),
    );
    listeners.add(
      transport.onDidEnd(({ at, by, reason }) => {
        sink.close(at, connection, by, reason);
        this.ended(by === 'inspector' ? undefined : `The connection was lost: ${reason}`);
      }),
    );
    try {
      await transport.open(signal);
    } catch (error) {
      sink.close(clock.now(), connection, 'network', messageOf(error));
      throw error;
    }
  }

  /** Registers the client, then logs the agent in. Nothing else may be sent before registration. */
  private async enter(signal: CancellationSignal): Promise<void> {
    const { profile } = this.parts;
    this.setState({ kind: 'connecting', text: 'Registering' });
    await this.need('RequestRegisterClient', {
      clientName: profile.clientName,
      clientType: 'AgentApplication',
    });
    signal.throwIfAborted();
    this.setState({ kind: 'connecting', text: `Logging in ${profile.agent}` });
    await this.need('RequestAgentLogin', {
      tenantId: profile.tenant,
      agentId: profile.agent,
      placeId: profile.place,
    });
    signal.throwIfAborted();
    this.setState({ kind: 'connected', agent: profile.agent, server: profile.server });
  }

  private async need(name: string, attributes: JsonObject): Promise<void> {
    const answer = await this.request(name, attributes);
    if (!answer.ok) {
      const { code, message } = answer.error;
      throw new ExpectedError(code, code === CANCELLED.code ? message : `${name}: ${message}`);
    }
  }

  private async ask(name: string, attributes: JsonObject): Promise<Result<void>> {
    const answer = await this.request(name, attributes);
    return answer.ok ? ok(undefined) : answer;
  }

  /** Sends a request and resolves with its answer; an `EventError` is a failure in the server's words. */
  private async request(name: string, attributes: JsonObject): Promise<Result<Message>> {
    const result = await this.transmit(name, this.freeReference(), attributes);
    return result.ok && result.value.name === 'EventError' ? errorOf(result.value) : result;
  }

  private freeReference(): number {
    while (this.pending.has(this.nextReference)) {
      this.nextReference++;
    }
    return this.nextReference++;
  }

  /** Sends a request under a reference that is free and resolves with its answer, whatever that is. */
  private async transmit(
    name: string,
    reference: number,
    attributes: JsonObject,
  ): Promise<Result<Message>> {
    const transport = this.transport;
    if (transport === undefined) {
      return NOT_CONNECTED;
    }
    const answer = this.pending.wait(reference);
    try {
      transport.send(
        encodePlatformSdkJson({ name, attributes: { referenceId: reference, ...attributes } }),
      );
    } catch (error) {
      this.pending.reject(reference, failureOf(error));
    }
    return answer;
  }

  /** Settles the request that this answers. What answers none is not decoded: that takes long, and most does not. */
  private receive(body: TextBody): void {
    if (this.pending.count === 0 || (body.utf8 !== undefined && !this.mayAnswer(body.utf8))) {
      return;
    }
    const { message } = decodePlatformSdkJson(body.text);
    const reference = message === undefined ? undefined : hintOf(message).reference;
    if (message !== undefined && typeof reference === 'number') {
      this.pending.resolve(reference, message);
    }
  }

  private mayAnswer(utf8: Uint8Array): boolean {
    if (!this.lines.take(utf8)) {
      return true; // Nothing is known of it yet.
    }
    const { reference } = this.lines;
    return reference !== undefined && this.pending.has(reference);
  }

  private ended(reason: string | undefined): void {
    this.listeners?.dispose();
    this.transport = undefined;
    this.pending.rejectAll(
      reason === undefined ? GONE : { code: 'connection-lost', message: reason },
    );
    if (this.current.kind === 'connected') {
      this.setState(
        reason === undefined ? { kind: 'disconnected' } : { kind: 'disconnected', reason },
      );
    }
  }

  private async closeTransport(): Promise<void> {
    const transport = this.transport;
    await transport?.close();
    this.listeners?.dispose();
    transport?.dispose();
    this.transport = undefined;
  }

  private setState(state: ClientState): void {
    this.current = state;
    this.changed.fire(state);
  }
}

const NOT_CONNECTED = failed('not-connected', 'Not connected. Connect first.');
const CANCELLED: Failure = { code: 'cancelled', message: 'Connecting was cancelled.' };
const GONE: Failure = { code: 'disconnected', message: 'The connection was closed.' };

/** Ids of the interactions that an event lists; that the list is keyed by them is our reading. */
function idsIn(event: Message, wanted: string): readonly string[] {
  return keyValueEntries(event.attributes['interactions']).map(({ key, value }) => {
    const properties = Object.fromEntries(
      keyValueEntries(value).map((each) => [each.key, each.value]),
    );
    return key === wanted ? key : (asText(properties['InteractionId']) ?? key);
  });
}

function errorOf(event: Message): Result<never> {
  const code = hintOf(event).errorCode;
  const words = asText(event.attributes['errorDescription']) ?? '';
  const name = code === undefined ? 'EventError' : describeError(code);
  return failed('event-error', words === '' ? name : `${name}: ${words}`);
}

function failureOf(error: unknown): Failure {
  if (error instanceof ExpectedError) {
    return { code: error.code, message: error.message };
  }
  // Cancellation signals throw errors of their own.
  const isAbort = error instanceof Error && error.name === 'AbortError';
  return isAbort ? CANCELLED : { code: 'unexpected', message: messageOf(error) };
}
