import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/host/commandIds';
import { HAR_EDITOR, TRACE_EDITOR } from '../../src/host/views';
import { waitFor } from '../environment/waiting';
import { temporaryFolder } from '../support/recordings';
import { phasesIn } from '../support/tracePhases';
import {
  childrenOf,
  connectToWorkspace,
  findRow,
  inspector,
  leave,
  liveRecording,
  openTraces,
  rowOf,
  run,
} from './support/inspector';
import { Person } from './support/person';

async function recordingPaths(): Promise<readonly string[]> {
  const { recordings } = await inspector();
  return ((await recordings.getChildren()) ?? []).map(({ file }) => file.path);
}

function openHar(file: string): Thenable<unknown> {
  return vscode.commands.executeCommand(COMMANDS.openHar, vscode.Uri.file(file));
}

describe('HAR files', () => {
  const folder = temporaryFolder();
  let person: Person;

  beforeEach(() => {
    person = new Person();
  });

  afterEach(async () => {
    await leave();
    person.leave();
  });

  after(() => folder.remove());

  /** Records a session with a few phases and ends it; returns its recording. */
  async function record(): Promise<string> {
    const server = await connectToWorkspace(person);
    const workbin = await findRow(server, 'A1001', 'email-draft');
    await run('getContent', workbin);
    await run('requestNotifications', workbin);
    await run('cancelNotifications', workbin);
    const { path: recording } = (await liveRecording()).file;
    await run('stopSession');
    return recording;
  }

  it('are written from a trace, and read again they give the same phases', async () => {
    const recording = await record();
    const phases = await phasesIn(recording);
    assert(phases.length > 3, JSON.stringify(phases));
    const har = path.join(folder.path, 'session.har');
    const { recordings } = await inspector();
    const node = (await recordings.getChildren())?.find(({ file }) => file.path === recording);
    person.will(vscode.Uri.file(har));
    await run('exportHar', node);
    await person.hears('session.har:');
    const written = JSON.parse(readFileSync(har, 'utf8')) as {
      readonly log: { readonly version: string; readonly entries: readonly unknown[] };
    };
    assert.equal(written.log.version, '1.2');
    assert(!existsSync(`${har}.part`));

    const before = await recordingPaths();
    await openHar(har);
    await waitFor('the editor', () => openTraces(HAR_EDITOR).includes(har));
    const imported = await waitFor('the imported recording', async () =>
      (await recordingPaths()).find((each) => !before.includes(each)),
    );
    await waitFor('its end', () => readFileSync(imported, 'utf8').includes('"end"'));
    assert.deepEqual(await phasesIn(imported), phases);
    // What it holds stands in the tree.
    const [server] = await waitFor('the server', async () => {
      const rows = await childrenOf();
      return rows.length > 0 && rows;
    });
    assert(server !== undefined);
    await findRow((await rowOf(server)).label, 'A1001', 'email-draft');

    // Unchanged it is not imported again; changed it is.
    const all = await recordingPaths();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await openHar(har);
    await findRow((await rowOf(server)).label, 'A1001', 'email-draft');
    assert.deepEqual(await recordingPaths(), all);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const { mtime } = statSync(har);
    utimesSync(har, mtime, new Date(mtime.getTime() + 5000));
    await openHar(har);
    await waitFor('a second import', async () => (await recordingPaths()).length > all.length);
  });

  it('that are cut off show what was whole, and say so', async () => {
    const recording = await record();
    const har = path.join(folder.path, 'whole.har');
    const cut = path.join(folder.path, 'cut.har');
    await vscode.commands.executeCommand(
      'vscode.openWith',
      vscode.Uri.file(recording),
      TRACE_EDITOR,
    );
    await waitFor('the trace in front', async () => (await childrenOf()).length > 0);
    person.will(vscode.Uri.file(har));
    await run('exportHar');
    await person.hears('whole.har:');
    const text = readFileSync(har, 'utf8');
    writeFileSync(cut, text.slice(0, Math.floor(text.length * 0.8)));
    await openHar(cut);
    await person.hears('The file ends in its middle');
  });

  it('that hold no traffic with workbins, or are none, are refused and leave nothing behind', async () => {
    const before = await recordingPaths();
    for (const [name, content] of [
      ['empty.har', ''],
      ['other.har', '{"log":{"version":"1.2","entries":[]}}'],
      ['binary.har', '\u0000\u0001'.repeat(1000)],
    ] as const) {
      const file = path.join(folder.path, name);
      writeFileSync(file, content);
      await openHar(file);
      await waitFor(`the editor of ${name}`, () => openTraces(HAR_EDITOR).includes(file));
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.deepEqual(await recordingPaths(), before);
    assert.deepEqual(await childrenOf(), []);
  });

  it('are not what a HAR file opens in by itself', async () => {
    const file = path.join(folder.path, 'plain.har');
    writeFileSync(file, '{"log":{"version":"1.2","entries":[]}}');
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
    await waitFor('the text editor', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .some(({ input }) => input instanceof vscode.TabInputText && input.uri.fsPath === file),
    );
  });

  it('do not replace the saving of a recording, which copies it as it is', async () => {
    const recording = await record();
    const copy = path.join(folder.path, 'copy.wbtrace');
    const { recordings } = await inspector();
    const node = (await recordings.getChildren())?.find(({ file }) => file.path === recording);
    person.will(vscode.Uri.file(copy));
    await run('saveRecording', node);
    await person.hears('Saved copy.wbtrace');
    assert.deepEqual(readFileSync(copy), readFileSync(recording));
  });
});
