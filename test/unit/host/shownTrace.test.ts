import assert from 'node:assert/strict';
import {
  stampOf,
  touchedInteraction,
  type ShownTrace,
} from '../../../src/host/workbins/shownTrace';
import { changedRows, workbinId } from '../../../src/host/workbins/workbinRows';
import { WorkbinTree } from '../../../src/session/workbinTree';
import { playScenario } from '../../support/scenario';

const SERVER = 'ws://127.0.0.1:7001/';
const draft = '"workbin": {"workbinTypeId": "draft", "workbinAgentId": "A1001"}';
const other = '"workbin": {"workbinTypeId": "other", "workbinAgentId": "A1001"}';

/** Rows of the messages: 0 to 6. */
const SCENARIO = `
  0  open
  1  > RequestWorkbinNotifications {"referenceId": 1, ${draft}}
  2  < EventAck {"referenceId": 1}
  3  > RequestWorkbinNotifications {"referenceId": 2, ${other}}
  4  < EventAck {"referenceId": 2}
  5  < EventWorkbinContentChanged {${draft}, "workbinContentOperation": "PlacedIn", "interaction": {"interactionId": "i1"}}
  6  > RequestGetWorkbinContent {"referenceId": 3, ${other}}
  7  < EventWorkbinContent {"referenceId": 3, "interactions": {}}
`;

/** The moment after so many messages. */
async function moments(): Promise<(end: number | undefined) => ShownTrace> {
  const { trace } = await playScenario(SCENARIO);
  const tree = new WorkbinTree(trace);
  return (end) => ({
    front: { trace, cursor: end === undefined ? undefined : end - 1, session: undefined },
    tree,
    end,
    servers: [SERVER],
    workbins: tree.workbins(end),
    connected: false,
    grouping: 'owner',
  });
}

describe('two moments of a trace', () => {
  it('differ in the workbins that a message between them concerns', async () => {
    const at = await moments();
    const changes = [3, 4, 5, 6, 7].map((end) =>
      changedRows(stampOf(at(end)), stampOf(at(end - 1))),
    );
    const one = [workbinId(`${SERVER} draft@A1001`)];
    const two = [workbinId(`${SERVER} other@A1001`)];
    // Row 2 names the second workbin for the first time; row 4 changes the first, which row 5 leaves behind.
    assert.deepEqual(changes.slice(1), [two, one, one, two]);
  });

  it('are the same for the end of the trace and its last message', async () => {
    const at = await moments();
    assert.deepEqual(changedRows(stampOf(at(7)), stampOf(at(undefined))), []);
  });

  it('are told apart by what concerns every row', async () => {
    const at = await moments();
    const connected = { ...at(7), connected: true };
    assert.equal(changedRows(stampOf(at(7)), stampOf(connected)), 'all');
  });
});

describe('the interaction that was touched last', () => {
  it('is that of a change event, and only directly after it', async () => {
    const { trace } = await playScenario(SCENARIO);
    assert.deepEqual(
      [0, 4, 5, 6].map((end) => touchedInteraction(trace, end)),
      [undefined, undefined, { key: `${SERVER} draft@A1001`, interactionId: 'i1' }, undefined],
    );
  });
});
