/**
 * A client of Workspace API v3, Genesys' web tier: HTTP requests carry the operations, CometD the answers and the
 * notifications. Every frame goes to the recorder as it crosses the wire.
 *
 * A session that is lost is begun again by itself, with the subscriptions that there were; what was missed meanwhile
 * stands in the trace as a gap. One call of `connect` is one connection of the trace, however many sessions it takes.
 */
import { randomBytes } from 'node:crypto';
import type { CancellationSignal } from '../../core/base/cancellation';
import { DisposableStore } from '../../core/base/disposable';
import { Emitter } from '../../core/base/event';
import {
  ExpectedError,
  failed,
  messageOf,
  ok,
  type Failure,
  type Result,
} from '../../core/base/result';
import { asObject, asText, member } from '../../core/protocol/attributes';
import type { JsonObject } from '../../core/protocol/json';
import type { Message } from '../../core/protocol/message';
import { workbinName, type Workbin } from '../../core/protocol/workbin';
import type { WorkspaceV3Operation } from '../../core/protocol/workspace/operations';
import { webRequestOf, type WebRequest } from '../../core/protocol/workspace/webRequests';
import { readV3Event } from '../../core/protocol/workspace/workspaceV3Events';
import type { ConnectionProfile } from '../../session/platform';
import type { Clock, Logger, TrafficSink } from '../../session/ports';
import {
  pulled,
  type ClientState,
  type NotificationOptions,
  type SentRequest,
  type WorkbinClient,
} from '../../session/workbinClient';
import type { RecoveryProgress } from '../../session/reconnect/recovery';
import { tryNow } from '../../session/reconnect/tryNow';
import { trustOf, type ServerTrust } from '../serverTrust';
import { eventFailure } from './eventFailure';
import { KnownThings } from './knownThings';
import { OperationMaker, type NamedById } from './operationMaker';
import { readAnswer } from './operationAnswer';
import { PendingOperations } from './pendingOperations';
import { SessionKeeper } from './sessionKeeper';
import type { Credentials } from './signIn';
import { USUAL_TIMING, type Timing } from './timing';

export interface WorkspaceV3ClientParts {
  readonly profile: ConnectionProfile;
  /** Asked at each sign-in, also when a lost session is begun again; undefined: there are none to be had. */
  readonly credentials: () => Promise<Credentials | undefined>;
  readonly sink: TrafficSink;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds after which an operation counts as unanswered. */
  readonly answerTimeLimitMs: number;
  /** Where it differs from the usual. */
  readonly timing?: Partial<Timing>;
}

