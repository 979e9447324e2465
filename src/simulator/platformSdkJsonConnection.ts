import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { messageOf } from '../core/base/result';
import { DisposableStore } from '../core/base/disposable';
import type { Message } from '../core/protocol/message';
import { decodePlatformSdkJson, encodePlatformSdkJson } from '../core/protocol/platformSdkJson';
import type { Clock, Logger } from '../session/ports';
import { Conversation } from './conversation';
import type { Faults } from './faults';
import type { InteractionServer } from './interactionServer';

/** A client that reads so slowly that this many bytes wait for it is cut off. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

export interface ConnectionContext {
  readonly server: InteractionServer;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly faults: Faults;
  readonly registrationMs: number;
}

/** One WebSocket connection: text frames to messages and back. */
export class PlatformSdkJsonConnection {
  private readonly conversation: Conversation;
  private readonly timers = new DisposableStore();
  /** Frames that wait for the fault `delayMs`. */
  private readonly late: string[] = [];

  constructor(
    private readonly context: ConnectionContext,
    private readonly webSocket: WebSocket,
    private readonly socket: Duplex,
  ) {
    const { server, clock, registrationMs, logger } = context;
    this.conversation = new Conversation(server, clock, registrationMs, {
      send: (message) => this.send(message),
      // 1008: policy violation.
      disconnect: (reason) => webSocket.close(1008, reason),
    });
    webSocket.on('message', (data, isBinary) => this.receive(data, isBinary));
    webSocket.on('error', (error) => logger.warn(`Connection failed: ${error.message}`));
    webSocket.on('close', () => {
      this.timers.dispose();
      this.conversation.end();
    });
  }

  /** Sends the beginning of a frame and breaks the connection off. */
  drop(): void {
    // A text frame of 256 bytes is announced (RFC 6455, 5.2), of which these come.
    const torn = Buffer.concat([
      Buffer.from([0x81, 126, 0x01, 0x00]),
      Buffer.from('{"messageName":"EventWorkbinCo'),
    ]);
    this.socket.write(torn, () => this.socket.destroy());
  }

  private receive(data: RawData, isBinary: boolean): void {
    if (this.context.faults.hang) {
      return;
    }
    try {
      if (isBinary) {
        this.conversation.receiveInvalid('A message is a text frame; this frame is binary.');
        return;
      }
      const { message, problems } = decodePlatformSdkJson(textOf(data));
      const tooDeep = problems.find((problem) => problem.code === 'too-deep');
      if (message === undefined || message.name === '' || tooDeep !== undefined) {
        const problem = tooDeep ?? problems[0];
        this.conversation.receiveInvalid(problem?.text ?? 'The frame is no message.', message);
      } else {
        this.conversation.receive(message);
      }
    } catch (error) {
      this.context.logger.error(`Answering failed: ${messageOf(error)}`);
      // 1011: internal error.
      this.webSocket.close(1011, 'internal error');
    }
  }

  private send(message: Message): void {
    const { faults, clock } = this.context;
    if (faults.hang) {
      return;
    }
    const text = encodePlatformSdkJson(message);
    if (faults.delayMs === 0 && this.late.length === 0) {
      this.write(text);
      return;
    }
    this.late.push(text);
    this.timers.add(
      clock.after(faults.delayMs, () => {
        const first = this.late.shift();
        if (first !== undefined) {
          this.write(first);
        }
      }),
    );
  }

  private write(text: string): void {
    if (this.webSocket.readyState !== this.webSocket.OPEN) {
      return;
    }
    if (this.webSocket.bufferedAmount > MAX_WAITING_BYTES) {
      this.context.logger.warn('A client that does not read was cut off.');
      this.webSocket.terminate();
      return;
    }
    this.webSocket.send(text);
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) {
    return Buffer.concat(data).toString('utf8');
  }
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
