/**
 * One connection of an application to the tap, with its own connection to the server: carries bytes both ways
 * and lets neither side see more of the tap than it must. Ends, half-ended and broken-off connections are
 * passed on as what they are, and a side that reads slowly slows the other.
 */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Disposable } from '../../core/base/disposable';
import { assertNever } from '../../core/base/assert';
import type { CloseRecord } from '../../core/trace/records';
import type { Clock, Logger } from '../../session/ports';
import { answerBytes, type Answer } from './answers';
import { HttpDialogue, type DialogueOptions } from './httpDialogue';
import { notAccepting, unreachable } from './serverFailure';
import { connectToTarget, type TlsOptions } from './target';
import { WebSocketLane } from './webSocketLane';

export interface RelayOptions extends DialogueOptions {
  readonly tls: TlsOptions | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Counts bytes that came from either side. */
  readonly onBytes: (count: number) => void;
  /** Called when a request was refused. */
  readonly onRefused: () => void;
  /** Called once, when both sides are closed. */
  readonly onEnded: (relay: Relay) => void;
}

/** How long an application may take to read an answer of ours before its connection is closed. */
const LINGER_MS = 2_000;

export class Relay {
  private readonly dialogue: HttpDialogue;
  private server: Socket | undefined;
  private serverConnected = false;
  private connecting: Disposable | undefined;
  private lingering: Disposable | undefined;
  private mode: 'http' | 'websocket' | 'unread' | 'answered' = 'http';
  private lanes: { readonly send: WebSocketLane; readonly receive: WebSocketLane } | undefined;
  private ending: { readonly by: CloseRecord['by']; readonly reason: string } | undefined;
  private ended = false;

  constructor(
    private readonly application: Socket,
    private readonly options: RelayOptions,
  ) {
    this.dialogue = new HttpDialogue(options, {
      toServer: (bytes) => this.toServer(bytes),
      toApplication: (bytes) => this.toApplication(bytes),
      answer: (answer) => this.answer(answer),
      upgraded: (protocol, held) => this.upgraded(protocol, held),
      afterHttp: (bytes) => this.afterHttp(bytes),
    });
    application.on('data', (bytes: Buffer) => this.fromApplication(bytes));
    application.on('drain', () => this.server?.resume());
    application.on('end', () => this.applicationEnded());
    application.on('error', (error) => this.broken('application', error));
    application.on('close', () => this.applicationClosed());
  }

  /** Breaks both connections off. */
  stop(reason: string): void {
    this.ending ??= { by: 'inspector', reason };
    this.application.destroy();
    this.server?.destroy();
  }

  private fromApplication(bytes: Buffer): void {
    const at = this.options.clock.now();
    this.options.onBytes(bytes.length);
    switch (this.mode) {
      case 'websocket':
        this.toServer(bytes);
        this.lanes?.send.take(at, bytes);
        break;
      case 'http': {
        const { server } = this;
        server?.cork();
        this.dialogue.fromApplication(at, bytes);
        server?.uncork();
        break;
      }
      case 'unread':
        this.toServer(bytes);
        break;
      case 'answered':
        break;
      default:
        assertNever(this.mode);
    }
  }

  private fromServer(bytes: Buffer): void {
    const at = this.options.clock.now();
    this.options.onBytes(bytes.length);
    switch (this.mode) {
      case 'websocket':
        this.toApplication(bytes);
        this.lanes?.receive.take(at, bytes);
        break;
      case 'http':
        this.application.cork();
        this.dialogue.fromServer(at, bytes);
        this.application.uncork();
        break;
      case 'unread':
        this.toApplication(bytes);
        break;
      case 'answered':
        break;
      default:
        assertNever(this.mode);
    }
  }

  private afterHttp(bytes: Buffer): void {
    this.toApplication(bytes);
    if (this.mode === 'websocket') {
      this.lanes?.receive.take(this.options.clock.now(), bytes);
    }
  }

  private upgraded(protocol: string, held: readonly Buffer[]): void {
    const { queue, link, clock } = this.options;
    if (protocol === 'websocket') {
      this.mode = 'websocket';
      this.lanes = {
        send: new WebSocketLane(queue, link, 'send'),
        receive: new WebSocketLane(queue, link, 'receive'),
      };
    } else {
      this.mode = 'unread';
    }
    for (const bytes of held) {
      this.toServer(bytes);
      this.lanes?.send.take(clock.now(), bytes);
    }
  }

