import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { TRACE_EDITOR } from '../../src/host/views';
import type { WorkbinTreeNode } from '../../src/host/workbins/workbinNodes';
import { waitFor } from '../environment/waiting';
import {
  childrenOf,
  connectToEmbedded,
  findRow,
  inspector,
  leave,
  liveRecording,
  openTraces,
  rowOf,
  run,
  waitForDescription,
} from './support/inspector';
import { Person } from './support/person';

function idOf(node: WorkbinTreeNode | undefined): string | undefined {
  return node?.kind === 'interaction' ? node.summary.id : undefined;
}

describe('the Workbins tree, connected to the embedded server', () => {
  let server: string;

  beforeEach(async () => {
    server = await connectToEmbedded();
  });

  afterEach(leave);

  it('lists the workbins of the agent, of the place and of the groups, unread', async () => {
    await findRow(server, 'A1001', 'fax-in-progress');
    const [node] = await childrenOf();
    const owners = await childrenOf(node);
    const rows = await Promise.all(
      owners.map(async (owner) => ({
        ...(await rowOf(owner)),
        workbins: await Promise.all((await childrenOf(owner)).map(rowOf)),
      })),
    );
    const unread = (label: string): object => ({ label, description: 'not read' });
    assert.deepEqual(rows.slice(0, 2), [
      {
        label: 'A1001',
        description: 'agent',
        workbins: [
          ...['email-in-progress', 'email-draft', 'workitem-in-progress', 'chat-followup'].map(
            unread,
          ),
          { label: 'fax-in-progress', description: 'inactive · not read' },
        ],
      },
      { label: 'Desk-101', description: 'place', workbins: [unread('front-desk')] },
    ]);
  });

  it('reads a workbin when it is opened, and shows interactions and their properties', async () => {
    const workbin = await findRow(server, 'A1001', 'email-in-progress');
    const interaction = await waitFor('an interaction', async () =>
      (await childrenOf(workbin)).find(({ kind }) => kind === 'interaction'),
    );
    const properties = await Promise.all((await childrenOf(interaction)).map(rowOf));
    const row = await rowOf(workbin);
    assert.match(row.description, /^\d+$/);
    assert.deepEqual(
      properties.filter(({ label }) => label === 'MediaType'),
      [{ label: 'MediaType', description: 'email' }],
    );
  });

  it('gets the content of a workbin on command', async () => {
    const workbin = await findRow(server, 'Desk-101', 'front-desk');
    await run('getContent', workbin);
    await waitFor('the content', async () => /^\d+$/.test((await rowOf(workbin)).description));
  });

  it('subscribes, counts what another agent places and pulls, and cancels', async () => {
    const workbin = await findRow(server, 'A1001', 'email-draft');
    await run('getContent', workbin);
    await run('requestNotifications', workbin);
    const before = await waitFor('the subscription', async () => {
      const { description } = await rowOf(workbin);
      return /^(\d+) · subscribed$/.exec(description)?.[1];
    });
    const count = Number(before);
    await run('placeAsOtherAgent', workbin);
    await waitForDescription(workbin, `${count + 1} · subscribed · +1`);
    await run('pullAsOtherAgent', workbin);
    await waitForDescription(workbin, `${count} · subscribed · +1 −1`);
    await run('cancelNotifications', workbin);
    await waitForDescription(workbin, `${count} · +1 −1`);
  });

  it('asks only the row anew whose workbin has changed', async () => {
    const { workbins } = await inspector();
    const workbin = await findRow(server, 'A1001', 'email-draft');
    const above = await findRow(server, 'A1001');
    await run('getContent', workbin);
    await run('requestNotifications', workbin);
    await waitFor('the subscription', async () =>
      (await rowOf(workbin)).description.endsWith('· subscribed'),
    );
    const refreshed: unknown[] = [];
    const listening = workbins.onDidChangeTreeData?.((node) => refreshed.push(node));
    try {
      await run('placeAsOtherAgent', workbin);
      await waitFor('a refresh', () => refreshed.length > 0);
    } finally {
      listening?.dispose();
    }
    // The row above tells how many there are, and may have been asked anew for that.
    const others = refreshed.filter((node) => node !== workbin && node !== above);
    assert.deepEqual(others, []);
  });

  it('says that it is not connected after a disconnect, and goes on after a reconnect', async () => {
    const workbin = await findRow(server, 'A1001', 'email-draft');
    const [node] = await childrenOf();
    assert(node !== undefined);
    assert.deepEqual(await rowOf(node), {
      label: server,
      description: 'First Look · connected',
    });
    await run('getContent', workbin);
    await run('disconnect');
    await waitForDescription(node, 'First Look · not connected');
    await run('reconnect');
    await waitForDescription(node, 'First Look · connected');
    await run('requestNotifications', workbin);
    await waitFor('the subscription', async () =>
      (await rowOf(workbin)).description.endsWith('· subscribed'),
    );
  });

  it('ends subscriptions with their connection', async () => {
    const workbin = await findRow(server, 'A1001', 'email-draft');
    await run('getContent', workbin);
    await run('requestNotifications', workbin);
    await waitFor('the subscription', async () =>
      (await rowOf(workbin)).description.endsWith('· subscribed'),
    );
    await run('stopSimulator');
    await waitFor(
      'the end of the subscription',
      async () => !(await rowOf(workbin)).description.includes('subscribed'),
    );
  });

  it('selects a workbin or an interaction that a message names', async () => {
    const workbin = await findRow(server, 'A1001', 'email-draft');
    await run('getContent', workbin);
    const interaction = await waitFor('an interaction', async () =>
      (await childrenOf(workbin)).find(({ kind }) => kind === 'interaction'),
    );
    await run('openTrace');
    assert(interaction.kind === 'interaction');
    await run('revealInWorkbins', 'email-draft@A1001', interaction.summary.id);
    // What a command without a row copies is the row that is selected.
    await run('copyInteractionId');
    assert.equal(await vscode.env.clipboard.readText(), interaction.summary.id);
    await run('revealInWorkbins', 'email-draft@A1001');
    await run('copyWorkbinName');
    assert.equal(await vscode.env.clipboard.readText(), 'email-draft@A1001');
  });

  it('pulls several interactions at once, and lays all of them back', async () => {
    const person = new Person();
    try {
      const workbin = await findRow(server, 'A1001', 'email-draft');
      await run('getContent', workbin);
      await run('requestNotifications', workbin);
      const count = await waitFor('the subscription', async () => {
        const { description } = await rowOf(workbin);
        return /^(\d+) · subscribed$/.exec(description)?.[1];
      });
      const [one, two] = (await childrenOf(workbin)).filter(({ kind }) => kind === 'interaction');
      person.willClick('Place Back');
      await run('pullInteraction', one, [one, two]);
      await person.hears('2 of 2 interactions were pulled. You hold them now.');
      await waitForDescription(workbin, `${count} · subscribed · +2`);
      const ids = (await childrenOf(workbin)).map(idOf);
      assert(ids.includes(idOf(one)) && ids.includes(idOf(two)), ids.join());
    } finally {
      person.leave();
    }
  });

  it('does nothing for a row that was lost while the tree was drawn anew, whatever is selected', async () => {
    const person = new Person();
    try {
      const workbin = await findRow(server, 'A1001', 'email-draft');
      await run('getContent', workbin);
      const interaction = await waitFor('an interaction', async () =>
        (await childrenOf(workbin)).find(({ kind }) => kind === 'interaction'),
      );
      assert(interaction.kind === 'interaction');
      await run('openTrace');
      await run('revealInWorkbins', 'email-draft@A1001', interaction.summary.id);
      await vscode.env.clipboard.writeText('as before');
      // So VS Code calls a command whose row it does not know any more.
      await run('copyInteractionId', undefined, undefined);
      await run('copyInteractionId', interaction, [interaction, undefined]);
      assert.equal(await vscode.env.clipboard.readText(), 'as before');
      assert.equal(person.told.filter((words) => words.includes('nothing was done')).length, 2);
      await run('copyInteractionId', interaction, [interaction]);
      assert.equal(await vscode.env.clipboard.readText(), interaction.summary.id);
    } finally {
      person.leave();
    }
  });

  it('gives an interaction as a JSON document of what is known of it', async () => {
    const workbin = await findRow(server, 'A1001', 'email-draft');
    await run('getContent', workbin);
    const interaction = await waitFor('an interaction', async () =>
      (await childrenOf(workbin)).find(({ kind }) => kind === 'interaction'),
    );
    await run('openInteraction', interaction);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'json');
    assert(interaction.kind === 'interaction');
    assert.equal(
      (JSON.parse(document.getText()) as { InteractionId: string }).InteractionId,
      interaction.summary.id,
    );
  });

  it('is empty when the session has been stopped', async () => {
    await run('stopSession');
    await waitFor('the empty tree', async () => (await childrenOf()).length === 0);
  });

  it('goes on in a next recording when there are many messages, with what is subscribed', async () => {
    const settings = vscode.workspace.getConfiguration('workbinInspector.recording');
    await settings.update('maxMessages', 1000, vscode.ConfigurationTarget.Global);
    try {
      const workbin = await findRow(server, 'A1001', 'email-draft');
      const quiet = await findRow(server, 'A1001', 'chat-followup');
      await run('getContent', workbin);
      await run('requestNotifications', workbin);
      await run('openTrace');
      const before = await liveRecording();
      for (let asked = 0; asked < 500; asked++) {
        await run('getContent', quiet);
      }
      const after = await waitFor('the next recording', async () => {
        const recording = await liveRecording();
        return recording.file.path === before.file.path ? undefined : recording;
      });
      await waitFor('its trace, since somebody looked at the end', () =>
        openTraces(TRACE_EDITOR).includes(after.file.path),
      );
      const last = readFileSync(before.file.path, 'utf8').trimEnd().split('\n').at(-1) ?? '';
      assert.match(last, /"kind":"end".*"continuedIn":"/);
      assert(last.includes(path.basename(after.file.path)));
      // Nothing is known yet of what it holds; that it is subscribed was so before.
      await waitForDescription(workbin, 'not read · subscribed');
      await childrenOf(quiet);
      await waitFor('its content', async () => /^\d+$/.test((await rowOf(quiet)).description));
      await run('cancelNotifications', workbin);
      await waitFor(
        'the end of the subscription',
        async () => !(await rowOf(workbin)).description.includes('subscribed'),
      );
    } finally {
      await settings.update('maxMessages', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
