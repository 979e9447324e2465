import assert from 'node:assert/strict';
import { EVERYTHING } from '../../../../src/core/filter/query';
import { TraceView } from '../../../../src/session/traceView/traceView';
import { GrowingTrace } from './growingTrace';
import { SMALL_LANGUAGE } from './smallLanguage';

/** 0 and 2: a login; 1 and 4: one that fails; 3: outside; 5 and 6: a third one. */
const LOGINS = [
  [1, 'RequestAgentLogin 1'],
  [2, 'RequestAgentLogin 2'],
  [3, 'EventAck 1'],
  [4, 'EventOther'],
  [5, 'EventError 2'],
  [60, 'RequestAgentLogin 3'],
  [61, 'EventAck 3'],
] as const;

describe('playback through a view', () => {
  let grown: GrowingTrace;
  let view: TraceView;

  beforeEach(async () => {
    grown = new GrowingTrace();
    view = new TraceView({
      trace: grown.trace,
      search: grown.search,
      pace: grown.pace(),
      language: SMALL_LANGUAGE,
      onProblem: (error) => assert.ifError(error),
    });
    await grown.say(...LOGINS);
  });

  const go = async (from: number | undefined, goal: 'message' | 'phase' | 'failure') => [
    (await view.playStep(from, goal, -1))?.message,
    (await view.playStep(from, goal, 1))?.message,
  ];

  it('stands at the last message of a time, and knows when the next one comes', () => {
    const row = (message: number) => view.reveal(message);
    assert.deepEqual(
      [view.playAt(-5), view.playAt(3), view.playAt(59.9), view.playAt(1e9)],
      [
        { message: 0, row: row(0), time: 1, nextTime: 2 },
        { message: 2, row: row(2), time: 3, nextTime: 4 },
        { message: 4, row: row(4), time: 5, nextTime: 60 },
        { message: 6, row: row(6), time: 61 },
      ],
    );
  });

  it('steps from message to message, from either end to begin with', async () => {
    assert.deepEqual(await go(3, 'message'), [2, 4]);
    assert.deepEqual(await go(undefined, 'message'), [6, 0]);
    assert.deepEqual(
      [(await go(0, 'message'))[0], (await go(6, 'message'))[1]],
      [undefined, undefined],
    );
  });

  it('steps from phase to phase, and first to the beginning of its own on the way back', async () => {
    assert.deepEqual(await go(0, 'phase'), [undefined, 1]);
    assert.deepEqual(await go(1, 'phase'), [0, 5]);
    assert.deepEqual(await go(6, 'phase'), [5, undefined]);
  });

  it('steps from failure to failure', async () => {
    assert.deepEqual(await go(0, 'failure'), [undefined, 4]);
    assert.deepEqual(await go(4, 'failure'), [undefined, undefined]);
    assert.deepEqual(await go(6, 'failure'), [4, undefined]);
  });

  it('plays what the filter lets through, from any message on', async () => {
    await view.setQuery({ ...EVERYTHING, filter: 'Event' }, undefined);
    assert.deepEqual(await go(1, 'message'), [undefined, 2]);
    assert.equal(view.playAt(60)?.message, 4);
    assert.equal(view.playAt(60)?.nextTime, 61);
  });

  it('plays in the order of the recording where phases are grouped', async () => {
    await view.setQuery({ ...EVERYTHING, order: 'phase' }, undefined);
    assert.deepEqual(await go(2, 'message'), [1, 3]);
    assert.equal(view.playAt(3)?.row, view.reveal(2));
  });

  it('gives up a search when a newer one begins', async () => {
    const slow = new TraceView({
      trace: grown.trace,
      search: grown.search,
      pace: grown.pace(10),
      language: SMALL_LANGUAGE,
      onProblem: (error) => assert.ifError(error),
    });
    await grown.say(
      ...Array.from({ length: 3000 }, (_, index) => [100 + index, 'EventOther'] as const),
    );
    const older = assert.rejects(slow.playStep(6, 'failure', 1));
    const newer = slow.playStep(undefined, 'message', 1);
    await older;
    assert.equal((await newer)?.message, 0);
    slow.dispose();
  });

  it('finds nothing where nothing is shown', async () => {
    await view.setQuery({ ...EVERYTHING, filter: 'Nothing' }, undefined);
    assert.deepEqual(
      [view.playAt(3), ...(await go(1, 'phase'))],
      [undefined, undefined, undefined],
    );
  });
});
