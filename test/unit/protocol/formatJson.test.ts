import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatJson } from '../../../src/core/protocol/formatJson';

describe('JSON laid out for people', () => {
  it('has one member a line', () => {
    assert.equal(
      formatJson('{"a":1,"b":[true,{"c":"x"}],"d":{},"e":[ ]}'),
      `{
  "a": 1,
  "b": [
    true,
    {
      "c": "x"
    }
  ],
  "d": {},
  "e": []
}`,
    );
  });

  it('keeps numbers, escapes and keys that occur twice letter for letter', () => {
    const text = '{"n":12345678901234567890,"f":1.0,"e":1E+2,"s":"\\u0041\\"{,","s":-0}';
    const formatted = formatJson(text);
    assert(formatted !== undefined);
    assert.equal(formatted.replaceAll(/\n *| (?=[-"\d])/g, ''), text);
  });

  it('means the same as before', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value);
        assert.deepEqual(JSON.parse(formatJson(text) ?? ''), JSON.parse(text));
      }),
    );
  });

  it('is the same when it is laid out again', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const once = formatJson(text);
        assert(once !== undefined);
        assert.equal(formatJson(once), once);
      }),
    );
  });

  it('does not exist for what is no JSON', () => {
    for (const text of ['', 'plain', '{"a":1', '{a:1}', '[1,]', '1 2']) {
      assert.equal(formatJson(text), undefined);
    }
  });

  it('grows with hostile nesting no faster than its lines', () => {
    const depth = 5000;
    const formatted = formatJson('['.repeat(depth) + ']'.repeat(depth)) ?? '';
    assert(formatted.length > 2 * depth && formatted.length < 110 * 2 * depth);
  });
});
