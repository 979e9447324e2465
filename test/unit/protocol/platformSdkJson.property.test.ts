import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'lossless-json';
import { attributeTree } from '../../../src/core/protocol/describe';
import {
  createPlatformSdkJsonDecoder,
  decodePlatformSdkJson,
  encodePlatformSdkJson,
} from '../../../src/core/protocol/platformSdkJson';
import { message, messageText, objectText } from './arbitraryJson';

/** What JSON is made of. */
const PIECES = '{ } [ ] " : , \\ 0 1 9 . e E - + n t u x'.split(' ');

/** JSON with every number as its letters, so that equality means equal letters. */
function withLexemes(text: string): unknown {
  return parse(text, undefined, (lexeme) => ({ 'number as written': lexeme }));
}

function mustNotThrow(text: string): void {
  const body = { kind: 'text', text } as const;
  const frame = { kind: 'websocket', direction: 'receive', body } as const;
  const decoded = createPlatformSdkJsonDecoder().decode(frame);
  assert.equal(decoded.messages.length, decoded.hints.length);
  assert.ok(decoded.messages.length === 1 || decoded.problems.length > 0);
  for (const one of decoded.messages) {
    attributeTree(one);
    encodePlatformSdkJson(one);
  }
}

describe('Platform SDK JSON, for any message', () => {
  it('decodes what it encoded to the same message', () => {
    fc.assert(
      fc.property(message, (original) => {
        fc.pre(!Object.hasOwn(original.attributes, 'messageName'));
        const decoded = decodePlatformSdkJson(encodePlatformSdkJson(original));
        assert.deepStrictEqual(decoded.message, original);
      }),
    );
  });

  it('encodes what it decoded to equal JSON, letter for letter in its numbers', () => {
    fc.assert(
      fc.property(fc.oneof(messageText, objectText), (text) => {
        const { message: decoded, problems } = decodePlatformSdkJson(text);
        assert.ok(decoded, JSON.stringify(problems));
        assert.deepStrictEqual(withLexemes(encodePlatformSdkJson(decoded)), withLexemes(text));
      }),
    );
  });

  it('never throws on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), mustNotThrow));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PIECES, '\ud800')).map((parts) => parts.join('')),
        mustNotThrow,
      ),
    );
  });

  it('never throws on a message with some characters changed', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...PIECES, '')), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(messageText, edits, (text, changes) => {
        const changed = changes.reduce((now, [place, count, by]) => {
          const at = place % (now.length + 1);
          return now.slice(0, at) + by + now.slice(at + count);
        }, text);
        mustNotThrow(changed);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws on any JSON object in the place of a message', () => {
    fc.assert(fc.property(objectText, mustNotThrow));
  });

  it('gives the quick hints that decoding gives', () => {
    fc.assert(
      fc.property(fc.oneof(messageText, objectText, fc.string()), (text) => {
        const frame = {
          kind: 'websocket',
          direction: 'receive',
          body: { kind: 'text', text },
        } as const;
        const decoder = createPlatformSdkJsonDecoder();
        assert.deepEqual(decoder.hints?.(frame), decoder.decode(frame).hints);
      }),
    );
  });
});
