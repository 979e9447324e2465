import assert from 'node:assert/strict';
import {
  AS_RECORDED,
  movedTo,
  ordered,
  shownInOrder,
  withHidden,
} from '../../../src/webview/ladder/arrangement';

describe('the arrangement of lifelines', () => {
  it('is that of the recording to begin with, and takes new ones at the end', () => {
    assert.deepEqual(shownInOrder(AS_RECORDED, 3), [0, 1, 2]);
    assert.deepEqual(ordered({ order: [2, 0, 1], hidden: [] }, 5), [2, 0, 1, 3, 4]);
  });

  it('moves one among those that are shown, past the hidden ones', () => {
    const hidden = withHidden(AS_RECORDED, 1, true);
    assert.deepEqual(shownInOrder(movedTo(hidden, 4, 3, 0), 4), [3, 0, 2]);
    assert.deepEqual(shownInOrder(movedTo(hidden, 4, 0, 9), 4), [2, 3, 0]);
    assert.deepEqual(ordered(movedTo(hidden, 4, 3, -1), 4), [3, 0, 2, 1]);
  });

  it('hides and shows', () => {
    const hidden = withHidden(withHidden(AS_RECORDED, 2, true), 0, true);
    assert.deepEqual([hidden.hidden, shownInOrder(hidden, 3)], [[0, 2], [1]]);
    assert.deepEqual(withHidden(hidden, 2, false).hidden, [0]);
  });

  it('takes no position that the trace does not have, nor one twice', () => {
    assert.deepEqual(ordered({ order: [7, 1, 1], hidden: [9] }, 2), [1, 0]);
  });
});
