import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ScrollMap } from '../../../src/webview/ladder/scrollMap';

const ROW = 26;
const VIEWPORT = 780;
const CAP = 8_000_000;

function mapOf(rows: number): ScrollMap {
  const map = new ScrollMap(ROW, CAP);
  map.resize(rows, VIEWPORT);
  return map;
}

describe('the scroll position among many rows', () => {
  it('is the browser’s own while all rows fit below the cap', () => {
    const map = mapOf(1000);
    map.scrolled(2600);
    assert.deepEqual(
      [map.height, map.top, map.offset, map.visible],
      [26_000, 2600, 0, { first: 100, last: 129 }],
    );
  });

  it('never needs an element higher than the cap', () => {
    assert.equal(mapOf(10_000_000).height, CAP);
  });

  it('reaches the first and the last of ten million rows', () => {
    const map = mapOf(10_000_000);
    map.scrolled(CAP - VIEWPORT);
    const end = map.visible;
    map.scrolled(0);
    assert.deepEqual([end, map.visible.first], [{ first: 9_999_970, last: 9_999_999 }, 0]);
  });

  it('goes to the same fraction of the rows when the thumb is dragged', () => {
    const map = mapOf(10_000_000);
    map.scrolled((CAP - VIEWPORT) / 2);
    assert.ok(Math.abs(map.visible.first - 4_999_985) <= 1);
  });

  it('moves pixel by pixel with the wheel, whatever the number of rows', () => {
    const map = mapOf(10_000_000);
    map.scrolled(4_000_000);
    const { top, offset } = map;
    map.scrolled(4_000_120);
    assert.deepEqual([map.top, map.offset], [top + 120, offset]);
  });

  it('moves no row when it comes to rest', () => {
    const map = mapOf(10_000_000);
    map.scrolled(4_000_000);
    for (let step = 1; step <= 40; step++) {
      map.scrolled(4_000_000 + step * 120);
    }
    const { top } = map;
    map.resync();
    assert.ok(Math.abs(map.top - top) <= 1);
  });

  it('does not stop short of the first row when the wheel meets the end of the range too early', () => {
    const map = mapOf(10_000_000);
    let scrollTop = map.goTo(150_000);
    for (let turns = 0; turns < 2000 && map.top > 0; turns++) {
      scrollTop = Math.max(0, scrollTop - 120);
      scrollTop = map.scrolled(scrollTop) ?? scrollTop;
    }
    assert.equal(map.top, 0);
  });

  it('does not stop short of the last row either', () => {
    const map = mapOf(10_000_000);
    let scrollTop = map.goTo(map.maxTop - 150_000);
    for (let turns = 0; turns < 2000 && map.top < map.maxTop; turns++) {
      scrollTop = Math.min(CAP - VIEWPORT, scrollTop + 120);
      scrollTop = map.scrolled(scrollTop) ?? scrollTop;
    }
    assert.equal(map.top, map.maxTop);
  });

  it('keeps its place when rows are added', () => {
    const map = mapOf(300_000);
    map.goTo(5_000_000);
    map.resize(400_000, VIEWPORT);
    assert.ok(Math.abs(map.top - 5_000_000) <= 1);
  });

  it('shows rows that exist and fill the viewport, wherever it is scrolled', () => {
    const positions = fc.array(fc.integer({ min: 0, max: CAP - VIEWPORT }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 10_000_000 }), positions, (rows, tops) => {
        const map = mapOf(rows);
        for (const top of tops) {
          map.scrolled(Math.min(top, Math.max(0, map.height - VIEWPORT)));
        }
        const { first, last } = map.visible;
        const place = first * ROW + map.offset;
        assert.ok(first >= 0 && last < rows && last - first >= VIEWPORT / ROW - 1);
        assert.ok(place >= -ROW && place <= CAP);
      }),
    );
  });
});
