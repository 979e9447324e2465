import assert from 'node:assert/strict';
import { hostLikePace } from '../../support/testPace';
import { ToldWorkbins } from '../../../src/session/toldWorkbins';
import { WorkbinTree } from '../../../src/session/workbinTree';
import { playScenario } from '../../support/scenario';

const SERVER = 'ws://127.0.0.1:7001/';
const draft = '"workbin": {"workbinTypeId": "draft", "workbinAgentId": "A1001"}';

/** Rows of the messages: 0 to 11. */
const SCENARIO = `
  0  open
  1  > RequestAgentLogin {"referenceId": 1, "agentId": "A1001", "placeId": "Desk-101"}
  2  < EventAck {"referenceId": 1}
  3  > RequestWorkbinTypesInfo {"referenceId": 2}
  4  < EventWorkbinTypesInfo {"referenceId": 2, "workbinTypes": {"draft": {"Active": 1, "WorkbinType": 1}, "fax": {"Active": 0, "WorkbinType": 1}, "team": {"Active": 1, "WorkbinType": 4}}}
  5  > RequestWorkbinStatistic {"referenceId": 3, "workbinTypeId": "team"}
  6  < EventWorkbinStatistic {"referenceId": 3, "workbinTypeId": "team", "workbinStatistic": {"Mail": {"NumberOfInteractions": 3}}}
  7  > RequestGetWorkbinContent {"referenceId": 4, ${draft}}
  8  < EventError {"referenceId": 4, "errorCode": 41}
  9  > RequestGetWorkbinContent {"referenceId": 5, ${draft}}
 10  < EventWorkbinContent {"referenceId": 5, "interactions": {}}
 11  > RequestAgentLogin {"referenceId": 6, "agentId": "A1002", "placeId": "Desk-102"}
`;

async function play() {
  const { trace } = await playScenario(SCENARIO);
  const told = new ToldWorkbins(trace, hostLikePace);
  assert.equal(await told.read(), true);
  assert.equal(await told.read(), false);
  return { told, tree: new WorkbinTree(trace, told) };
}

describe('what a trace tells of workbins', () => {
  it('are the agent’s own and those of groups, from the message on that listed them', async () => {
    const { told } = await play();
    const listed = (end: number) =>
      told.listed(end).map(({ type, owner, ownerKind }) => `${type}@${owner} ${ownerKind}`);
    assert.deepEqual(listed(3), []);
    assert.deepEqual(listed(4), ['draft@A1001 Agent', 'fax@A1001 Agent']);
    assert.deepEqual(listed(6), ['draft@A1001 Agent', 'fax@A1001 Agent', 'team@Mail AgentGroup']);
  });

  it('is nobody’s list where several agents have logged in', async () => {
    const { told } = await play();
    assert.deepEqual(told.listed(11), []);
  });

  it('is which types are inactive, and by which message', async () => {
    const { told } = await play();
    const fax = { type: 'fax', owner: 'A1001' };
    assert.equal(told.unusable(SERVER, fax, 3), undefined);
    assert.deepEqual(told.unusable(SERVER, fax, 4), { why: 'inactive', row: 3 });
    assert.equal(told.unusable(SERVER, { type: 'team', owner: 'Mail' }, 4), undefined);
  });

  it('is which workbin was called inaccessible, until it is read after all', async () => {
    const { tree } = await play();
    const unusable = (end: number) =>
      tree.workbins(end).find(({ type }) => type === 'draft')?.unusable;
    assert.equal(unusable(7), undefined);
    assert.deepEqual(unusable(8), { why: 'inaccessible', row: 7 });
    assert.equal(unusable(10), undefined);
  });
});
