import { assertNever } from '../base/assert';
import type { Frame, FrameBody, HeaderList, MappedHeaders } from '../protocol/frame';
import type { Redactor } from './redaction';

/** The frame with its secrets replaced, and how many spans that took. Bytes are searched as the text that they may be. */
export function redactFrame(
  frame: Frame,
  redactor: Redactor,
): { readonly frame: Frame; readonly count: number } {
  const body = redactBody(frame.body, redactor);
  const error = redactor.redactText(frame.error ?? '');
  const common = {
    body: body.body,
    ...(frame.error === undefined ? {} : { error: error.text }),
  };
  const count = body.count + error.count;
  if (count === 0 && frame.kind === 'websocket') {
    return { frame, count };
  }
  switch (frame.kind) {
    case 'websocket':
      return { frame: { ...frame, ...common }, count };
    case 'http-request': {
      const url = redactor.redactUrl(frame.url);
      const head = redactHead(frame, redactor);
      return {
        frame: { ...frame, ...common, ...head.head, url: url.text },
        count: count + url.count + head.count,
      };
    }
    case 'http-response': {
      const head = redactHead(frame, redactor);
      return { frame: { ...frame, ...common, ...head.head }, count: count + head.count };
    }
    default:
      return assertNever(frame);
  }
}

/** Header fields in both forms that a tap may have of them. */
function redactHead(
  { headers, mapped }: { readonly headers: HeaderList; readonly mapped?: MappedHeaders },
  redactor: Redactor,
): {
  readonly head: { readonly headers: HeaderList; readonly mapped?: MappedHeaders };
  readonly count: number;
} {
  const redacted = redactor.redactHeaders(headers);
  if (mapped === undefined) {
    return { head: { headers: redacted.headers }, count: redacted.count };
  }
  const value = (name: string, text: string): string =>
    redactor.redactHeaders([[name, text]]).headers[0]?.[1] ?? '';
  return {
    head: {
      headers: redacted.headers,
      mapped: mapped.map(([name, application, server]) => [
        name,
        value(name, application),
        value(name, server),
      ]),
    },
    count: redacted.count,
  };
}

function redactBody(
  body: FrameBody,
  redactor: Redactor,
): { readonly body: FrameBody; readonly count: number } {
  switch (body.kind) {
    case 'none':
      return { body, count: 0 };
    case 'text': {
      const { text, count } = redactor.redactText(body.text);
      return { body: { kind: 'text', text }, count };
    }
    case 'bytes': {
      const { bytes, count } = redactor.redactBytes(body.bytes);
      return { body: { kind: 'bytes', bytes }, count };
    }
    default:
      return assertNever(body);
  }
}
