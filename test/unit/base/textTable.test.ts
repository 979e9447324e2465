import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextTable } from '../../../src/core/base/textTable';

describe('TextTable', () => {
  it('gives equal texts one number and different ones another, and gives them back', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: fc.constantFrom('a', 'b', '\0', 'é'), maxLength: 6 }),
      fc.constantFrom('', 'EventAck', 'EventAcks', '__proto__', '\ud800', 'x'.repeat(9000)),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 400 }), (texts) => {
        const table = new TextTable();
        const ids = texts.map((each) => table.id(each));
        const distinct = [...new Set(['', ...texts])];
        assert.deepEqual(
          ids,
          texts.map((each) => distinct.indexOf(each)),
        );
        assert.equal(table.size, distinct.length);
        assert.deepEqual(
          distinct.map((_, id) => table.text(id)),
          distinct,
        );
        assert.deepEqual(
          distinct.map((each) => table.find(each)),
          distinct.map((_, id) => id),
        );
        assert.equal(table.find('nobody has said this'), undefined);
      }),
    );
  });

  it('keeps the numbers of a hundred thousand ids that end alike', () => {
    const table = new TextTable();
    const idOf = (number: number): string => `00001a${number.toString(16).padStart(8, '0')}`;
    for (let number = 0; number < 100_000; number++) {
      assert.equal(table.id(idOf(number)), number + 1);
    }
    for (let number = 0; number < 100_000; number += 997) {
      assert.equal(table.id(idOf(number)), number + 1);
      assert.equal(table.text(number + 1), idOf(number));
    }
  });

  it('finds a text at the first time that it is asked after it was restored', () => {
    const table = new TextTable();
    for (let number = 0; number < 1000; number++) {
      table.id(`00001a${number}`);
    }
    const letters = Buffer.concat(table.save().letters);
    for (const text of ['', '00001a0', '00001a999']) {
      const restored = new TextTable();
      restored.restore({ ...table.save(), letters: [new Uint8Array(letters)] });
      assert.equal(restored.find(text), table.find(text), text);
    }
    const restored = new TextTable();
    restored.restore({ ...table.save(), letters: [new Uint8Array(letters)] });
    assert.equal(restored.id('00001a999'), table.find('00001a999'));
  });

  it('has no text for a number that it did not give', () => {
    const table = new TextTable();
    assert.throws(() => table.text(1), RangeError);
    assert.throws(() => table.text(-1), RangeError);
  });
});
