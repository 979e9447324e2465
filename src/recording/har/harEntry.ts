/**
 * Reads one entry of a HAR file, which may come from anywhere: every field is checked.
 * Source: HAR 1.2 Spec; the fields with an underscore are those of Chrome DevTools and Playwright.
 */
import type { HeaderList } from '../../core/protocol/frame';

/** A body as the file has it. `missing`: there was one, and the file has not kept it. */
export type HarBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'base64'; readonly text: string };

export interface HarEntry {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** True where the file tells the start more finely than in milliseconds. */
  readonly isExact: boolean;
  /** Milliseconds from start to end. */
  readonly duration: number;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: HeaderList;
  readonly requestType: string;
  readonly requestBody: HarBody;
  /** 0 when no response came. */
  readonly status: number;
  readonly statusText: string;
  readonly responseHeaders: HeaderList;
  readonly responseType: string;
  readonly responseBody: HarBody;
  /** Why there is no response. */
  readonly error?: string;
  readonly isWebSocket: boolean;
}

/** One of `_webSocketMessages`. */
export interface HarSocketMessage {
  readonly direction: 'send' | 'receive' | 'error';
  /** As the file has it: seconds in Chrome, milliseconds in Playwright. */
  readonly time: number;
  readonly isBinary: boolean;
  readonly data: string;
}

type Members = Readonly<Record<string, unknown>>;

/** The entry, or undefined when it lacks what makes one: a start, a method, an address. */
export function readEntry(value: unknown): HarEntry | undefined {
  const entry = membersOf(value);
  const request = membersOf(entry['request']);
  const response = membersOf(entry['response']);
  const start = readInstant(textOf(entry, 'startedDateTime'));
  const method = textOf(request, 'method');
  const url = textOf(request, 'url');
  if (start === undefined || method === '' || url === '') {
    return undefined;
  }
  const status = numberOf(response, 'status') ?? 0;
  const content = membersOf(response['content']);
  const postData = membersOf(request['postData']);
  const error = textOf(response, '_error') || textOf(response, '_failureText');
  return {
    ...start,
    duration: durationOf(entry),
    method,
    url,
    requestHeaders: headersOf(request),
    requestType: textOf(postData, 'mimeType'),
    requestBody: requestBodyOf(postData),
    status: Number.isInteger(status) && status > 0 ? status : 0,
    statusText: textOf(response, 'statusText'),
    responseHeaders: headersOf(response),
    responseType: textOf(content, 'mimeType'),
    responseBody: contentOf(content, status),
    ...(error !== '' && { error }),
    isWebSocket:
      Array.isArray(entry['_webSocketMessages']) ||
      textOf(entry, '_resourceType') === 'websocket' ||
      /^wss?:/i.test(url),
  };
}

/** A WebSocket message; undefined when it is none. */
export function readSocketMessage(value: unknown): HarSocketMessage | undefined {
  const message = membersOf(value);
  const direction = textOf(message, 'type');
  const time = numberOf(message, 'time');
  if (
    time === undefined ||
    (direction !== 'send' && direction !== 'receive' && direction !== 'error')
  ) {
    return undefined;
  }
  // Opcode 2 is a binary message (RFC 6455), whose data the browsers write in Base64.
  return {
    direction,
    time,
    isBinary: numberOf(message, 'opcode') === 2,
    data: textOf(message, 'data'),
  };
}

/** Milliseconds since 1970 of an ISO 8601 text, digits beyond the millisecond kept. */
export function readInstant(
  text: string,
): { readonly startedAt: number; readonly isExact: boolean } | undefined {
  const whole = Date.parse(text);
  if (Number.isNaN(whole)) {
    return undefined;
  }
  const finer = /\.\d{3}(\d{1,9})/.exec(text)?.[1];
  return finer === undefined
    ? { startedAt: whole, isExact: false }
    : { startedAt: Math.round((whole + Number(`0.${finer}`)) * 1000) / 1000, isExact: true };
}

/** `time`, or the sum of the timings; -1 stands for what does not apply. */
function durationOf(entry: Members): number {
  const time = numberOf(entry, 'time');
  if (time !== undefined && time >= 0) {
    return time;
  }
  const timings = membersOf(entry['timings']);
  // The time for TLS is part of that for connecting.
  return ['blocked', 'dns', 'connect', 'send', 'wait', 'receive']
    .map((name) => Math.max(0, numberOf(timings, name) ?? 0))
    .reduce((sum, part) => sum + part, 0);
}

function requestBodyOf(postData: Members): HarBody {
  const text = postData['text'];
  if (typeof text === 'string' && text !== '') {
    return { kind: textOf(postData, 'encoding') === 'base64' ? 'base64' : 'text', text };
  }
  const params = listOf(postData['params']).map(membersOf);
  if (params.length === 0) {
    return { kind: 'none' };
  }
  // A form that the browser took apart.
  const fields = params.map((param) =>
    [textOf(param, 'name'), textOf(param, 'value')].map(encodeURIComponent),
  );
  return { kind: 'text', text: fields.map((pair) => pair.join('=')).join('&') };
}

function contentOf(content: Members, status: number): HarBody {
  const text = content['text'];
  if (typeof text === 'string') {
    if (text === '') {
      return { kind: 'none' };
    }
    return { kind: textOf(content, 'encoding') === 'base64' ? 'base64' : 'text', text };
  }
  const isRedirect = status >= 300 && status < 400;
  return (numberOf(content, 'size') ?? 0) > 0 && !isRedirect
    ? { kind: 'missing' }
    : { kind: 'none' };
}

function headersOf(side: Members): HeaderList {
  return listOf(side['headers'])
    .map(membersOf)
    .filter((header) => typeof header['name'] === 'string')
    .map((header) => [textOf(header, 'name'), textOf(header, 'value')] as const);
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Members)
    : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function textOf(members: Members, name: string): string {
  const value = Object.hasOwn(members, name) ? members[name] : undefined;
  return typeof value === 'string' ? value : '';
}

function numberOf(members: Members, name: string): number | undefined {
  const value = Object.hasOwn(members, name) ? members[name] : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
