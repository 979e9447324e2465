import assert from 'node:assert/strict';
import {
  bytesPerLine,
  movedHead,
  offsetDigits,
  rangeOf,
  signOf,
} from '../../../src/webview/details/hexModel';
import { attributePath, findInTree, splitMatches } from '../../../src/webview/details/treeSearch';
import type { AttributeNode } from '../../../src/core/protocol/describe';

describe('lines of bytes', () => {
  it('hold as many bytes as fit, and offsets as many digits as the last one needs', () => {
    assert.deepEqual(
      [bytesPerLine(80, 4), bytesPerLine(60, 8), bytesPerLine(10, 8), offsetDigits(0)],
      [16, 8, 4, 4],
    );
    assert.deepEqual([offsetDigits(0x10000), offsetDigits(0x10001)], [4, 5]);
  });

  it('are moved through by keys, within the bytes that there are', () => {
    const shape = { perLine: 8, total: 100, page: 5 };
    assert.deepEqual(
      ['ArrowLeft', 'ArrowDown', 'PageDown', 'PageUp', 'End', 'Home', 'x', 'toString'].map((key) =>
        movedHead(key, 60, shape),
      ),
      [59, 68, 99, 20, 99, 0, undefined, undefined],
    );
  });

  it('select from the anchor to the head, whichever comes first, and show ASCII alone', () => {
    assert.deepEqual(
      [rangeOf({ anchor: 9, head: 4 }), [0x41, 0x0a, 0xe9, 0x7f].map(signOf)],
      [{ from: 4, to: 10 }, ['A', '.', '.', '.']],
    );
  });
});

describe('a search in attributes', () => {
  const leaf = (name: string, value: string): AttributeNode => ({ name, type: 'string', value });
  const roots: readonly AttributeNode[] = [
    {
      name: 'interactions',
      type: 'list',
      children: [
        {
          name: '00a.1',
          type: 'list',
          children: [
            {
              name: 'System properties',
              type: 'list',
              group: 'system',
              children: [leaf('Subject', 'Invoice')],
            },
          ],
        },
      ],
    },
    { name: 'errorCode', type: 'number', value: '41', meaning: 'Error_workbin_inaccessible' },
    { name: 'list', type: 'list', children: [leaf('[0]', 'a'), leaf('[1]', 'INVOICE')] },
  ];

  it('finds names, values and meanings, letters of either case alike', () => {
    assert.deepEqual(
      ['invoice', 'WORKBIN', 'errorcode', ''].map((text) => findInTree(roots, text)),
      [['0.0.0.0', '2.1'], ['1'], ['1'], []],
    );
  });

  it('splits a text at its matches, and leaves letters that change their length alone', () => {
    const parts = (text: string, sought: string) =>
      splitMatches(text, sought).map((part) => (part.matches ? `[${part.text}]` : part.text));
    assert.deepEqual(
      [parts('aXbx', 'x'), parts('abc', ''), parts('xx', 'X'), parts('İx', 'x')],
      [['a', '[X]', 'b', '[x]'], ['abc'], ['[x]', '[x]'], ['İx']],
    );
  });

  it('gives the path on the wire, without what only groups', () => {
    assert.deepEqual(
      ['0.0.0.0', '2.1', '1'].map((path) => attributePath(roots, path)),
      ['$.interactions["00a.1"].Subject', '$.list[1]', '$.errorCode'],
    );
  });
});
