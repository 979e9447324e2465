import assert from 'node:assert/strict';
import { Ladder } from '../../../src/core/ladder/ladder';
import { Lifelines } from '../../../src/core/ladder/lifelines';
import { traceRows } from '../../support/rows';

function rowOf(dialect: 'platform-sdk-json' | 'workspace-v3') {
  const { messages, tracer } = traceRows([{ at: 0, direction: 'receive', name: '' }]);
  const lifelines = new Lifelines();
  const open = { kind: 'open', seq: 1, time: 0, connection: 1 } as const;
  lifelines.add({ ...open, dialect, server: 'http://127.0.0.1/', application: 'Desktop' });
  const ladder = new Ladder(messages, tracer, lifelines);
  ladder.addMessage(0);
  const [row] = ladder.rows(0, 1);
  assert(row?.kind === 'message');
  return { name: row.name, problem: row.problem };
}

describe('a frame without messages', () => {
  it('is a problem where every frame should hold one', () => {
    const expected = { name: '', problem: 'No message could be read' };
    assert.deepEqual(rowOf('platform-sdk-json'), expected);
  });

  it('is just another frame in web traffic, where pages and pictures pass as well', () => {
    assert.deepEqual(rowOf('workspace-v3'), { name: 'Other frame', problem: undefined });
  });
});

describe('a row of a message', () => {
  it('tells the time since its request, or else since the message before it', () => {
    const { messages, tracer } = traceRows([
      { at: 5, direction: 'send', name: 'RequestGetWorkbinContent', reference: 1 },
      { at: 17, direction: 'receive', name: 'EventWorkbinContent', reference: 1 },
      { at: 20, direction: 'receive', name: 'EventMessagePing' },
      { at: 50, direction: 'send', name: 'RequestGetWorkbinContent', reference: 2 },
      { at: 60, direction: 'send', name: 'RequestGetWorkbinContent', reference: 3 },
      { at: 75.5, direction: 'receive', name: 'EventWorkbinContent', reference: 2 },
    ]);
    const ladder = new Ladder(messages, tracer, new Lifelines());
    for (let message = 0; message < messages.count; message++) {
      ladder.addMessage(message);
    }
    const rows = ladder.rows(0, 100).filter((row) => row.kind === 'message');
    assert.deepEqual(
      rows.map(({ sinceRequestMs, sincePreviousMs }) => [sinceRequestMs, sincePreviousMs]),
      [
        [undefined, undefined],
        [12, undefined],
        [undefined, 3],
        [undefined, 30],
        [undefined, 10],
        [25.5, undefined],
      ],
    );
  });

  it('gives Platform SDK names to the codes of its own server only, not to those of a web tier', () => {
    const errorOf = (dialect: 'platform-sdk-json' | 'workspace-v3', name: string) => {
      const { messages, tracer } = traceRows([
        { at: 0, direction: 'receive', name, errorCode: 41 },
      ]);
      const lifelines = new Lifelines();
      const open = { kind: 'open', seq: 1, time: 0, connection: 1 } as const;
      lifelines.add({ ...open, dialect, server: 'http://127.0.0.1/', application: 'Desktop' });
      const ladder = new Ladder(messages, tracer, lifelines);
      ladder.addMessage(0);
      return ladder.rows(0, 10).flatMap((row) => (row.kind === 'message' ? [row.error] : []));
    };
    assert.deepEqual(
      [
        errorOf('platform-sdk-json', 'EventError'),
        errorOf('workspace-v3', 'EventError'),
        errorOf('workspace-v3', 'HttpError'),
      ],
      [['Error_workbin_inaccessible (41)'], ['Error 41'], ['HTTP 41']],
    );
  });
});
