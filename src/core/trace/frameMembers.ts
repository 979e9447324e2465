/** The part of a frame's line behind its head: how it was carried, and its body. Written here and read here. */
import { assertNever } from '../base/assert';
import { BodyJson } from '../protocol/bodyJson';
import type { Direction, Frame, FrameBody, HeaderList, MappedHeaders } from '../protocol/frame';
import { decodeBase64, encodeBase64 } from './base64';
import { FieldError, given, type Fields } from './fields';
import { memberSpan } from './jsonSpan';

/** Half of a character beyond the Basic Multilingual Plane, without the other half. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The members of a frame but its body. */
export function transportMembers(frame: Frame): object {
  switch (frame.kind) {
    case 'websocket':
      return { v: 'ws', error: frame.error };
    case 'http-request': {
      const { exchange: x, method, url, headers, mapped, error } = frame;
      const decoded = frame.decoded === true || undefined;
      return { v: 'req', x, method, url, headers, mapped, error, decoded };
    }
    case 'http-response': {
      const { exchange: x, status, statusText, headers, mapped, error } = frame;
      const decoded = frame.decoded === true || undefined;
      return { v: 'res', x, status, statusText, headers, mapped, error, decoded };
    }
    default:
      return assertNever(frame);
  }
}

/**
 * The body as the last member of a line, with a comma before it; nothing where there is none. `json` is of the
 * same body, where it has been parsed before.
 */
export function bodyMember(body: FrameBody, json?: BodyJson): string {
  switch (body.kind) {
    case 'none':
      return '';
    case 'text':
      return isEmbeddable(body.text, json)
        ? `,"json":${body.text}`
        : `,"text":${JSON.stringify(body.text)}`;
    case 'bytes':
      return `,"base64":"${encodeBase64(body.bytes)}"`;
    default:
      return assertNever(body);
  }
}

/** A line end within a body would end the line. Blanks around it would be lost. */
function isEmbeddable(text: string, json: BodyJson | undefined): boolean {
  if (isBlank(text.charAt(0)) || isBlank(text.charAt(text.length - 1))) {
    return false;
  }
  if (text.includes('\n') || text.includes('\r') || !isWellFormed(text)) {
    return false;
  }
  return (json?.text === text ? json : new BodyJson(text)).isJson;
}

/** Whether the text has a form in UTF-8. */
function isWellFormed(text: string): boolean {
  // Newer than the language level that we compile for; where it is there, it costs next to nothing.
  const { isWellFormed: native } = text as { readonly isWellFormed?: () => boolean };
  return native === undefined ? !LONE_SURROGATE.test(text) : native.call(text);
}

function isBlank(character: string): boolean {
  return character.trim() === '';
}

/** The frame of a line whose fields are given. Throws {@link FieldError}. */
export function frameOf(direction: Direction, fields: Fields, line: string): Frame {
  const body = bodyOf(fields, line);
  const transport = fields.word('v', ['ws', 'req', 'res']);
  const error = given(
    'error',
    fields.optional('error', () => fields.text('error')),
  );
  if (transport === 'ws') {
    return { kind: 'websocket', direction, body, ...error };
  }
  const http = {
    exchange: fields.count('x', 1),
    headers: pairsOf(fields),
    body,
    ...error,
    ...given(
      'mapped',
      fields.optional('mapped', () => mappedOf(fields)),
    ),
    ...given(
      'decoded',
      fields.optional('decoded', () => fields.flag('decoded')),
    ),
  };
  if (transport === 'req') {
    fields.word('d', ['send']);
    const request = { method: fields.text('method'), url: fields.text('url') };
    return { kind: 'http-request', direction: 'send', ...request, ...http };
  }
  fields.word('d', ['receive']);
  const response = { status: fields.count('status', 0), statusText: fields.text('statusText') };
  return { kind: 'http-response', direction: 'receive', ...response, ...http };
}

function pairsOf(fields: Fields): HeaderList {
  return fields.list('headers').map((pair): readonly [string, string] => {
    const [name, value] = textsIn(pair, 2);
    if (name === undefined || value === undefined) {
      throw new FieldError('"headers" is no list of pairs of a name and a value');
    }
    return [name, value];
  });
}

function mappedOf(fields: Fields): MappedHeaders {
  return fields.list('mapped').map((triple): readonly [string, string, string] => {
    const [name, application, server] = textsIn(triple, 3);
    if (name === undefined || application === undefined || server === undefined) {
      throw new FieldError('"mapped" is no list of a name and two values');
    }
    return [name, application, server];
  });
}

/** The texts of a list of exactly `count` texts; none where it is something else. */
function textsIn(value: unknown, count: number): readonly string[] {
  if (!Array.isArray(value) || value.length !== count) {
    return [];
  }
  const list: readonly unknown[] = value;
  return list.every((item) => typeof item === 'string') ? list : [];
}

function bodyOf(fields: Fields, line: string): FrameBody {
  const forms = ['json', 'text', 'base64'].filter((form) => fields.has(form));
  if (forms.length > 1) {
    throw new FieldError(`more than one body: ${forms.join(', ')}`);
  }
  switch (forms[0]) {
    case 'json': {
      const span = memberSpan(line, 'json');
      return { kind: 'text', text: span === undefined ? '' : line.slice(span.start, span.end) };
    }
    case 'text':
      return { kind: 'text', text: fields.text('text') };
    case 'base64': {
      const bytes = decodeBase64(fields.text('base64'));
      if (bytes === undefined) {
        throw new FieldError('"base64" is not Base64');
      }
      return { kind: 'bytes', bytes };
    }
    default:
      return { kind: 'none' };
  }
}
