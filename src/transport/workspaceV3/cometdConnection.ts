/**
 * The event side of a session: Genesys' CometD endpoint, through the official CometD client. The library negotiates,
 * polls, batches and times; what crosses the wire goes through our own HTTP client and sockets, and whether a failure
 * is tried again or ends the connection is decided here.
 *
 * One object is one CometD session. It never signs in again: what is lost is told, and its owner begins anew.
 */
import { CometD, type Message as CometdMessage } from 'cometd';
import type { Disposable } from '../../core/base/disposable';
import { ExpectedError, messageOf } from '../../core/base/result';
import { asList, asObject } from '../../core/protocol/attributes';
import type { Frame } from '../../core/protocol/frame';
import type { JsonObject, JsonValue } from '../../core/protocol/json';
import type { Clock } from '../../session/ports';
import type { ServerTrust } from '../serverTrust';
import { BayeuxSocket } from './bayeuxSocket';
import {
  longPollingOf,
  transportsOf,
  type CometdInternals,
  type FailureInfo,
} from './cometdInternals';
import { pollThrough } from './pollThrough';
import type { RecordingHttp } from './recordingHttp';
import type { WebSession } from './webSession';

export interface CometdParts {
  /** The endpoint, without a slash at its end. */
  readonly url: string;
  readonly web: WebSession;
  readonly http: RecordingHttp;
  readonly onFrame: (at: number, frame: Frame) => void;
  readonly clock: Clock;
  readonly trust: ServerTrust;
  /** Milliseconds that a reply may take beyond the time for which the server holds a poll. */
  readonly patienceMs: number;
  /** Pauses before a poll that the network has broken off is sent again. */
  readonly pollDelaysMs: readonly number[];
  readonly listener: CometdListener;
}

export interface CometdListener {
  /** A published event, on whatever channel: servers deliver by session, not only where one has subscribed. */
  event(channel: string, data: JsonObject): void;
  /** A poll broke off; it is tried again. */
  trouble(reason: string): void;
  /** Polls get through again. */
  restored(): void;
  /** The session is over. Told once, and not after {@link CometdConnection.disconnect}. */
  lost(reason: string): void;
}

export class CometdConnection implements Disposable {
  private readonly cometd: CometD & CometdInternals;
  private readonly sockets = new Set<BayeuxSocket>();
  private webSocketOffered = false;
  private webSocketRefused = false;
  /** A WebSocket was open once, so that the way is clear for others. */
  private webSocketTaken = false;
  private failedPolls = 0;
  private troubled = false;
  private over = false;
  private disposed = false;
  private onAlive: (() => void) | undefined;
  private fail: (error: Error) => void = IGNORE;
  /** Rejects when the session is over, so that nobody waits for it. */
  private readonly end = new Promise<never>((_, reject) => {
    this.fail = reject;
  });

  constructor(private readonly parts: CometdParts) {
    // The boundary: members that the library has and does not declare.
    this.cometd = new CometD() as CometD & CometdInternals;
    this.end.catch(IGNORE);
    this.setUp();
  }

  /**
   * Shakes hands and waits for the first poll to come back, which shows that the session lives. Rejects with an
   * `ExpectedError` when it does not, as {@link subscribe} does when it ends meanwhile.
   */
  open(): Promise<void> {
    const alive = new Promise<void>((resolve) => {
      this.onAlive = resolve;
      this.cometd.handshake((reply) => {
        if (reply.successful !== true) {
          this.lose(`The handshake failed: ${reasonOf(reply)}`);
        }
      });
    });
    return Promise.race([alive, this.end]);
  }

  /** Subscribes to channels in one batch; resolves with those that the server refused, and why. */
  async subscribe(channels: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const refused = new Map<string, string>();
    const replies: Promise<void>[] = [];
    this.cometd.batch(() => {
      for (const channel of channels) {
        replies.push(
          new Promise((resolve) => {
            this.cometd.subscribe(channel, IGNORE, (reply) => {
              if (reply.successful !== true) {
                refused.set(channel, reasonOf(reply));
              }
              resolve();
            });
          }),
        );
      }
    });
    await Promise.race([Promise.all(replies), this.end]);
    return refused;
  }

  /** Says goodbye; resolves when the server has answered or cannot. */
  disconnect(): Promise<void> {
    if (this.over) {
      return Promise.resolve();
    }
    this.over = true;
    return new Promise((resolve) => {
      this.cometd.disconnect(() => resolve());
    });
  }

  dispose(): void {
    this.over = true;
    this.disposed = true;
    this.fail(new ExpectedError('cancelled', 'The connection was given up.'));
    this.cometd.getTransport()?.abort();
    this.cometd.clearListeners();
    for (const socket of this.sockets) {
      socket.dispose();
    }
  }

