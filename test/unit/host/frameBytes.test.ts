import assert from 'node:assert/strict';
import { bodyBytes, bytesPart, bytesText } from '../../../src/host/trace/frameBytes';

const BODY = Buffer.from('{"password":"~secret-12~","x":"é"}', 'utf8');

function textOf(part: { readonly base64: string }): string {
  return Buffer.from(part.base64, 'base64').toString('utf8');
}

describe('the bytes of a frame', () => {
  it('are those of the body: of a text in UTF-8', () => {
    const bytes = Uint8Array.of(0, 255);
    assert.deepEqual(
      [
        Buffer.from(bodyBytes({ kind: 'text', text: 'é' })).toString('hex'),
        bodyBytes({ kind: 'bytes', bytes }),
        bodyBytes({ kind: 'none' }).length,
      ],
      ['c3a9', bytes, 0],
    );
  });

  it('come in parts, which are shorter at the end and empty beyond it', () => {
    const parts = [0, 30, 99].map((offset) => bytesPart(BODY, { redacted: 0 }, offset, 10));
    assert.deepEqual(
      parts.map((part) => [textOf(part), part.total]),
      [
        ['{"password', 35],
        ['"é"}', 35],
        ['', 35],
      ],
    );
  });

  it('tell where a secret was replaced, also by a part of the pseudonym alone', () => {
    const secrets = (redacted: number, offset: number, count: number) =>
      bytesPart(BODY, { redacted }, offset, count).secrets;
    assert.deepEqual(
      [
        secrets(1, 0, 35),
        secrets(1, 20, 4),
        secrets(1, 0, 13),
        secrets(1, 24, 9),
        secrets(0, 0, 35),
      ],
      [[[13, 24]], [[13, 24]], [], [], []],
    );
  });

  it('are copied as hexadecimal or as the text that they are', () => {
    const bytes = Buffer.from('aé');
    assert.deepEqual([bytesText(bytes, 'hex'), bytesText(bytes, 'text')], ['61 c3 a9', 'aé']);
  });
});
