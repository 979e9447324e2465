import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../../../src/simulator/simulator';
import { systemClock } from '../../../../src/transport/systemClock';
import { CometdDesktop } from '../../../support/cometdDesktop';
import { runGenesysClient } from '../../../support/workspaceClients';
import { bodyText, CleanUp, MemorySink, quietLogger } from './tapHarness';

describe('Published clients of Workspace API v3 through a tap', () => {
  let cleanUp: CleanUp;
  let sink: MemorySink;
  let simulator: Simulator;
  let target: string;

  beforeEach(async () => {
    cleanUp = new CleanUp();
    sink = new MemorySink();
    simulator = await startSimulator({ clock: systemClock, logger: quietLogger, workspace: true });
    cleanUp.add(() => simulator.stop());
    target = simulator.workspaceAddress ?? '';
  });
  afterEach(() => cleanUp.run());

  for (const signIn of ['token', 'form'] as const) {
    it(`genesys-workspace-client-js, by ${signIn}, sees what it sees directly`, async () => {
      const direct = await runGenesysClient(target, { user: 'AnnaBerger', signIn }, 'email-draft');
      const tap = await cleanUp.tap(0, sink, { target });
      const tapped = await runGenesysClient(
        tap.address,
        { user: 'AnnaBerger', signIn },
        'email-draft',
      );
      assert.deepEqual(
        tapped.calls.map(({ name, status, event }) => [name, status, Object.keys(event)]),
        direct.calls.map(({ name, status, event }) => [name, status, Object.keys(event)]),
      );
      assert.deepEqual(tapped.user, direct.user);
      assert.deepEqual(tapped.configuration, direct.configuration);
      assert.deepEqual(
        tapped.notifications.map((each) => each['workbinContentOperation']),
        direct.notifications.map((each) => each['workbinContentOperation']),
      );
      const summary = await tap.stop();
      assert.deepEqual(
        [summary.missed, summary.decodeFailures, summary.recorderFailures, summary.refused],
        [0, 0, 0, 0],
      );
      assertEveryExchangeIsWhole(sink);
    });
  }

  it('cometd works over long-polling, each desktop on a connection of its own', async () => {
    const tap = await cleanUp.tap(0, sink, { target });
    for (const user of ['A1001', 'A1002']) {
      const desktop = await CometdDesktop.open(tap.address, { user });
      try {
        const { data } = await desktop.operate('/workbins/get-workbins');
        assert.equal(data['name'], 'EventWorkbins');
      } finally {
        await desktop.close();
      }
      assert.deepEqual([desktop.failures, desktop.handshakes], [[], [true]]);
    }
    await tap.stop();
    assertEveryExchangeIsWhole(sink);
    const batches = sink.frames.filter((frame) => bodyText(frame)?.startsWith('[{') === true);
    assert.ok(batches.some((frame) => bodyText(frame)?.includes('"EventWorkbins"') === true));
  });
});

/** Every request has one response behind it, on the same connection and of the same number. */
function assertEveryExchangeIsWhole(sink: MemorySink): void {
  const open = new Set<string>();
  const told = sink.of('frame');
  assert.ok(told.length > 10);
  for (const { connection, frame } of told) {
    assert.ok(frame.kind !== 'websocket');
    const exchange = `${connection} ${frame.exchange}`;
    if (frame.kind === 'http-request') {
      assert.ok(!open.has(exchange));
      open.add(exchange);
    } else {
      assert.ok(open.delete(exchange));
    }
  }
  assert.deepEqual([...open], []);
}
