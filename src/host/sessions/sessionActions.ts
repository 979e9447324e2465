/** What a person can do with sessions, with the words around it. */
import * as vscode from 'vscode';
import { refused } from '../../core/base/result';
import type { ConnectionProfile } from '../../session/platform';
import { COMMANDS } from '../commandIds';
import { embeddedServerOf, type ChosenConnection, type ConnectInput } from './connectInput';
import type { ConnectResult, HeldSession, SessionTarget } from './heldSession';
import type { LiveSessions } from './liveSessions';
import type { Log } from '../log';
import { accountOf, type Passwords } from '../servers/passwords';
import { rememberConnection } from './recentConnections';
import { connectsAlike, type SavedServer } from '../servers/savedServers';
import { standingOf } from './sessionStanding';
import type { SimulatorControl } from '../simulator/simulatorControl';
import { TRACE_EDITOR, WORKBINS_VIEW } from '../views';
import { tellFailure, tellInformation, tellWarning, withProgress } from '../tell';

/** Code of the failure of a sign-in whose user name or password is wrong. */
const REFUSED = 'sign-in-refused';

export class SessionActions {
  constructor(
    private readonly sessions: LiveSessions,
    private readonly input: ConnectInput,
    private readonly simulator: SimulatorControl,
    private readonly passwords: Passwords,
    private readonly memory: vscode.Memento,
    private readonly log: Log,
  ) {}

  async connect(): Promise<void> {
    await this.connectTo(await this.input.ask());
  }

  /** Connects to a server that is named already, asking only for what is missing. */
  async connectToServer(server: string): Promise<void> {
    await this.connectTo(await this.input.complete(server));
  }

  /**
   * Disconnects from the embedded server, which is about to end, by its addresses: the recordings stay open, for a
   * reconnect. Taps on it end, but not before the person was asked; false when that says no.
   */
  async leave(servers: readonly string[]): Promise<boolean> {
    const { all } = this.sessions;
    const taps = all.filter(
      ({ session }) =>
        servers.includes(session.tap?.server ?? '') && standingOf(session).kind === 'tapping',
    );
    if (taps.length > 0 && !(await this.mayEndTaps(taps))) {
      return false;
    }
    await Promise.all(taps.map(({ target }) => this.sessions.stop(target.key)));
    const leaving = all.filter(
      ({ profile }) => profile !== undefined && servers.includes(profile.server),
    );
    await Promise.all(leaving.map(({ target }) => this.sessions.disconnect(target.key)));
    return true;
  }

  private async mayEndTaps(taps: readonly HeldSession[]): Promise<boolean> {
    const stop = vscode.l10n.t('Stop');
    const words = vscode.l10n.t('Stop the embedded server?');
    const detail = vscode.l10n.t(
      'Applications reach it through {0}, which ends too. The recordings stay in the list.',
      taps.map(titleOf).join(', '),
    );
    return (await tellWarning(words, { modal: true, detail }, stop)) === stop;
  }

  /** Connects to a server that is kept, or puts it in front where it is connected. */
  async connectToSaved(server: SavedServer): Promise<void> {
    await this.connectTo(await this.input.saved(server));
  }

  /** Connects to the embedded server as an agent that somebody chooses. */
  async connectToEmbeddedAs(server: string): Promise<void> {
    await this.connectTo(await this.input.embedded(server, 'ask'));
  }

  /**
   * Connects a session again, the one in front unless told otherwise; an embedded server that was stopped meanwhile
   * is begun anew, and so is the session.
   */
  async reconnect(key?: string): Promise<void> {
    const held = key === undefined ? this.sessions.front : this.sessions.find(key);
    if (held?.profile === undefined) {
      return this.tellNoSession();
    }
    const { target, profile } = held;
    const embedded = embeddedServerOf(target.key);
    if (embedded !== undefined && !this.simulator.running) {
      return this.connectTo(await this.input.embedded(embedded, profile.agent));
    }
    const result = await this.signedIn(target, profile, () => this.sessions.reconnect(target.key));
    this.report(target, profile, result, () => this.reconnect(target.key));
  }

  async openTrace(key?: string): Promise<void> {
    const held = key === undefined ? this.sessions.front : this.sessions.find(key);
    if (held === undefined) {
      return this.tellNoSession();
    }
    await openRecording(held.session.trace.path);
  }

  /** A link, a key or an old notification asks for a session that is not there. */
  private async tellNoSession(): Promise<void> {
    if (this.sessions.all.length > 0) {
      throw refused(
        'no-such-session',
        vscode.l10n.t('That session has ended, or is a tap, which connects to nothing by itself.'),
      );
    }
    const connect = vscode.l10n.t('Connect…');
    const embedded = vscode.l10n.t('Start Embedded Server…');
    const words = vscode.l10n.t(
      'There is no session yet. Connect to a server, or try it with the embedded one.',
    );
    const answer = await tellInformation(words, connect, embedded);
    if (answer !== undefined) {
      await vscode.commands.executeCommand(
        answer === connect ? COMMANDS.connect : COMMANDS.startSimulator,
      );
    }
  }

