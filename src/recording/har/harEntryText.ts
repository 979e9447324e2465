/**
 * Entries of a HAR file as recorded frames make them, with all that Chrome DevTools asks for when it imports one.
 * Source: HAR 1.2 Spec; `_resourceType`, `_error` and `_webSocketMessages` as Chrome DevTools writes them.
 */
import type { Content, Entry, PostData, Request, Response } from 'har-format';
import { encodeBase64 } from '../../core/trace/base64';
import type {
  FrameBody,
  HeaderList,
  HttpRequestFrame,
  HttpResponseFrame,
  WebSocketFrame,
} from '../../core/protocol/frame';

/** When something began and ended, in ms of the recording. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

/** Turns times of a recording into instants, digits beyond the millisecond kept. */
export class RecordedTime {
  private readonly zero: number;

  /** `startedAt`: wall clock of time 0, ISO 8601. */
  constructor(startedAt: string) {
    this.zero = Date.parse(startedAt);
  }

  instant(time: number): string {
    const micros = Math.round(time * 1000);
    const ms = Math.floor(micros / 1000);
    const rest = String(micros - ms * 1000).padStart(3, '0');
    return new Date(this.zero + ms).toISOString().replace('Z', `${rest}Z`);
  }

  /** Seconds since 1970, to the microsecond. */
  seconds(time: number): number {
    return (this.zero * 1000 + Math.round(time * 1000)) / 1_000_000;
  }
}

/** The entry of an exchange; without a response where none was recorded. */
export function exchangeEntry(
  request: HttpRequestFrame,
  response: HttpResponseFrame | undefined,
  period: Period,
  page: string,
  time: RecordedTime,
): Entry {
  return {
    ...timesOf(period, time),
    request: requestOf(request),
    response: response === undefined ? NO_RESPONSE : responseOf(response),
    cache: {},
    pageref: page,
    connection: page,
    _resourceType: 'xhr',
  };
}

/** The entry of a WebSocket, without its messages. `upgrade`: the exchange that opened it, where it was recorded. */
export function socketEntry(
  url: string,
  upgrade: { readonly request: HttpRequestFrame; readonly response: HttpResponseFrame } | undefined,
  period: Period,
  page: string,
  time: RecordedTime,
): Entry {
  const opened: Response = { ...NO_RESPONSE, status: 101, statusText: 'Switching Protocols' };
  return {
    ...timesOf(period, time),
    request: {
      ...(upgrade === undefined ? bareRequest('GET', url, []) : requestOf(upgrade.request)),
      url: url.replace(/^http/i, 'ws'),
    },
    response: upgrade === undefined ? opened : responseOf(upgrade.response),
    cache: {},
    pageref: page,
    connection: page,
    _resourceType: 'websocket',
  };
}

/** One of `_webSocketMessages`: opcode 1 for text, 2 for bytes in Base64 (RFC 6455). */
export function socketMessage(frame: WebSocketFrame, at: number, time: RecordedTime): object {
  const { direction: type, body } = frame;
  const seconds = time.seconds(at);
  return body.kind === 'bytes'
    ? { type, time: seconds, opcode: 2, data: encodeBase64(body.bytes) }
    : { type, time: seconds, opcode: 1, data: body.kind === 'text' ? body.text : '' };
}

function timesOf(
  period: Period,
  time: RecordedTime,
): Pick<Entry, 'startedDateTime' | 'time' | 'timings'> {
  const duration = Math.max(0, Math.round((period.end - period.start) * 1000) / 1000);
  return {
    startedDateTime: time.instant(period.start),
    time: duration,
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: duration, receive: 0 },
  };
}

function requestOf({ method, url, headers, body }: HttpRequestFrame): Request {
  const request = bareRequest(method, url, headers);
  if (body.kind === 'none') {
    return request;
  }
  const mimeType = headerOf(headers, 'content-type');
  const postData: PostData & { encoding?: string } =
    body.kind === 'text'
      ? { mimeType, text: body.text }
      : { mimeType, text: encodeBase64(body.bytes), encoding: 'base64' };
  return { ...request, bodySize: lengthOf(body), postData };
}

function bareRequest(method: string, url: string, headers: HeaderList): Request {
  const query = URL.canParse(url) ? [...new URL(url).searchParams] : [];
  return {
    method,
    url,
    // Frames do not tell it.
    httpVersion: '',
    cookies: [],
    headers: headers.map(([name, value]) => ({ name, value })),
    queryString: query.map(([name, value]) => ({ name, value })),
    headersSize: -1,
    bodySize: 0,
  };
}

const NO_RESPONSE: Response = {
  status: 0,
  statusText: '',
  httpVersion: '',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: 'x-unknown' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
};

function responseOf(frame: HttpResponseFrame): Response & { _error?: string } {
  const { status, statusText, headers, body, error } = frame;
  const failure = error ?? (status === 0 ? 'No response' : undefined);
  return {
    ...NO_RESPONSE,
    status,
    statusText,
    headers: headers.map(([name, value]) => ({ name, value })),
    content: contentOf(headers, body),
    redirectURL: headerOf(headers, 'location'),
    ...(failure !== undefined && { _error: failure }),
  };
}

function contentOf(headers: HeaderList, body: FrameBody): Content {
  const mimeType = headerOf(headers, 'content-type') || 'x-unknown';
  const size = lengthOf(body);
  switch (body.kind) {
    case 'none':
      return { size, mimeType };
    case 'text':
      return { size, mimeType, text: body.text };
    case 'bytes':
      return { size, mimeType, text: encodeBase64(body.bytes), encoding: 'base64' };
  }
}

function lengthOf(body: FrameBody): number {
  switch (body.kind) {
    case 'none':
      return 0;
    case 'text':
      return Buffer.byteLength(body.text);
    case 'bytes':
      return body.bytes.length;
  }
}

function headerOf(headers: HeaderList, wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
}
