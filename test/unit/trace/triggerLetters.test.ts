import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maySecretsStandIn, TRIGGER } from '../../../src/core/trace/secrets/secretNames';

/** A text for each alternative of the trigger, and texts that come close. */
const PIECES = [
  ...['pass', 'pwd', 'secret', 'token', 'apikey', 'api-key', 'access_key', 'accesskey'],
  ...['private key', 'privatekey', 'authoriz', 'cookie', 'bearer', 'jsessionid', 'assertion'],
  ...['codeverifier', 'code_verifier', 'samlresponse', 'grant_type', 'redirect_uri'],
  ...[
    ' code=',
    '?code%3d',
    '="code"',
    '\\u00',
    '\\u0070',
    '%2d',
    '%5f',
    '%41',
    '%4a',
    '%50',
    '%5a',
  ],
  ...['%61', '%6f', '%70', '%7a', '://u:p@', ':\\/\\/u:p@', ':%2f%2f:p@', ':/\\/p@', ':\\//p@'],
  ...[':/%2fp@', ':%2f/p@', 'ſecret', 'coo\u212aie', 'pas', 'code', '%', ':/', '@', '日本', '"'],
];

/** Upper case here and there. */
const anyCase = fc
  .tuple(fc.constantFrom(...PIECES), fc.array(fc.boolean(), { maxLength: 16 }))
  .map(([piece, upper]) =>
    Array.from(piece)
      .map((letter, at) => (upper[at] === true ? letter.toUpperCase() : letter))
      .join(''),
  );

describe('the quick look for secrets', () => {
  it('finds every text that has a trigger, wherever it stands', () => {
    for (const piece of PIECES) {
      for (const text of [piece, `x${piece}`, `${piece}x`, ` ${piece} `, piece.toUpperCase()]) {
        assert.equal(maySecretsStandIn(text), TRIGGER.test(text), text);
      }
    }
  });

  it('is the same as the careful look for any text', () => {
    const part = fc.oneof(anyCase, fc.string({ maxLength: 6 }), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        assert.equal(maySecretsStandIn(text), TRIGGER.test(text));
      }),
      { numRuns: 3000 },
    );
  });
});
