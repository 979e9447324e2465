import assert from 'node:assert/strict';
import { WorkbinHistories } from '../../../src/core/workbins/history';
import type { Trace } from '../../../src/session/trace';
import { playScenario } from '../../support/scenario';

const WORKBIN = '"workbin":{"workbinTypeId":"email-draft","workbinAgentId":"A1"}';
const KEY = 'ws://127.0.0.1:7001/ email-draft@A1';

const SCENARIO = `
0   open
1   > RequestGetWorkbinContent {"referenceId":1,${WORKBIN}}
2   < EventWorkbinContent {"referenceId":1,"interactions":{}}
3   > RequestWorkbinNotifications {"referenceId":2,${WORKBIN}}
4   < EventAck {"referenceId":2}
5   < EventWorkbinContentChanged {"workbinContentOperation":"PlacedIn",${WORKBIN}}
6   > RequestGetWorkbinContent {"referenceId":3,${WORKBIN}}
7   < EventWorkbinContent {"referenceId":3,"interactions":{}}
8   < EventWorkbinContentChanged {"workbinContentOperation":"TakenOut",${WORKBIN}}
9   > RequestCancelWorkbinNotifications {"referenceId":4,${WORKBIN}}
10  < EventAck {"referenceId":4}
`;

/** The content event and the changes after it. */
function rowsOf({ workbins }: Trace, end: number): readonly (number | undefined)[] {
  const { content, count, change } = workbins.rowsFor(KEY, end);
  return [content, ...Array.from({ length: count }, (_, index) => change(index))];
}

describe('WorkbinHistories', () => {
  it('names, for any message, the content event to begin with and the changes after it', async () => {
    const { trace } = await playScenario(SCENARIO);
    const rows = [0, 1, 2, 5, 7, 8, 10].map((end) => rowsOf(trace, end));
    assert.deepEqual(rows, [[undefined], [undefined], [1], [1, 4], [6], [6, 7], [6, 7]]);
  });

  it('knows when notifications were live', async () => {
    const { trace } = await playScenario(SCENARIO);
    const live = [0, 3, 4, 9, 10].map((end) => trace.workbins.subscribed(KEY, end));
    assert.deepEqual(live, [false, false, true, true, false]);
  });

  it('ends subscriptions with their connection, from its last message on', async () => {
    const { trace } = await playScenario(`${SCENARIO.split('9   >')[0]!}
9   close network: cut off`);
    assert.equal(trace.workbins.subscribed(KEY, 7), true);
    assert.equal(trace.workbins.subscribed(KEY, trace.messages.count), false);
  });

  it('keeps what one connection is subscribed to when another one to the same server closes or cancels', async () => {
    const { trace } = await playScenario(`
0   open 1
0   open 2
1   1> RequestWorkbinNotifications {"referenceId":1,${WORKBIN}}
2   1< EventAck {"referenceId":1}
3   2> RequestWorkbinNotifications {"referenceId":1,${WORKBIN}}
4   2< EventAck {"referenceId":1}
5   1> RequestCancelWorkbinNotifications {"referenceId":2,${WORKBIN}}
6   1< EventAck {"referenceId":2}
7   close 1 network: cut off
8   2> RequestCancelWorkbinNotifications {"referenceId":2,${WORKBIN}}
9   2< EventAck {"referenceId":2}`);
    const live = [1, 2, 4, 6, 7, 8].map((end) => trace.workbins.subscribed(KEY, end));
    assert.deepEqual(live, [false, true, true, true, true, false]);
  });

  it('calls contents stale after a gap, until they are read again', async () => {
    const { trace } = await playScenario(`
0   open
1   > RequestGetWorkbinContent {"referenceId":1,${WORKBIN}}
2   < EventWorkbinContent {"referenceId":1,"interactions":{}}
3   gap paused
4   > RequestGetWorkbinContent {"referenceId":2,${WORKBIN}}
5   < EventWorkbinContent {"referenceId":2,"interactions":{}}`);
    const stale = [1, 2, 3, 4].map((end) => trace.workbins.rowsFor(KEY, end).stale);
    assert.deepEqual(stale, [false, true, true, false]);
  });

  it('places a content event that came before its request', async () => {
    const { trace } = await playScenario(`
0   open
1   < EventWorkbinContent {"referenceId":1,"interactions":{}}
1   > RequestGetWorkbinContent {"referenceId":1,${WORKBIN}}`);
    assert.deepEqual(rowsOf(trace, 2), [0]);
  });

  it('tells each workbin once that something was told about it', async () => {
    const { trace } = await playScenario(SCENARIO);
    assert(trace.workbins instanceof WorkbinHistories);
    assert.deepEqual([trace.workbins.takeTouched(), trace.workbins.takeTouched()], [[KEY], []]);
  });
});
