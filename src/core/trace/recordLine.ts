/**
 * The lines of a recording: writes them with their keys in fixed order, reads them and checks every field, for
 * a recording may come from anywhere. `format.md` beside this file is the page for people. Every recording is
 * written and read through here. What is wrong with a line is told in words that fit behind "Line 7: ".
 */
import { assertNever } from '../base/assert';
import { failed, messageOf, ok, type Result } from '../base/result';
import { BodyJson } from '../protocol/bodyJson';
import type { JsonValue } from '../protocol/json';
import type { MessageHint } from '../protocol/message';
import { FieldError, Fields, given } from './fields';
import { bodyMember, frameOf, transportMembers } from './frameMembers';
import {
  FORMAT_VERSION,
  type FrameHead,
  type FrameRecord,
  type HeaderRecord,
  type RecordHead,
  type TraceRecord,
} from './records';

/** Longest line that is read, in characters, and in bytes where lines are counted in bytes. */
export const MAX_LINE_LENGTH = 64 * 1024 * 1024;

/** The first line of a recording, without its line end. */
export function headerLine(header: HeaderRecord): string {
  const { kind, format, version, startedAt, writer, decoder } = header;
  return JSON.stringify({ kind, format, version, startedAt, writer, decoder });
}

/**
 * The line of a record, without its line end. A body comes back from it letter for letter. `json` is of a frame's
 * body, where it has been parsed before.
 */
export function recordLine(record: TraceRecord, json?: BodyJson): string {
  const { kind, seq } = record;
  const stamp = { kind, seq, t: Math.round(record.time * 1000) / 1000 };
  switch (record.kind) {
    case 'frame':
      return frameLine(record, stamp.t, json);
    case 'open': {
      const { connection: c, dialect, server, application } = record;
      return JSON.stringify({ ...stamp, c, dialect, server, application });
    }
    case 'close': {
      const { connection: c, by, reason } = record;
      return JSON.stringify({ ...stamp, c, by, reason });
    }
    case 'gap': {
      const { connection: c, reason, missed } = record;
      return JSON.stringify({ ...stamp, c, reason, missed });
    }
    case 'end': {
      const { frames, messages, continuedIn } = record;
      return JSON.stringify({ ...stamp, frames, messages, continuedIn });
    }
    default:
      return assertNever(record);
  }
}

/** Of nearly every frame. */
const PLAIN_MEMBERS = '"v":"ws"';

/** Text is joined, not re-serialised: the body is the message's own. */
function frameLine(record: FrameRecord, t: number, json: BodyJson | undefined): string {
  const { seq, connection, frame, hints } = record;
  const head = `{"kind":"frame","seq":${seq},"t":${t},"c":${connection},"d":"${frame.direction}","m":[`;
  const isPlain = frame.kind === 'websocket' && frame.error === undefined && record.redacted === 0;
  const rest = isPlain
    ? PLAIN_MEMBERS
    : JSON.stringify({
        ...transportMembers(frame),
        redacted: record.redacted > 0 ? record.redacted : undefined,
      }).slice(1, -1);
  return `${head}${hints.map(hintText).join()}],${rest}${bodyMember(frame.body, json)}}`;
}

function hintText(hint: MessageHint): string {
  const { name, reference, proxyClientId, workbin, interactionId, errorCode } = hint;
  const others =
    memberText('r', reference) +
    memberText('p', proxyClientId) +
    memberText('w', workbin) +
    memberText('i', interactionId) +
    memberText('e', errorCode);
  return `{"n":${JSON.stringify(name)}${others}}`;
}

function memberText(key: string, value: string | number | undefined): string {
  return value === undefined ? '' : `,"${key}":${JSON.stringify(value)}`;
}

/**
 * The first line of a recording. Fails with `not-a-recording`, or with `newer-recording` when a newer
 * version of the format than ours wrote it.
 */
export function parseHeader(line: string): Result<HeaderRecord> {
  const parsed = parseFields(line, (fields) => {
    fields.word('kind', ['header']);
    fields.word('format', ['wbtrace']);
    return fields;
  });
  if (!parsed.ok) {
    return failed('not-a-recording', 'is not a recording of Workbin Inspector');
  }
  const fields = parsed.value;
  const version = checked(() => fields.count('version', 1));
  if (version.ok && version.value > FORMAT_VERSION) {
    return failed(
      'newer-recording',
      `was written by a newer version of Workbin Inspector (format ${version.value}; this one reads up to ` +
        `${FORMAT_VERSION}). Update the extension to open it`,
    );
  }
  const header = checked((): HeaderRecord => ({
    kind: 'header',
    format: 'wbtrace',
    version: fields.count('version', 1),
    startedAt: fields.instant('startedAt'),
    writer: fields.text('writer'),
    decoder: fields.count('decoder', 0),
  }));
  return header.ok
    ? header
    : failed('not-a-recording', `has a header that cannot be read: ${header.error.message}`);
}

