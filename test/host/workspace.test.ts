import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { systemClock } from '../../src/transport/systemClock';
import { startSimulator, type Simulator } from '../../src/simulator/simulator';
import { waitFor } from '../environment/waiting';
import { phasesIn } from '../support/tracePhases';
import {
  childrenOf,
  connectToWorkspace,
  findRow,
  leave,
  liveRecording,
  rowOf,
  run,
  waitForDescription,
} from './support/inspector';
import { Person } from './support/person';

const SILENT = {
  trace: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

describe('Workspace API v3', () => {
  let person: Person;

  beforeEach(() => {
    person = new Person();
  });

  afterEach(async () => {
    await leave();
    person.leave();
  });

  it('fills the tree, and its actions work as with any server', async () => {
    const server = await connectToWorkspace(person);
    assert.match(server, /^http:\/\/127\.0\.0\.1:\d+$/);
    const workbin = await findRow(server, 'A1001', 'email-draft');
    await run('getContent', workbin);
    await run('requestNotifications', workbin);
    const count = await waitFor('content and subscription', async () => {
      const [, number] = /^(\d+) · subscribed$/.exec((await rowOf(workbin)).description) ?? [];
      return number;
    });
    await run('placeAsOtherAgent', workbin);
    await waitForDescription(workbin, `${Number(count) + 1} · subscribed · +1`);
    const interaction = await waitFor('an interaction', async () =>
      (await childrenOf(workbin)).find(({ kind }) => kind === 'interaction'),
    );
    await run('pullInteraction', interaction);
    await waitForDescription(workbin, `${count} · subscribed · +1 −1`);
    await run('cancelNotifications', workbin);
    await waitForDescription(workbin, `${count} · +1 −1`);
    const titles = (await phasesIn((await liveRecording()).file.path)).map(([title]) => title);
    for (const title of [
      'Agent Gets Workbin Content',
      'Agent Requests Workbin Notification',
      'Agent Pulls Interaction',
      'Agent Cancels Workbin Notifications',
    ]) {
      assert(titles.includes(title), `${title} is among ${titles.join(', ')}`);
    }
  });

  describe('of a server that asks for a password', () => {
    let simulator: Simulator;
    let address: string;

    before(async () => {
      simulator = await startSimulator({ clock: systemClock, logger: SILENT, workspace: true });
      address = simulator.workspaceAddress ?? '';
    });

    after(() => simulator.stop());

    it('asks again when it was refused, keeps what was taken, and asks anew when it is forgotten', async () => {
      person.will('Enter Address', address, 'AnnaBerger', '', 'wrong', 'A1001');
      await run('connect');
      await findRow(address, 'A1001', 'email-draft');
      assert.deepEqual(person.asked, [
        'Connect: Server',
        'Connect: Address',
        'Connect: User',
        'Connect: Place',
        'Connect: Password',
        'Connect: Password',
      ]);
      const { path: recording } = (await liveRecording()).file;
      await run('stopSession');
      const recorded = readFileSync(recording, 'utf8');
      assert(recorded.includes('password=~secret'), 'the sign-in is recorded');
      assert(!recorded.includes('password=A1001'), 'the password is not');

      person.asked.length = 0;
      const { host } = new URL(address);
      person.will(host);
      await run('connect');
      await findRow(address, 'A1001', 'email-draft');
      assert.deepEqual(person.asked, ['Connect: Server']);
      await run('stopSession');

      person.will('AnnaBerger');
      await run('forgetPassword');
      person.asked.length = 0;
      person.will(host, undefined);
      await run('connect');
      assert.equal(person.asked.at(-1), 'Connect: Password');
      await waitFor('the empty tree', async () => (await childrenOf()).length === 0);
    });

    it('finds a lost session again by itself, with what was subscribed', async () => {
      person.will('Enter Address', address, 'AnnaBerger', '', 'A1001');
      await run('connect');
      const workbin = await findRow(address, 'A1001', 'email-draft');
      await run('getContent', workbin);
      await run('requestNotifications', workbin);
      await waitFor('the subscription', async () =>
        (await rowOf(workbin)).description.endsWith('· subscribed'),
      );
      simulator.expireSessions();
      const { path: recording } = (await liveRecording()).file;
      await waitFor('the gap in the trace', () =>
        readFileSync(recording, 'utf8').includes('"gap"'),
      );
      await waitForDescription((await childrenOf())[0]!, 'connected');
      const count = Number.parseInt((await rowOf(workbin)).description, 10);
      assert(simulator.placeAsOtherAgent('email-draft@A1001').ok);
      // What happened while the session was lost was missed: the client reads again what was read, before or after.
      const descriptions = [`${count + 1} · subscribed`, `${count + 1} · subscribed · +1`];
      await waitFor('the number as it is', async () =>
        descriptions.includes((await rowOf(workbin)).description),
      );
      await run('getContent', workbin);
      await waitForDescription(workbin, `${count + 1} · subscribed`);
      await run('stopSession');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });
  });
});
