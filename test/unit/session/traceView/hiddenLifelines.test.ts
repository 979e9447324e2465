import assert from 'node:assert/strict';
import { Lifelines } from '../../../../src/core/ladder/lifelines';
import { MessageColumns } from '../../../../src/core/trace/messageColumns';
import { hideLifelines } from '../../../../src/session/traceView/hiddenLifelines';
import type { Matches } from '../../../../src/session/traceView/matches';
import { RowList } from '../../../../src/session/traceView/rowList';

/** Two applications (0 and 2) at one server (1), message for message in turn. */
function twoApplications(count: number) {
  const lifelines = new Lifelines();
  for (const connection of [1, 2]) {
    lifelines.add({
      kind: 'open',
      seq: connection,
      time: 0,
      connection,
      dialect: 'platform-sdk-json',
      server: 'ws://127.0.0.1/',
      application: `Desktop ${connection}`,
    });
  }
  const messages = new MessageColumns();
  const add = (upTo: number): void => {
    while (messages.count < upTo) {
      messages.beginFrame(messages.count, messages.count, 1 + (messages.count % 2), true, 0, 0);
      messages.endFrame();
    }
  };
  add(count);
  return { lifelines, messages, add };
}

function decide(matches: Matches, end: number): readonly number[] {
  for (const work = matches.decide(end); work.next().done !== true;);
  return Array.from({ length: matches.rows.length }, (_, index) => matches.rows.at(index) ?? -1);
}

describe('hidden lifelines', () => {
  it('leave out what begins or ends there, as the trace grows', () => {
    const { lifelines, messages, add } = twoApplications(4);
    const matches = hideLifelines(messages, lifelines, [2], undefined).start();
    assert.deepEqual([decide(matches, 4), matches.seen], [[0, 2], 4]);
    add(7);
    assert.deepEqual([decide(matches, 7), matches.seen], [[0, 2, 4, 6], 7]);
  });

  it('leave nothing where the server is hidden', () => {
    const { lifelines, messages } = twoApplications(4);
    assert.deepEqual(decide(hideLifelines(messages, lifelines, [1], undefined).start(), 4), []);
  });

  it('limit further what a filter lets through, and depend on what it depends on', () => {
    const { lifelines, messages } = twoApplications(8);
    const rows = new RowList();
    const filter = {
      dependsOnPhases: true,
      start: (): Matches => ({
        rows,
        mustRestart: true,
        get seen() {
          return rows.length;
        },
        *decide() {
          [0, 1, 4, 5].forEach((row) => rows.push(row));
          yield;
        },
      }),
    };
    const opened = hideLifelines(messages, lifelines, [0], filter);
    const matches = opened.start();
    assert.deepEqual(decide(matches, 8), [1, 5]);
    assert.deepEqual([opened.dependsOnPhases, matches.mustRestart], [true, true]);
  });
});
