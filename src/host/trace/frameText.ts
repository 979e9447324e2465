import { formatJson } from '../../core/protocol/formatJson';
import type { Frame, FrameBody, HeaderList } from '../../core/protocol/frame';

/** Bodies beyond this many characters are shown as they are: laying them out would only make them longer. */
const MAX_FORMATTED = 8_000_000;

/** A frame as a text document. `json`: the whole text is JSON. */
export interface FrameText {
  readonly text: string;
  readonly language: 'json' | 'text';
}

/**
 * The frame for people: JSON laid out, HTTP with its headers, bytes in hexadecimal. Why it is not whole, or not
 * readable, stands at the head.
 */
export function frameText(frame: Frame): FrameText {
  const body = bodyText(frame.body);
  switch (frame.kind) {
    case 'websocket':
      return frame.error === undefined
        ? body
        : { text: `${warning(frame.error)}\n\n${body.text}`, language: 'text' };
    case 'http-request':
      return withHead(frame, `${frame.method} ${frame.url}`, body.text);
    case 'http-response': {
      const { status, statusText, headers, error } = frame;
      return status === 0
        ? withHead({ headers }, ['No response', error].filter(Boolean).join(': '), body.text)
        : withHead(frame, `${status} ${statusText}`, body.text);
    }
  }
}

function withHead(
  { headers, error }: { readonly headers: HeaderList; readonly error?: string },
  line: string,
  body: string,
): FrameText {
  const fields = headers.map(([name, value]) => `${name}: ${value}`);
  const head = [...(error === undefined ? [] : [warning(error)]), line, ...fields].join('\n');
  return { text: `${head}\n\n${body}`, language: 'text' };
}

/** Stands above everything else: what follows is not the whole truth. */
function warning(error: string): string {
  return `⚠ ${error}`;
}

/** The body alone, laid out where it is JSON. */
export function bodyText(body: FrameBody): FrameText {
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
