import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ServersNode } from '../../src/host/servers/serverNodes';
import { systemClock } from '../../src/transport/systemClock';
import { startSimulator, type Simulator } from '../../src/simulator/simulator';
import { waitFor } from '../environment/waiting';
import { SILENT_LOGGER } from '../support/fakeClock';
import {
  childrenOf,
  inspector,
  leave,
  liveRecording,
  rowOf,
  run,
  serverRows,
} from './support/inspector';
import { Person } from './support/person';

describe('the Servers view', () => {
  let person: Person;
  let first: Simulator;
  let second: Simulator;

  before(async () => {
    [first, second] = (await Promise.all(
      [1, 2].map(() => startSimulator({ clock: systemClock, logger: SILENT_LOGGER })),
    )) as [Simulator, Simulator];
    const settings = vscode.workspace.getConfiguration('workbinInspector.connection');
    await settings.update('tenant', 101, vscode.ConfigurationTarget.Global);
  });

  beforeEach(() => {
    person = new Person();
  });

  afterEach(async () => {
    await leave();
    person.leave();
    for (const { node } of await serverRows()) {
      if (node.kind === 'savedServer') {
        await run('removeServer', node);
      }
    }
  });

  after(async () => {
    await Promise.all([first.stop(), second.stop()]);
    const settings = vscode.workspace.getConfiguration('workbinInspector.connection');
    await settings.update('tenant', undefined, vscode.ConfigurationTarget.Global);
  });

  const add = async (name: string, address: string, agent: string, place: string) => {
    person.will(address, agent, place, name, '$(save)');
    await run('addServer');
    return nodeOf(name);
  };
  const rowWith = async (label: string) => (await serverRows()).find((row) => row.label === label);
  const nodeOf = async (label: string): Promise<ServersNode> => {
    const row = await rowWith(label);
    assert(row !== undefined, `${label} is there`);
    return row.node;
  };
  const says = (label: string, words: string) =>
    waitFor(`${label} to say "${words}"`, async () =>
      (await rowWith(label))?.description.startsWith(words),
    );

  it('has the embedded server at first, and says how to add another', async () => {
    assert.deepEqual(
      (await serverRows()).map(({ label, description }) => ({ label, description })),
      [
        { label: 'Add Server…', description: 'none is kept yet' },
        { label: 'Embedded Interaction Server', description: 'not running' },
      ],
    );
  });

  it('connects two servers beside each other, and shows the workbins of the one that is chosen', async () => {
    const one = await add('First', first.address, 'A1001', 'Desk-101');
    const two = await add('Second', second.address, 'A1002', 'Desk-102');
    await says('First', 'not connected');
    await run('connectServer', one);
    await says('First', 'connected · A1001');
    await run('connectServer', two);
    await says('Second', 'connected · in front');
    await says('First', 'connected · A1001');
    const shown = (address: string) =>
      waitFor(`the workbins of ${address}`, async () => {
        const [server] = await childrenOf();
        return server !== undefined && (await rowOf(server)).label === address;
      });
    await shown(second.address);
    await run('showServerWorkbins', one);
    await shown(first.address);
    await says('First', 'connected · in front');
    // A click: no row is given, and while the view is drawn anew none is selected.
    const { command } = await (await inspector()).servers.getTreeItem(two);
    assert.deepEqual(command?.arguments ?? [], []);
    await vscode.commands.executeCommand(command?.command ?? '');
    await shown(second.address);
    await run('showServerWorkbins', one);
    await shown(first.address);
    await run('stopServer', one);
    await says('First', 'not connected');
    await shown(second.address);
    assert.match((await liveRecording()).file.path, /wbtrace$/);
  });

  it('says of a server why it could not be connected, and what to do', async () => {
    const node = await add('Nobody', 'ws://127.0.0.1:9/', 'A1001', 'Desk-101');
    await run('connectServer', node);
    await says('Nobody', 'failed · Nothing listens there.');
    const { servers } = await inspector();
    const { tooltip, contextValue } = await servers.getTreeItem(node);
    assert(typeof tooltip === 'string');
    assert.match(
      tooltip,
      /failed: Cannot connect to ws:.* Nothing listens there\. Check host and port/,
    );
    assert.equal(contextValue, 'server.failed');
    await run('openServerTrace', node);
  });

  it('says of what needs a session that there is none, or none any more', async () => {
    await run('openTrace');
    await person.hears('There is no session yet. Connect to a server, or try it');
    const one = await add('First', first.address, 'A1001', 'Desk-101');
    await run('connectServer', one);
    await says('First', 'connected');
    await run('openServerTrace', await add('Second', second.address, 'A1002', 'Desk-102'));
    await person.hears('That session has ended, or is a tap');
  });

  it('asks before it connects the same agent to the same server once more', async () => {
    const one = await add('First', first.address, 'A1001', 'Desk-101');
    await run('connectServer', one);
    await says('First', 'connected');
    const twin = await add('Twin', first.address, 'A1001', 'Desk-103');
    await run('connectServer', twin);
    await person.hears('First (A1001) is connected with the same agent or place already.');
    await says('Twin', 'not connected');
    await says('First', 'connected');
  });

  it('takes the server from what is kept, whatever a caller claims that it is', async () => {
    const node = await add('First', first.address, 'A1001', 'Desk-101');
    assert(node.kind === 'savedServer');
    // As a link or another extension could pass it.
    const forged = {
      ...node,
      server: { ...node.server, server: second.address },
      profile: { ...node.profile, server: second.address },
    };
    await run('connectServer', forged);
    const [server] = await waitFor('the server', async () => {
      const rows = await childrenOf();
      return rows.length > 0 && rows;
    });
    assert(server !== undefined);
    assert.equal((await rowOf(server)).label, first.address);
    await run('connectServer', { ...forged, key: 'nobody' });
    assert.equal(
      (await serverRows()).filter(({ node: { kind } }) => kind === 'savedServer').length,
      1,
    );
  });

  it('changes a server field by field, copies it, and removes it', async () => {
    const node = await add('First', first.address, 'A1001', 'Desk-101');
    person.will('Name', 'Renamed', 'Tenant', '7', undefined);
    await run('editServer', node);
    const changed = await nodeOf('Renamed');
    assert(changed.kind === 'savedServer');
    assert.equal(changed.profile.tenant, 7);
    person.will(undefined);
    await run('duplicateServer', changed);
    await nodeOf('Renamed (2)');
    await run('removeServer', changed);
    await person.hears('Renamed was removed');
    assert.equal(await rowWith('Renamed'), undefined);
  });

  it('shows the embedded server with its scenario and each of its sessions', async () => {
    await run('connectServer', await nodeOf('Embedded Interaction Server'));
    await says('Embedded Interaction Server', 'running · ');
    const session = (await serverRows()).find(({ node }) => node.kind === 'embeddedSession');
    assert.equal(session?.description, 'connected · Platform SDK JSON');
    person.will('Workspace API v3', 'A1002');
    await run('connectEmbeddedAs');
    await says('A1002', 'connected · in front · Workspace API v3');
    assert.equal((await rowWith(session.label))?.description, session.description);
  });
});
