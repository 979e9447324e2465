import * as vscode from 'vscode';
import type { Platform } from '../session/platform';
import type { LiveSessions } from './liveSessions';
import type { RecordingNode } from './recordingNode';
import type { RecordingsTree } from './recordingsTree';
import { openRecording } from './sessionActions';

/** What a person can do with recordings on disk. */
export class RecordingActions {
  constructor(
    private readonly platform: Platform,
    private readonly sessions: LiveSessions,
    private readonly tree: RecordingsTree,
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

  async delete(node?: RecordingNode): Promise<void> {
    if (!isRecording(node) || node.file.path === this.sessions.session?.trace.path) {
      return;
    }
    const { file } = node;
    const remove = vscode.l10n.t('Delete');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Delete the recording {0}?', file.name),
      { modal: true, detail: vscode.l10n.t('It cannot be brought back.') },
      remove,
    );
    if (answer === remove) {
      await this.platform.deleteRecording(file.path);
      this.tree.refresh();
    }
  }

  async revealFolder(): Promise<void> {
    await revealRecordingsFolder(this.platform);
  }
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
