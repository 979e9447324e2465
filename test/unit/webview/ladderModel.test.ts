import assert from 'node:assert/strict';
import type { MessageRow } from '../../../src/core/ladder/rows';
import { readState } from '../../../src/webview/base/viewState';
import { formatClock, formatDuration, formatElapsed } from '../../../src/webview/base/format';
import { LatestWins } from '../../../src/webview/base/latest';
import { Follow } from '../../../src/webview/ladder/follow';
import { labelSpanOf, layOut, spanOf } from '../../../src/webview/ladder/geometry';
import { actionOf, foldStep, move, type Movement } from '../../../src/webview/ladder/selection';

describe('moving the selection', () => {
  const extent = { rows: 100, pageRows: 30, firstVisible: 40 };
  const moved = (current: number | undefined, to: Movement) => move(current, to, extent);

  it('stays within the rows', () => {
    assert.deepEqual(
      [
        moved(0, 'up'),
        moved(99, 'down'),
        moved(5, 'pageUp'),
        moved(95, 'pageDown'),
        moved(50, 'home'),
        moved(50, 'end'),
      ],
      [0, 99, 0, 99, 0, 99],
    );
  });

  it('keeps a row of the last screenful on the screen', () => {
    assert.deepEqual([moved(50, 'pageDown'), moved(50, 'pageUp')], [79, 21]);
  });

  it('begins at the first row on the screen', () => {
    assert.deepEqual([moved(undefined, 'down'), moved(undefined, 'end')], [40, 99]);
  });

  it('does nothing where there are no rows', () => {
    assert.equal(move(undefined, 'down', { rows: 0, pageRows: 30, firstVisible: 0 }), undefined);
  });
});

const PLAIN = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

describe('the keys of the ladder', () => {
  const key = (name: string, modifiers = {}) => actionOf({ ...PLAIN, key: name, ...modifiers });

  it('move, jump, open details, follow and copy', () => {
    assert.deepEqual(
      [
        key('ArrowDown'),
        key(']'),
        key('ArrowUp', { altKey: true }),
        key('Enter'),
        key('ArrowLeft'),
        key('ArrowRight'),
        key('f'),
        key('c', { ctrlKey: true }),
      ],
      [
        { kind: 'move', to: 'down', extends: false },
        { kind: 'heading', step: 1 },
        { kind: 'heading', step: -1 },
        { kind: 'details' },
        { kind: 'fold' },
        { kind: 'unfold' },
        { kind: 'follow' },
        { kind: 'copy' },
      ],
    );
  });

  it('leave the editor’s own alone', () => {
    assert.deepEqual(
      [
        key('f', { ctrlKey: true }),
        key('Home', { ctrlKey: true }),
        key('f', { altKey: true }),
        key('x'),
        key('Tab'),
      ],
      [undefined, undefined, undefined, undefined, undefined],
    );
  });
});

describe('following the end', () => {
  it('goes with new rows and counts none', () => {
    const follow = new Follow(true);
    assert.deepEqual(
      [follow.grew(10, false), follow.grew(20, false), follow.unseen],
      [true, true, 0],
    );
  });

  it('stops when the reader moves away, and counts what comes then', () => {
    const follow = new Follow(true);
    follow.grew(10, true);
    follow.moved(false);
    assert.deepEqual([follow.grew(25, false), follow.unseen], [false, 15]);
  });

  it('goes on when the reader is back at the end', () => {
    const follow = new Follow(false);
    follow.grew(10, true);
    follow.grew(25, false);
    follow.moved(true);
    assert.deepEqual([follow.on, follow.unseen], [true, 0]);
  });

  it('does not call the rows of a file that is being read new', () => {
    const follow = new Follow(false);
    follow.grew(10, true);
    follow.grew(1000, true);
    assert.equal(follow.unseen, 0);
  });
});

describe('keys on a fold', () => {
  const fold = (open: boolean) => ({ kind: 'fold', time: 0, text: '', count: 3, open }) as const;
  const inside: MessageRow = {
    kind: 'message',
    message: 9,
    seq: 1,
    time: 0,
    connection: 1,
    direction: 'receive',
    from: 1,
    to: 0,
    name: '/meta/connect',
    role: 'none',
    inFold: 2,
  };

  it('open and close it, go in and out, as in a tree', () => {
    assert.deepEqual(
      [
        foldStep('details', 5, fold(false)),
        foldStep('details', 5, fold(true)),
        foldStep('unfold', 5, fold(false)),
        foldStep('unfold', 5, fold(true)),
        foldStep('fold', 5, fold(true)),
        foldStep('fold', 8, inside),
      ],
      [
        { kind: 'toggle', row: 5 },
        { kind: 'toggle', row: 5 },
        { kind: 'toggle', row: 5 },
        { kind: 'select', row: 6 },
        { kind: 'toggle', row: 5 },
        { kind: 'select', row: 5 },
      ],
    );
  });

  it('keep their other meaning elsewhere', () => {
    const { inFold, ...outside } = inside;
    assert.deepEqual(
      [
        foldStep('fold', 5, fold(false)),
        foldStep('move', 5, fold(false)),
        foldStep('details', inFold ?? 0, inside),
        foldStep('unfold', 8, inside),
        foldStep('fold', 8, outside),
        foldStep('fold', 8, undefined),
      ],
      [undefined, undefined, undefined, undefined, undefined, undefined],
    );
  });
});