export class WorkspaceV3Client implements WorkbinClient {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<ClientState>());
  private readonly pending: PendingOperations;
  private readonly known = new KnownThings();
  /** Workbins whose notifications were requested, by name. */
  private readonly subscribed = new Map<string, Workbin>();
  /** Workbins whose contents were read, by name. */
  private readonly read = new Map<string, Workbin>();
  private readonly prefix = `inspector-${randomBytes(4).toString('hex')}`;
  private readonly maker = new OperationMaker({
    known: this.known,
    agentNames: () => [...(this.keeper?.agentNames ?? []), this.parts.profile.agent],
    listWorkbins: () => this.workbins(),
    getDetails: (interactionId) => this.getDetails(interactionId),
  });
  private keeper: SessionKeeper | undefined;
  private current: ClientState = { kind: 'disconnected' };
  private progress: RecoveryProgress | undefined;
  private operations = 0;

  readonly onDidChangeState = this.changed.event;

  constructor(private readonly parts: WorkspaceV3ClientParts) {
    this.pending = this.store.add(new PendingOperations(parts.clock, parts.answerTimeLimitMs));
  }

  get state(): ClientState {
    return this.current;
  }

  async connect(signal: CancellationSignal): Promise<ClientState> {
    if (this.current.kind === 'recovering') {
      return tryNow(this, this.keeper?.recovering, signal);
    }
    if (this.current.kind === 'connecting' || this.current.kind === 'connected') {
      return this.current;
    }
    this.keeper?.dispose();
    this.keeper = undefined;
    this.subscribed.clear();
    this.read.clear();
    const { profile } = this.parts;
    const stop = new AbortController();
    const giveUp = (): void => stop.abort();
    signal.addEventListener?.('abort', giveUp);
    let keeper: SessionKeeper | undefined;
    try {
      signal.throwIfAborted();
      this.setState({ kind: 'connecting', text: `Connecting to ${profile.server}` });
      keeper = this.createKeeper(await trustOf(profile));
      this.keeper = keeper;
      await keeper.open(stop.signal);
      this.setState(this.connectedState());
    } catch (error) {
      // Else somebody has disconnected meanwhile, and that state stands.
      if (keeper === this.keeper) {
        this.connectFailed(error, stop.signal.aborted || signal.aborted);
      }
    } finally {
      signal.removeEventListener?.('abort', giveUp);
    }
    return this.current;
  }

  async disconnect(): Promise<void> {
    const { keeper } = this;
    this.keeper = undefined;
    this.pending.rejectAll(GONE);
    await keeper?.close();
    this.subscribed.clear();
    this.read.clear();
    this.setState({ kind: 'disconnected' });
  }

  async workbins(): Promise<Result<readonly Workbin[]>> {
    const answer = await this.operate({ kind: 'get-workbins' });
    if (!answer.ok) {
      return answer;
    }
    const { agent, place } = this.parts.profile;
    return ok(
      this.known
        .learnWorkbins(answer.value, this.keeper?.agentNames[0] ?? agent)
        .map((each) =>
          each.ownerKind === 'Place' && place !== '' ? { ...each, owner: place } : each,
        ),
    );
  }

  async getContent(workbin: Workbin): Promise<Result<void>> {
    const { keeper } = this;
    const result = await this.ask(workbin, (named) => ({ kind: 'get-content', ...named }));
    if (result.ok && keeper === this.keeper) {
      this.read.set(workbinName(workbin), workbin);
    }
    return result;
  }

  /** The contents of several workbins of one owner, in one answer. The server leaves out those it does not know. */
  async getContents(workbins: readonly Workbin[]): Promise<Result<void>> {
    const named = [];
    for (const workbin of workbins) {
      const each = await this.maker.nameOf(workbin);
      if (!each.ok) {
        return each;
      }
      named.push(each.value);
    }
    const workbinIds = named.map(({ workbinId }) => workbinId);
    const owner = named.map(({ ownerId }) => ownerId);
    const [ownerId] = owner;
    if (owner.some((each) => each !== ownerId)) {
      return failed(
        'several-owners',
        'One request gets workbins of one owner. Ask for each owner.',
      );
    }
    return nothingOf(
      await this.operate({
        kind: 'get-contents',
        workbinIds,
        ...(ownerId !== undefined && { ownerId }),
      }),
    );
  }

  /** An interaction as the server knows it. */
  async getDetails(interactionId: string): Promise<Result<JsonObject>> {
    const answer = await this.operate({ kind: 'get-details', interactionId });
    if (!answer.ok) {
      return answer;
    }
    const interaction = asObject(member(answer.value, 'interaction'));
    return interaction === undefined
      ? failed('unknown-interaction', `The server knows no interaction ${interactionId}.`)
      : ok(interaction);
  }

  async requestNotifications(
    workbin: Workbin,
    { propertyChanges = false }: NotificationOptions = {},
  ): Promise<Result<void>> {
    if (propertyChanges) {
      return failed(
        'not-offered',
        'No way is known to ask Workspace API v3 for changed properties. Request notifications without them.',
      );
    }
    const { keeper } = this;
    const result = await this.ask(workbin, (named) => ({ kind: 'subscribe', ...named }));
    if (result.ok && keeper === this.keeper) {
      this.subscribed.set(workbinName(workbin), workbin);
    }
    return result;
  }

  async cancelNotifications(workbin: Workbin): Promise<Result<void>> {
    const result = await this.ask(workbin, (named) => ({ kind: 'unsubscribe', ...named }));
    if (result.ok) {
      this.subscribed.delete(workbinName(workbin));
    }
    return result;
  }

  /** An interaction that the agent has open is placed by closing it, any other is added. */
  async placeInWorkbin(interactionId: string, workbin: Workbin): Promise<Result<void>> {
    const placing = await this.maker.placing(interactionId, workbin);
    return placing.ok ? nothingOf(await this.operate(placing.value)) : placing;
  }

  async pull(interactionId: string, { type }: Workbin): Promise<Result<void>> {
    const pulling = await this.maker.pulling(interactionId, type);
    if (!pulling.ok) {
      return pulling;
    }
    const answer = await this.operate(pulling.value);
    if (!answer.ok) {
      return answer;
    }
    // An answer that names no interaction is taken at its word.
    const came = asText(member(asObject(member(answer.value, 'interaction')), 'id'));
    return pulled(interactionId, [came ?? interactionId]);
  }

  async send(request: Message): Promise<Result<SentRequest>> {
    const asked = webRequestOf(request);
    if (!asked.ok) {
      return asked;
    }
    const operation = await this.maker.of(asked.value);
    if (!operation.ok) {
      return operation;
    }
    const { keeper } = this;
    const { clock } = this.parts;
    const sentAt = clock.now();
    let reference: string | undefined;
    const answer = await this.operate(operation.value, (id) => (reference = id));
    if (reference === undefined) {
      return NOT_CONNECTED;
    }
    if (answer.ok && keeper === this.keeper) {
      this.keepSubscriptions(asked.value);
    }
    return ok({
      reference,
      answer: answer.ok ? ok(messageOfEvent(answer.value)) : answer,
      tookMs: clock.now() - sentAt,
    });
  }

  dispose(): void {
    this.keeper?.dispose();
    this.keeper = undefined;
    this.store.dispose();
  }

  private keepSubscriptions(done: WebRequest): void {
    if (done.kind === 'subscribe') {
      this.subscribed.set(workbinName(done.workbin), done.workbin);
    } else if (done.kind === 'get-content') {
      this.read.set(workbinName(done.workbin), done.workbin);
    } else if (done.kind === 'unsubscribe') {
      this.subscribed.delete(workbinName(done.workbin));
    }
  }

  private createKeeper(trust: ServerTrust): SessionKeeper {
    const { parts } = this;
    return new SessionKeeper({
      ...parts,
      trust,
      timing: { ...USUAL_TIMING, ...parts.timing },
      listener: {
        recovering: (progress) => {
          this.progress = progress;
        },
        step: (text) =>
          this.setState(
            this.progress === undefined
              ? { kind: 'connecting', text }
              : { kind: 'recovering', ...this.progress, text },
          ),
        event: (data) => this.receive(data),
        lost: (reason) =>
          this.pending.rejectAll({
            code: 'session-lost',
            message: `The session was lost: ${reason}`,
          }),
        regained: () => this.restore(),
        ready: () => this.setState(this.connectedState()),
        gaveUp: (failure) => this.setState({ kind: 'failed', failure }),
      },
    });
  }

  private connectFailed(error: unknown, isCancelled: boolean): void {
    const keeper = this.keeper;
    this.keeper = undefined;
    keeper?.dispose();
    if (isCancelled) {
      this.setState({ kind: 'disconnected', reason: 'Connecting was cancelled.' });
      return;
    }
    const failure: Failure =
      error instanceof ExpectedError
        ? { code: error.code, message: error.message }
        : { code: 'unexpected', message: messageOf(error) };
    this.parts.logger.warn(`Connecting failed: ${failure.message}`);
    this.setState({ kind: 'failed', failure });
  }

  private connectedState(): ClientState {
    const { agent, server } = this.parts.profile;
    return { kind: 'connected', agent: this.keeper?.agentNames[0] ?? agent, server };
  }

  /** A new session has none of the old one's subscriptions, and what was read may have changed meanwhile. */
  private async restore(): Promise<void> {
    await this.requestAgain('subscribe', this.subscribed);
    await this.requestAgain('get-content', this.read);
  }

  private async requestAgain(
    kind: 'subscribe' | 'get-content',
    workbins: Map<string, Workbin>,
  ): Promise<void> {
    const session = this.keeper?.session;
    for (const [name, workbin] of [...workbins]) {
      const result = await this.ask(workbin, (named) => ({ kind, ...named }));
      if (session === undefined || this.keeper?.session !== session) {
        return; // Lost once more: the next session takes it up.
      }
      if (!result.ok) {
        this.parts.logger.warn(`${name}: ${kind} could not be repeated: ${result.error.message}`);
        workbins.delete(name);
      }
    }
  }

  private async ask(
    workbin: Workbin,
    operation: (named: NamedById) => WorkspaceV3Operation,
  ): Promise<Result<void>> {
    const named = await this.maker.nameOf(workbin);
    return named.ok ? nothingOf(await this.operate(operation(named.value))) : named;
  }

  /**
   * Sends an operation and resolves with the data of the event that carries its `operationId`, which `onReference` is
   * told before it is sent.
   */
  private async operate(
    operation: WorkspaceV3Operation,
    onReference?: (operationId: string) => void,
  ): Promise<Result<JsonObject>> {
    const { keeper } = this;
    const session = keeper?.session;
    if (keeper === undefined || session === undefined) {
      return NOT_CONNECTED;
    }
    const operationId = `${this.prefix}-${++this.operations}`;
    onReference?.(operationId);
    const result = this.pending.wait(operationId, operation.kind);
    const response = session
      .operate(operationId, operation, this.parts.answerTimeLimitMs)
      .then((answered) => {
        const answer = readAnswer(answered, operation.kind);
        switch (answer.kind) {
          case 'accepted':
            this.pending.accept(operationId);
            break;
          case 'done':
            this.pending.resolve(operationId, answer.data);
            break;
          case 'signed-out':
            this.pending.reject(operationId, answer.failure);
            keeper.lose(answer.failure.message);
            break;
          case 'failed':
            this.pending.reject(operationId, answer.failure);
            break;
        }
      });
    response.catch((error: unknown) =>
      this.pending.reject(operationId, { code: 'unexpected', message: messageOf(error) }),
    );
    return result;
  }

  private receive(data: JsonObject): void {
    this.known.learn(data);
    const operationId = asText(member(data, 'operationId'));
    if (operationId !== undefined) {
      const failure = eventFailure(data);
      if (failure === undefined) {
        this.pending.resolve(operationId, data);
      } else {
        this.pending.reject(operationId, failure);
      }
    }
  }

  private setState(state: ClientState): void {
    if (state.kind !== 'recovering') {
      this.progress = undefined;
    }
    this.current = state;
    this.changed.fire(state);
  }
}

/** An event under the name that the trace gives it. */
function messageOfEvent(data: JsonObject): Message {
  return { name: readV3Event('event', data).name, attributes: data };
}

const NOT_CONNECTED = failed('not-connected', 'Not connected. Connect first.');
const GONE: Failure = { code: 'disconnected', message: 'The connection was closed.' };

function nothingOf(result: Result<JsonObject>): Result<void> {
  return result.ok ? ok(undefined) : result;
}
