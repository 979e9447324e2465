import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Hits } from '../../../../src/session/traceView/hits';
import { RowList } from '../../../../src/session/traceView/rowList';

const ascending = fc.uniqueArray(fc.nat({ max: 60 })).map((rows) => rows.sort((a, b) => a - b));

function listOf(rows: readonly number[]): RowList {
  const list = new RowList();
  rows.forEach((row) => list.push(row));
  return list;
}

describe('hits of two lists', () => {
  it('are each once and ascending, as far as they are settled', () => {
    fc.assert(
      fc.property(ascending, ascending, fc.array(fc.nat({ max: 70 })), (one, other, ends) => {
        const hits = new Hits(listOf(one), listOf(other));
        ends.forEach((end) => hits.settle(end));
        const settled = Math.max(0, ...ends);
        const expected = [...new Set([...one, ...other])]
          .filter((row) => row < settled)
          .sort((a, b) => a - b);
        assert.deepEqual(
          Array.from({ length: hits.length }, (_, at) => hits.at(at)),
          expected,
        );
        for (let row = 0; row < 70; row++) {
          assert.equal(hits.has(row), expected.includes(row));
          const after = expected.findIndex((hit) => hit > row);
          const before = expected.findLastIndex((hit) => hit < row);
          const next = expected.length === 0 ? undefined : Math.max(0, after);
          const previous =
            expected.length === 0 ? undefined : (before + expected.length) % expected.length;
          assert.equal(hits.next(row, 1), next);
          assert.equal(
            hits.next(row, -1),
            before < 0 && expected.length > 0 ? expected.length - 1 : previous,
          );
        }
      }),
    );
  });

  it('grow beyond what there was room for', () => {
    const rows = Array.from({ length: 5000 }, (_, row) => row * 3);
    const hits = new Hits(listOf(rows), listOf([]));
    hits.settle(Infinity);
    assert.deepEqual([hits.length, hits.at(4999), hits.at(5000)], [5000, 14997, undefined]);
  });
});
