import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import { messageOf } from '../../core/base/result';
import type { Platform, RecordingFile } from '../../session/platform';
import type { Logger } from '../../session/ports';
import { recordingFacts, type RecordingFacts } from '../../session/recordingFacts';
import { Coalescer } from '../coalescer';
import type { LiveSessions } from '../sessions/liveSessions';
import { TRACE_EDITOR } from '../views';
import type { RecordingFactsKeeper } from './recordingFactsKeeper';
import type { RecordingNode } from './recordingNode';
import { recordingDescription, recordingLabel, recordingTooltip } from './recordingWords';

/** Files whose coming and going changes the list: recordings, and marks of what writes them. */
const FILES = '*.{wbtrace,write}';

/** The Recordings view: what sessions left on disk, newest first, and what they write at this moment. */
export class RecordingsTree implements vscode.TreeDataProvider<RecordingNode>, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<RecordingNode | undefined>());
  private readonly coalescer = this.store.add(new Coalescer(() => this.changed.fire(undefined)));
  private nodes: readonly RecordingNode[] = [];

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly platform: Platform,
    private readonly sessions: LiveSessions,
    private readonly facts: RecordingFactsKeeper,
    private readonly logger: Logger,
  ) {
    this.store.add(sessions.onDidBegin(() => this.refresh()));
    this.store.add(sessions.onDidEnd(() => this.refresh()));
    this.store.add(facts.onDidFind((path) => this.redraw(path)));
    // Other windows record as well, and what is deleted elsewhere is gone here.
    const pattern = new vscode.RelativePattern(vscode.Uri.file(platform.recordingsFolder), FILES);
    const watcher = this.store.add(
      vscode.workspace.createFileSystemWatcher(pattern, false, true, false),
    );
    this.store.add(watcher.onDidCreate(() => this.refresh()));
    this.store.add(watcher.onDidDelete(() => this.refresh()));
  }

  /** Recordings have come or gone. */
  refresh(): void {
    this.coalescer.ask();
  }

  /** More is known of a recording: its row is drawn anew, where there is one. */
  redraw(path: string): void {
    const node = this.nodeOf(path);
    if (node !== undefined) {
      this.changed.fire(node);
    }
  }

  getTreeItem(node: RecordingNode): vscode.TreeItem {
    const { file } = node;
    const facts = this.factsOf(file);
    const item = new vscode.TreeItem(recordingLabel(file));
    item.id = file.path;
    item.description = recordingDescription(file, facts);
    item.tooltip = recordingTooltip(file, facts);
    item.iconPath = iconOf(file, (facts?.failed ?? 0) > 0);
    item.contextValue = file.state === 'written' ? 'recording.live' : 'recording.ended';
    item.accessibilityInformation = {
      label: `${file.name}, ${recordingDescription(file, facts)}`,
    };
    // A command of VS Code itself: what others are given is forgotten when the row is drawn anew, and a click at that
    // moment would tell an error.
    item.command = {
      command: 'vscode.openWith',
      title: vscode.l10n.t('Open Recording'),
      arguments: [vscode.Uri.file(file.path), TRACE_EDITOR],
    };
    return item;
  }

  async getChildren(node?: RecordingNode): Promise<RecordingNode[]> {
    if (node !== undefined) {
      return [];
    }
    try {
      const files = await this.platform.recordings();
      this.nodes = files.map((file) => ({
        kind: 'recording',
        file,
        live: file.state === 'written',
      }));
      this.facts.look(files);
      return [...this.nodes];
    } catch (error) {
      this.logger.error(`Recordings could not be listed: ${messageOf(error)}`);
      return [];
    }
  }

  /** The list is flat; VS Code asks when a row is revealed. */
  getParent(): undefined {
    return undefined;
  }

  /** The row of a recording, where it is listed. */
  nodeOf(path: string): RecordingNode | undefined {
    return this.nodes.find(({ file }) => file.path === path);
  }

  dispose(): void {
    this.store.dispose();
  }

  /** What is being recorded here has its facts at hand. */
  private factsOf(file: RecordingFile): RecordingFacts | undefined {
    const writing = file.state === 'written' ? this.sessions.writing(file.path) : undefined;
    return writing === undefined ? this.facts.of(file) : recordingFacts(writing.session.trace);
  }
}

/** The shape tells as much as the colour. */
function iconOf({ state }: RecordingFile, hasFailures: boolean): vscode.ThemeIcon {
  switch (state) {
    case 'written':
      return new vscode.ThemeIcon('record', new vscode.ThemeColor('charts.red'));
    case 'unfinished':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    case 'ended':
      return hasFailures
        ? new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'))
        : new vscode.ThemeIcon('file');
  }
}