/** The whole record of a line. The body is the very text that was recorded, numbers and order kept. */
export function parseRecord(line: string): Result<TraceRecord> {
  return parseFields(line, (fields) => {
    const head = headOf(fields);
    return head.kind === 'frame' ? frameRecord(head, fields, line) : head;
  });
}

/** What an index needs of a line, in whatever order its keys stand. */
export function parseHead(line: string): Result<RecordHead> {
  return parseFields(line, headOf);
}

/** Makes the hints of a frame. `json` is of its body, where that stands in the line as JSON. */
export type MakeHints = (record: FrameRecord, json: BodyJson | undefined) => readonly MessageHint[];

/**
 * What an index needs of a line, hints made anew where it has none, or where `always` says that they are old. A
 * frame of which the rest cannot be read keeps what it has. The line is parsed once.
 */
export function parseHinted(
  line: string,
  makeHints: MakeHints,
  always = false,
): Result<RecordHead> {
  return parseFields(line, (fields) => {
    const head = headOf(fields);
    if (head.kind !== 'frame' || !(always || head.withoutHints === true)) {
      return head;
    }
    const record = checked(() => frameRecord(head, fields, line));
    if (!record.ok) {
      return head;
    }
    const { kind, seq, time, connection, direction } = head;
    const { body } = record.value.frame;
    // What the parser has made of a line is JSON.
    const value = fields.get('json') as JsonValue | undefined;
    const json =
      value === undefined || body.kind !== 'text' ? undefined : new BodyJson(body.text, value);
    return { kind, seq, time, connection, direction, hints: makeHints(record.value, json) };
  });
}

function parseFields<T>(line: string, read: (fields: Fields) => T): Result<T> {
  if (line.length > MAX_LINE_LENGTH) {
    return failed('line-too-long', `longer than ${MAX_LINE_LENGTH} characters`);
  }
  return checked(() => {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      throw new FieldError(`not JSON (${messageOf(error)})`);
    }
    return read(Fields.of(value, 'line'));
  });
}

/** Runs a reading that throws {@link FieldError} at the first field that is wrong. */
function checked<T>(read: () => T): Result<T> {
  try {
    return ok(read());
  } catch (error) {
    if (error instanceof FieldError) {
      return failed('bad-record', error.message);
    }
    throw error;
  }
}

function headOf(fields: Fields): RecordHead {
  const kind = fields.word('kind', ['frame', 'open', 'close', 'gap', 'end']);
  const stamp = { seq: fields.ordinal('seq'), time: fields.number('t') };
  switch (kind) {
    case 'frame':
      return {
        kind,
        ...stamp,
        connection: fields.ordinal('c'),
        direction: fields.word('d', ['send', 'receive']),
        ...hintsIn(fields),
      };
    case 'open':
      return {
        kind,
        ...stamp,
        connection: fields.ordinal('c'),
        dialect: fields.word('dialect', ['platform-sdk-json', 'workspace-v3']),
        server: fields.text('server'),
        application: fields.text('application'),
      };
    case 'close':
      return {
        kind,
        ...stamp,
        connection: fields.ordinal('c'),
        by: fields.word('by', ['application', 'server', 'network', 'inspector']),
        reason: fields.text('reason'),
      };
    case 'gap':
      return {
        kind,
        ...stamp,
        ...given(
          'connection',
          fields.optional('c', () => fields.ordinal('c')),
        ),
        reason: fields.text('reason'),
        ...given(
          'missed',
          fields.optional('missed', () => fields.count('missed', 0)),
        ),
      };
    case 'end':
      return {
        kind,
        ...stamp,
        frames: fields.count('frames', 0),
        messages: fields.count('messages', 0),
        ...given(
          'continuedIn',
          fields.optional('continuedIn', () => fields.text('continuedIn')),
        ),
      };
  }
}

function hintsIn(fields: Fields): Pick<FrameHead, 'hints' | 'withoutHints'> {
  const hints = fields.optional('m', () => fields.list('m').map(hintOf));
  return hints === undefined ? { hints: [], withoutHints: true } : { hints };
}

function hintOf(value: unknown): MessageHint {
  const fields = Fields.of(value, 'hint in "m"');
  return {
    name: fields.text('n'),
    ...given(
      'reference',
      fields.optional('r', () => fields.reference('r')),
    ),
    ...given(
      'proxyClientId',
      fields.optional('p', () => fields.number('p')),
    ),
    ...given(
      'workbin',
      fields.optional('w', () => fields.text('w')),
    ),
    ...given(
      'interactionId',
      fields.optional('i', () => fields.text('i')),
    ),
    ...given(
      'errorCode',
      fields.optional('e', () => fields.number('e')),
    ),
  };
}

function frameRecord(head: FrameHead, fields: Fields, line: string): FrameRecord {
  const { kind, seq, time, connection, hints } = head;
  const redacted = fields.optional('redacted', () => fields.count('redacted', 0)) ?? 0;
  return {
    kind,
    seq,
    time,
    connection,
    hints,
    frame: frameOf(head.direction, fields, line),
    redacted,
  };
}
