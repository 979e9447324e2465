/**
 * One signed-in session of Workspace API v3: from the sign-in until it is left or lost. What it takes to come back
 * after a loss is its owner's affair.
 *
 * Order of the steps: workspace-client-js (Genesys, MIT).
 */
import type { Disposable } from '../../core/base/disposable';
import { ExpectedError } from '../../core/base/result';
import { asInteger, asObject, asText, member } from '../../core/protocol/attributes';
import type { Frame, HeaderList, HttpResponseFrame } from '../../core/protocol/frame';
import type { JsonObject } from '../../core/protocol/json';
import {
  encodeOperation,
  type WorkspaceV3Operation,
} from '../../core/protocol/workspace/operations';
import { userIn } from '../../core/protocol/workspace/workspaceV3Events';
import type { Clock, Logger } from '../../session/ports';
import type { ServerTrust } from '../serverTrust';
import { workspaceUrl, type ApiAddress } from './apiAddress';
import { CometdConnection } from './cometdConnection';
import type { RecordingHttp } from './recordingHttp';
import {
  initializeWorkspace,
  jsonOf,
  signInByForm,
  signInByToken,
  statusOf,
  type Credentials,
} from './signIn';
import type { Timing } from './timing';
import { WebSession } from './webSession';

export interface SessionParts {
  readonly address: ApiAddress;
  readonly signIn: 'form' | 'token';
  /** Place at which the agent's channels are activated; empty: they are left as they are. */
  readonly place: string;
  readonly http: RecordingHttp;
  readonly onFrame: (at: number, frame: Frame) => void;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timing: Timing;
  readonly trust: ServerTrust;
  readonly listener: SessionListener;
}

export interface SessionListener {
  /** Names the step that begins, for a person. */
  step(text: string): void;
  event(data: JsonObject): void;
  trouble(reason: string): void;
  restored(): void;
  /** The session is over; told once. */
  lost(reason: string): void;
}

/** Channels of Workspace API v3, beside that of the initialisation. Source: agent-api-simulator (Genesys, MIT). */
const CHANNELS = ['workbins', 'media', 'media/*', 'media-management', 'voice', 'contacts'].map(
  (name) => `/workspace/v3/${name}`,
);
const INITIALIZATION = '/workspace/v3/initialization';

export class WorkspaceSession implements Disposable {
  private readonly end = new AbortController();
  private readonly web: WebSession;
  private readonly cometd: CometdConnection;
  private initialization: Initialization = { kind: 'open' };
  private onInitialization: (() => void) | undefined;
  private ready = false;
  private lossReason: string | undefined;
  private left = false;
  private names: readonly string[] = [];

  private constructor(
    private readonly parts: SessionParts,
    apiKey: string | undefined,
  ) {
    const { address, http, clock, timing, onFrame, trust } = parts;
    const common: HeaderList = [
      ['Accept', 'application/json, text/html;q=0.5'],
      ['User-Agent', 'workbin-inspector'],
      ...(apiKey === undefined ? [] : ([['x-api-key', apiKey]] as const)),
    ];
    this.web = new WebSession(http, common, timing.httpMs, this.end.signal);
    this.cometd = new CometdConnection({
      url: workspaceUrl(address, '/notifications'),
      web: this.web,
      http,
      onFrame,
      clock,
      trust,
      patienceMs: timing.pollPatienceMs,
      pollDelaysMs: timing.pollDelaysMs,
      listener: {
        event: (channel, data) => this.receive(channel, data),
        trouble: (reason) => parts.listener.trouble(reason),
        restored: () => parts.listener.restored(),
        lost: (reason) => this.lose(reason),
      },
    });
  }

