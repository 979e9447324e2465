import assert from 'node:assert/strict';
import type { FrameBody } from '../../../src/core/protocol/frame';
import { frameText } from '../../../src/host/frameText';

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
      error: 'cut off',
    });
    assert.equal(
      response.text,
      '500 Server Error: cut off\nContent-Type: application/json\n\n{\n  "a": 1\n}',
    );
  });
});
