/**
 * A frame for people: what it was, how its HTTP exchange went and with which header fields. The body stays
 * away; its messages and an editor show it. Limits keep a huge head harmless.
 */
import { assertNever } from '../base/assert';
import { cutText } from './cutText';
import type { Frame, FrameBody, HeaderList, MappedHeaders } from './frame';

/** A header field as the server's side had it; `application` where a tap gave or got it in another form. */
export interface DescribedHeader {
  readonly name: string;
  /** Empty where only the application's side had the field. */
  readonly value: string;
  readonly application?: string;
}

interface DescribedBase {
  /** What kind of body and how long, in words. */
  readonly body: string;
  /** Why the frame is not whole, or not readable. */
  readonly error?: string;
}

interface DescribedHttp extends DescribedBase {
  readonly headers: readonly DescribedHeader[];
  /** Header fields beyond those listed. */
  readonly moreHeaders: number;
  /** True when the body was compressed on the wire and stands in the recording decoded. */
  readonly decoded: boolean;
}

export type DescribedFrame =
  | (DescribedBase & { readonly kind: 'websocket' })
  | (DescribedHttp & {
      readonly kind: 'http-request';
      readonly method: string;
      readonly url: string;
    })
  | (DescribedHttp & {
      readonly kind: 'http-response';
      /** Code and text; in words when no response came. */
      readonly status: string;
    });

/** Most header fields listed, and most characters of one value. */
export const FRAME_LIMITS = { headers: 200, characters: 2000 } as const;

export function describeFrame(frame: Frame): DescribedFrame {
  const base = {
    body: describeBody(frame.body),
    ...(frame.error === undefined ? {} : { error: frame.error }),
  };
  switch (frame.kind) {
    case 'websocket':
      return { kind: frame.kind, ...base };
    case 'http-request':
      return {
        kind: frame.kind,
        method: frame.method,
        url: cut(frame.url),
        ...base,
        ...describeHead(frame),
      };
    case 'http-response':
      return {
        kind: frame.kind,
        status:
          frame.status === 0 ? 'No response' : `${frame.status} ${cut(frame.statusText)}`.trim(),
        ...base,
        ...describeHead(frame),
      };
    default:
      return assertNever(frame);
  }
}

function describeHead(frame: {
  readonly headers: HeaderList;
  readonly mapped?: MappedHeaders;
  readonly decoded?: boolean;
}): Pick<DescribedHttp, 'headers' | 'moreHeaders' | 'decoded'> {
  const { headers, mapped = [], decoded } = frame;
  const shown = headers.slice(0, FRAME_LIMITS.headers);
  return {
    headers: joinForms(shown, mapped.slice(0, FRAME_LIMITS.headers)),
    moreHeaders: headers.length - shown.length,
    decoded: decoded === true,
  };
}

/** Puts the application's form of a field beside the server's; what stands on one side alone stays. */
function joinForms(headers: HeaderList, mapped: MappedHeaders): readonly DescribedHeader[] {
  const left = [...mapped];
  const joined = headers.map(([name, value]): DescribedHeader => {
    const at = left.findIndex(
      ([other, , serverForm]) => serverForm === value && other.toLowerCase() === name.toLowerCase(),
    );
    const [form] = at < 0 ? [] : left.splice(at, 1);
    return {
      name: cut(name),
      value: cut(value),
      ...(form === undefined ? {} : { application: cut(form[1]) }),
    };
  });
  const others = left.map(([name, application, value]) => ({
    name: cut(name),
    value: cut(value),
    application: cut(application),
  }));
  return [...joined, ...others];
}

function describeBody(body: FrameBody): string {
  switch (body.kind) {
    case 'none':
      return 'none';
    case 'text':
      return `text, ${quantity(body.text.length, 'character')}`;
    case 'bytes':
      return `binary, ${quantity(body.bytes.length, 'byte')}`;
    default:
      return assertNever(body);
  }
}

function quantity(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

function cut(text: string): string {
  const { characters } = FRAME_LIMITS;
  return text.length <= characters ? text : `${cutText(text, characters)}…`;
}
