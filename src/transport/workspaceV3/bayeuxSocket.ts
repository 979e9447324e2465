/**
 * The WebSocket of a CometD client: what the library takes for a browser's, over `ws`, with every frame told as it
 * passes, the opening exchange too.
 */
import type { ClientRequest, IncomingMessage } from 'node:http';
import WebSocket from 'ws';
import type { Disposable } from '../../core/base/disposable';
import type { Frame, HeaderList } from '../../core/protocol/frame';
import type { JsonObject } from '../../core/protocol/json';
import type { Clock } from '../../session/ports';
import { httpBody, webSocketBody } from '../tap/bodyReading';
import { readReplies } from './bayeuxReplies';
import type { ServerTrust } from '../serverTrust';
import { networkWords } from '../networkWords';
import { pairs } from './recordingHttp';

const MAX_FRAME_BYTES = 32 * 1024 * 1024;
/** Of the body of a refusal: it is a page at most. */
const MAX_REFUSAL_BYTES = 64 * 1024;
const OPEN_TIMEOUT_MS = 10_000;

export interface BayeuxSocketParts {
  readonly headers: HeaderList;
  /** Number of the opening exchange. */
  readonly exchange: number;
  readonly onFrame: (at: number, frame: Frame) => void;
  readonly onOpen: () => void;
  /** Told when one that was open is closed, before the client is. */
  readonly onEnd: (reason: string) => void;
  readonly clock: Clock;
  readonly trust: ServerTrust;
}

/** Has the members of a browser's `WebSocket` that the CometD client uses. */
export class BayeuxSocket implements Disposable {
  onopen: (() => void) | undefined;
  onmessage: ((event: { readonly data: readonly JsonObject[] }) => void) | undefined;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | undefined;
  onerror: (() => void) | undefined;
  private readonly socket: WebSocket;
  private failure = '';
  private opened = false;
  /** Whether the opening exchange has its response. */
  private answered = false;

  constructor(
    private readonly url: string,
    private readonly parts: BayeuxSocketParts,
  ) {
    this.socket = new WebSocket(url, {
      headers: Object.fromEntries(parts.headers),
      maxPayload: MAX_FRAME_BYTES,
      handshakeTimeout: OPEN_TIMEOUT_MS,
      perMessageDeflate: false,
      ...parts.trust,
      finishRequest: (request) => {
        this.tellRequest(request);
        request.end();
      },
    });
    this.listen();
  }

  send(text: string): void {
    this.tell({ kind: 'websocket', direction: 'send', body: { kind: 'text', text } });
    // A failed write ends the connection, and that is told.
    this.socket.send(text, () => undefined);
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  dispose(): void {
    this.socket.terminate();
  }

  private listen(): void {
    const { socket } = this;
    socket.on('upgrade', (response) => this.tellResponse(response, Buffer.alloc(0)));
    socket.on('unexpected-response', (request, response) => {
      this.refused(request, response);
    });
    socket.on('open', () => {
      this.opened = true;
      this.parts.onOpen();
      this.onopen?.();
    });
    socket.on('message', (data, isBinary) => this.receive(toBuffer(data), !isBinary));
    socket.on('error', (error) => {
      this.failure ||= networkWords(error);
    });
    socket.on('close', (code, reason) => {
      if (!this.answered) {
        this.tellNoResponse();
      }
      const words = reason.toString('utf8') || this.failure;
      if (this.opened) {
        this.parts.onEnd(`The WebSocket was closed (${code})${words === '' ? '' : `: ${words}`}`);
      }
      this.onclose?.({ code, reason: words });
    });
  }

  private receive(bytes: Buffer, isText: boolean): void {
    const body = webSocketBody(bytes, isText);
    const replies = readReplies(body);
    this.tell({
      kind: 'websocket',
      direction: 'receive',
      body,
      ...(!replies.ok && { error: replies.error.message }),
    });
    if (replies.ok) {
      this.onmessage?.({ data: replies.value });
    } else {
      this.socket.close(1007, 'Not Bayeux');
    }
  }

  private refused(request: ClientRequest, response: IncomingMessage): void {
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_REFUSAL_BYTES) {
        chunks.push(chunk);
      } else {
        request.destroy();
      }
    });
    response.on('error', (error) => {
      this.failure ||= networkWords(error);
    });
    response.on('close', () => {
      this.failure ||= `The server refused WebSocket with HTTP ${response.statusCode ?? 0}.`;
      this.tellResponse(response, Buffer.concat(chunks));
      this.socket.terminate();
    });
  }

  private tellRequest(request: ClientRequest): void {
    this.tell({
      kind: 'http-request',
      direction: 'send',
      exchange: this.parts.exchange,
      method: 'GET',
      url: this.url,
      headers: request
        .getRawHeaderNames()
        .map((name) => [name, String(request.getHeader(name) ?? '')]),
      body: { kind: 'none' },
    });
  }

  private tellResponse(response: IncomingMessage, body: Buffer): void {
    this.answered = true;
    const headers = pairs(response.rawHeaders);
    this.tell({
      kind: 'http-response',
      direction: 'receive',
      exchange: this.parts.exchange,
      status: response.statusCode ?? 0,
      statusText: response.statusMessage ?? '',
      headers,
      body: httpBody(body, response.headers['content-type']),
    });
  }

  private tellNoResponse(): void {
    this.tell({
      kind: 'http-response',
      direction: 'receive',
      exchange: this.parts.exchange,
      status: 0,
      statusText: '',
      headers: [],
      body: { kind: 'none' },
      error: this.failure,
    });
  }

  private tell(frame: Frame): void {
    this.parts.onFrame(this.parts.clock.now(), frame);
  }
}

function toBuffer(data: WebSocket.RawData): Buffer {
  if (Array.isArray(data)) {
    return Buffer.concat(data);
  }
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