describe('where lifelines and arrows stand', () => {
  it('spreads lifelines evenly with room at the sides', () => {
    assert.deepEqual(
      [layOut(544, [0, 1]).lifelines, layOut(400, [0]).lifelines, layOut(500, []).lifelines],
      [[72, 472], [200], []],
    );
  });

  it('gives a message to oneself the side with more room', () => {
    const geometry = layOut(544, [0, 1]);
    assert.deepEqual(
      [spanOf(geometry, 1, 0), spanOf(geometry, 1, 1), spanOf(geometry, 0, 0)],
      [
        { left: 72, width: 400 },
        { left: 0, width: 472 },
        { left: 72, width: 472 },
      ],
    );
  });
});

describe('where the names of messages have room', () => {
  it('reaches over both ends of the arrow alike, as far as the column goes', () => {
    const geometry = layOut(504, [0, 1, 2]);
    assert.deepEqual(
      [labelSpanOf(geometry, 0, 1), labelSpanOf(geometry, 2, 0), labelSpanOf(geometry, 0, 0)],
      [
        { left: 16, width: 292 },
        { left: 16, width: 472 },
        { left: 72, width: 432 },
      ],
    );
    const narrow = layOut(220, [0, 1]);
    assert.deepEqual(labelSpanOf(narrow, 0, 1), { left: 0, width: 220 });
  });
});

describe('times as people read them', () => {
  it('since the start', () => {
    assert.deepEqual(
      [formatElapsed(0), formatElapsed(72_345.9), formatElapsed(3_723_004)],
      ['00:00.000', '01:12.345', '1:02:03.004'],
    );
  });

  it('as durations, each with its unit and without a unit’s overflow', () => {
    assert.deepEqual(
      [0.4, 12, 999.6, 1200, 59_996, 125_000, 3_599_600, 12_000_000, -3].map(formatDuration),
      [
        '0.4 ms',
        '12 ms',
        '1.00 s',
        '1.20 s',
        '1 min 00 s',
        '2 min 05 s',
        '1 h 00 min',
        '3 h 20 min',
        '−3 ms',
      ],
    );
  });

  it('of day, if the start is a date', () => {
    assert.match(
      formatClock('2026-11-22T09:14:05.120Z', 1005) ?? '',
      /^\d\d:14:06\.125$|^\d\d:\d\d:06\.125$/,
    );
    assert.equal(formatClock('yesterday', 0), undefined);
  });
});

describe('work of which only the newest counts', () => {
  it('skips what was asked for in between, and reports failures', async () => {
    const ran: number[] = [];
    const errors: unknown[] = [];
    let finish: () => void = () => undefined;
    const latest = new LatestWins((error) => errors.push(error));
    latest.run(() => new Promise((resolve) => (finish = resolve)));
    for (let task = 1; task <= 5; task++) {
      latest.run(() => {
        ran.push(task);
        return Promise.reject(new Error('no host'));
      });
    }
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([ran, errors.map(String)], [[5], ['Error: no host']]);
  });
});

describe('state that an earlier page left', () => {
  it('is taken if it has the shape, and dropped if not', () => {
    const state = { firstRow: 4, follow: false, selected: 9 };
    const selectedRow = { index: 3, identity: 'heading 1 begun' };
    const whole = {
      ...state,
      selectedRow,
      detailsWidth: 300,
      detailsHeight: 200,
      times: 'request',
    };
    assert.deepEqual(
      [
        readState(whole),
        readState({ ...state, detailsWidth: 'wide', detailsHeight: -1, times: 'never', clock: 1 }),
        readState({ ...state, selectedRow: { ...selectedRow, index: -1 } }),
        readState({ ...state, selectedRow: { index: 3, identity: 'x'.repeat(200) } }),
        readState({ firstRow: -1, follow: true }),
        readState(null),
        readState('x'),
      ],
      [whole, state, state, state, undefined, undefined, undefined],
    );
  });

  it('has the wall clock of earlier versions as a choice of times', () => {
    const state = { firstRow: 4, follow: false };
    assert.deepEqual(
      [true, false].map((clock) => readState({ ...state, clock })),
      [{ ...state, times: 'clock' }, state],
    );
  });
});
