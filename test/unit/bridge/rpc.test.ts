import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createHostPeer } from '../../../src/bridge/rpcHost';
import { createViewPeer } from '../../../src/bridge/rpcView';
import type { TraceViewMethods } from '../../../src/bridge/traceView';
import { EVERYTHING } from '../../../src/core/filter/query';
import { createHandTimer, createLine, createMethods, OVERVIEW, STATISTICS, STRIP } from './rpcLine';

function connect(changes: Partial<TraceViewMethods> = {}) {
  const line = createLine();
  const hostTimer = createHandTimer();
  const viewTimer = createHandTimer();
  const calls: unknown[][] = [];
  const problems: string[] = [];
  const host = createHostPeer({
    channel: line.host,
    methods: createMethods(calls, changes),
    timer: hostTimer.timer,
    onProblem: (text) => problems.push(text),
    maxPending: 3,
  });
  const view = createViewPeer({ channel: line.view, timer: viewTimer.timer });
  return { line, hostTimer, viewTimer, calls, problems, host, view };
}

const never = (): Promise<never> => new Promise(() => undefined);

describe('calls from the trace view to the extension host', () => {
  it('carry their arguments there and the answer back', async () => {
    const { view, calls } = connect();
    const answers = [
      await view.methods.open(),
      await view.methods.getRows(100, 50),
      await view.methods.rowOfMessage(3),
      await view.methods.findHeading(5, -1),
    ];
    await view.methods.toggleFold(4);
    assert.deepEqual(
      { answers, calls },
      {
        answers: [OVERVIEW, { first: 0, rows: [], generation: 0 }, 7, 12],
        calls: [
          ['open'],
          ['getRows', 100, 50],
          ['rowOfMessage', 3],
          ['findHeading', 5, -1],
          ['toggleFold', 4],
        ],
      },
    );
  });

  it('limit, search and count what the view shows', async () => {
    const { view, calls } = connect();
    const { methods } = view;
    const limited = {
      filter: 'a',
      scope: 'phases',
      order: 'time',
      range: { from: 0, to: 5 },
    } as const;
    const answers = [
      await methods.rowAtTime(12.5),
      await methods.setQuery(limited, 4),
      await methods.setQuery(EVERYTHING, undefined),
      await methods.completeFilter('na', 2),
      await methods.getFilterMemory(),
      await methods.saveFilter('n', 'a'),
      await methods.getTimeStrip(2000),
      await methods.getStatistics('agent'),
      await methods.findNext(undefined, -1),
      await methods.findNext(4, 1),
    ];
    await methods.rememberFilter('a');
    await methods.find('text');
    await methods.stopFind();
    await methods.cancelIndexing();
    const found = { message: 4, row: 5, position: 0 };
    assert.deepEqual(
      { answers, calls },
      {
        answers: [
          9,
          { ok: true, row: 3 },
          { ok: true, row: 3 },
          { from: 0, to: 2, items: [] },
          { history: ['a'], saved: [] },
          { history: [], saved: [{ name: 'n', filter: 'a' }] },
          STRIP,
          STATISTICS,
          found,
          found,
        ],
        calls: [
          ['rowAtTime', 12.5],
          ['setQuery', limited, 4],
          ['setQuery', EVERYTHING, undefined],
          ['completeFilter', 'na', 2],
          ['getFilterMemory'],
          ['saveFilter', 'n', 'a'],
          ['getTimeStrip', 2000],
          ['getStatistics', 'agent'],
          ['findNext', undefined, -1],
          ['findNext', 4, 1],
          ['rememberFilter', 'a'],
          ['find', 'text'],
          ['stopFind'],
          ['cancelIndexing'],
        ],
      },
    );
  });

  it('may be answered that no phase begins there', async () => {
    const { view } = connect({ findHeading: () => Promise.resolve(undefined) });
    assert.equal(await view.methods.findHeading(5, 1), undefined);
  });

  it('may say that there is no cursor', async () => {
    const { view, calls } = connect();
    await view.methods.setCursor(undefined, false);
    await view.methods.setCursor(4, true);
    assert.deepEqual(calls, [
      ['setCursor', undefined, false],
      ['setCursor', 4, true],
    ]);
  });

  it('reject with the words of the error that the host met', async () => {
    const { view } = connect({
      getMessage: () => Promise.reject(new Error('The line of message 9 changed on disk.')),
      openBody: () => {
        throw new Error('thrown at once');
      },
    });
    await assert.rejects(view.methods.getMessage(9), {
      message: 'The line of message 9 changed on disk.',
    });
    await assert.rejects(view.methods.openBody(9), { message: 'thrown at once' });
  });

  it('are answered with an error when the host takes too long, and a late answer is dropped', async () => {
    let finish: (row: number) => void = () => undefined;
    const { view, hostTimer, line, problems } = connect({
      rowOfMessage: () => new Promise((resolve) => (finish = resolve)),
    });
    const call = view.methods.rowOfMessage(1);
    hostTimer.fire();
    await assert.rejects(call, { message: 'No answer to rowOfMessage within 30 s.' });
    const sent = line.toView.length;
    finish(5);
    await Promise.resolve();
    await Promise.resolve();
    assert.deepEqual([line.toView.length, problems.length], [sent, 1]);
  });

  it('are given up by the view when the host is gone', async () => {
    const { view, viewTimer, host } = connect();
    host.dispose();
    const call = view.methods.open();
    viewTimer.fire();
    await assert.rejects(call, { message: 'No answer to open within 35 s.' });
  });

  it('leave no timer behind once they are answered', async () => {
    const { view, hostTimer, viewTimer } = connect();
    await view.methods.open();
    assert.deepEqual([hostTimer.running, viewTimer.running], [0, 0]);
  });

  it('are refused beyond the number that may wait', async () => {
    const { view } = connect({ openBody: never });
    for (let message = 0; message < 3; message++) {
      view.methods.openBody(message).catch(() => undefined);
    }
    await assert.rejects(view.methods.open(), { message: 'More than 3 calls are waiting.' });
  });

  it('are all rejected when the view ends', async () => {
    const { view, viewTimer } = connect({ openBody: never });
    const call = view.methods.openBody(1);
    view.dispose();
    await assert.rejects(call, { message: 'The trace view was closed.' });
    await assert.rejects(view.methods.open(), { message: 'The trace view was closed.' });
    assert.equal(viewTimer.running, 0);
  });

  it('are all answered with an error when the host ends', async () => {
    const { view, host, hostTimer } = connect({ openBody: never });
    const call = view.methods.openBody(1);
    host.dispose();
    await assert.rejects(call, { message: 'The trace was closed.' });
    assert.equal(hostTimer.running, 0);
  });
});

