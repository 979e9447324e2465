import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/base/disposable';
import type { LiveSession } from '../session/liveSession';
import type { LiveTap } from '../session/liveTap';
import { COMMANDS, type CommandId } from './commandIds';
import type { HeldSession } from './sessions/heldSession';
import type { LiveSessions } from './sessions/liveSessions';
import { standingWord } from './servers/serverWords';
import { standingOf } from './sessions/sessionStanding';
import { tapCounts, tapDetails, tapRoute } from './sessions/tapWords';

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
  private tap: { readonly of: LiveTap; readonly listening: Disposable } | undefined;

  constructor(private readonly sessions: LiveSessions) {
    this.item.name = 'Workbin Inspector';
    this.store.add(sessions.onDidChange(() => this.show()));
    this.show();
    this.item.show();
  }

  dispose(): void {
    this.tap?.listening.dispose();
    this.store.dispose();
  }

  private show(): void {
    this.follow(this.sessions.session?.tap);
    const { text, tooltip, command } = statusOf(this.sessions);
    const { all } = this.sessions;
    const isOneOfSeveral = all.length > 1;
    this.item.text = isOneOfSeveral ? vscode.l10n.t('{0} · 1 of {1}', text, all.length) : text;
    this.item.tooltip = isOneOfSeveral
      ? [tooltip, '', vscode.l10n.t('{0} sessions:', all.length), ...all.map(sessionWords)].join(
          '\n',
        )
      : tooltip;
    this.item.command = command;
  }

  /** A tap's counts change without the session's doing so. */
  private follow(tap: LiveTap | undefined): void {
    if (tap !== this.tap?.of) {
      this.tap?.listening.dispose();
      this.tap = tap && { of: tap, listening: tap.onDidChange(() => this.show()) };
    }
  }
}

function statusOf({ standing, connecting, front }: LiveSessions): Status {
  const latest = connecting.at(-1);
  if (latest !== undefined) {
    return {
      text: vscode.l10n.t('$(sync~spin) {0}', latest.name),
      tooltip: vscode.l10n.t('Connecting. Click to give up.'),
      command: COMMANDS.cancelConnecting,
    };
  }
  const name = front?.target.name ?? '';
  switch (standing.kind) {
    case 'none':
    case 'connecting':
      return {
        text: vscode.l10n.t('$(debug-disconnect) Workbins: not connected'),
        tooltip: vscode.l10n.t('Connect to a server…'),
        command: COMMANDS.connect,
      };
    case 'recovering':
      return {
        text: vscode.l10n.t('$(sync~spin) {0}: connecting again', name),
        tooltip: vscode.l10n.t('{0}\nClick to try now.', standing.text),
        command: COMMANDS.reconnect,
      };
    case 'disconnected':
      return {
        text: vscode.l10n.t('$(warning) {0}: connection closed', name),
        tooltip: standing.reason ?? vscode.l10n.t('Click to connect again.'),
        command: COMMANDS.reconnect,
      };
    case 'tapping': {
      const { tap, session } = standing;
      return recordingStatus(session, {
        text: vscode.l10n.t('$(radio-tower) tap {0} · {1}', tapRoute(tap), tapCounts(tap)),
        details: tapDetails(tap),
      });
    }
    case 'connected':
      return recordingStatus(standing.session, {
        text: `$(plug) ${name}`,
        details: vscode.l10n.t('Connected'),
      });
  }
}

/** A line for each session, so that the one in front is not taken for all. */
function sessionWords({ target, session }: HeldSession): string {
  return `• ${target.name}: ${standingWord(standingOf(session).kind)}`;
}

function recordingStatus(
  { recorder }: LiveSession,
  { text, details }: { readonly text: string; readonly details: string },
): Status {
  switch (recorder.state) {
    case 'recording':
      return {
        text: `${text} $(record)`,
        tooltip: vscode.l10n.t('{0}\nRecording. Click to open the trace.', details),
        command: COMMANDS.openTrace,
      };
    case 'paused':
      return {
        text: vscode.l10n.t('{0} $(debug-pause) paused', text),
        tooltip: vscode.l10n.t('{0}\nRecording is paused. Click to go on recording.', details),
        command: COMMANDS.resumeRecording,
      };
    case 'ended':
    case 'failed':
      return {
        text: vscode.l10n.t('{0} $(error) not recording', text),
        tooltip: vscode.l10n.t(
          '{0}\nThe recording could not be written. Click to see the log.',
          details,
        ),
        command: COMMANDS.showLog,
      };
  }
}
