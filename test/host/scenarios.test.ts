import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { waitFor } from '../environment/waiting';
import { childrenOf, findRow, inspector, leave, rowOf, run } from './support/inspector';

describe('scenarios of the embedded server', () => {
  let folder: string;
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'scenarios-'));
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  it('shows each mistake of a scenario file at its line, and takes it away when it is mended', async () => {
    await inspector();
    const file = path.join(folder, 'mine.wbscenario.json');
    fs.writeFileSync(file, '{\n  "name": "Mine",\n  "tenant": [1]\n}\n');
    const document = await vscode.workspace.openTextDocument(file);
    const ours = (): readonly vscode.Diagnostic[] =>
      vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ source }) => source === 'Workbin Inspector');
    await waitFor('the mistakes', () => ours().length > 0);
    const unknown = ours().find(({ message }) => message.startsWith('"tenant" is not known'));
    assert.deepEqual(
      [unknown?.range.start.line, unknown?.range.start.character, unknown?.range.end.character],
      [2, 2, 10],
    );
    const shipped = path.join(
      vscode.extensions.getExtension('workbin-inspector.workbin-inspector')?.extensionPath ?? '',
      'media/scenarios/first-look.wbscenario.json',
    );
    const edit = new vscode.WorkspaceEdit();
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    edit.replace(document.uri, all, fs.readFileSync(shipped, 'utf8'));
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await waitFor('no mistakes', () => ours().length === 0);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('starts the one that is asked for, and its workbins change by themselves', async () => {
    await run('startSimulator', { scenario: 'storm-day', isStill: false });
    const [server] = await waitFor('the server', async () => {
      const rows = await childrenOf();
      return rows.length > 0 && rows;
    });
    assert(server !== undefined);
    const { label } = await rowOf(server);
    const workbin = await findRow(label, 'Customer-Mail', 'team-email');
    await run('getContent', workbin);
    await run('requestNotifications', workbin);
    const seen = new Set<string>();
    await waitFor('changes', async () => {
      seen.add((await rowOf(workbin)).description);
      return seen.size > 3;
    });
    await leave();
  });
});
