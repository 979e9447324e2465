import assert from 'node:assert/strict';
import { isEntryList, keyValue, keyValueEntries } from '../../../src/core/protocol/keyValueList';

const OBJECT_FORM = { MediaType: 'email', Inner: { Count: 2 } };
const ARRAY_FORM = [
  { key: 'MediaType', type: 'str', value: 'email' },
  { key: 'Inner', type: 'list', value: [{ key: 'Count', type: 'int', value: 2 }] },
];

describe('key-value lists', () => {
  it('are read from an object', () => {
    assert.deepEqual(keyValueEntries(OBJECT_FORM), [
      { key: 'MediaType', value: 'email' },
      { key: 'Inner', value: { Count: 2 } },
    ]);
  });

  it('are read from an array of key, type and value', () => {
    assert.deepEqual(keyValueEntries(ARRAY_FORM), ARRAY_FORM);
  });

  it('give a value by its key, also inside a nested list, in both forms', () => {
    for (const list of [OBJECT_FORM, ARRAY_FORM]) {
      assert.equal(keyValue(list, 'MediaType'), 'email');
      assert.equal(keyValue(keyValue(list, 'Inner'), 'Count'), 2);
      assert.equal(keyValue(list, 'constructor'), undefined);
    }
  });

  it('keep a key that occurs twice in the array form, the first one found by key', () => {
    const list = [
      { key: 'a', value: 1 },
      { key: 'a', value: 2 },
    ];
    assert.deepEqual(keyValueEntries(list), list);
    assert.equal(keyValue(list, 'a'), 1);
  });

  it('leave out what is no entry', () => {
    const list = [null, 7, 'a', [], {}, { key: 1, value: 2 }, { key: 'a' }, { key: 'b', type: 5 }];
    assert.deepEqual(keyValueEntries(list), [
      { key: 'a', value: null },
      { key: 'b', value: null },
    ]);
    assert.equal(isEntryList(list), false);
    assert.equal(isEntryList(ARRAY_FORM), true);
  });

  it('are empty when the value is no list', () => {
    for (const value of [undefined, null, 7, 'text', true]) {
      assert.deepEqual(keyValueEntries(value), []);
      assert.equal(keyValue(value, 'length'), undefined);
    }
  });
});
