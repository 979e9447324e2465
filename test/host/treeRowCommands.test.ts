import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { MAX_ROWS, TreeRowCommands } from '../../src/host/treeRowCommands';

const COMMAND = 'workbinInspectorTest.choose';

interface Row {
  readonly name: string;
}

describe('the commands of rows', () => {
  let chosen: unknown[];
  let registration: vscode.Disposable;
  let commands: TreeRowCommands<Row>;

  beforeEach(() => {
    chosen = [];
    registration = vscode.commands.registerCommand(COMMAND, (...args: readonly unknown[]) =>
      chosen.push(...args),
    );
    commands = new TreeRowCommands(COMMAND);
  });

  afterEach(() => {
    commands.dispose();
    registration.dispose();
  });

  const isRegistered = async (name: string): Promise<boolean> =>
    (await vscode.commands.getCommands()).includes(name);

  it('run what they stand for with the row as it was drawn last', async () => {
    const one = commands.nameFor('1', { name: 'one' });
    const two = commands.nameFor('2', { name: 'two' });
    assert.equal(commands.nameFor('1', { name: 'one, changed' }), one);
    await vscode.commands.executeCommand(one);
    await vscode.commands.executeCommand(two);
    assert.deepEqual(chosen, [{ name: 'one, changed' }, { name: 'two' }]);
  });

  it('are in no list for people, and gone with their tree', async () => {
    const name = commands.nameFor('1', { name: 'one' });
    assert.equal(await isRegistered(name), true);
    assert.equal((await vscode.commands.getCommands(true)).includes(name), false);
    commands.dispose();
    assert.equal(await isRegistered(name), false);
  });

  it('are kept for the rows that were drawn last, however many there were', async () => {
    const kept = commands.nameFor('kept', { name: 'kept' });
    const left = commands.nameFor('left', { name: 'left' });
    for (let row = 1; row < MAX_ROWS; row++) {
      commands.nameFor('kept', { name: 'kept' });
      commands.nameFor(`other ${String(row)}`, { name: 'other' });
    }
    assert.deepEqual([await isRegistered(kept), await isRegistered(left)], [true, false]);
    await vscode.commands.executeCommand(kept);
    assert.deepEqual(chosen, [{ name: 'kept' }]);
  });
});
