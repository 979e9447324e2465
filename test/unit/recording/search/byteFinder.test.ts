import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createByteFinder, type BytePair } from '../../../../src/recording/search/byteFinder';

const SIZE = 1000;

/** Every place of a pair among the bytes from `from` to `to`. */
function places(bytes: Buffer, pair: BytePair, from: number, to: number): readonly number[] {
  const finder = createByteFinder(SIZE + pair.distance);
  finder.bytes.set(bytes);
  const found: number[] = [];
  for (let at = from; (at = finder.find(pair, at, to)) < to; at++) {
    found.push(at);
  }
  return found;
}

function placesByHand(bytes: Buffer, pair: BytePair, from: number, to: number): readonly number[] {
  return Array.from(bytes.keys()).filter(
    (at) =>
      at >= from &&
      at < to &&
      pair.first.includes(bytes[at] ?? -1) &&
      pair.second.includes(bytes[at + pair.distance] ?? -1),
  );
}

describe('Finding pairs of bytes', () => {
  it('finds what a look at every byte finds, in any range and at any distance', () => {
    const byte = fc.integer({ min: 0, max: 3 });
    const cases = fc.tuple(byte, byte);
    fc.assert(
      fc.property(
        fc.array(byte, { minLength: SIZE, maxLength: SIZE }),
        fc.record({ first: cases, second: cases, distance: fc.integer({ min: 0, max: 70 }) }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: SIZE - 70 }),
        (values, pair, from, to) => {
          const bytes = Buffer.from(values);
          assert.deepEqual(places(bytes, pair, from, to), placesByHand(bytes, pair, from, to));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('tells bytes apart that differ only in their highest bit', () => {
    const pair = { first: [0x61, 0x41], second: [0xc3, 0xc3], distance: 1 } as const;
    const bytes = Buffer.from([0xe1, 0xc3, 0x61, 0x43, 0x41, 0xc3]);
    assert.deepEqual(places(bytes, pair, 0, 5), [4]);
  });
});
