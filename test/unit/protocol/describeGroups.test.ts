import assert from 'node:assert/strict';
import { attributeTree, type AttributeNode } from '../../../src/core/protocol/describe';
import { attributeText } from '../../../src/core/protocol/describeValue';
import type { JsonObject } from '../../../src/core/protocol/json';

/** A tree in short: names, groups and meanings. */
function short(nodes: readonly AttributeNode[]): unknown {
  return nodes.map(({ name, group, meaning, value, children }) =>
    [
      group === undefined ? name : `${group}: ${name}`,
      ...(value === undefined ? [] : [value]),
      ...(meaning === undefined ? [] : [`(${meaning})`]),
      ...(children === undefined ? [] : [short(children)]),
    ].flat(0),
  );
}

const content = (interactions: JsonObject | readonly JsonObject[]) => ({
  name: 'EventWorkbinContent',
  attributes: { interactions },
});
const PROPERTIES = { Subject: 'Hello', CustomerNumber: '4711', MediaType: 'email' };

describe('the properties of interactions', () => {
  const grouped = [
    [
      'system: System properties',
      [
        ['Subject', 'Hello'],
        ['MediaType', 'email'],
      ],
    ],
    ['attached: Attached data', [['CustomerNumber', '4711']]],
  ];

  it('are told apart by their names, in both forms of a key-value list', () => {
    const list = Object.entries(PROPERTIES).map(([key, value]) => ({ key, type: 'str', value }));
    const forms = [
      content({ '0001': PROPERTIES }),
      content([{ key: '0001', type: 'kvlist', value: list }]),
    ];
    for (const message of forms) {
      assert.deepEqual(short(attributeTree(message).attributes), [
        ['interactions', [['0001', grouped]]],
      ]);
    }
  });

  it('are left as they are where no name is the system’s, and in other lists', () => {
    const own = content({ '0001': { CustomerNumber: '4711' } });
    const other = { name: 'EventAck', attributes: { extension: PROPERTIES } };
    assert.deepEqual(
      [own, other].map((message) => short(attributeTree(message).attributes)),
      [
        [['interactions', [['0001', [['CustomerNumber', '4711']]]]]],
        [
          [
            'extension',
            [
              ['Subject', 'Hello'],
              ['CustomerNumber', '4711'],
              ['MediaType', 'email'],
            ],
          ],
        ],
      ],
    );
  });

  it('say how many were left out', () => {
    const many = Object.fromEntries(
      Array.from({ length: 250 }, (_, index) => [`Own${index}`, String(index)]),
    );
    const [interactions] = attributeTree(content({ '1': { Subject: 's', ...many } })).attributes;
    const inside = interactions?.children?.[0]?.children ?? [];
    assert.deepEqual(
      inside.map(({ name, children, more }) => [name, children?.length, more]),
      [
        ['System properties', 1, undefined],
        ['Attached data', 199, undefined],
        ['… 51 more', undefined, true],
      ],
    );
  });
});

describe('a value at a place of the tree', () => {
  const long = 'x'.repeat(10_000);
  const message = content({ '0001': { ...PROPERTIES, Long: long } });

  it('is whole, whatever the tree shows of it', () => {
    assert.equal(attributeText(message, [0, 0, 1, 1]), long);
    assert.equal(attributeText(message, [0, 0, 0, 0]), 'Hello');
  });

  it('is JSON where it is a list, also for what stands together by name', () => {
    assert.deepEqual(JSON.parse(attributeText(message, [0, 0]) ?? ''), {
      ...PROPERTIES,
      Long: long,
    });
    assert.deepEqual(JSON.parse(attributeText(message, [0, 0, 0]) ?? ''), {
      Subject: 'Hello',
      MediaType: 'email',
    });
  });

  it('is undefined where nothing stands', () => {
    assert.deepEqual(
      [[], [7], [0, 0, 5], [0, 0, 0, 0, 0]].map((place) => attributeText(message, place)),
      [undefined, undefined, undefined, undefined],
    );
  });
});

describe('a value that Platform SDK does not know', () => {
  const message = {
    name: 'EventWorkbinContentChanged',
    attributes: { workbinContentOperation: 9, operation: 'PlaceInWorkbin' },
  };
  const error = { name: 'EventError', attributes: { errorCode: 4711 } };

  it('says so', () => {
    assert.deepEqual(
      [message, error].map((each) => short(attributeTree(each).attributes)),
      [
        [
          ['operation', 'PlaceInWorkbin', '(11)'],
          ['workbinContentOperation', '9', '(no WorkbinContentOperation of Platform SDK 8.1.4)'],
        ],
        [['errorCode', '4711', '(no error code of Platform SDK 8.1.4)']],
      ],
    );
  });

  it('says nothing of a web tier, which has values of its own', () => {
    assert.deepEqual(short(attributeTree(error, true).attributes), [['errorCode', '4711']]);
  });
});
