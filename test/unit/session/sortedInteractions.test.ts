import assert from 'node:assert/strict';
import { toDisposable } from '../../../src/core/base/disposable';
import { SortedInteractions, type Order } from '../../../src/session/sortedInteractions';
import type { Pace } from '../../../src/session/traceView/pace';

/** A clock on which a millisecond passes with each look at it, so that slices are the same on every machine. */
function countingPace(): Pace & { readonly looks: () => number; readonly pauses: () => number } {
  let looks = 0;
  let pauses = 0;
  return {
    now: () => ++looks,
    after: () => toDisposable(() => undefined),
    yield: () => {
      pauses++;
      return Promise.resolve();
    },
    looks: () => looks,
    pauses: () => pauses,
  };
}

function held(...list: readonly (readonly [id: string, properties: object])[]) {
  return new Map(list.map(([id, properties]) => [id, { id, properties: { ...properties } }]));
}

const FEW = held(
  ['i10', { Subject: 'beta', FromAddress: 'zoe', MovedToQueueAt: '2026-11-22T10:00:00Z' }],
  ['i9', { Subject: 'Älter', FromAddress: 'anna', MovedToQueueAt: '2026-11-22T12:00:00Z' }],
  ['i2', { MovedToQueueAt: '2026-11-22T11:00:00Z', ReceivedAt: '2026-11-20T11:00:00Z' }],
);

async function ids(order: Order, map = FEW, sorted = new SortedInteractions(countingPace())) {
  return (await sorted.get(map, order)).map(({ summary }) => summary.id);
}

describe('the interactions of a workbin in order', () => {
  it('are sorted by what people know them by; those without it come last in both directions', async () => {
    const orders = ['told', 'subject', 'age', 'received', 'sender', 'id'] as const;
    const found: Record<string, readonly string[]> = {};
    for (const by of orders) {
      found[by] = await ids({ by, descending: false });
      found[`${by} down`] = await ids({ by, descending: true });
    }
    assert.deepEqual(found, {
      told: ['i10', 'i9', 'i2'],
      'told down': ['i2', 'i9', 'i10'],
      subject: ['i9', 'i10', 'i2'],
      'subject down': ['i2', 'i10', 'i9'],
      age: ['i9', 'i2', 'i10'],
      'age down': ['i10', 'i2', 'i9'],
      received: ['i2', 'i10', 'i9'],
      'received down': ['i2', 'i10', 'i9'],
      sender: ['i9', 'i10', 'i2'],
      'sender down': ['i10', 'i9', 'i2'],
      id: ['i2', 'i9', 'i10'],
      'id down': ['i10', 'i9', 'i2'],
    });
  });

  it('stay in order when some come, go or change', async () => {
    const sorted = new SortedInteractions(countingPace());
    const order = { by: 'subject', descending: false } as const;
    await ids(order, FEW, sorted);
    const after = new Map(FEW);
    after.delete('i9');
    after.set('i2', { id: 'i2', properties: { Subject: 'zeta' } });
    after.set('i7', { id: 'i7', properties: { Subject: 'alpha' } });
    assert.deepEqual(await ids(order, after, sorted), ['i7', 'i10', 'i2']);
  });

  it('are sorted in slices where they are ten thousand, and one more is placed in no time', async () => {
    const count = 10_000;
    const many = held(
      ...Array.from({ length: count }, (_, at) => {
        const number = (at * 7919) % count;
        return [`i${number}`, { Subject: `Claim ${number}: storm`, FromAddress: 'a@b.c' }] as const;
      }),
    );
    const pace = countingPace();
    const sorted = new SortedInteractions(pace);
    const order = { by: 'subject', descending: false } as const;
    const first = await ids(order, many, sorted);
    assert.deepEqual(
      first,
      Array.from({ length: count }, (_, at) => `i${at}`),
    );
    // Each is looked at once, sorted into a run, and merged some eight times; 64 of them between two looks.
    const looks = pace.looks();
    assert(looks > (9 * count) / 64, `${looks} looks at the clock`);
    assert(pace.pauses() >= looks / 10, `${pace.pauses()} pauses in ${looks} ms`);
    const more = new Map(many).set('new', { id: 'new', properties: { Subject: 'Claim 1: a' } });
    const then = await ids(order, more, sorted);
    assert.equal(then.indexOf('new'), 1);
    const again = pace.looks() - looks;
    assert(again < (3 * count) / 64, `${again} looks at the clock for one more`);
  });
});
