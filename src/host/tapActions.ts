/** What a person can do with a tap: start it, give its address to an application, hear how it went. */
import * as vscode from 'vscode';
import type { Disposable } from '../core/base/disposable';
import { ExpectedError } from '../core/base/result';
import type { LiveSession } from '../session/liveSession';
import type { LiveTap } from '../session/liveTap';
import type { LiveSessions } from './liveSessions';
import type { Log } from './log';
import { rememberTap } from './recentTaps';
import { openRecording } from './sessionActions';
import { isEmbedded } from './settings';
import type { TapInput } from './tapInput';
import { endReport } from './tapWords';
import { WORKBINS_VIEW } from './views';

export class TapActions implements Disposable {
  private readonly listening: Disposable;

  constructor(
    private readonly sessions: LiveSessions,
    private readonly input: TapInput,
    private readonly memory: vscode.Memento,
    private readonly log: Log,
  ) {
    this.listening = sessions.onDidEnd((session) => void this.tellEnd(session));
  }

  async start(): Promise<void> {
    const choice = await this.input.ask();
    if (choice === undefined) {
      return;
    }
    const session = await vscode.window.withProgress({ location: { viewId: WORKBINS_VIEW } }, () =>
      this.sessions.startTap(choice.request),
    );
    const tap = session?.tap;
    if (session === undefined || tap === undefined) {
      return;
    }
    const { allowedOrigins } = choice.request;
    await rememberTap(this.memory, { server: choice.server, port: tap.port, allowedOrigins });
    await openRecording(session.trace.path);
    void this.tellAddress(tap, isEmbedded(choice.server));
  }

  async copyAddress(): Promise<void> {
    const tap = this.sessions.session?.tap;
    if (tap === undefined) {
      throw new ExpectedError('no-tap', vscode.l10n.t('No tap is running. Start one first.'));
    }
    await copy(tap);
  }

  dispose(): void {
    this.listening.dispose();
  }

  /** Says how a tap went that has ended; nothing for a session without one. */
  private async tellEnd(session: LiveSession): Promise<void> {
    const report = endReport(session);
    if (report === undefined) {
      return;
    }
    const openTrace = vscode.l10n.t('Open Trace');
    const showLog = vscode.l10n.t('Show Log');
    const words = [report.words, ...report.troubles].join(' ');
    const answer =
      report.troubles.length === 0
        ? await vscode.window.showInformationMessage(words, openTrace)
        : await vscode.window.showWarningMessage(words, openTrace, showLog);
    if (answer === openTrace) {
      await openRecording(session.trace.path);
    } else if (answer === showLog) {
      this.log.show();
    }
  }

  private async tellAddress(tap: LiveTap, toEmbedded: boolean): Promise<void> {
    const copyAddress = vscode.l10n.t('Copy Address');
    const words = toEmbedded
      ? vscode.l10n.t('Have the application use {0} as its server.', tap.address)
      : vscode.l10n.t('Have the application use {0} instead of {1}.', tap.address, tap.server);
    if ((await vscode.window.showInformationMessage(words, copyAddress)) === copyAddress) {
      await copy(tap);
    }
  }
}

async function copy({ address }: LiveTap): Promise<void> {
  await vscode.env.clipboard.writeText(address);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', address), 5000);
}
