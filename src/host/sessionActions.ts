/** What a person can do with the session, with the words around it. */
import * as vscode from 'vscode';
import type { ConnectionProfile } from '../session/platform';
import { COMMANDS } from './commandIds';
import type { ChosenConnection, ConnectInput } from './connectInput';
import type { ConnectResult, LiveSessions } from './liveSessions';
import type { Log } from './log';
import { accountOf, type Passwords } from './passwords';
import { rememberConnection } from './recentConnections';
import { isEmbedded } from './settings';
import type { SimulatorControl } from './simulatorControl';
import { TRACE_EDITOR, WORKBINS_VIEW } from './views';

/** Code of the failure of a sign-in whose user name or password is wrong. */
const REFUSED = 'sign-in-refused';

export class SessionActions {
  private lastServer: string | undefined;

  constructor(
    private readonly sessions: LiveSessions,
    private readonly input: ConnectInput,
    private readonly simulator: SimulatorControl,
    private readonly passwords: Passwords,
    private readonly memory: vscode.Memento,
    private readonly log: Log,
  ) {}

  async connect(): Promise<void> {
    const choice = await this.input.ask();
    if (choice !== undefined) {
      await this.connectTo(choice);
    }
  }

  /** Connects to a server that is named already, asking only for what is missing. */
  async connectToServer(server: string): Promise<void> {
    const choice = await this.input.complete(server);
    if (choice !== undefined) {
      await this.connectTo(choice);
    }
  }

  /** Connects the session again; an embedded server that was stopped meanwhile is begun anew, and so is the session. */
  async reconnect(): Promise<void> {
    const { lastServer } = this;
    const { profile } = this.sessions;
    if (lastServer !== undefined && isEmbedded(lastServer) && !this.simulator.running) {
      return this.connectToServer(lastServer);
    }
    if (profile !== undefined) {
      const result = await this.signedIn(profile, () => this.sessions.reconnect());
      this.report(result, profile, () => this.reconnect());
    }
  }

  /** Disconnects from a server that is about to end, by its addresses. The recording stays open, for a reconnect. */
  async leave(servers: readonly string[]): Promise<void> {
    const { profile } = this.sessions;
    if (profile !== undefined && servers.includes(profile.server)) {
      await this.sessions.disconnect();
    }
  }

  async openTrace(): Promise<void> {
    const path = this.sessions.session?.trace.path;
    if (path !== undefined) {
      await openRecording(path);
    }
  }

  private async connectTo(choice: ChosenConnection): Promise<void> {
    const { profile, password, server } = choice;
    const present = this.sessions.session;
    if (!(await this.mayEndPresent(profile.server))) {
      return;
    }
    const before = this.lastServer;
    this.lastServer = server;
    const account = accountOf(profile);
    if (account !== undefined && password !== undefined) {
      this.passwords.give(account, password);
    }
    this.log.info(`Connecting to ${profile.server} as ${profile.agent}`);
    const result = await this.signedIn(profile, () => this.sessions.connect(profile));
    if (present !== undefined && this.sessions.session === present) {
      this.lastServer = before; // The new one did not come about.
    }
    this.report(result, profile, () => this.connectTo(choice));
    if (result?.state.kind === 'connected') {
      await rememberConnection(this.memory, server, profile);
    }
  }

  /** Ends the session or tap that runs, for one with `server`, unless the person says no. */
  async endPresent(server: string): Promise<boolean> {
    const may = await this.mayEndPresent(server);
    if (may) {
      await this.sessions.stop();
    }
    return may;
  }

  /** Asks before a session or tap that runs is given up for one with `server`. */
  private async mayEndPresent(server: string): Promise<boolean> {
    const { standing } = this.sessions;
    if (
      standing.kind !== 'connected' &&
      standing.kind !== 'recovering' &&
      standing.kind !== 'tapping'
    ) {
      return true;
    }
    const end = vscode.l10n.t('End and Connect');
    const words = vscode.l10n.t('End the present session, {0}?', standing.session.title);
    const detail = vscode.l10n.t(
      'It ends when {0} is connected. Its recording stays in the list.',
      server,
    );
    return (await vscode.window.showWarningMessage(words, { modal: true, detail }, end)) === end;
  }

  /** Runs with a password at hand where one is needed, again as long as the server refuses it and another is given. */
  private async signedIn(
    profile: ConnectionProfile,
    run: () => Promise<ConnectResult | undefined>,
  ): Promise<ConnectResult | undefined> {
    const account = accountOf(profile);
    if (account === undefined) {
      return this.withProgress(run);
    }
    if (!(await this.passwords.ensure(account))) {
      return undefined;
    }
    for (;;) {
      const result = await this.withProgress(run);
      const state = result?.state;
      if (state?.kind === 'connected' && !isEmbedded(this.lastServer ?? '')) {
        await this.passwords.taken(account);
      }
      if (state?.kind !== 'failed' || state.failure.code !== REFUSED) {
        return result;
      }
      await this.passwords.forget(account);
      if (!(await this.passwords.ask(account, true))) {
        return result;
      }
    }
  }

  private withProgress<T>(run: () => Promise<T>): Thenable<T> {
    return vscode.window.withProgress({ location: { viewId: WORKBINS_VIEW } }, run);
  }

  private report(
    result: ConnectResult | undefined,
    profile: ConnectionProfile,
    again: () => Promise<void>,
  ): void {
    if (result === undefined) {
      return;
    }
    const { state } = result;
    if (state.kind === 'failed') {
      void this.tellFailure(state.failure.message, result.recording, profile, again);
    } else if (state.kind === 'recovering') {
      // Somebody did not want to wait for the next try, and waits to hear of this one.
      void this.tellFailure(state.reason, result.recording, profile, again);
    }
  }

  private async tellFailure(
    words: string,
    recording: string,
    profile: ConnectionProfile,
    again: () => Promise<void>,
  ): Promise<void> {
    const tryAgain = vscode.l10n.t('Try Again');
    const openTrace = vscode.l10n.t('Open Trace');
    const diagnose = vscode.l10n.t('Diagnose…');
    const answer = await vscode.window.showErrorMessage(words, tryAgain, diagnose, openTrace);
    if (answer === tryAgain) {
      await again();
    } else if (answer === openTrace) {
      await openRecording(recording);
    } else if (answer === diagnose) {
      await vscode.commands.executeCommand(COMMANDS.diagnose, { profile });
    }
  }
}

/** Opens a recording in the trace view. */
export async function openRecording(path: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(path), TRACE_EDITOR);
}
