import * as vscode from 'vscode';
import { refused } from '../../core/base/result';
import type { Platform } from '../../session/platform';
import type { RecordingNode } from './recordingNode';
import type { RecordingsTree } from './recordingsTree';
import { openRecording } from '../sessions/sessionActions';
import { tellWarning } from '../tell';

/** What a person can do with recordings on disk. */
export class RecordingActions {
  constructor(
    private readonly platform: Platform,
    private readonly tree: RecordingsTree,
    /** The row that has the focus, for keys: these name none. */
    private readonly selected: () => RecordingNode | undefined,
  ) {}

  /** Opens the given recording, or one that is picked from the whole machine. */
  async open(node?: RecordingNode): Promise<void> {
    if (isRecording(node)) {
      return openRecording(node.file.path);
    }
    const picked = await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Open Recording'),
      filters: { [vscode.l10n.t('Workbin recordings')]: ['wbtrace'] },
      defaultUri: vscode.Uri.file(this.platform.recordingsFolder),
    });
    const file = picked?.[0];
    if (file !== undefined) {
      await openRecording(file.fsPath);
    }
  }

  async delete(node = this.selected()): Promise<void> {
    if (!isRecording(node)) {
      return;
    }
    refuseWritten(node);
    const { file } = node;
    const remove = vscode.l10n.t('Delete');
    const answer = await tellWarning(
      vscode.l10n.t('Delete the recording {0}?', file.name),
      { modal: true, detail: vscode.l10n.t('It cannot be brought back.') },
      remove,
    );
    if (answer === remove) {
      await this.platform.deleteRecording(file.path);
      this.tree.refresh();
    }
  }

  /** Asks for another name. What shows the recording shows it under that. */
  async rename(node = this.selected()): Promise<void> {
    if (!isRecording(node)) {
      return;
    }
    refuseWritten(node);
    const { path, name } = node.file;
    const value = name.replace(/\.wbtrace$/, '');
    const given = await vscode.window.showInputBox({
      title: vscode.l10n.t('Rename Recording'),
      value,
      validateInput: (text) => this.platform.recordingNameProblem(text),
    });
    if (given === undefined || given === value) {
      return;
    }
    const renamed = await this.platform.renameRecording(path, given);
    this.tree.refresh();
    await reopen(path, renamed);
  }

  /** Shows the file in the system's file manager. */
  async reveal(node?: RecordingNode): Promise<void> {
    if (isRecording(node)) {
      await revealFile(vscode.Uri.file(node.file.path));
    }
  }

  async revealFolder(): Promise<void> {
    await revealRecordingsFolder(this.platform);
  }
}

/** What is written must keep its place until its session has ended. */
function refuseWritten({ file }: RecordingNode): void {
  if (file.state === 'written') {
    throw refused(
      'being-written',
      vscode.l10n.t('{0} is being recorded. Stop its session first.', file.name),
    );
  }
}

/** Trace editors on a file that has another path now are opened anew on that. */
async function reopen(before: string, after: string): Promise<void> {
  const old = vscode.Uri.file(before).toString();
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputCustom && input.uri.toString() === old);
  for (const { group, input } of tabs) {
    if (input instanceof vscode.TabInputCustom) {
      const options = { viewColumn: group.viewColumn, preview: false };
      const uri = vscode.Uri.file(after);
      await vscode.commands.executeCommand('vscode.openWith', uri, input.viewType, options);
    }
  }
  await vscode.window.tabGroups.close(tabs);
}

/** Shows the folder in the system's file manager; where VS Code is far from its files, opens it in VS Code. */
export async function revealRecordingsFolder(platform: Platform): Promise<void> {
  const folder = vscode.Uri.file(platform.recordingsFolder);
  await vscode.workspace.fs.createDirectory(folder);
  await reveal(folder, folder);
}

/** Shows a file where {@link revealRecordingsFolder} shows the folder. */
export async function revealFile(file: vscode.Uri): Promise<void> {
  await reveal(file, vscode.Uri.joinPath(file, '..'));
}

async function reveal(what: vscode.Uri, folder: vscode.Uri): Promise<void> {
  const isFar = vscode.env.remoteName !== undefined || vscode.env.uiKind === vscode.UIKind.Web;
  if (isFar) {
    await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: true });
  } else {
    await vscode.commands.executeCommand('revealFileInOS', what);
  }
}

/** Whoever runs a command can pass anything. */
export function isRecording(node: unknown): node is RecordingNode {
  return typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'recording';
}
