/**
 * The HTTP/1.1 exchanges of one application's socket with the server: sends heads on rewritten and all else as
 * it came, checks who asks, and tells the exchanges to the recording side. Knows no sockets.
 */
import type { AccessCheck } from './access';
import { originOf } from './access';
import type { Answer, AnswerStatus } from './answers';
import { Exchanges } from './exchanges';
import { mapRequestHead, mapResponseHead, type TapSide } from './headMapping';
import type { BodyFraming } from './httpBody';
import { requestFraming, responseFraming } from './httpFraming';
import {
  fieldList,
  fieldValue,
  fieldValues,
  headBytes,
  parseRequestHead,
  parseResponseHead,
  type RequestHead,
  type ResponseHead,
} from './httpHead';
import { HttpReader } from './httpReader';
import type { TapLimits } from './limits';
import type { Exchange } from './observation';
import type { ObservationQueue } from './observationQueue';
import type { RecordedLink } from './recordedLink';
import type { Target } from './target';

export interface DialogueOptions {
  readonly target: Target;
  readonly tapPort: number;
  readonly check: AccessCheck;
  readonly limits: TapLimits;
  readonly queue: ObservationQueue;
  readonly link: RecordedLink;
}

/** What the dialogue asks of whoever owns the sockets. */
export interface DialogueHandler {
  toServer(bytes: Buffer): void;
  toApplication(bytes: Buffer): void;
  /** Ends the connection with an answer of our own; nothing comes from the application any more. */
  answer(answer: Answer): void;
  /** Both sides speak another protocol from here on. The bytes came from the application meanwhile. */
  upgraded(protocol: string, fromApplication: readonly Buffer[]): void;
  /** Bytes from the server that are no HTTP, or no HTTP any more. */
  afterHttp(bytes: Buffer): void;
}

/** Neither part of an exchange: an interim response, and one that nobody asked for. */
type ResponseKind = 'answer' | 'interim' | 'unasked';

export class HttpDialogue {
  private readonly exchanges: Exchanges;
  private requests: HttpReader;
  private readonly responses: HttpReader;
  private responseKind: ResponseKind = 'answer';
  private held: Buffer[] | undefined;
  private refused: Answer | undefined;
  private at = 0;

  constructor(
    private readonly options: DialogueOptions,
    private readonly handler: DialogueHandler,
  ) {
    const { queue, link, limits } = options;
    this.exchanges = new Exchanges(queue, link, limits.bodyBytes);
    this.requests = this.createRequestReader();
    this.responses = new HttpReader(
      {
        head: (bytes) => this.responseHead(bytes),
        pass: (bytes) => handler.toApplication(bytes),
        payload: (slice) => {
          if (this.responseKind === 'answer') {
            this.exchanges.responsePayload(slice);
          }
        },
        end: () => this.responseEnd(),
        broken: (reason) => this.brokenResponse(reason),
        rest: (bytes) => handler.afterHttp(bytes),
      },
      limits.headBytes,
    );
  }

  fromApplication(at: number, bytes: Buffer): void {
    this.at = at;
    this.requests.read(bytes);
  }

  fromServer(at: number, bytes: Buffer): void {
    this.at = at;
    this.responses.read(bytes);
  }

  /** The application sends nothing any more. */
  applicationEnded(at: number): void {
    if (this.requests.inBody) {
      this.exchanges.endRequest(at, 'The application stopped before its request was whole');
    }
  }

  /** The server sends nothing any more. */
  serverEnded(at: number): void {
    this.at = at;
    this.responses.close();
    if (this.exchanges.inResponse) {
      this.exchanges.endResponse(at, 'The server stopped before its response was whole');
    }
    this.abandon(at, 'The server closed the connection without an answer');
  }

  /** Nothing more comes from either side. */
  abandon(at: number, reason: string): void {
    this.exchanges.abandon(at, reason);
    this.answerWhenDue();
  }

  private createRequestReader(): HttpReader {
    return new HttpReader(
      {
        head: (bytes) => this.requestHead(bytes),
        pass: (bytes) => this.handler.toServer(bytes),
        payload: (slice) => this.exchanges.requestPayload(slice),
        end: () => this.requestEnd(),
        broken: (reason, part) => {
          const words = `The request is not HTTP/1.1: ${reason}`;
          if (part === 'body') {
            // The server waits for the rest of it in vain; it never answers.
            this.exchanges.abandon(this.at, words);
          }
          this.refuse(part === 'head' ? 431 : 400, `${words}.`);
        },
        // Behind a refused request nothing is read; behind an upgrade it waits for the server's consent.
        rest: (bytes) => this.held?.push(bytes),
      },
      this.options.limits.headBytes,
    );
  }