describe('what comes in from the view', () => {
  const refused: readonly (readonly [string, unknown, unknown])[] = [
    ['an unknown method', { id: 1, method: 'eval', args: [] }, 1],
    ['a method of every object', { id: 1, method: 'constructor', args: [] }, 1],
    ['a wrong type', { id: 1, method: 'getRows', args: ['0', 10] }, 1],
    ['a negative position', { id: 1, method: 'getRows', args: [-1, 10] }, 1],
    ['a page of a million rows', { id: 1, method: 'getRows', args: [0, 1_000_000] }, 1],
    ['a step of many phases', { id: 1, method: 'findHeading', args: [0, 2] }, 1],
    ['a fold before the first row', { id: 1, method: 'toggleFold', args: [-1] }, 1],
    ['a fraction', { id: 1, method: 'getMessage', args: [1.5] }, 1],
    ['a time that is none', { id: 1, method: 'rowAtTime', args: [null] }, 1],
    [
      'a query without an order',
      { id: 1, method: 'setQuery', args: [{ ...EVERYTHING, order: 'x' }] },
      1,
    ],
    ['a query as a text', { id: 1, method: 'setQuery', args: ['name:EventAck'] }, 1],
    [
      'a range without an end',
      { id: 1, method: 'setQuery', args: [{ ...EVERYTHING, range: { from: 1 } }] },
      1,
    ],
    [
      'an endless filter',
      { id: 1, method: 'setQuery', args: [{ ...EVERYTHING, filter: 'a'.repeat(2001) }] },
      1,
    ],
    ['a caret behind the line', { id: 1, method: 'completeFilter', args: ['na', 3] }, 1],
    [
      'an endless filter to remember',
      { id: 1, method: 'rememberFilter', args: ['a'.repeat(2001)] },
      1,
    ],
    ['a filter kept without a name', { id: 1, method: 'saveFilter', args: ['', 'a'] }, 1],
    [
      'a filter kept under an endless name',
      { id: 1, method: 'saveFilter', args: ['n'.repeat(101), 'a'] },
      1,
    ],
    ['a strip without parts', { id: 1, method: 'getTimeStrip', args: [0] }, 1],
    ['a strip of too many parts', { id: 1, method: 'getTimeStrip', args: [2001] }, 1],
    ['statistics by nothing known', { id: 1, method: 'getStatistics', args: ['weather'] }, 1],
    ['an endless text to find', { id: 1, method: 'find', args: ['a'.repeat(1001)] }, 1],
    ['a hit without a direction', { id: 1, method: 'findNext', args: [1] }, 1],
    ['an unknown command', { id: 1, method: 'run', args: ['format'] }, 1],
    ['missing arguments', { id: 1, method: 'open' }, 1],
    ['no number', { method: 'open', args: [] }, undefined],
    ['a text', 'open', undefined],
    ['null', null, undefined],
  ];
  for (const [name, envelope, id] of refused) {
    it(`is refused when it is ${name}, and told to the caller if there is one`, () => {
      const { line, calls, problems } = connect();
      line.sendToHost(envelope);
      const [answer] = line.toView as { id?: unknown; ok?: unknown }[];
      assert.deepEqual(
        { calls, problems: problems.length, id: answer?.id, ok: answer?.ok },
        { calls: [], problems: 1, id, ok: id === undefined ? undefined : false },
      );
    });
  }

  it('reaches nobody beyond what a query is made of', async () => {
    const { line, calls } = connect();
    const query = JSON.parse(
      '{"__proto__":{"x":1},"filter":"","scope":"messages","order":"time","x":1}',
    ) as unknown;
    line.sendToHost({ id: 1, method: 'setQuery', args: [query, null] });
    await Promise.resolve();
    assert.deepEqual(calls, [['setQuery', EVERYTHING, undefined]]);
  });

  it('never makes the host throw', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (envelope) => {
        connect().line.sendToHost(envelope);
      }),
    );
  });

  it('cannot take the place of a call that is pending', () => {
    const { line, problems, calls } = connect({ openBody: never });
    line.sendToHost({ id: 1, method: 'openBody', args: [1] });
    line.sendToHost({ id: 1, method: 'open', args: [] });
    assert.deepEqual([problems.length, calls, line.toView], [1, [], []]);
  });
});

