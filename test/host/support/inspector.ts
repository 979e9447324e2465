/** The running extension, as tests look at it: the trees that a person sees, and the commands. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { WorkbinInspectorApi } from '../../../src/host/api';
import { COMMANDS, type CommandName } from '../../../src/host/commandIds';
import type { RecordingNode } from '../../../src/host/recordings/recordingNode';
import type { ServersNode } from '../../../src/host/servers/serverNodes';
import type { WorkbinTreeNode } from '../../../src/host/workbins/workbinNodes';
import { waitFor } from '../../environment/waiting';
import type { Person } from './person';

/** A row as it looks, with what is below it. */
export interface Row {
  readonly label: string;
  readonly description: string;
}

/** The api of the extension, which this activates. */
export async function inspector(): Promise<WorkbinInspectorApi> {
  const extension = vscode.extensions.getExtension<WorkbinInspectorApi>(
    'workbin-inspector.workbin-inspector',
  );
  assert(extension !== undefined);
  return extension.activate();
}

export async function run(command: CommandName, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(COMMANDS[command], ...args);
}

/** Paths that trace editors show: of recordings, or of HAR files. */
export function openTraces(editor: string): readonly string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .map(({ input }) => input)
    .filter((input) => input instanceof vscode.TabInputCustom)
    .filter(({ viewType }) => viewType === editor)
    .map(({ uri }) => uri.fsPath);
}

/** Rows below a row of the Workbins tree, or its first rows. */
export async function childrenOf(node?: WorkbinTreeNode): Promise<readonly WorkbinTreeNode[]> {
  const { workbins } = await inspector();
  return (await workbins.getChildren(node)) ?? [];
}

export async function rowOf(node: WorkbinTreeNode): Promise<Row> {
  const { workbins } = await inspector();
  const item = await workbins.getTreeItem(node);
  const label = typeof item.label === 'string' ? item.label : (item.label?.label ?? '');
  return { label, description: String(item.description ?? '') };
}

/** The row at the end of a path of labels, once it is there. */
export function findRow(...labels: readonly string[]): Promise<WorkbinTreeNode> {
  return waitFor(`the row ${labels.join(' › ')}`, async () => {
    let found: WorkbinTreeNode | undefined;
    for (const label of labels) {
      found = await childWith(found, label);
      if (found === undefined) {
        return undefined;
      }
    }
    return found;
  });
}

/** Waits until a row's description is as given. */
export async function waitForDescription(
  node: WorkbinTreeNode,
  description: string,
): Promise<void> {
  let seen = '';
  try {
    await waitFor(`"${description}"`, async () => {
      seen = (await rowOf(node)).description;
      return seen === description;
    });
  } catch {
    assert.equal(seen, description);
  }
}

/** Rows of the Servers view as they look, those of embedded sessions below the embedded server's. */
export async function serverRows(): Promise<readonly (Row & { readonly node: ServersNode })[]> {
  const { servers } = await inspector();
  const look = async (node: ServersNode): Promise<Row & { readonly node: ServersNode }> => {
    const { label, description } = await servers.getTreeItem(node);
    return {
      label: typeof label === 'string' ? label : '',
      description: String(description ?? ''),
      node,
    };
  };
  const top = (await servers.getChildren()) ?? [];
  const all = await Promise.all(
    top.map(async (node) => [node, ...((await servers.getChildren(node)) ?? [])]),
  );
  return Promise.all(all.flat().map(look));
}

/** The row of the Recordings view that the live session writes. */
export async function liveRecording(): Promise<RecordingNode> {
  const { recordings } = await inspector();
  return waitFor('the live recording', async () =>
    ((await recordings.getChildren()) ?? []).find(({ live }) => live),
  );
}

/** Connects to the embedded server's Workspace API v3; resolves with the address in the tree. */
export async function connectToWorkspace(person: Person): Promise<string> {
  person.will('Embedded Server, Workspace API v3', 'A1001');
  await run('connect');
  const [server] = await waitFor('the server', async () => {
    const rows = await childrenOf();
    return rows.length > 0 && rows;
  });
  assert(server !== undefined);
  return (await rowOf(server)).label;
}

/** Starts the embedded server and connects to it; resolves with the address in the tree. */
export async function connectToEmbedded(): Promise<string> {
  await run('startSimulator', { scenario: 'first-look', isStill: true });
  const [server] = await waitFor('the server', async () => {
    const rows = await childrenOf();
    return rows.length > 0 && rows;
  });
  assert(server !== undefined);
  const { label } = await rowOf(server);
  return label;
}

/** Ends session and embedded server, and closes all editors; resolves when nothing of them is shown. */
export async function leave(): Promise<void> {
  await run('stopAllSessions');
  await run('stopSimulator');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await waitFor('the empty tree', async () => (await childrenOf()).length === 0);
}

async function childWith(
  parent: WorkbinTreeNode | undefined,
  label: string,
): Promise<WorkbinTreeNode | undefined> {
  for (const node of await childrenOf(parent)) {
    if ((await rowOf(node)).label === label) {
      return node;
    }
  }
  return undefined;
}