  private requestHead(bytes: Buffer): BodyFraming | 'stop' {
    const { target, tapPort, check } = this.options;
    const parsed = parseRequestHead(bytes);
    if (!parsed.ok) {
      return this.refuse(400, `The request is not HTTP/1.1: ${parsed.error.message}.`);
    }
    const asked = parsed.value;
    const hosts = fieldValues(asked, 'host');
    if (hosts.length > 1 || (hosts.length === 0 && asked.startLine.endsWith('1.1'))) {
      return this.refuse(400, 'The request is not HTTP/1.1: it needs one Host field.');
    }
    const absolute = originOf(asked.requestTarget);
    const host = absolute === undefined ? hosts[0] : new URL(absolute).host;
    const refusal = check(hosts[0], fieldValue(asked, 'origin')) ?? check(host, undefined);
    if (refusal !== undefined) {
      return this.refuse(403, refusal);
    }
    if (asked.method === 'CONNECT') {
      return this.refuse(
        405,
        `This is a tap to ${target.origin} and no general proxy: let the application use ` +
          `http://127.0.0.1:${tapPort} as the server's address.`,
      );
    }
    const framing = requestFraming(asked);
    if (!framing.ok) {
      return this.refuse(400, `The request is not HTTP/1.1: ${framing.error.message}.`);
    }
    const tap: TapSide = { authority: host ?? `127.0.0.1:${tapPort}`, port: tapPort };
    const addressed = absolute === undefined ? asked : inOriginForm(asked);
    const { head, mapped } = mapRequestHead(addressed, tap, target);
    const upgrade = fieldList(head, 'connection').includes('upgrade')
      ? fieldList(head, 'upgrade').at(0)
      : undefined;
    this.exchanges.beginRequest({
      method: head.method,
      url: head.requestTarget.startsWith('/') ? target.origin + head.requestTarget : target.origin,
      head,
      mapped,
      authority: tap.authority,
      upgrade,
    });
    this.handler.toServer(head === asked ? bytes : headBytes(head));
    return framing.value;
  }

  private requestEnd(): void {
    this.exchanges.endRequest(this.at);
    if (this.exchanges.lastUpgrade !== undefined) {
      this.held = [];
      this.requests.stop();
    }
  }

  private responseHead(bytes: Buffer): BodyFraming | 'stop' {
    const parsed = parseResponseHead(bytes);
    const exchange = this.exchanges.first;
    const framing = parsed.ok ? responseFraming(parsed.value, exchange?.method ?? 'GET') : parsed;
    if (!parsed.ok || !framing.ok) {
      this.handler.toApplication(bytes);
      this.brokenResponse(framing.ok ? '' : framing.error.message);
      return 'stop';
    }
    const head = parsed.value;
    if (exchange === undefined || (head.status < 200 && head.status !== 101)) {
      this.responseKind = exchange === undefined ? 'unasked' : 'interim';
      this.handler.toApplication(bytes);
      return framing.value;
    }
    this.responseKind = 'answer';
    const tap: TapSide = { authority: exchange.authority, port: this.options.tapPort };
    const forApplication = mapResponseHead(head, tap, this.options.target);
    const isUnchanged = forApplication.head === head;
    this.handler.toApplication(isUnchanged ? bytes : headBytes(forApplication.head));
    this.exchanges.beginResponse(head, forApplication.mapped);
    if (head.status === 101) {
      this.exchanges.endResponse(this.at);
      this.upgrade(exchange, head);
      return 'stop';
    }
    return framing.value;
  }

  private responseEnd(): void {
    const { responseKind } = this;
    this.responseKind = 'answer';
    if (responseKind === 'interim') {
      return;
    }
    if (responseKind === 'unasked') {
      this.tellGap('The server sent a response that nobody asked for');
      return;
    }
    const isRefusedUpgrade = this.exchanges.first?.upgrade !== undefined;
    this.exchanges.endResponse(this.at);
    if (isRefusedUpgrade && this.held !== undefined) {
      const { held } = this;
      this.held = undefined;
      this.requests = this.createRequestReader();
      for (const bytes of held) {
        this.requests.read(bytes);
      }
    }
    this.answerWhenDue();
  }

  private upgrade(exchange: Exchange, head: ResponseHead): void {
    const protocol = exchange.upgrade ?? fieldList(head, 'upgrade').at(0) ?? 'something else';
    const held = this.held ?? [];
    this.held = undefined;
    if (protocol !== 'websocket') {
      this.tellGap(`The connection changed to ${protocol}, which is passed on but cannot be read`);
    }
    this.handler.upgraded(protocol, held);
  }

  /** What the server sends is passed on unread from here on; requests are still checked and mapped. */
  private brokenResponse(reason: string): void {
    const words = `What the server sends is passed on but cannot be read: ${reason}`;
    this.exchanges.abandon(this.at, words);
    this.tellGap(words);
    this.answerWhenDue();
  }

  private refuse(status: AnswerStatus, sentence: string): 'stop' {
    this.refused = { status, sentence };
    this.requests.stop();
    this.answerWhenDue();
    return 'stop';
  }

  /** Answers to earlier requests go first. */
  private answerWhenDue(): void {
    const { refused } = this;
    if (refused !== undefined && this.exchanges.isEmpty) {
      this.refused = undefined;
      this.handler.answer(refused);
    }
  }

  private tellGap(reason: string): void {
    const { queue, link } = this.options;
    queue.pushAlways({ kind: 'gap', at: this.at, link, reason, missed: 0 });
  }
}

/** Proxies are asked with whole addresses, servers with paths (RFC 9112, section 3.2). */
function inOriginForm(head: RequestHead): RequestHead {
  const rest = head.requestTarget.replace(/^https?:\/\/[^/?#]*/i, '');
  const requestTarget = rest.startsWith('/') ? rest : `/${rest}`;
  const startLine = head.startLine.replace(head.requestTarget, () => requestTarget);
  return { ...head, requestTarget, startLine };
}
