import fc from 'fast-check';
import type { Frame, FrameBody } from '../../src/core/protocol/frame';
import type { MessageHint } from '../../src/core/protocol/message';
import type { TraceRecord } from '../../src/core/trace/records';

/** Text with whatever a wire may carry: quotes, escapes, line ends, wide letters, lone surrogates. */
export const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\r', ' ', '{', ']', 'ü', '😀', '\ud800') }),
);

const stamp = {
  seq: fc.integer({ min: 1, max: 0xffffffff }),
  time: fc.integer({ min: 0, max: 2 ** 40 }).map((microseconds) => microseconds / 1000),
};
const connection = fc.integer({ min: 1, max: 5000 });
const count = fc.nat();

const body: fc.Arbitrary<FrameBody> = fc.oneof(
  fc.constant({ kind: 'none' } as const),
  fc
    .oneof(
      anyText,
      fc.json(),
      fc.json().map((text) => ` ${text}\n`),
    )
    .map((text) => ({ kind: 'text', text }) as const),
  fc.uint8Array().map((bytes) => ({ kind: 'bytes', bytes }) as const),
);

const headers = fc.array(fc.tuple(anyText, anyText), { maxLength: 3 });
const mapped = fc.array(fc.tuple(anyText, anyText, anyText), { maxLength: 2 });
const ALWAYS = ['kind', 'direction', 'exchange', 'headers', 'body'] as const;
const PLAIN = { noNullPrototype: true } as const;

const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('websocket' as const),
      direction: fc.constantFrom('send' as const, 'receive' as const),
      body,
      error: anyText,
    },
    { requiredKeys: ['kind', 'direction', 'body'], noNullPrototype: true },
  ),
  fc.record(
    {
      kind: fc.constant('http-request' as const),
      direction: fc.constant('send' as const),
      exchange: connection,
      method: fc.constantFrom('GET', 'POST'),
      url: anyText,
      headers,
      mapped,
      body,
      decoded: fc.constant(true),
      error: anyText,
    },
    { requiredKeys: [...ALWAYS, 'method', 'url'], noNullPrototype: true },
  ),
  fc.record(
    {
      kind: fc.constant('http-response' as const),
      direction: fc.constant('receive' as const),
      exchange: connection,
      status: fc.constantFrom(0, 200, 500),
      statusText: anyText,
      headers,
      mapped,
      body,
      decoded: fc.constant(true),
      error: anyText,
    },
    { requiredKeys: [...ALWAYS, 'status', 'statusText'], noNullPrototype: true },
  ),
);

export const anyHint: fc.Arbitrary<MessageHint> = fc.record(
  {
    name: fc.oneof(fc.constantFrom('EventAck', 'RequestGetWorkbinContent'), anyText),
    reference: fc.oneof(
      fc.nat(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
      anyText,
    ),
    proxyClientId: fc.nat(),
    workbin: anyText,
    interactionId: anyText,
    errorCode: fc.integer(),
  },
  { requiredKeys: ['name'], noNullPrototype: true },
);

/** Any record that our recorder could write. */
export const anyRecord: fc.Arbitrary<TraceRecord> = fc.oneof(
  { arbitrary: anyFrameRecord(), weight: 4 },
  fc.record(
    {
      kind: fc.constant('open' as const),
      ...stamp,
      connection,
      dialect: fc.constantFrom('platform-sdk-json' as const, 'workspace-v3' as const),
      server: anyText,
      application: anyText,
    },
    PLAIN,
  ),
  fc.record(
    {
      kind: fc.constant('close' as const),
      ...stamp,
      connection,
      by: fc.constantFrom(
        'application' as const,
        'server' as const,
        'network' as const,
        'inspector' as const,
      ),
      reason: anyText,
    },
    PLAIN,
  ),
  fc.record(
    { kind: fc.constant('gap' as const), ...stamp, connection, reason: anyText, missed: count },
    { requiredKeys: ['kind', 'seq', 'time', 'reason'], noNullPrototype: true },
  ),
  fc.record({ kind: fc.constant('end' as const), ...stamp, frames: count, messages: count }, PLAIN),
);

function anyFrameRecord(): fc.Arbitrary<TraceRecord> {
  return fc.record(
    {
      kind: fc.constant('frame' as const),
      ...stamp,
      connection,
      hints: fc.array(anyHint, { maxLength: 3 }),
      frame,
      redacted: fc.nat({ max: 3 }),
    },
    PLAIN,
  );
}