  /** Signs in and gets ready. Rejects with an `ExpectedError`; `signal` gives up. */
  static async open(
    parts: SessionParts,
    credentials: Credentials,
    signal: AbortSignal,
  ): Promise<WorkspaceSession> {
    const session = new WorkspaceSession(parts, credentials.apiKey);
    const giveUp = (): void => session.dispose();
    signal.addEventListener('abort', giveUp);
    try {
      signal.throwIfAborted();
      await session.begin(credentials);
      signal.throwIfAborted();
      session.mustLive();
      session.ready = true;
      return session;
    } catch (error) {
      session.dispose();
      throw error;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** Names of the signed-in agent as the server tells them, the best first; empty when it tells none. */
  get agentNames(): readonly string[] {
    return this.names;
  }

  /** Sends an operation; its events will carry `operationId`. Never rejects: status 0 means no response. */
  operate(
    operationId: string,
    operation: WorkspaceV3Operation,
    timeLimitMs: number,
  ): Promise<HttpResponseFrame> {
    const { method, path, body } = encodeOperation(operationId, operation);
    return this.web.send({
      method,
      url: this.parts.address.root + path,
      content: { type: 'application/json', text: body },
      timeLimitMs,
    });
  }

  /** Leaves in order: CometD first, then the session. A server that does not answer is left all the same. */
  async leave(): Promise<void> {
    this.left = true;
    const { clock, timing, address } = this.parts;
    await new Promise<void>((resolve) => {
      const patience = clock.after(timing.goodbyeMs, resolve);
      void this.cometd.disconnect().then(() => {
        patience.dispose();
        resolve();
      });
    });
    await this.web.send({
      method: 'POST',
      url: workspaceUrl(address, '/logout'),
      timeLimitMs: timing.goodbyeMs,
    });
    this.dispose();
  }

  dispose(): void {
    this.left = true;
    this.settle({ kind: 'failed', reason: 'Given up.' });
    this.cometd.dispose();
    this.end.abort();
  }

  private async begin(credentials: Credentials): Promise<void> {
    const { parts, web } = this;
    const { address, listener } = parts;
    listener.step(`Signing in ${credentials.user}`);
    const signIn = parts.signIn === 'form' ? signInByForm : signInByToken;
    const grant = await signIn(web, address, credentials);
    listener.step('Initialising');
    await initializeWorkspace(web, address, grant);
    listener.step('Opening the event channel');
    await this.cometd.open();
    await this.need([INITIALIZATION]);
    listener.step('Waiting for the initialisation');
    await this.initialized();
    await this.need(CHANNELS);
    if (parts.place !== '') {
      await this.activate(credentials.user);
    }
  }

  /** Subscribes; only without the events of workbins there is nothing to be had. */
  private async need(channels: readonly string[]): Promise<void> {
    const refused = await this.cometd.subscribe(channels);
    for (const [channel, reason] of refused) {
      this.parts.logger.warn(`The server refused the channel ${channel}: ${reason}`);
      if (channel.endsWith('/workbins')) {
        throw new ExpectedError(
          'no-events',
          `The server refused the channel of workbin events: ${reason}`,
        );
      }
    }
  }

  private async initialized(): Promise<void> {
    const { clock, timing } = this.parts;
    if (this.initialization.kind === 'open') {
      await new Promise<void>((resolve) => {
        const patience = clock.after(timing.initializationMs, resolve);
        this.onInitialization = () => {
          patience.dispose();
          resolve();
        };
      });
    }
    const { initialization } = this;
    if (initialization.kind === 'failed') {
      throw new ExpectedError('not-initialized', initialization.reason);
    }
    if (initialization.kind === 'open') {
      // It may have been complete before, and nobody tells again.
      await this.currentSession();
    }
  }

  private async currentSession(): Promise<void> {
    const url = workspaceUrl(this.parts.address, '/current-session');
    const response = await this.web.send({ method: 'GET', url });
    const answer = jsonOf(response);
    this.names = answer === undefined ? [] : userIn(answer);
    if (response.status !== 200 || this.names.length === 0) {
      const seconds = this.parts.timing.initializationMs / 1000;
      throw new ExpectedError(
        'not-initialized',
        `The server signed in, but did not complete the initialisation within ${seconds} s, and its current session is ${statusOf(response)}.`,
      );
    }
  }

  /** Logs the agent in on the channels of a place; Interaction Server may refuse workbin requests before (our reading). */
  private async activate(user: string): Promise<void> {
    const { parts } = this;
    parts.listener.step(`Activating the channels of ${parts.place}`);
    const [agentId = user] = this.names;
    const response = await this.web.send({
      method: 'POST',
      url: workspaceUrl(parts.address, '/activate-channels'),
      content: {
        type: 'application/json',
        text: JSON.stringify({ data: { agentId, placeName: parts.place } }),
      },
    });
    const status = asObject(member(jsonOf(response), 'status'));
    const code = asInteger(member(status, 'code'));
    if (response.status !== 200 || code === undefined || code > 1) {
      const words = asText(member(status, 'message')) ?? response.error ?? '';
      throw new ExpectedError(
        'not-activated',
        `The channels of ${parts.place} were not activated: ${statusOf(response)}${
          words === '' ? '' : ` (${words})`
        }. Check the place, or connect without one.`,
      );
    }
  }

  private receive(channel: string, data: JsonObject): void {
    if (channel === INITIALIZATION) {
      const names = userIn(data);
      this.names = names.length > 0 ? names : this.names;
      const state = asText(member(data, 'state')) ?? '';
      if (state === 'Complete') {
        this.settle({ kind: 'complete' });
      } else if (state === 'Failed') {
        this.settle({ kind: 'failed', reason: 'The server says that the initialisation failed.' });
      }
    }
    this.parts.listener.event(data);
  }

  private lose(reason: string): void {
    this.lossReason = reason;
    this.settle({ kind: 'failed', reason: `The event channel was lost: ${reason}` });
    if (this.ready && !this.left) {
      this.parts.listener.lost(reason);
    }
  }

  private mustLive(): void {
    if (this.lossReason !== undefined) {
      throw new ExpectedError('no-events', `The event channel was lost: ${this.lossReason}`);
    }
  }

  private settle(initialization: Initialization): void {
    if (this.initialization.kind === 'open') {
      this.initialization = initialization;
      this.onInitialization?.();
    }
  }
}

type Initialization =
  | { readonly kind: 'open' }
  | { readonly kind: 'complete' }
  | { readonly kind: 'failed'; readonly reason: string };
