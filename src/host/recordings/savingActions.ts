/** Takes a trace out of the recordings folder: as a recording, or as a HAR file for browsers and other tools. */
import * as vscode from 'vscode';
import { refused } from '../../core/base/result';
import type { Platform } from '../../session/platform';
import { fileName } from '../../core/base/fileName';
import { exportWords } from './harWords';
import { longWork } from '../longWork';
import { isRecording, revealFile } from './recordingActions';
import type { TraceInFront } from '../trace/traceInFront';
import { tellInformation } from '../tell';

export class SavingActions {
  constructor(
    private readonly platform: Platform,
    private readonly front: TraceInFront,
  ) {}

  /** Copies the given recording, or that of the trace in front, as far as it is written. */
  async save(node?: unknown): Promise<void> {
    const recording = this.chosen(node);
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Save Recording As'),
      defaultUri: suggestion(recording, 'wbtrace'),
      filters: { [vscode.l10n.t('Workbin recordings')]: ['wbtrace'] },
    });
    if (target === undefined) {
      return;
    }
    const source = vscode.Uri.file(recording);
    if (target.toString() === source.toString()) {
      throw refused('same-file', vscode.l10n.t('The recording is there already.'));
    }
    await vscode.workspace.fs.copy(source, target, { overwrite: true });
    if (target.scheme === 'file') {
      await this.platform.copyAnnotations(recording, target.fsPath);
    }
    await tellSaved(vscode.l10n.t('Saved {0}.', fileName(target.path)), target);
  }

  /** Writes the given recording, or that of the trace in front, as a HAR file. */
  async exportHar(node?: unknown): Promise<void> {
    const recording = this.chosen(node);
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Export Trace to HAR'),
      defaultUri: suggestion(recording, 'har'),
      filters: { [vscode.l10n.t('HAR files')]: ['har'] },
    });
    if (target === undefined) {
      return;
    }
    if (target.scheme !== 'file') {
      throw refused(
        'not-local',
        vscode.l10n.t('A HAR file is written piece by piece, so it must be on this machine.'),
      );
    }
    const name = fileName(target.path);
    const cancelled = refused('cancelled', vscode.l10n.t('The export was cancelled.'));
    const summary = await longWork(vscode.l10n.t('Exporting {0}', name), cancelled, (work) =>
      this.platform.exportHar(recording, target.fsPath, work),
    );
    await tellSaved(exportWords(name, summary), target);
  }

  private chosen(node: unknown): string {
    const path = isRecording(node) ? node.file.path : this.front.current?.trace.path;
    if (path === undefined) {
      throw refused(
        'no-trace',
        vscode.l10n.t('No trace is open. Open a recording, or connect to a server.'),
      );
    }
    return path;
  }
}

/** In the folder that is open, under the recording's name. */
function suggestion(recording: string, extension: string): vscode.Uri {
  const name = fileName(recording).replace(/(\.har)?\.wbtrace$/, '');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(recording);
  const base = folder.path.endsWith('.wbtrace') ? vscode.Uri.joinPath(folder, '..') : folder;
  return vscode.Uri.joinPath(base, `${name}.${extension}`);
}

async function tellSaved(words: string, target: vscode.Uri): Promise<void> {
  const reveal = vscode.l10n.t('Reveal');
  if ((await tellInformation(words, reveal)) === reveal) {
    await revealFile(target);
  }
}
