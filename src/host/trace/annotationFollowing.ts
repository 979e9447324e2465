import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import { messageOf } from '../../core/base/result';
import type { Platform } from '../../session/platform';
import type { Log } from '../log';

/** Takes bookmarks and notes along when a recording is renamed, moved or deleted in the editor's explorer. */
export function followRecordings(platform: Platform, log: Log): Disposable {
  const store = new DisposableStore();
  const note = (error: unknown): void => log.warn(messageOf(error));
  store.add(
    vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        if (isRecording(oldUri) && isRecording(newUri)) {
          platform
            .copyAnnotations(oldUri.fsPath, newUri.fsPath)
            .then(() => platform.removeAnnotations(oldUri.fsPath))
            .catch(note);
        }
      }
    }),
  );
  store.add(
    vscode.workspace.onDidDeleteFiles(({ files }) => {
      for (const uri of files.filter(isRecording)) {
        platform.removeAnnotations(uri.fsPath).catch(note);
      }
    }),
  );
  return store;
}

function isRecording({ scheme, path }: vscode.Uri): boolean {
  return scheme === 'file' && path.toLowerCase().endsWith('.wbtrace');
}
