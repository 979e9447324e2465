import assert from 'node:assert/strict';
import { Anchor } from '../../../src/webview/ladder/anchor';

/** Rows of messages, of which those from `firstVisible` on are seen; the host may know more of them. */
class FakeLadder {
  firstVisible = 0;
  known: number[] = [10, 20, 30, 40, 50];
  drawn: readonly number[] = this.known;

  get topMessage() {
    const message = this.drawn[this.firstVisible];
    return message === undefined ? undefined : { message, index: this.firstVisible };
  }

  shift(rows: number): void {
    this.firstVisible += rows;
  }

  insert(...messages: number[]): void {
    this.known = [...this.known, ...messages].sort((one, other) => one - other);
  }
}

describe('the anchor of the ladder', () => {
  let ladder: FakeLadder;
  let anchor: Anchor;

  beforeEach(() => {
    ladder = new FakeLadder();
    anchor = new Anchor({
      ladder,
      rowOf: (message) => Promise.resolve(ladder.known.indexOf(message)),
      fail: (error) => assert.fail(String(error)),
    });
  });

  async function grow(...messages: number[]): Promise<number> {
    ladder.insert(...messages);
    anchor.hold();
    await new Promise(setImmediate);
    return ladder.firstVisible;
  }

  it('keeps the first message in its place when rows come above it, time after time', async () => {
    ladder.firstVisible = 2;
    const places = [await grow(5, 15), await grow(25), await grow(45)];
    assert.deepEqual(places, [4, 5, 5]);
  });

  it('stays at the very top', async () => {
    assert.equal(await grow(1, 2, 3), 0);
  });

  it('keeps another message once the reader has scrolled', async () => {
    ladder.firstVisible = 2;
    await grow(5);
    ladder.drawn = ladder.known;
    ladder.firstVisible = 1;
    assert.deepEqual([await grow(7), ladder.known[ladder.firstVisible]], [2, 10]);
  });

  it('does not move what the reader has scrolled while it was being asked', async () => {
    ladder.firstVisible = 2;
    ladder.insert(5);
    anchor.hold();
    ladder.firstVisible = 4;
    await new Promise(setImmediate);
    assert.equal(ladder.firstVisible, 4);
  });
});
