import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/base/disposable';
import type { LiveSession } from '../session/liveSession';
import { COMMANDS, type CommandId } from './commandIds';
import type { LiveSessions } from './liveSessions';

/** What the status bar says; a click does the obvious next thing. */
export interface Status {
  readonly text: string;
  readonly tooltip: string;
  readonly command: CommandId;
}

/** One item on the left: where the session stands. */
export class StatusBar implements Disposable {
  private readonly store = new DisposableStore();
  private readonly item = this.store.add(
    vscode.window.createStatusBarItem('workbinInspector', vscode.StatusBarAlignment.Left),
  );

  constructor(private readonly sessions: LiveSessions) {
    this.item.name = 'Workbin Inspector';
    this.store.add(sessions.onDidChange(() => this.show()));
    this.show();
    this.item.show();
  }

  dispose(): void {
    this.store.dispose();
  }

  private show(): void {
    const { text, tooltip, command } = statusOf(this.sessions);
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.command = command;
  }
}

function statusOf({ standing }: LiveSessions): Status {
  switch (standing.kind) {
    case 'none':
      return {
        text: vscode.l10n.t('$(debug-disconnect) Workbins: not connected'),
        tooltip: vscode.l10n.t('Connect to a server…'),
        command: COMMANDS.connect,
      };
    case 'connecting':
      return {
        text: vscode.l10n.t('$(sync~spin) {0}', standing.profile.server),
        tooltip: vscode.l10n.t('Connecting. Click to give up.'),
        command: COMMANDS.cancelConnecting,
      };
    case 'disconnected':
      return {
        text: vscode.l10n.t('$(warning) {0}: connection closed', standing.session.title),
        tooltip: standing.reason ?? vscode.l10n.t('Click to connect again.'),
        command: COMMANDS.reconnect,
      };
    case 'connected':
      return recordingStatus(standing.session);
  }
}

function recordingStatus({ title, recorder }: LiveSession): Status {
  switch (recorder.state) {
    case 'recording':
      return {
        text: vscode.l10n.t('$(plug) {0} $(record)', title),
        tooltip: vscode.l10n.t('Connected and recording. Click to open the trace.'),
        command: COMMANDS.openTrace,
      };
    case 'paused':
      return {
        text: vscode.l10n.t('$(plug) {0} $(debug-pause) paused', title),
        tooltip: vscode.l10n.t('Connected; recording is paused. Click to go on recording.'),
        command: COMMANDS.resumeRecording,
      };
    case 'ended':
    case 'failed':
      return {
        text: vscode.l10n.t('$(plug) {0} $(error) not recording', title),
        tooltip: vscode.l10n.t('The recording could not be written. Click to see the log.'),
        command: COMMANDS.showLog,
      };
  }
}
