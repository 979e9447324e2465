/** Frames as the entries of a HAR file hold them. */
import type { Frame, FrameBody } from '../../core/protocol/frame';
import type { HarBody, HarEntry, HarSocketMessage } from './harEntry';

/** Types of bodies that are no text, whatever their bytes. */
const BINARY = /^(?:image|audio|video|font)\/|octet-stream|zip|pdf|wasm/i;

export function requestFrame(entry: HarEntry, exchange: number): Frame {
  const { method, url, requestHeaders: headers, requestBody, requestType } = entry;
  return {
    kind: 'http-request',
    direction: 'send',
    exchange,
    method,
    url,
    headers,
    body: bodyOf(requestBody, requestType),
    ...(isDecoded(headers, requestBody) && { decoded: true }),
  };
}

/** The response; undefined where the file was written before one came. `refused`: why a WebSocket was not opened. */
export function responseFrame(
  entry: HarEntry,
  exchange: number,
  refused?: string,
): Frame | undefined {
  const { status, statusText, responseHeaders: headers, responseBody, responseType } = entry;
  const error = entry.error ?? refused;
  if (status === 0 && error === undefined) {
    return undefined;
  }
  return {
    kind: 'http-response',
    direction: 'receive',
    exchange,
    status,
    statusText,
    headers,
    body: bodyOf(responseBody, responseType),
    ...(isDecoded(headers, responseBody) && { decoded: true }),
    ...(error !== undefined && { error }),
  };
}

export function socketFrame(message: HarSocketMessage, direction: 'send' | 'receive'): Frame {
  const body: FrameBody = message.isBinary
    ? { kind: 'bytes', bytes: Buffer.from(message.data, 'base64') }
    : { kind: 'text', text: message.data };
  return { kind: 'websocket', direction, body };
}

function bodyOf(body: HarBody, type: string): FrameBody {
  switch (body.kind) {
    case 'none':
    case 'missing':
      return { kind: 'none' };
    case 'text':
      return { kind: 'text', text: body.text };
    case 'base64': {
      const bytes = Buffer.from(body.text, 'base64');
      const text = BINARY.test(type) ? undefined : textOf(bytes);
      return text === undefined ? { kind: 'bytes', bytes } : { kind: 'text', text };
    }
  }
}

/** The text of bytes that are UTF-8. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // No text: kept as bytes.
  }
}

/** A HAR file has bodies decoded (HAR 1.2 Spec, `content`). */
function isDecoded(headers: HarEntry['requestHeaders'], body: HarBody): boolean {
  const isThere = body.kind === 'text' || body.kind === 'base64';
  return isThere && headers.some(([name]) => name.toLowerCase() === 'content-encoding');
}