  private setUp(): void {
    const { cometd, parts } = this;
    const { clock } = parts;
    cometd.setTimeout = (callback, delay) =>
      clock.after(delay, () => {
        if (!this.disposed) {
          callback();
        }
      });
    // The boundary: what `setTimeout` above has returned.
    cometd.clearTimeout = (handle) => (handle as Disposable | undefined)?.dispose();
    cometd.unregisterTransport('callback-polling');
    const { longPolling, webSocket } = transportsOf(cometd);
    pollThrough(longPolling, parts.web);
    // Offered by the server, in its reply to the handshake, which goes by long-polling.
    webSocket.accept = () => this.webSocketOffered && !this.webSocketRefused;
    cometd.configure({
      url: parts.url,
      // A function, see ownWindow.ts; the library only hands it on. The declared type is that of a browser.
      protocol: ((url: string) => this.openSocket(url)) as unknown as string,
      maxNetworkDelay: parts.patienceMs,
      maxSendBayeuxMessageSize: 65_536,
      useWorkerScheduler: false,
      connectTimeout: parts.patienceMs,
    });
    cometd.registerExtension('offers', {
      outgoing: (message) => {
        if (message.channel === '/meta/handshake') {
          message.supportedConnectionTypes = ['websocket', 'long-polling'];
        }
        return message;
      },
      incoming: (message) => {
        if (message.channel === '/meta/handshake') {
          this.webSocketOffered = offers(message, 'websocket');
        }
        return message;
      },
    });
    cometd.addListener('/**', (message) => this.receive(message));
    cometd.addListener('/meta/connect', (message) => {
      if (message.successful === true) {
        this.alive();
      }
    });
    cometd.addListener('/meta/disconnect', () => this.lose(NOBODY));
    cometd.onTransportFailure = (message, info, handle) => this.failed(message, info, handle);
  }

  private receive({ channel, data }: CometdMessage): void {
    // The boundary: messages were read as JSON.
    const event = asObject(data as JsonValue | undefined);
    if (!channel.startsWith('/meta/') && event !== undefined) {
      this.parts.listener.event(channel, event);
    }
  }

  private alive(): void {
    if (this.over) {
      return;
    }
    this.failedPolls = 0;
    this.restore();
    this.onAlive?.();
    this.onAlive = undefined;
  }

  /** The library asks what to do about a handshake or a poll that failed. */
  private failed(
    message: CometdMessage,
    info: FailureInfo,
    handle: (info: FailureInfo) => void,
  ): void {
    if (this.over) {
      handle({ action: 'none' });
      return;
    }
    const reason = reasonOf(message);
    const isPoll = message.channel === '/meta/connect';
    if (isPoll && this.isWebSocketRefused()) {
      this.webSocketRefused = true;
      handle({ action: 'retry', delay: 0, transport: longPollingOf(this.cometd) });
      return;
    }
    const delay = this.parts.pollDelaysMs[this.failedPolls];
    const isOpening = this.onAlive !== undefined;
    const mayRetry = info.cause === 'failure' || info.action === 'retry';
    if (isPoll && mayRetry && !isOpening && delay !== undefined && !isSessionRefusal(message)) {
      this.failedPolls++;
      this.trouble(reason);
      handle({ action: 'retry', delay });
      return;
    }
    handle({ action: 'none' });
    this.lose(reason);
  }

  private restore(): void {
    if (this.troubled) {
      this.troubled = false;
      this.parts.listener.restored();
    }
  }

  private trouble(reason: string): void {
    this.troubled = true;
    this.parts.listener.trouble(reason);
  }

  private lose(reason: string): void {
    if (this.over) {
      return;
    }
    this.over = true;
    this.fail(new ExpectedError('no-events', `The event channel failed: ${reason}`));
    this.parts.listener.lost(reason);
  }

  private isWebSocketRefused(): boolean {
    const isWebSocket = this.cometd.getTransport()?.type === 'websocket';
    return isWebSocket && !this.webSocketTaken;
  }

  private openSocket(url: string): BayeuxSocket {
    const { parts } = this;
    const headers = parts.web.fieldsFor(url.replace(/^ws/, 'http'));
    const { onFrame, clock, trust } = parts;
    const exchange = parts.http.nextExchange();
    const socket = new BayeuxSocket(url, {
      headers,
      exchange,
      onFrame,
      clock,
      trust,
      onOpen: () => {
        this.webSocketTaken = true;
        // One that was cut between two polls: the next poll is an ordinary one, which the server may hold for long.
        if (this.failedPolls === 0 && !this.over) {
          this.restore();
        }
      },
      onEnd: (reason) => {
        this.sockets.delete(socket);
        if (!this.over && this.onAlive === undefined) {
          this.trouble(reason);
        }
      },
    });
    this.sockets.add(socket);
    return socket;
  }
}

const IGNORE = (): void => undefined;
const NOBODY = 'The server ended the session of its own accord: nobody is signed in.';

function offers(message: CometdMessage, type: string): boolean {
  // The boundary: messages were read as JSON.
  const types = message.supportedConnectionTypes as JsonValue | undefined;
  return message.successful === true && asList(types)?.includes(type) === true;
}

/** The session is not, or no more, one of somebody signed in: HTTP or Bayeux says so. */
function isSessionRefusal(message: CometdMessage): boolean {
  const { error, failure } = message as CometdMessage & { readonly failure?: Failed };
  const bayeuxCode = typeof error === 'string' ? /^40[123](?=:)/.exec(error)?.[0] : undefined;
  return [401, 402, 403].includes(Number(bayeuxCode ?? failure?.httpCode));
}

function reasonOf(message: CometdMessage): string {
  const { error, failure } = message as CometdMessage & { readonly failure?: Failed };
  if (typeof error === 'string' && error !== '') {
    return error;
  }
  const { reason, exception } = failure ?? {};
  if (typeof reason === 'string' && reason !== '') {
    return reason;
  }
  return exception === undefined ? 'no reason was given' : messageOf(exception);
}

interface Failed {
  readonly httpCode?: unknown;
  readonly reason?: unknown;
  readonly exception?: unknown;
}
