import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { manifest } from '../environment/paths';

/** Everything that the extension calls its own begins with it. */
const prefix = 'workbinInspector.';

/** VS Code makes these of contributed views and containers by itself. */
function madeByVsCode(): ReadonlySet<string> {
  const views = Object.values(manifest().contributes.views ?? {}).flat();
  const suffixes = ['focus', 'open', 'resetViewLocation', 'removeView', 'toggleVisibility'];
  return new Set(views.flatMap(({ id }) => suffixes.map((suffix) => `${id}.${suffix}`)));
}

describe('the extension in VS Code', () => {
  const { publisher, name, version, contributes } = manifest();
  const id = `${publisher}.${name}`;

  it('is there, in the version of its manifest', () => {
    const extension = vscode.extensions.getExtension(id);
    const packageJson = extension?.packageJSON as { readonly version?: string } | undefined;
    assert.deepEqual({ id: extension?.id, version: packageJson?.version }, { id, version });
  });

  it('registers exactly the commands that it contributes', async () => {
    const extension = vscode.extensions.getExtension(id);
    await extension?.activate();
    const known = madeByVsCode();
    const registered = (await vscode.commands.getCommands(true))
      .filter((command) => command.startsWith(prefix) && !known.has(command))
      .sort();
    const contributed = (contributes.commands ?? []).map(({ command }) => command).sort();
    assert.notEqual(contributed.length, 0);
    assert.deepEqual(registered, contributed);
  });

  it('gives every contributed command a title and the prefix', () => {
    const wrong = (contributes.commands ?? []).filter(
      ({ command, title }) => !command.startsWith(prefix) || title.trim() === '',
    );
    assert.deepEqual(wrong, []);
  });

  it('shows its container when asked to', async () => {
    const containers = Object.values(contributes.viewsContainers ?? {}).flat();
    assert.notEqual(containers.length, 0);
    for (const container of containers) {
      await vscode.commands.executeCommand(`workbench.view.extension.${container.id}`);
    }
  });
});