  private toServer(bytes: Buffer): void {
    const server = (this.server ??= this.connect());
    if (server.writable && !server.write(bytes)) {
      this.application.pause();
    }
  }

  private toApplication(bytes: Buffer): void {
    if (this.application.writable && !this.application.write(bytes)) {
      this.server?.pause();
    }
  }

  private connect(): Socket {
    const { target, tls, clock, limits } = this.options;
    const server = connectToTarget(target, tls);
    server.once(target.secure ? 'secureConnect' : 'connect', () => {
      this.serverConnected = true;
      this.connecting?.dispose();
    });
    server.on('data', (bytes: Buffer) => this.fromServer(bytes));
    server.on('drain', () => this.application.resume());
    server.on('end', () => this.serverEnded());
    server.on('error', (error) => this.broken('server', error));
    server.on('close', () => this.serverClosed());
    this.connecting = clock.after(limits.connectMs, () =>
      this.unreachable(notAccepting(target, limits.connectMs)),
    );
    return server;
  }

  private applicationEnded(): void {
    this.ending ??= { by: 'application', reason: 'The application closed the connection' };
    if (this.mode === 'http') {
      this.dialogue.applicationEnded(this.options.clock.now());
    }
    if (this.server === undefined) {
      this.application.end();
    } else {
      this.server.end();
    }
  }

  private serverEnded(): void {
    this.ending ??= { by: 'server', reason: 'The server closed the connection' };
    if (!this.serverConnected) {
      this.unreachable(
        unreachable(this.options.target, new Error('it closed the connection at once')),
      );
    }
    if (this.mode === 'http') {
      this.dialogue.serverEnded(this.options.clock.now());
    }
    this.application.end();
    this.application.resume();
  }

  /** A connection broke: the other side sees that as it would without the tap. */
  private broken(side: 'application' | 'server', error: Error): void {
    if (side === 'server' && !this.serverConnected) {
      this.unreachable(unreachable(this.options.target, error));
      return;
    }
    this.ending ??= {
      by: 'network',
      reason: `The connection to the ${side} broke: ${error.message}`,
    };
    if (this.mode === 'http') {
      this.dialogue.abandon(this.options.clock.now(), this.ending.reason);
    }
    if (side === 'server') {
      breakOff(this.application);
    } else if (this.server !== undefined) {
      breakOff(this.server);
    }
  }

  private unreachable(answer: Answer): void {
    if (this.mode !== 'http') {
      return;
    }
    this.ending ??= { by: 'server', reason: answer.sentence };
    this.options.logger.warn(answer.sentence);
    this.dialogue.abandon(
      this.options.clock.now(),
      `${answer.sentence} The tap answered ${answer.status} in its place`,
    );
    this.answer(answer);
  }

  private answer(answer: Answer): void {
    if (this.mode === 'answered') {
      return;
    }
    this.mode = 'answered';
    if (answer.status === 403) {
      this.options.logger.warn(answer.sentence);
      this.options.onRefused();
    }
    this.ending ??= { by: 'inspector', reason: answer.sentence };
    this.server?.destroy();
    // What the application still sends is read and dropped: closing with unread bytes would reset the
    // connection, and the answer be lost.
    this.application.end(answerBytes(answer));
    this.application.resume();
    this.lingering = this.options.clock.after(LINGER_MS, () => this.application.destroy());
  }

  private applicationClosed(): void {
    this.lingering?.dispose();
    const { server } = this;
    if (server !== undefined && !server.writableEnded) {
      // It went without a word, which only happens when we let it go.
      server.destroy();
    }
    this.finish();
  }

  private serverClosed(): void {
    this.connecting?.dispose();
    if (this.mode !== 'answered' && !this.application.writableEnded) {
      this.application.end();
    }
    this.finish();
  }

  private finish(): void {
    const { application, server, options } = this;
    if (this.ended || !application.closed || server?.closed === false) {
      return;
    }
    this.ended = true;
    const at = options.clock.now();
    const ending = this.ending ?? { by: 'network', reason: 'The connection ended' };
    this.dialogue.abandon(at, ending.reason);
    options.queue.pushAlways({ kind: 'ended', at, link: options.link, ...ending });
    options.onEnded(this);
  }
}

/** Ends a connection the hard way, after what was written before it. */
function breakOff(socket: Socket): void {
  if (socket instanceof TLSSocket || socket.connecting || socket.writableEnded) {
    socket.destroy();
    return;
  }
  socket.write('', () => {
    if (!socket.destroyed) {
      socket.resetAndDestroy();
    }
  });
}
