/**
 * The head of an HTTP/1.1 message (RFC 9112, sections 2 to 5): its first line and its fields. Lines that are
 * not rewritten are sent on as the bytes that came.
 */
import { failed, ok, type Result } from '../../core/base/result';
import type { HeaderList } from '../../core/protocol/frame';

export interface HeadField {
  readonly name: string;
  readonly value: string;
  /** The line as it came, folded lines included, without its line end. */
  readonly raw: string;
}

export interface Head {
  readonly startLine: string;
  readonly fields: readonly HeadField[];
}

export interface RequestHead extends Head {
  readonly method: string;
  readonly requestTarget: string;
}

export interface ResponseHead extends Head {
  readonly status: number;
  readonly statusText: string;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const REQUEST_LINE = new RegExp(`^(${TOKEN}) ([^\\s]+) HTTP/1\\.[01]$`);
const STATUS_LINE = /^HTTP\/1\.[01] ([1-9]\d\d)(?: (.*))?$/;
const FIELD = new RegExp(`^(${TOKEN}):[ \\t]*(.*?)[ \\t]*$`, 's');

/** Where the head in `bytes` ends (behind its empty line); -1 when it has not ended yet. */
export function endOfHead(bytes: Buffer, from = 0): number {
  for (let at = bytes.indexOf(10, from); at >= 0; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at + 1] === 10) {
      return at + 2;
    }
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) {
      return at + 3;
    }
  }
  return -1;
}

/** Fails in words that fit behind "The request is not HTTP/1.1: ". */
export function parseRequestHead(bytes: Buffer): Result<RequestHead> {
  const head = parseHead(bytes);
  if (!head.ok) {
    return head;
  }
  const [, method, requestTarget] = REQUEST_LINE.exec(head.value.startLine) ?? [];
  return method === undefined || requestTarget === undefined
    ? failed('not-http', 'its first line is no request line')
    : ok({ ...head.value, method, requestTarget });
}

export function parseResponseHead(bytes: Buffer): Result<ResponseHead> {
  const head = parseHead(bytes);
  if (!head.ok) {
    return head;
  }
  const [, status, statusText] = STATUS_LINE.exec(head.value.startLine) ?? [];
  return status === undefined
    ? failed('not-http', 'its first line is no status line')
    : ok({ ...head.value, status: Number(status), statusText: statusText ?? '' });
}

/** All values of a field, in order. `name` in lower case. */
export function fieldValues(head: Head, name: string): readonly string[] {
  return head.fields.filter((field) => field.name.toLowerCase() === name).map(({ value }) => value);
}

export function fieldValue(head: Head, name: string): string | undefined {
  return head.fields.find((field) => field.name.toLowerCase() === name)?.value;
}

/** The members of a comma-separated field, in lower case. */
export function fieldList(head: Head, name: string): readonly string[] {
  return fieldValues(head, name)
    .flatMap((value) => value.toLowerCase().split(','))
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

export function headerList(head: Head): HeaderList {
  return head.fields.map(({ name, value }) => [name, value] as const);
}

export function headBytes(head: Head): Buffer {
  const lines = [head.startLine, ...head.fields.map(({ raw }) => raw)];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

function parseHead(bytes: Buffer): Result<Head> {
  const [startLine = '', ...rest] = bytes
    .toString('latin1')
    .replace(/(?:\r?\n)+$/, '')
    .split(/\r?\n/);
  const fields: HeadField[] = [];
  for (const line of unfolded(rest)) {
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      return failed('not-http', 'one of its lines is no header field');
    }
    fields.push({ name, value: value.replace(/[ \t]*\r?\n[ \t]+/g, ' '), raw: line });
  }
  return ok({ startLine, fields });
}

/** Joins lines that continue the one before (RFC 9112, section 5.2). */
function unfolded(lines: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    if (/^[ \t]/.test(line) && before !== undefined) {
      joined[joined.length - 1] = `${before}\r\n${line}`;
    } else {
      joined.push(line);
    }
  }
  return joined;
}
