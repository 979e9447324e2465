import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FIRST_HASH, nextHash } from '../../../src/core/base/textHash';
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

  it('takes no long time for one text, however many there are', function () {
    this.timeout(20_000);
    const table = new TextTable();
    // What texts are found by becomes too little at these numbers of them, and twice as much is needed.
    const growsAt = [2 ** 21, 2 ** 22, 2 ** 23].map((size) => Math.floor(size / 3));
    const took: number[] = [];
    for (let number = 0; number < 3_000_000; number++) {
      const before = performance.now();
      table.id(`0000Ia5X2N8${number.toString(36).padStart(5, '0')}`);
      const growth = growsAt.findIndex((size) => Math.abs(table.size - size) < 3);
      if (growth >= 0) {
        took[growth] = Math.max(took[growth] ?? 0, performance.now() - before);
      }
    }
    // The machine may have other work at one of them; growing in one go takes 18 ms, twice that, and four times that.
    assert.ok(Math.min(...took.map((ms, growth) => ms / 2 ** growth)) < 9, took.join());
    assert.equal(table.find('0000Ia5X2N800010'), 37);
    assert.equal(table.size, 3_000_001);
  });

  it('takes ids that were chosen to have one hash in time proportional to them', function () {
    this.timeout(20_000);
    const table = new TextTable();
    const texts = alikeByHash(15);
    for (const [at, text] of texts.entries()) {
      assert.equal(table.id(text), at + 1);
    }
    for (const [at, text] of texts.entries()) {
      assert.equal(table.find(text), at + 1);
    }
    const saved = table.save();
    const restored = new TextTable();
    restored.restore({ ...saved, letters: [new Uint8Array(Buffer.concat(saved.letters))] });
    assert.deepEqual(
      texts.map((text) => restored.id(text)),
      texts.map((_, at) => at + 1),
    );
    assert.equal(restored.id('another'), texts.length + 1);
  });

  it('knows its texts at any time while what it needs is made ready', () => {
    const table = new TextTable();
    const texts = Array.from({ length: 30_000 }, (_, number) => `text ${number}`);
    texts.forEach((text) => table.id(text));
    const saved = table.save();
    for (const steps of [0, 1, 5, 100]) {
      const restored = new TextTable();
      restored.restore({ ...saved, letters: [new Uint8Array(Buffer.concat(saved.letters))] });
      const preparing = restored.prepare();
      for (let step = 0; step < steps; step++) {
        preparing.next();
      }
      assert.equal(restored.find('text 29999'), 30_000);
      assert.equal(restored.find('nobody'), undefined);
      assert.equal(restored.id('größer'), 30_001);
      assert.equal(restored.id('text 12345'), 12_346);
      assert.equal(restored.id('new'), 30_002);
      assert.deepEqual([restored.find('größer'), restored.find('new')], [30_001, 30_002]);
    }
  });

  it('has no text for a number that it did not give', () => {
    const table = new TextTable();
    assert.throws(() => table.text(1), RangeError);
    assert.throws(() => table.text(-1), RangeError);
  });
});

/** Different texts, 2 to the power of `blocks` of them, whose hashes are one: in each block, two ways to the same. */
function alikeByHash(blocks: number): readonly string[] {
  let texts: readonly { readonly text: string; readonly hash: number }[] = [
    { text: '', hash: FIRST_HASH },
  ];
  for (let block = 0; block < blocks; block++) {
    const from = texts[0]?.hash ?? FIRST_HASH;
    const [one, other] = collision(from);
    texts = texts.flatMap(({ text }) => [
      { text: text + one, hash: hashAfter(from, one) },
      { text: text + other, hash: hashAfter(from, other) },
    ]);
  }
  assert.equal(new Set(texts.map(({ hash }) => hash)).size, 1);
  return texts.map(({ text }) => text);
}

/** Two texts of eight letters that lead from a hash to the same. */
function collision(from: number): readonly [string, string] {
  const seen = new Map<number, string>();
  for (let number = 0; ; number++) {
    const word = (factor: number): string =>
      ((number * factor) % 36 ** 4).toString(36).padStart(4, '0');
    const text = word(7919) + word(104_729);
    const hash = hashAfter(from, text);
    const other = seen.get(hash);
    if (other !== undefined) {
      return [text, other];
    }
    seen.set(hash, text);
  }
}

function hashAfter(from: number, text: string): number {
  const bytes = Buffer.from(text, 'latin1');
  return nextHash(nextHash(from, bytes.readInt32LE(0)), bytes.readInt32LE(4));
}