  /** Ends the sessions that the embedded server has, before it is started anew; false when the person says no. */
  async endEmbedded(): Promise<boolean> {
    const { running } = this.simulator;
    const addresses = [running?.address, running?.workspaceAddress];
    const ends = this.sessions.all.filter(
      ({ target, session }) =>
        embeddedServerOf(target.key) !== undefined || addresses.includes(session.tap?.server),
    );
    const active = ends.filter(({ session }) => standingOf(session).kind !== 'disconnected');
    if (active.length > 0) {
      const end = vscode.l10n.t('End and Start');
      const words = vscode.l10n.t('Start the embedded server anew?');
      const detail = vscode.l10n.t(
        'What is connected to it ends: {0}. The recordings stay in the list.',
        active.map(titleOf).join(', '),
      );
      const answer = await tellWarning(words, { modal: true, detail }, end);
      if (answer !== end) {
        return false;
      }
    }
    await Promise.all(ends.map(({ target }) => this.sessions.stop(target.key)));
    return true;
  }

  private async connectTo(choice: ChosenConnection | undefined): Promise<void> {
    if (choice === undefined) {
      return;
    }
    const { target, profile, password, server } = choice;
    const present = this.sessions.find(target.key);
    const isThere = present !== undefined && isConnected(present);
    if (isThere && connectsAlike(present.profile, profile)) {
      this.sessions.choose(present.session);
      return;
    }
    // Where somebody has changed how to connect to it, the session there is ends when the new one is connected.
    if (!(await this.clearTheWay(target, profile))) {
      return;
    }
    const account = accountOf(profile);
    if (account !== undefined && password !== undefined) {
      this.passwords.give(account, password);
    }
    this.log.info(`Connecting to ${profile.server} as ${profile.agent}`);
    const result = await this.signedIn(target, profile, () =>
      this.sessions.connect(target, profile),
    );
    this.report(target, profile, result, () => this.connectTo(choice));
    if (result?.state.kind === 'connected') {
      await rememberConnection(this.memory, server, profile);
    }
  }

  /** Asks what to do with sessions of the same agent or place at the same server. False: nothing at all. */
  private async clearTheWay(target: SessionTarget, profile: ConnectionProfile): Promise<boolean> {
    const inTheWay = this.sessions.inTheWay(profile);
    if (inTheWay.length === 0) {
      return true;
    }
    const end = vscode.l10n.t('End It and Connect');
    // The session of the same server ends by itself when the new one is connected.
    const beside = inTheWay.every((held) => held.target.key === target.key)
      ? vscode.l10n.t('Connect First, Then End It')
      : vscode.l10n.t('Connect Beside It');
    const words = vscode.l10n.t(
      '{0} is connected with the same agent or place already.',
      inTheWay.map(titleOf).join(', '),
    );
    const detail = vscode.l10n.t('The server may let them in but once.');
    const answer = await tellWarning(words, { modal: true, detail }, end, beside);
    if (answer === end) {
      await Promise.all(inTheWay.map((held) => this.sessions.stop(held.target.key)));
    }
    return answer !== undefined;
  }

  /** Runs with a password at hand where one is needed, again as long as the server refuses it and another is given. */
  private async signedIn(
    target: SessionTarget,
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
      if (state?.kind === 'connected' && embeddedServerOf(target.key) === undefined) {
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
    return withProgress({ location: { viewId: WORKBINS_VIEW } }, run);
  }

  private report(
    { name }: SessionTarget,
    profile: ConnectionProfile,
    result: ConnectResult | undefined,
    again: () => Promise<void>,
  ): void {
    if (result === undefined) {
      return;
    }
    const { state } = result;
    const tell = (message: string): void => {
      const words = message.includes(name) ? message : `${name}: ${message}`;
      void this.tellFailure(words, result.recording, profile, again);
    };
    if (state.kind === 'failed') {
      tell(state.failure.message);
    } else if (state.kind === 'recovering') {
      // Somebody did not want to wait for the next try, and waits to hear of this one.
      tell(state.reason);
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
    const answer = await tellFailure(words, tryAgain, diagnose, openTrace);
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

function titleOf({ target, profile }: HeldSession): string {
  return profile === undefined ? target.name : `${target.name} (${profile.agent})`;
}

function isConnected({ session }: HeldSession): boolean {
  const { kind } = standingOf(session);
  return kind === 'connected' || kind === 'recovering';
}
