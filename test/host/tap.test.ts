import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { TRACE_EDITOR } from '../../src/host/views';
import { waitFor } from '../environment/waiting';
import { ScriptedApplication } from '../support/scriptedApplication';
import { phasesIn, type PhaseWords } from '../support/tracePhases';
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
  serverRows,
} from './support/inspector';
import { Person } from './support/person';

const PHASES: readonly PhaseWords[] = [
  ['Registration', '', 'completed'],
  ['Agent Logs In', '', 'completed'],
  ['Agent Gets Workbin Content', 'email-draft@A1001', 'completed'],
  ['Agent Requests Workbin Notification', 'email-draft@A1001', 'completed'],
];

async function clipboardAfter(command: () => Promise<void>): Promise<string> {
  await vscode.env.clipboard.writeText('');
  await command();
  return vscode.env.clipboard.readText();
}

describe('a tap to the embedded server', () => {
  let person: Person;

  beforeEach(() => {
    person = new Person();
  });

  afterEach(async () => {
    await leave();
    person.leave();
  });

  /** Starts a tap and returns its address. */
  async function startTap(server: string, origins = ''): Promise<string> {
    person.will(server, '', origins);
    await run('startTap');
    return clipboardAfter(() => run('copyTapAddress'));
  }

  it('ends with the embedded server, but not before the person was asked', async () => {
    await startTap('Embedded Interaction Server');
    await run('stopSimulator');
    await person.hears('Stop the embedded server?');
    const { servers } = await inspector();
    const taps = async () =>
      ((await servers.getChildren()) ?? []).filter(({ kind }) => kind === 'tap').length;
    assert.equal(await taps(), 1);
    person.willClick('Stop');
    await run('stopSimulator');
    await waitFor('the end of the tap', async () => (await taps()) === 0);
    await person.hears('has stopped');
    assert.equal((await serverRows()).at(-1)?.description, 'not running');
  });

  it('stands in the tree and opens its trace before anybody has come', async () => {
    const address = await startTap('Embedded Interaction Server');
    assert.match(address, /^ws:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(person.asked, [
      'Start Tap: Server',
      'Start Tap: Port',
      'Start Tap: Further Origins',
    ]);
    const { file } = await liveRecording();
    await waitFor('the trace editor', () => openTraces(TRACE_EDITOR).includes(file.path));
    const [server] = await childrenOf();
    assert(server !== undefined);
    const { label, description } = await rowOf(server);
    assert.match(label, /^ws:/);
    assert.equal(description, `tapped at ${new URL(address).host}`);
    await person.hears(`Have the application use ${address}`);
  });

  it('shows the phases of an application as they pass, and sums up when it is stopped', async () => {
    const address = await startTap('Embedded Interaction Server');
    const { file } = await liveRecording();
    const application = await ScriptedApplication.open(address);
    try {
      await application.work('A1001', 'Desk-101', 'email-draft');
      await waitFor(
        'the phases, while the tap runs',
        async () => (await phasesIn(file.path)).length === PHASES.length,
      );
      const [server] = await childrenOf();
      assert(server !== undefined);
      const workbin = await findRow((await rowOf(server)).label, 'A1001', 'email-draft');
      await waitFor('the content in the tree', async () =>
        /^\d+ · subscribed$/.test((await rowOf(workbin)).description),
      );
      await run('placeAsOtherAgent', workbin);
      await waitFor('the notification to pass the tap', () =>
        application.notified.includes('EventWorkbinContentChanged'),
      );
      // Views may come and go.
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await application.request('RequestWorkbinTypesInfo', { tenantId: 101 });
      await run('stopSession');
    } finally {
      await application.close();
    }
    const summary = await person.hears('has stopped');
    assert.match(summary, /1 connection: \d+ frames recorded, \d+ kB passed\.$/);
    assert.deepEqual((await phasesIn(file.path)).slice(0, PHASES.length), PHASES);
    await waitFor('the empty tree', async () => (await childrenOf()).length === 0);
  });

  it('is reopened from its recording', async () => {
    const address = await startTap('Embedded Interaction Server');
    const { file } = await liveRecording();
    const application = await ScriptedApplication.open(address);
    await application.work('A1001', 'Desk-101', 'email-draft');
    await application.close();
    await run('stopSession');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const { recordings } = await inspector();
    const node = (await recordings.getChildren())?.find((row) => row.file.path === file.path);
    await run('openRecording', node);
    await waitFor('the editor', () => openTraces(TRACE_EDITOR).includes(file.path));
    const server = await waitFor('the server', async () => (await childrenOf())[0]);
    await findRow((await rowOf(server)).label, 'A1001', 'email-draft');
    assert.deepEqual(await phasesIn(file.path), PHASES);
  });

  it('says that it cannot listen, and leaves no recording and the session as it was', async () => {
    const server = await connectToEmbedded();
    await findRow(server, 'A1001', 'email-draft');
    const recordings = async (): Promise<readonly string[]> =>
      ((await (await inspector()).recordings.getChildren()) ?? []).map(({ file }) => file.path);
    const before = await recordings();
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    try {
      const { port } = squatter.address() as AddressInfo;
      person.will('Embedded Interaction Server', String(port), '');
      await run('startTap');
      await person.hears(`cannot listen on port ${port}`);
    } finally {
      squatter.close();
    }
    assert.deepEqual(await recordings(), before);
    assert.equal((await liveRecording()).file.path, before[0]);
    const [row] = await childrenOf();
    assert(row !== undefined);
    assert.deepEqual(await rowOf(row), {
      label: server,
      description: 'First Look · connected',
    });
  });

  it('refuses pages of foreign origins, lets those pass that are named, and tells both', async () => {
    const address = await startTap('Workspace API v3', 'https://desk.example');
    const statusFrom = async (origin: string): Promise<number> => {
      const { status } = await fetch(`${address}/workspace/v3/current-session`, {
        headers: { origin },
      });
      return status;
    };
    assert.equal(await statusFrom('https://foreign.example'), 403);
    assert.notEqual(await statusFrom('https://desk.example'), 502);
    await run('stopSession');
    const summary = await person.hears('has stopped');
    assert.match(
      summary,
      /: 2 frames recorded.+ 1 request refused for a foreign Host or Origin\.$/,
    );
  });

  it('remembers server and port', async () => {
    const first = await startTap('Embedded Interaction Server');
    await run('stopSession');
    const asked: (string | undefined)[] = [];
    const { showInputBox } = vscode.window;
    Object.assign(vscode.window, {
      showInputBox: (options: vscode.InputBoxOptions) => {
        asked.push(options.value);
        return showInputBox(options);
      },
    });
    await startTap('Embedded Interaction Server');
    assert.deepEqual(asked, [new URL(first).port, '']);
  });
});