describe('notifications from the extension host', () => {
  it('reach the listeners of their name', () => {
    const { host, view } = connect();
    const heard: unknown[] = [];
    view.onDidChange((value) => heard.push(['changed', value]));
    view.onDidReveal((value) => heard.push(['reveal', value]));
    view.onDidClose((value) => heard.push(['closed', value]));
    host.notify('changed', OVERVIEW);
    host.notify('reveal', { message: 12 });
    host.notify('closed', { reason: 'The file was deleted.' });
    assert.deepEqual(heard, [
      ['changed', OVERVIEW],
      ['reveal', { message: 12 }],
      ['closed', { reason: 'The file was deleted.' }],
    ]);
  });

  it('are not sent after the end', () => {
    const { host, line } = connect();
    host.dispose();
    host.notify('reveal', { message: 1 });
    assert.deepEqual(line.toView, []);
  });

  it('of an unknown name, and what is no envelope at all, are ignored by the view', () => {
    const { view, line } = connect();
    const heard: unknown[] = [];
    view.onDidReveal((value) => heard.push(value));
    for (const envelope of [
      null,
      5,
      {},
      { notify: 'reveal' },
      { notify: 'other', value: {} },
      { id: 9, ok: true },
    ]) {
      line.sendToView(envelope);
    }
    assert.deepEqual(heard, []);
  });
});
