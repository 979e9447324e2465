import assert from 'node:assert/strict';
import { describeFrame, FRAME_LIMITS } from '../../../src/core/protocol/describeFrame';
import type { HttpRequestFrame, HttpResponseFrame } from '../../../src/core/protocol/frame';

const REQUEST: HttpRequestFrame = {
  kind: 'http-request',
  direction: 'send',
  exchange: 1,
  method: 'POST',
  url: 'https://gws.example/workspace/v3/login',
  headers: [['Host', 'gws.example']],
  body: { kind: 'text', text: '{}' },
};

const RESPONSE: HttpResponseFrame = {
  kind: 'http-response',
  direction: 'receive',
  exchange: 1,
  status: 200,
  statusText: 'OK',
  headers: [],
  body: { kind: 'none' },
};

describe('a frame for people', () => {
  it('says what kind it is, how it went, and what kind of body it has', () => {
    assert.deepEqual(
      [
        describeFrame({
          kind: 'websocket',
          direction: 'send',
          body: { kind: 'bytes', bytes: new Uint8Array(1) },
          error: 'cut off',
        }),
        describeFrame(REQUEST),
        describeFrame({ ...RESPONSE, decoded: true }),
        describeFrame({ ...RESPONSE, status: 0, statusText: '', error: 'connection reset' }),
      ],
      [
        { kind: 'websocket', body: 'binary, 1 byte', error: 'cut off' },
        {
          kind: 'http-request',
          method: 'POST',
          url: 'https://gws.example/workspace/v3/login',
          body: 'text, 2 characters',
          headers: [{ name: 'Host', value: 'gws.example' }],
          moreHeaders: 0,
          decoded: false,
        },
        {
          kind: 'http-response',
          status: '200 OK',
          body: 'none',
          headers: [],
          moreHeaders: 0,
          decoded: true,
        },
        {
          kind: 'http-response',
          status: 'No response',
          body: 'none',
          error: 'connection reset',
          headers: [],
          moreHeaders: 0,
          decoded: false,
        },
      ],
    );
  });

  it('shows both forms of a header field that a tap mapped, each beside its own', () => {
    const frame = describeFrame({
      ...RESPONSE,
      headers: [
        ['set-cookie', 'a=1; Domain=gws.example'],
        ['Set-Cookie', 'b=2'],
        ['Set-Cookie', 'c=3; Secure'],
      ],
      mapped: [
        ['Set-Cookie', 'c=3', 'c=3; Secure'],
        ['Set-Cookie', 'a=1', 'a=1; Domain=gws.example'],
        ['Location', 'http://127.0.0.1:8123/', 'https://gws.example/'],
      ],
    });
    assert.deepEqual(frame.kind === 'websocket' ? undefined : frame.headers, [
      { name: 'set-cookie', value: 'a=1; Domain=gws.example', application: 'a=1' },
      { name: 'Set-Cookie', value: 'b=2' },
      { name: 'Set-Cookie', value: 'c=3; Secure', application: 'c=3' },
      { name: 'Location', value: 'https://gws.example/', application: 'http://127.0.0.1:8123/' },
    ]);
  });

  it('lists only so many header fields and characters of a hostile head, and says how many more', () => {
    const { headers: most, characters } = FRAME_LIMITS;
    const frame = describeFrame({
      ...REQUEST,
      url: 'u'.repeat(100_000),
      headers: Array.from({ length: most + 5 }, () => ['__proto__', 'v'.repeat(100_000)] as const),
    });
    assert(frame.kind === 'http-request');
    assert.deepEqual(
      [frame.headers.length, frame.moreHeaders, frame.url.length, frame.headers[0]?.value.length],
      [most, 5, characters + 1, characters + 1],
    );
  });
});
