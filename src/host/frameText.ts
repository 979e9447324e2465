import { formatJson } from '../core/protocol/formatJson';
import type { Frame, FrameBody, HeaderList } from '../core/protocol/frame';

/** Bodies beyond this many characters are shown as they are: laying them out would only make them longer. */
const MAX_FORMATTED = 8_000_000;

/** A frame as a text document. `json`: the whole text is JSON. */
export interface FrameText {
  readonly text: string;
  readonly language: 'json' | 'text';
}

/** The frame for people: JSON laid out, HTTP with its headers, bytes in hexadecimal. */
export function frameText(frame: Frame): FrameText {
  const body = bodyText(frame.body);
  switch (frame.kind) {
    case 'websocket':
      return body;
    case 'http-request':
      return withHead(`${frame.method} ${frame.url}`, frame.headers, body.text);
    case 'http-response': {
      const status = frame.status === 0 ? 'No response' : `${frame.status} ${frame.statusText}`;
      return withHead([status, frame.error].filter(Boolean).join(': '), frame.headers, body.text);
    }
  }
}

function withHead(line: string, headers: HeaderList, body: string): FrameText {
  const head = [line, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\n');
  return { text: `${head}\n\n${body}`, language: 'text' };
}

function bodyText(body: FrameBody): FrameText {
  switch (body.kind) {
    case 'none':
      return { text: '', language: 'text' };
    case 'text': {
      const formatted = body.text.length > MAX_FORMATTED ? undefined : formatJson(body.text);
      return formatted === undefined
        ? { text: body.text, language: 'text' }
        : { text: formatted, language: 'json' };
    }
    case 'bytes':
      return { text: hexDump(body.bytes), language: 'text' };
  }
}

const BYTES_PER_LINE = 16;
/** Bytes of a binary body that are laid out; how many more there are is told. */
const MAX_DUMPED = 256 * 1024;

function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  const shown = bytes.subarray(0, MAX_DUMPED);
  for (let at = 0; at < shown.length; at += BYTES_PER_LINE) {
    const row = [...shown.subarray(at, at + BYTES_PER_LINE)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
    lines.push(
      `${at.toString(16).padStart(8, '0')}  ${hex.padEnd(BYTES_PER_LINE * 3)} ${text.join('')}`,
    );
  }
  if (bytes.length > shown.length) {
    lines.push(`… ${bytes.length - shown.length} more bytes`);
  }
  return lines.join('\n');
}
