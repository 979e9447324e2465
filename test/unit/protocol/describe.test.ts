import assert from 'node:assert/strict';
import { LosslessNumber } from 'lossless-json';
import { attributeTree, TREE_LIMITS } from '../../../src/core/protocol/describe';
import type { AttributeNode } from '../../../src/core/protocol/describe';
import type { JsonObject, JsonValue } from '../../../src/core/protocol/json';

/** The tree as indented text. */
function asLines(nodes: readonly AttributeNode[], indent = ''): string[] {
  return nodes.flatMap((node) => [
    `${indent}${node.name}: ${node.value ?? node.type}${node.meaning ? ` (${node.meaning})` : ''}`.trimEnd(),
    ...asLines(node.children ?? [], `${indent}  `),
  ]);
}

function linesOf(name: string, attributes: JsonObject): string[] {
  return asLines(attributeTree({ name, attributes }).attributes);
}

function countNodes(nodes: readonly AttributeNode[]): number {
  return nodes.reduce((sum, node) => sum + 1 + countNodes(node.children ?? []), 0);
}

describe('attribute tree', () => {
  it('lists attributes in the order of the catalogue, then the unknown ones', () => {
    const lines = linesOf('EventWorkbinContentChanged', {
      novelty: true,
      interaction: { extra: null, interactionState: 'Queued', interactionId: 'i1' },
      workbin: { workbinAgentId: 'A1', workbinTypeId: 'drafts' },
      workbinContentOperation: 'PlacedIn',
      operation: 11,
      proxyClientId: 12,
    });
    assert.deepEqual(lines, [
      'proxyClientId: 12',
      'operation: 11 (PlaceInWorkbin)',
      'workbinContentOperation: PlacedIn (2)',
      'workbin: list',
      '  workbinTypeId: drafts',
      '  workbinAgentId: A1',
      'interaction: list',
      '  interactionId: i1',
      '  interactionState: Queued (0)',
      '  extra: null',
      'novelty: true',
    ]);
  });

  it('says what an error code means, or that Platform SDK knows none', () => {
    assert.deepEqual(linesOf('EventError', { errorCode: 41 }), [
      'errorCode: 41 (Error_workbin_inaccessible)',
    ]);
    assert.deepEqual(linesOf('EventError', { errorCode: 4711 }), [
      'errorCode: 4711 (no error code of Platform SDK 8.1.4)',
    ]);
    assert.deepEqual(linesOf('EventError', { errorCode: 'x' }), ['errorCode: x']);
  });

  it('shows both forms of key-value lists alike', () => {
    const asObjects = { Inner: { Count: 2 }, Subject: 'Hello' };
    const asArray = [
      { key: 'Inner', type: 'list', value: [{ key: 'Count', type: 'int', value: 2 }] },
      { key: 'Subject', type: 'str', value: 'Hello' },
    ];
    const expected = ['extension: list', '  Inner: list', '    Count: 2', '  Subject: Hello'];
    assert.deepEqual(linesOf('EventAck', { extension: asObjects }), expected);
    assert.deepEqual(linesOf('EventAck', { extension: asArray }), expected);
  });

  it('shows any other array by index, and all of an unknown message', () => {
    const attributes = { list: [1, 'a', []], number: new LosslessNumber('1.0') };
    assert.deepEqual(linesOf('EventOfTomorrow', attributes), [
      'list: list',
      '  [0]: 1',
      '  [1]: a',
      '  [2]: list',
      'number: 1.0',
    ]);
  });

  it('tells the type of each value', () => {
    const attributes = { a: 's', b: 1, c: new LosslessNumber('1e400'), d: false, e: null, f: {} };
    const { attributes: nodes } = attributeTree({ name: 'X', attributes });
    assert.deepEqual(nodes, [
      { name: 'a', type: 'string', value: 's' },
      { name: 'b', type: 'number', value: '1' },
      { name: 'c', type: 'number', value: '1e400' },
      { name: 'd', type: 'boolean', value: 'false' },
      { name: 'e', type: 'null', value: 'null' },
      { name: 'f', type: 'list', children: [] },
    ]);
  });

  it('cuts a long list and says how much is missing', () => {
    const extension = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`k${i}`, i]));
    const { attributes, truncated } = attributeTree({
      name: 'EventAck',
      attributes: { extension },
    });
    const children = attributes[0]?.children ?? [];
    assert.deepEqual(
      [truncated, children.length, children[199]?.name, children[200]?.name],
      [true, 201, 'k199', '… 1 more'],
    );
  });

  it('cuts a long array in either meaning and says how much is missing', () => {
    const numbers = Array.from({ length: 250 }, (_, index) => index);
    const entries = numbers.map((value) => ({ key: 'same', value }));
    const tree = attributeTree({ name: 'EventAck', attributes: { numbers, extension: entries } });
    assert.deepEqual(
      tree.attributes.map(({ children = [] }) => [children[199]?.value, children[200]?.name]),
      [
        ['199', '… 50 more'],
        ['199', '… 50 more'],
      ],
    );
  });

  it('shows a list of exactly the limit whole', () => {
    const extension = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`k${i}`, i]));
    const { attributes, truncated } = attributeTree({
      name: 'EventAck',
      attributes: { extension },
    });
    assert.deepEqual([truncated, attributes[0]?.children?.length], [false, 200]);
  });

  it('cuts a long value and says how much is missing', () => {
    const attributes = { errorDescription: 'x'.repeat(2003) };
    assert.deepEqual(attributeTree({ name: 'EventError', attributes }), {
      attributes: [
        {
          name: 'errorDescription',
          type: 'string',
          value: `${'x'.repeat(2000)}… 3 more characters`,
        },
      ],
      truncated: true,
    });
  });

  it('ends at its deepest level', () => {
    let value: JsonValue = 'bottom';
    for (let level = 0; level < 60; level++) {
      value = { down: value };
    }
    const tree = attributeTree({ name: 'X', attributes: { top: value } });
    const lines = asLines(tree.attributes);
    assert.deepEqual(
      [tree.truncated, lines.length, lines.at(-1)?.trim()],
      [true, TREE_LIMITS.depth + 1, '… 1 more:'],
    );
  });

  it('has a limit for the whole tree', () => {
    const wide = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`k${i}`, i]));
    const wider = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`l${i}`, wide]));
    const tree = attributeTree({ name: 'X', attributes: wider });
    const count = countNodes(tree.attributes);
    assert.equal(tree.truncated, true);
    assert.ok(count >= TREE_LIMITS.nodes && count < TREE_LIMITS.nodes + 200, String(count));
  });
});
