import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/base/disposable';
import { messageOf } from '../core/base/result';
import type { Platform } from '../session/platform';
import type { Logger } from '../session/ports';
import { Coalescer } from './coalescer';
import { COMMANDS } from './commandIds';
import type { LiveSessions } from './liveSessions';
import type { RecordingNode } from './recordingNode';

/** The Recordings view: what earlier sessions left on disk, newest first. */
export class RecordingsTree implements vscode.TreeDataProvider<RecordingNode>, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<void>());
  private readonly coalescer = this.store.add(new Coalescer(() => this.changed.fire()));
  private live: string | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly platform: Platform,
    private readonly sessions: LiveSessions,
    private readonly logger: Logger,
  ) {
    this.store.add(
      sessions.onDidChange(() => {
        const live = sessions.session?.trace.path;
        if (live !== this.live) {
          this.live = live;
          this.refresh();
        }
      }),
    );
  }

  /** Recordings have come or gone. */
  refresh(): void {
    this.coalescer.ask();
  }

  getTreeItem(node: RecordingNode): vscode.TreeItem {
    const { file, live } = node;
    const item = new vscode.TreeItem(file.name.replace(/\.wbtrace$/, ''));
    item.id = file.path;
    const modified = new Date(file.modifiedAt).toLocaleString();
    item.description = live
      ? vscode.l10n.t('being recorded')
      : vscode.l10n.t('{0}, {1}', modified, sizeWords(file.bytes));
    item.tooltip = file.path;
    item.iconPath = new vscode.ThemeIcon(live ? 'record' : 'file');
    item.contextValue = live ? 'recording.live' : 'recording.ended';
    item.command = {
      command: COMMANDS.openRecording,
      title: vscode.l10n.t('Open Recording'),
      arguments: [node],
    };
    return item;
  }

  async getChildren(node?: RecordingNode): Promise<RecordingNode[]> {
    if (node !== undefined) {
      return [];
    }
    try {
      const files = await this.platform.recordings();
      const live = this.sessions.session?.trace.path;
      return files.map((file) => ({ kind: 'recording', file, live: file.path === live }));
    } catch (error) {
      this.logger.error(`Recordings could not be listed: ${messageOf(error)}`);
      return [];
    }
  }

  dispose(): void {
    this.store.dispose();
  }
}

function sizeWords(bytes: number): string {
  const kilobytes = bytes / 1000;
  return kilobytes < 1000
    ? vscode.l10n.t('{0} kB', Math.max(1, Math.round(kilobytes)))
    : vscode.l10n.t('{0} MB', (kilobytes / 1000).toFixed(1));
}
