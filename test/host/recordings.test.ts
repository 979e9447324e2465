import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { TRACE_EDITOR } from '../../src/host/views';
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
} from './support/inspector';

function frameOf(recording: string, message: number): Thenable<vscode.TextDocument> {
  const query = JSON.stringify({ recording, message });
  const uri = vscode.Uri.from({ scheme: 'workbin-frame', path: '/frame.json', query });
  return vscode.workspace.openTextDocument(uri);
}

describe('recordings', () => {
  let server: string;

  beforeEach(async () => {
    server = await connectToEmbedded();
  });

  afterEach(leave);

  it('are on disk from the first frame on, without the end until the session is stopped', async () => {
    const { path: recording } = (await liveRecording()).file;
    const kinds = (): readonly unknown[] =>
      readFileSync(recording, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => Object.keys(JSON.parse(line) as object)[0]);
    await waitFor('the first frames', () => kinds().length > 4);
    const during = readFileSync(recording, 'utf8');
    await run('stopSession');
    const after = readFileSync(recording, 'utf8');
    assert(after.startsWith(during));
    assert(after.length > during.length);
  });

  it('open in the trace editor while they grow', async () => {
    const { path: recording } = (await liveRecording()).file;
    await run('openTrace');
    await waitFor('the editor', () => openTraces(TRACE_EDITOR).length > 0);
    assert.deepEqual(openTraces(TRACE_EDITOR), [recording]);
  });

  it('show their workbins in the tree when they are opened again', async () => {
    const workbin = await findRow(server, 'A1001', 'email-draft');
    await run('getContent', workbin);
    const live = await waitFor('the content', async () => {
      const { description } = await rowOf(workbin);
      return /^\d/.test(description) && description;
    });
    const { file } = await liveRecording();
    await run('stopSession');
    await waitFor('the empty tree', async () => (await childrenOf()).length === 0);
    const { recordings } = await inspector();
    const node = (await recordings.getChildren())?.find((row) => row.file.path === file.path);
    await run('openRecording', node);
    const recorded = await findRow(server, 'A1001', 'email-draft');
    assert.equal((await rowOf(recorded)).description, live);
  });

  it('give each frame as a JSON document', async () => {
    const { path: recording } = (await liveRecording()).file;
    const document = await frameOf(recording, 0);
    assert.equal(document.languageId, 'json');
    const message = JSON.parse(document.getText()) as { readonly messageName?: unknown };
    assert.equal(message.messageName, 'RequestRegisterClient');
    assert(document.lineCount > 2);
  });

  it('open in several editors, which share what they show', async () => {
    const { path: recording } = (await liveRecording()).file;
    await run('openTrace');
    await vscode.commands.executeCommand('workbench.action.splitEditor');
    await waitFor('the second editor', () => openTraces(TRACE_EDITOR).length === 2);
    await run('stopSession');
    await findRow(server);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await waitFor('one editor', () => openTraces(TRACE_EDITOR).length === 1);
    assert.deepEqual(openTraces(TRACE_EDITOR), [recording]);
    await findRow(server);
  });

  it('open even when they are torn, corrupt or from a newer version', async () => {
    const { file } = await liveRecording();
    await run('stopSession');
    const text = readFileSync(file.path, 'utf8');
    const copies: readonly (readonly [name: string, content: string, servers: number])[] = [
      ['torn', text.slice(0, -20), 1],
      ['corrupt', text.replace('"seq":4', '"seq"4'), 1],
      ['newer', text.replace('"version":1', '"version":99'), 0],
      ['empty', '', 0],
      ['binary', '\u0000\u0001'.repeat(100_000), 0],
    ];
    for (const [name, content, servers] of copies) {
      const copy = path.join(path.dirname(file.path), `${name}.wbtrace`);
      writeFileSync(copy, content);
      await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(copy), TRACE_EDITOR);
      await waitFor(`the editor of ${name}`, () => openTraces(TRACE_EDITOR).includes(copy));
      await waitFor(`what ${name} holds`, async () => (await childrenOf()).length === servers);
    }
  });

  it('are not read through a frame’s address when they are no recordings', async () => {
    await assert.rejects(async () => frameOf(__filename, 0));
  });

  it('are listed with the live one first', async () => {
    const { recordings } = await inspector();
    const { file } = await liveRecording();
    const [first] = (await recordings.getChildren()) ?? [];
    assert.equal(first?.file.path, file.path);
    assert(existsSync(file.path));
  });
});
