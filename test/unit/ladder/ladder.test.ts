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
