/**
 * A small HTTP client that tells every request and response as it crossed the wire. Each header field is written by
 * us, none is left for Node to add, so that the recorded fields are those that were sent.
 *
 * It knows nothing of cookies, redirects or sign-in: those belong to its caller.
 */
import { Agent as HttpAgent, request as requestHttp, type ClientRequest } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { Disposable } from '../../core/base/disposable';
import type { Frame, HeaderList, HttpResponseFrame } from '../../core/protocol/frame';
import type { Clock } from '../../session/ports';
import { decodedHttpBody, effectiveCodings, httpBody, type ReadBody } from '../tap/bodyReading';
import type { ServerTrust } from '../serverTrust';
import { networkWords } from '../networkWords';

/** Larger bodies are cut off, compressed ones are left out; the frame says so. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const MAX_HEADER_BYTES = 64 * 1024;

export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** What is sent beside `Host`, `Connection` and `Content-Length`. */
  readonly headers: HeaderList;
  readonly body?: string;
  /** Milliseconds until the whole response must be there. */
  readonly timeLimitMs: number;
}

export interface RecordingHttpParts {
  /** Told of every frame; `at` is stamped once, when a request is handed over or a response is complete. */
  readonly onFrame: (at: number, frame: Frame) => void;
  readonly clock: Clock;
  readonly trust: ServerTrust;
}

/** Keeps connections to servers alive; disposing cuts them. */
export class RecordingHttp implements Disposable {
  private readonly plain = new HttpAgent({ keepAlive: true });
  private readonly secure: HttpsAgent;
  private readonly open = new Set<ClientRequest>();
  /** Responses are told in the order in which they came, though some take time to decompress. */
  private told: Promise<unknown> = Promise.resolve();
  private exchanges = 0;

  constructor(private readonly parts: RecordingHttpParts) {
    this.secure = new HttpsAgent({ keepAlive: true, ...parts.trust });
  }

  /** Takes the number of the next exchange, for one that does not go through {@link request}. */
  nextExchange(): number {
    return ++this.exchanges;
  }

  /**
   * Sends a request and resolves with the response as it is recorded. Never rejects: where no response came its
   * status is 0 and `error` says why. Nothing is told of what was given up before it was sent.
   */
  async request(call: HttpCall, signal: AbortSignal): Promise<HttpResponseFrame> {
    if (signal.aborted) {
      return responseFrame(0, {
        at: 0,
        chunks: [],
        bytes: 0,
        error: 'Given up before it was sent.',
      });
    }
    const exchange = this.nextExchange();
    const url = new URL(call.url);
    const headers = wireHeaders(url, call);
    this.parts.onFrame(this.parts.clock.now(), {
      kind: 'http-request',
      direction: 'send',
      exchange,
      method: call.method,
      url: call.url,
      headers,
      body: httpBody(Buffer.from(call.body ?? ''), fieldOf(headers, 'content-type')),
    });
    const outcome = await this.exchange(url, call, headers, signal);
    const telling = this.told.then(async () => {
      const frame = await responseFrame(exchange, outcome);
      this.parts.onFrame(outcome.at, frame);
      return frame;
    });
    // What a listener throws is its caller's; it does not keep later responses back.
    this.told = telling.catch(() => undefined);
    return telling;
  }

  /** Resolves when every response that has come is told. */
  async settled(): Promise<void> {
    await this.told;
  }

  dispose(): void {
    for (const request of [...this.open]) {
      request.destroy(new Error('The connection was closed.'));
    }
    this.plain.destroy();
    this.secure.destroy();
  }

  private exchange(
    url: URL,
    call: HttpCall,
    headers: HeaderList,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { clock } = this.parts;
    return new Promise((resolve) => {
      const collected: Collected = { chunks: [], bytes: 0 };
      let settled = false;
      const settle = (error?: string): void => {
        if (settled) {
          return;
        }
        settled = true;
        timeLimit.dispose();
        signal.removeEventListener('abort', giveUp);
        this.open.delete(request);
        resolve({ at: clock.now(), ...collected, ...(error !== undefined && { error }) });
      };
      const stop = (error: string): void => {
        settle(error);
        request.destroy();
      };
      const giveUp = (): void => stop('Given up before the response was complete.');
      const seconds = call.timeLimitMs / 1000;
      const timeLimit = clock.after(call.timeLimitMs, () =>
        stop(`No complete response within ${seconds} s.`),
      );
      const isSecure = url.protocol === 'https:';
      const request = (isSecure ? requestHttps : requestHttp)(url, {
        method: call.method,
        agent: isSecure ? this.secure : this.plain,
        headers: headers.flat(),
        maxHeaderSize: MAX_HEADER_BYTES,
      });
      this.open.add(request);
      request.on('error', (error) => settle(networkWords(error)));
      request.on('response', (response) => {
        collected.response = response;
        collect(response, collected, stop, settle);
      });
      signal.addEventListener('abort', giveUp);
      request.end(call.body);
    });
  }
}

/** What came of a response so far. */
interface Collected {
  response?: IncomingMessage;
  readonly chunks: Buffer[];
  bytes: number;
}

interface Outcome extends Readonly<Collected> {
  readonly at: number;
  readonly error?: string;
}

function collect(
  response: IncomingMessage,
  collected: Collected,
  stop: (error: string) => void,
  settle: (error?: string) => void,
): void {
  response.on('data', (chunk: Buffer) => {
    const room = MAX_BODY_BYTES - collected.bytes;
    collected.chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    collected.bytes += Math.min(chunk.length, room);
    if (chunk.length > room) {
      stop(`The body is larger than ${MAX_BODY_BYTES} bytes; the rest was not read.`);
    }
  });
  response.on('end', () => settle());
  response.on('error', (error) => settle(`The body broke off: ${networkWords(error)}`));
  response.on('close', () => settle('The body broke off: the connection was closed.'));
}

async function responseFrame(exchange: number, outcome: Outcome): Promise<HttpResponseFrame> {
  const { response, error } = outcome;
  const headers = pairs(response?.rawHeaders ?? []);
  const { body, decoded, error: bodyError } = await bodyOf(Buffer.concat(outcome.chunks), headers);
  const why = error ?? bodyError;
  return {
    kind: 'http-response',
    direction: 'receive',
    exchange,
    status: response?.statusCode ?? 0,
    statusText: response?.statusMessage ?? '',
    headers,
    body,
    ...(decoded === true && { decoded }),
    ...(why !== undefined && { error: why }),
  };
}

async function bodyOf(bytes: Buffer, headers: HeaderList): Promise<ReadBody> {
  const type = fieldOf(headers, 'content-type');
  const codings = effectiveCodings(
    (fieldOf(headers, 'content-encoding') ?? '')
      .split(',')
      .map((coding) => coding.trim().toLowerCase())
      .filter((coding) => coding !== ''),
  );
  return codings.length === 0 || bytes.length === 0
    ? { body: httpBody(bytes, type) }
    : decodedHttpBody(bytes, type, codings, MAX_BODY_BYTES);
}

function wireHeaders(url: URL, { method, headers, body }: HttpCall): HeaderList {
  const length = Buffer.byteLength(body ?? '');
  return [
    ['Host', url.host],
    ['Connection', 'keep-alive'],
    ...headers,
    ...(method === 'GET' ? [] : ([['Content-Length', String(length)]] as const)),
  ];
}

/** The first field of a name, whatever its case. */
export function fieldOf(headers: HeaderList, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** Node's flat list of names and values as pairs. */
export function pairs(raw: readonly string[]): HeaderList {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []));
}
