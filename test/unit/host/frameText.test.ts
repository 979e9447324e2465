import assert from 'node:assert/strict';
import type { FrameBody } from '../../../src/core/protocol/frame';
import { frameText } from '../../../src/host/trace/frameText';

function received(body: FrameBody): ReturnType<typeof frameText> {
  return frameText({ kind: 'websocket', direction: 'receive', body });
}

describe('a frame as a document', () => {
  it('is JSON, one member a line', () => {
    assert.deepEqual(
      received({ kind: 'text', text: '{"messageName":"EventAck","referenceId":1.0}' }),
      {
        text: '{\n  "messageName": "EventAck",\n  "referenceId": 1.0\n}',
        language: 'json',
      },
    );
  });

  it('is the text as it was when it is no JSON', () => {
    const text = '{"messageName": <b>';
    assert.deepEqual(received({ kind: 'text', text }), { text, language: 'text' });
  });

  it('is hexadecimal when it is binary, and says how much is left out', () => {
    const bytes = new Uint8Array(256 * 1024 + 3).fill(0x41);
    const { text, language } = received({ kind: 'bytes', bytes });
    const lines = text.split('\n');
    assert.deepEqual(
      [language, lines[0], lines.at(-1)],
      ['text', `00000000  ${'41 '.repeat(15)}41  ${'A'.repeat(16)}`, '… 3 more bytes'],
    );
  });

  it('shows an HTTP response with its status and headers', () => {
    const response = frameText({
      kind: 'http-response',
      direction: 'receive',
      exchange: 1,
      status: 500,
      statusText: 'Server Error',
      headers: [['Content-Type', 'application/json']],
      body: { kind: 'text', text: '{"a":1}' },
    });
    assert.equal(
      response.text,
      '500 Server Error\nContent-Type: application/json\n\n{\n  "a": 1\n}',
    );
  });

  it('says at its head why it is not whole, or not readable', () => {
    const error = 'Only the first 4 of 9 bytes were recorded';
    const body = { kind: 'text', text: '{"a"' } as const;
    const http = { exchange: 1, headers: [['A', 'b']], body, error } as const;
    const texts = [
      frameText({ kind: 'websocket', direction: 'receive', body, error }),
      frameText({ kind: 'websocket', direction: 'send', body: { kind: 'none' }, error }),
      frameText({ kind: 'http-request', direction: 'send', method: 'POST', url: '/x', ...http }),
      frameText({
        kind: 'http-response',
        direction: 'receive',
        status: 200,
        statusText: 'OK',
        ...http,
      }),
    ];
    assert.deepEqual(texts, [
      { text: `⚠ ${error}\n\n{"a"`, language: 'text' },
      { text: `⚠ ${error}\n\n`, language: 'text' },
      { text: `⚠ ${error}\nPOST /x\nA: b\n\n{"a"`, language: 'text' },
      { text: `⚠ ${error}\n200 OK\nA: b\n\n{"a"`, language: 'text' },
    ]);
  });

  it('says of an HTTP exchange without a response why there is none', () => {
    const frame = {
      kind: 'http-response',
      direction: 'receive',
      exchange: 1,
      status: 0,
      statusText: '',
      headers: [],
      body: { kind: 'none' },
      error: 'refused',
    } as const;
    assert.equal(frameText(frame).text, 'No response: refused\n\n');
  });
});
