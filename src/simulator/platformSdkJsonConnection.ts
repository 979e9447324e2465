import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { messageOf } from '../core/base/result';
import { DisposableStore } from '../core/base/disposable';
import type { Message } from '../core/protocol/message';
import { decodePlatformSdkJson, encodePlatformSdkJson } from '../core/protocol/platformSdkJson';
import type { Clock, Logger } from '../session/ports';
import { Conversation } from './conversation';
import type { FaultRules, Faults } from './faults';
import { FaultySender } from './faultySender';
import type { InteractionServer } from './interactionServer';

/** A client that reads so slowly that this many bytes wait for it is cut off. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

export interface ConnectionContext {
  readonly server: InteractionServer;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly faults: Faults;
  readonly rules: FaultRules;
  /** Counts messages that were handed to a socket, of all connections. */
  readonly traffic: { sent: number };
  readonly registrationMs: number;
}

/** One WebSocket connection: text frames to messages and back. */
export class PlatformSdkJsonConnection {
  private readonly conversation: Conversation;
  private readonly sender: FaultySender<Message>;
  private readonly timers = new DisposableStore();
  /** Frames that wait for the fault `delayMs`. */
  private readonly late: string[] = [];
  private isTorn = false;

  constructor(
    private readonly context: ConnectionContext,
    private readonly webSocket: WebSocket,
    private readonly socket: Duplex,
  ) {
    const { server, clock, registrationMs, logger, rules } = context;
    this.sender = new FaultySender(rules, clock, {
      send: (message) => this.send(message),
      tear: (message) => this.tear(encodePlatformSdkJson(message)),
      nameOf: ({ name }) => name,
      withError: failedAnswer,
    });
    this.conversation = new Conversation(server, clock, registrationMs, {
      answer: (message, request) => this.sender.answer(message, request),
      notify: (message) => this.sender.notify(message),
      forgets: (notification) => rules.take('forgetSubscriptions', notification) !== undefined,
      // 1008: policy violation.
      disconnect: (reason) => webSocket.close(1008, reason),
    });
    webSocket.on('message', (data, isBinary) => this.receive(data, isBinary));
    webSocket.on('error', (error) => logger.warn(`Connection failed: ${error.message}`));
    webSocket.on('close', () => {
      this.sender.dispose();
      this.timers.dispose();
      this.conversation.end();
    });
  }

  /** Sends the beginning of a frame and breaks the connection off. */
  drop(): void {
    this.tear(`{"messageName":"EventWorkbinContentChanged","pad":"${' '.repeat(200)}"}`);
  }

  /** How many bytes wait for the client to read. */
  get waitingBytes(): number {
    return this.webSocket.bufferedAmount;
  }

  /** Announces a whole frame (RFC 6455, 5.2), of which the first half comes. */
  private tear(text: string): void {
    if (this.isTorn) {
      return;
    }
    this.isTorn = true;
    const payload = Buffer.from(text);
    const head = Buffer.alloc(10);
    head.writeUInt8(0x81, 0);
    head.writeUInt8(127, 1);
    head.writeBigUInt64BE(BigInt(payload.length), 2);
    const torn = Buffer.concat([head, payload.subarray(0, payload.length >> 1)]);
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
    if (this.isTorn || this.webSocket.readyState !== this.webSocket.OPEN) {
      return;
    }
    if (this.webSocket.bufferedAmount > MAX_WAITING_BYTES) {
      this.context.logger.warn('A client that does not read was cut off.');
      this.webSocket.terminate();
      return;
    }
    this.context.traffic.sent += 1;
    this.webSocket.send(text);
  }
}

/** The answer as an `EventError` to the same request. */
function failedAnswer({ name, attributes }: Message, errorCode: number): Message {
  if (name === 'EventError') {
    return { name, attributes: { ...attributes, errorCode } };
  }
  const tied = Object.entries(attributes).filter(
    ([key]) => key === 'referenceId' || key === 'proxyClientId',
  );
  const errorDescription = 'A fault on purpose: the request was done';
  return {
    name: 'EventError',
    attributes: { ...Object.fromEntries(tied), errorCode, errorDescription },
  };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) {
    return Buffer.concat(data).toString('utf8');
  }
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
