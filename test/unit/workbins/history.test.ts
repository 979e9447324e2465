import assert from 'node:assert/strict';
import { WorkbinHistories } from '../../../src/core/workbins/history';
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

describe('WorkbinHistories', () => {
  it('names, for any message, the content event to begin with and the changes after it', async () => {
    const { trace } = await playScenario(SCENARIO);
    const rows = [0, 1, 2, 5, 7, 8, 10].map((end) => trace.workbins.rowsFor(KEY, end));
    assert.deepEqual(rows, [
      { changes: [] },
      { changes: [] },
      { content: 1, changes: [] },
      { content: 1, changes: [4] },
      { content: 6, changes: [] },
      { content: 6, changes: [7] },
      { content: 6, changes: [7] },
    ]);
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

  it('places a content event that came before its request', async () => {
    const { trace } = await playScenario(`
0   open
1   < EventWorkbinContent {"referenceId":1,"interactions":{}}
1   > RequestGetWorkbinContent {"referenceId":1,${WORKBIN}}`);
    assert.deepEqual(trace.workbins.rowsFor(KEY, 2), { content: 0, changes: [] });
  });

  it('tells each workbin once that something was told about it', async () => {
    const { trace } = await playScenario(SCENARIO);
    assert(trace.workbins instanceof WorkbinHistories);
    assert.deepEqual([trace.workbins.takeTouched(), trace.workbins.takeTouched()], [[KEY], []]);
  });
});
