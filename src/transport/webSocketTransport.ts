/**
 * One WebSocket connection to a server that speaks Platform SDK JSON. Frames are stamped and told in both
 * directions as they pass; nothing is decoded here.
 */
import WebSocket from 'ws';
import type { CancellationSignal } from '../core/base/cancellation';
import { DisposableStore } from '../core/base/disposable';
import { Emitter } from '../core/base/event';
import { ExpectedError } from '../core/base/result';
import type { Direction, FrameBody, TextBody } from '../core/protocol/frame';
import type { Clock, StampedFrame, Transport, TransportEnd } from '../session/ports';
import { trustOf, type TrustSettings } from './serverTrust';
import { cancelled, cannotConnect } from './webSocketRefusal';
import { keepWatch } from './webSocketWatch';

/** Larger frames end the connection with close code 1009, which the trace shows. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;
const OPEN_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 2_000;

export class WebSocketTransport implements Transport {
  private readonly store = new DisposableStore();
  private readonly passed = this.store.add(new Emitter<StampedFrame>());
  private readonly ended = this.store.add(new Emitter<TransportEnd>());
  private socket: WebSocket | undefined;
  private closing = false;
  private failure: Error | undefined;
  private over: Promise<void> = Promise.resolve();

  readonly onDidPass = this.passed.event;
  readonly onDidEnd = this.ended.event;

  /** `url`: a `ws:` or `wss:` address. */
  constructor(
    private readonly url: string,
    private readonly clock: Clock,
    private readonly trust: TrustSettings = {},
  ) {}

  async open(signal: CancellationSignal): Promise<void> {
    signal.throwIfAborted();
    const trust = await trustOf(this.trust);
    signal.throwIfAborted();
    if (this.closing) {
      throw cancelled();
    }
    const socket = new WebSocket(this.url, {
      maxPayload: MAX_FRAME_BYTES,
      handshakeTimeout: OPEN_TIMEOUT_MS,
      perMessageDeflate: false,
      ...trust,
    });
    this.socket = socket;
    socket.on('message', (data, isBinary) => {
      this.tell('receive', isBinary ? bytesBody(data) : new ReceivedText(toBytes(data)));
    });
    socket.on('error', (error) => {
      this.failure = error;
    });
    let status: number | undefined;
    socket.on('unexpected-response', (_, response) => {
      status = response.statusCode;
      socket.terminate();
    });
    await new Promise<void>((resolve, reject) => {
      const opened = (): void => {
        stopWatching();
        this.over = new Promise((done) => socket.once('close', () => done()));
        const watch = keepWatch(socket, this.clock, (silence) => {
          this.failure = silence;
          socket.terminate();
        });
        socket.once('close', (code, reason) => {
          watch.dispose();
          this.end(code, reason.toString('utf8'));
        });
        resolve();
      };
      const refused = (): void => {
        stopWatching();
        reject(this.closing ? cancelled() : cannotConnect(this.url, status, this.failure));
      };
      const stopWatching = watchAbort(signal, () => {
        this.closing = true;
        socket.terminate();
      });
      socket.once('open', () => {
        socket.off('close', refused);
        opened();
      });
      socket.once('close', refused);
    });
  }

  send(text: string): void {
    const socket = this.socket;
    if (socket?.readyState !== WebSocket.OPEN) {
      throw new ExpectedError(
        'not-connected',
        'Not sent: the connection is not open. Connect again.',
      );
    }
    this.tell('send', { kind: 'text', text });
    // A failed write ends the connection, and that is told.
    socket.send(text, () => undefined);
  }

  async close(): Promise<void> {
    const socket = this.socket;
    this.closing = true;
    if (socket === undefined || socket.readyState === WebSocket.CLOSED) {
      return;
    }
    socket.close(1000, 'Disconnect');
    const patience = this.clock.after(CLOSE_TIMEOUT_MS, () => socket.terminate());
    await this.over;
    patience.dispose();
  }

  dispose(): void {
    this.closing = true;
    this.socket?.terminate();
    this.store.dispose();
  }

  private tell(direction: Direction, body: FrameBody): void {
    this.passed.fire({ at: this.clock.now(), frame: { kind: 'websocket', direction, body } });
  }

  private end(code: number, reason: string): void {
    const words = [closeCodeText(code), reason, this.failure?.message ?? '']
      .filter((text) => text !== '')
      .join(': ');
    const by = this.closing ? 'inspector' : code === 1006 ? 'network' : 'server';
    this.ended.fire({ at: this.clock.now(), by, reason: words });
  }
}

/** A text frame's data; `ws` has checked that it is valid UTF-8. Most are recorded without being read. */
class ReceivedText implements TextBody {
  readonly kind = 'text';
  private decoded: string | undefined;

  constructor(readonly utf8: Buffer) {}

  get text(): string {
    this.decoded ??= this.utf8.toString('utf8');
    return this.decoded;
  }
}

function bytesBody(data: WebSocket.RawData): FrameBody {
  return { kind: 'bytes', bytes: toBytes(data) };
}

function toBytes(data: WebSocket.RawData): Buffer {
  if (Array.isArray(data)) {
    return Buffer.concat(data);
  }
  return data instanceof ArrayBuffer ? Buffer.from(data) : data;
}

/** Calls back when `signal` aborts; returns what stops watching. */
function watchAbort(signal: CancellationSignal, onAbort: () => void): () => void {
  signal.addEventListener?.('abort', onAbort);
  return () => signal.removeEventListener?.('abort', onAbort);
}

/** Names of close codes (RFC 6455, section 7.4). */
function closeCodeText(code: number): string {
  const names: Record<number, string> = {
    1000: 'normal end',
    1001: 'going away',
    1002: 'protocol error',
    1003: 'data not acceptable',
    1005: 'no reason given',
    1006: 'cut off without a close frame',
    1007: 'invalid text',
    1008: 'policy violation',
    1009: 'message too big',
    1011: 'server error',
    1012: 'server restarts',
    1013: 'try again later',
  };
  return `${code}${names[code] === undefined ? '' : ` ${names[code]}`}`;
}
