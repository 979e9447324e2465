/** What a person can do with a tap: start it, give its address to an application, hear how it went. */
import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable';
import { refused } from '../../core/base/result';
import type { LiveSession } from '../../session/liveSession';
import type { LiveTap } from '../../session/liveTap';
import type { LiveSessions } from './liveSessions';
import type { Log } from '../log';
import { rememberTap } from './recentTaps';
import { openRecording } from './sessionActions';
import { isEmbedded } from '../settings';
import type { TapInput } from './tapInput';
import { endReport } from './tapWords';
import { WORKBINS_VIEW } from '../views';
import { tellInformation, tellWarning, withProgress } from '../tell';

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
    if (!(await this.freePort(choice.request.port))) {
      return;
    }
    const session = await withProgress({ location: { viewId: WORKBINS_VIEW } }, () =>
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

  /** Copies the address of a tap, of the one in front unless its key is given. */
  async copyAddress(key?: string): Promise<void> {
    const held = key === undefined ? this.sessions.front : this.sessions.find(key);
    const tap = held?.session.tap;
    if (tap === undefined) {
      throw refused('no-tap', vscode.l10n.t('No tap is running. Start one first.'));
    }
    await copy(tap);
  }

  dispose(): void {
    this.listening.dispose();
  }

  /** A port has one tap: asks before the one that listens there ends. */
  private async freePort(port: number): Promise<boolean> {
    const held = this.sessions.all.find(
      ({ session }) => session.tap !== undefined && session.tap.port === port,
    );
    if (held === undefined) {
      return true;
    }
    const end = vscode.l10n.t('End It and Start');
    const words = vscode.l10n.t('Port {0} is that of {1}.', String(port), held.target.name);
    const detail = vscode.l10n.t(
      'End that tap, or start again and choose another port. Its recording stays in the list.',
    );
    const answer = await tellWarning(words, { modal: true, detail }, end);
    if (answer !== end) {
      return false;
    }
    await this.sessions.stop(held.target.key);
    return true;
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
        ? await tellInformation(words, openTrace)
        : await tellWarning(words, openTrace, showLog);
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
    if ((await tellInformation(words, copyAddress)) === copyAddress) {
      await copy(tap);
    }
  }
}

async function copy({ address }: LiveTap): Promise<void> {
  await vscode.env.clipboard.writeText(address);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', address), 5000);
}
