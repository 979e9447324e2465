import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../../../src/simulator/simulator';
import { SYSTEM_CLOCK } from '../../../../src/simulator/systemClock';
import type { Json } from '../../../support/cometdDesktop';
import { runCometdClient, runGenesysClient } from '../../../support/workspaceClients';
import { SILENT } from '../support';

describe('Published clients of Workspace API v3 against the embedded server', () => {
  let simulator: Simulator;
  let address: string;

  beforeEach(async () => {
    simulator = await startSimulator({ clock: SYSTEM_CLOCK, logger: SILENT, workspace: true });
    address = simulator.workspaceAddress ?? '';
  });
  afterEach(() => simulator.stop());

  for (const signIn of ['token', 'form'] as const) {
    it(`genesys-workspace-client-js initialises by ${signIn} and calls every workbin operation`, async () => {
      const run = await runGenesysClient(address, { user: 'AnnaBerger', signIn }, 'email-draft');
      assert.equal((run.user as Json)['employeeId'], 'A1001');
      assert.deepEqual((run.configuration as Json)['mediaTypes'], ['email', 'chat', 'workitem']);
      assert.deepEqual(
        run.calls.map(({ name, status, body, event }) => [
          name,
          status,
          (body as Json)['status'],
          event['name'] ?? event['notificationType'],
        ]),
        [
          ['get-workbins', 'EventWorkbins'],
          ['get-content', 'EventWorkbinContent'],
          ['get-contents', 'EventWorkbinsContent'],
          ['get-details', 'EventGetInteractionDetails'],
          ['subscribe', 'EventAck'],
          ['pull', 'StatusChange'],
          ['place-in-queue', 'StatusChange'],
          ['pull', 'StatusChange'],
          ['add-interaction', 'StatusChange'],
          ['pull', 'StatusChange'],
          ['move-to-workbin', 'StatusChange'],
          ['unsubscribe', 'EventAck'],
        ].map(([name, event]) => [name, 200, { code: 1 }, event]),
      );
      assert.deepEqual(
        run.notifications.map((each) => each['workbinContentOperation']),
        ['Remove', 'Add', 'Remove', 'Add', 'Remove', 'Add'],
      );
      await simulator.stop();
      assert.deepEqual(simulator.server.loggedIn, []);
    });
  }

  it('cometd drives every workbin operation', async () => {
    const calls = await runCometdClient(address, { user: 'A1001' }, 'email-draft');
    assert.deepEqual(
      calls.map(({ name, events }) => [
        name,
        ...events.map(
          ({ data }) => data['workbinContentOperation'] ?? data['name'] ?? data['notificationType'],
        ),
      ]),
      [
        ['get-workbins', 'EventWorkbins'],
        ['get-content', 'EventWorkbinContent'],
        ['get-contents', 'EventWorkbinsContent'],
        ['get-details', 'EventGetInteractionDetails'],
        ['subscribe', 'EventAck'],
        ['pull', 'Remove', 'StatusChange'],
        ['place-in-queue', 'Add', 'StatusChange'],
        ['pull', 'Remove', 'StatusChange'],
        ['add-interaction', 'Add', 'StatusChange'],
        ['pull', 'Remove', 'StatusChange'],
        ['move-to-workbin', 'Add', 'StatusChange', 'MoveToWorkbin'],
        ['unsubscribe', 'EventAck'],
      ],
    );
  });
});
