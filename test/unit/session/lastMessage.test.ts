import assert from 'node:assert/strict';
import { lastMessageAbout } from '../../../src/session/lastMessage';
import { playScenario } from '../../support/scenario';
import { hostLikePace } from '../../support/testPace';

const server = 'ws://127.0.0.1:7001/';
const name = 'draft@A1001';
const subject = { key: `${server} ${name}`, name, server };
const draft = '"workbin": {"workbinTypeId": "draft", "workbinAgentId": "A1001"}';

/** Rows of the messages: 0 to 5. */
const SCENARIO = `
  0  open
  1  > RequestGetWorkbinContent {"referenceId": 1, ${draft}}
  2  < EventWorkbinContent {"referenceId": 1, "interactions": {"i1": {"Subject": "One"}}}
  3  < EventWorkbinContentChanged {${draft}, "workbinContentOperation": "PlacedIn", "interaction": {"interactionId": "i3"}}
  4  > RequestGetWorkbinContent {"referenceId": 2, ${draft}}
  5  < EventError {"referenceId": 2, "errorCode": 41}
  6  > RequestAgentLogout {"referenceId": 3}
`;

describe('the last message about a row of the Workbins tree', () => {
  it('is found for a workbin and for an interaction, before the moment that is shown', async () => {
    const { trace } = await playScenario(SCENARIO);
    const last = (end: number, interactionId?: string) =>
      lastMessageAbout(
        trace,
        interactionId === undefined ? subject : { ...subject, interactionId },
        end,
        hostLikePace,
      );
    assert.deepEqual(await Promise.all([last(6), last(3), last(1)]), [4, 2, 0]);
    assert.deepEqual(await Promise.all([last(6, 'i3'), last(6, 'i1'), last(1, 'i1')]), [
      2,
      1,
      undefined,
    ]);
    const unknown = { ...subject, name: 'other@A1', key: `${server} other@A1` };
    assert.equal(await lastMessageAbout(trace, unknown, 6, hostLikePace), undefined);
  });
});
