/** What a person can do with the rows of the Servers view. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { refused } from '../../core/base/result';
import type { LiveSessions } from '../sessions/liveSessions';
import type { RequestConsent } from '../requests/requestConsent';
import { accountOf, type Passwords } from './passwords';
import { connectsAlike, profileOf, type SavedServer, type SavedServers } from './savedServers';
import type { ServerInput } from './serverInput';
import { serversNode, type ServersNode } from './serverNodes';
import { openRecording, type SessionActions } from '../sessions/sessionActions';
import { EMBEDDED_SERVER, EMBEDDED_WORKSPACE } from '../settings';
import type { SimulatorControl } from '../simulator/simulatorControl';
import { WORKBINS_VIEW } from '../views';
import { tellInformation, tellWarning } from '../tell';

export interface ServerActionParts {
  readonly servers: SavedServers;
  readonly sessions: LiveSessions;
  readonly session: SessionActions;
  readonly input: ServerInput;
  readonly passwords: Passwords;
  readonly consent: RequestConsent;
  readonly simulator: SimulatorControl;
}

export class ServerActions {
  constructor(private readonly parts: ServerActionParts) {}

  async add(): Promise<void> {
    const { input, servers, session } = this.parts;
    const described = await input.add();
    if (described === undefined) {
      return;
    }
    await servers.put(described.server);
    if (described.connect) {
      await session.connectToSaved(described.server);
    }
  }

  async edit(node: unknown): Promise<void> {
    const server = await this.server(node, vscode.l10n.t('Edit Server'));
    if (server === undefined) {
      return;
    }
    const { input, servers } = this.parts;
    await input.edit(server, async (changed) => {
      await servers.put(changed);
      await this.forgetPassword(server);
    });
    const now = servers.find(server.id);
    if (now !== undefined && !isEqual(now, server)) {
      void this.offerAnew(now);
    }
  }

  /** Removes a server at once, which can be undone; one that is connected only after asking. */
  async remove(node: unknown): Promise<void> {
    const server = await this.server(node, vscode.l10n.t('Remove Server'));
    if (server === undefined || !(await this.mayRemove(server))) {
      return;
    }
    const { servers, sessions } = this.parts;
    const index = servers.all.findIndex(({ id }) => id === server.id);
    await sessions.stop(server.id);
    await servers.remove(server.id);
    const isUsed = servers.all.some(
      (other) => other.server === server.server && other.agent === server.agent,
    );
    const wasUnasked = !isUsed && (await this.parts.consent.forget(server));
    const giveBack = await this.forgetPassword(server);
    void this.offerUndo(server, index, async () => {
      await giveBack();
      if (wasUnasked) {
        await this.parts.consent.remember(server);
      }
    });
  }

  async duplicate(node: unknown): Promise<void> {
    const server = await this.server(node, vscode.l10n.t('Duplicate Server'));
    if (server !== undefined) {
      const { servers } = this.parts;
      const names = new Set(servers.all.map(({ name }) => name));
      const index = servers.all.findIndex(({ id }) => id === server.id) + 1;
      const copy = { ...server, id: randomUUID(), name: copyName(server.name, names) };
      await servers.put(copy, index);
      await this.edit({
        kind: 'savedServer',
        key: copy.id,
        server: copy,
        profile: profileOf(copy),
      });
    }
  }

  async copyAddress(node: unknown): Promise<void> {
    const given = serversNode(node);
    const address = given && this.addressOf(given);
    if (address !== undefined) {
      await vscode.env.clipboard.writeText(address);
      vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', address), 5000);
    }
  }

  /** Connects what is not connected, and puts in front what is. */
  async connect(node: unknown): Promise<void> {
    const { sessions, session, servers } = this.parts;
    const given = serversNode(node);
    switch (given?.kind) {
      case undefined:
        return session.connect();
      case 'add':
        return this.add();
      case 'embedded': {
        const [own] = this.embeddedSessions();
        return own === undefined ? session.connectToServer(EMBEDDED_SERVER) : this.open(own);
      }
      case 'embeddedSession':
      case 'tap':
        return this.open(given.key);
      case 'savedServer': {
        const held = sessions.find(given.key);
        // The row says which server; how to connect to it is what is kept.
        const server = servers.find(given.key);
        const isAsBefore = server && connectsAlike(held?.profile, profileOf(server));
        if (held !== undefined && isAsBefore === true) {
          return this.open(given.key);
        }
        return server && session.connectToSaved(server);
      }
    }
  }

  /** Connects to the embedded server as an agent of one's choice. */
  async connectAs(): Promise<void> {
    const picked = await vscode.window.showQuickPick(
      [
        { label: vscode.l10n.t('Platform SDK JSON over WebSocket'), server: EMBEDDED_SERVER },
        { label: 'Workspace API v3', server: EMBEDDED_WORKSPACE },
      ],
      {
        title: vscode.l10n.t('Connect: Language'),
        placeHolder: vscode.l10n.t('What to speak with the embedded server'),
      },
    );
    if (picked !== undefined) {
      await this.parts.session.connectToEmbeddedAs(picked.server);
    }
  }

  async disconnect(node: unknown): Promise<void> {
    const key = this.keyOf(node);
    if (key !== undefined) {
      await this.parts.sessions.disconnect(key);
    }
  }

  cancel(node: unknown): void {
    this.parts.sessions.cancelConnecting(this.keyOf(node));
  }

  async stop(node: unknown): Promise<void> {
    const key = this.keyOf(node);
    if (key !== undefined) {
      await this.parts.sessions.stop(key);
    }
  }

  /** Shows the workbins of a server that has a session; asks which, where no row was given. */
  async showWorkbins(node: unknown): Promise<void> {
    const { sessions } = this.parts;
    const key = this.keyOf(node) ?? (await this.pickSession());
    const held = key === undefined ? undefined : sessions.find(key);
    if (held !== undefined) {
      sessions.choose(held.session);
      await vscode.commands.executeCommand(`${WORKBINS_VIEW}.focus`);
    }
  }

  /** Opens the trace of the session, or of the attempt that failed. */
  async openTrace(node: unknown): Promise<void> {
    const { sessions, session } = this.parts;
    const key = this.keyOf(node);
    const standing = key === undefined ? undefined : sessions.standingOf(key);
    if (standing?.kind === 'failed') {
      await openRecording(standing.recording);
    } else {
      await session.openTrace(key);
    }
  }

  private async open(key: string): Promise<void> {
    const { sessions, session } = this.parts;
    const held = sessions.find(key);
    if (held !== undefined) {
      sessions.choose(held.session);
      if (sessions.standingOf(key).kind === 'disconnected') {
        await session.reconnect(key);
      }
    }
  }

  private keyOf(node: unknown): string | undefined {
    const given = serversNode(node);
    return given !== undefined && 'key' in given ? given.key : undefined;
  }

  /** The server of a row as it is kept now; asks for one where none was given. */
  private async server(node: unknown, title: string): Promise<SavedServer | undefined> {
    const { servers } = this.parts;
    const key = this.keyOf(node);
    if (key !== undefined) {
      return servers.find(key);
    }
    if (servers.all.length === 0) {
      throw refused(
        'no-server',
        vscode.l10n.t('No server is kept yet. Add one in the Servers view.'),
      );
    }
    const picked = await vscode.window.showQuickPick(
      servers.all.map((server) => ({ label: server.name, description: server.server, server })),
      { title, placeHolder: vscode.l10n.t('Which server') },
    );
    return picked?.server;
  }

  private async pickSession(): Promise<string | undefined> {
    const { sessions } = this.parts;
    if (sessions.all.length === 0) {
      throw refused(
        'no-session',
        vscode.l10n.t('Nothing is connected. Connect to a server first.'),
      );
    }
    const picked = await vscode.window.showQuickPick(
      [...sessions.all].reverse().map(({ target, profile }) => ({
        label: target.name,
        description: profile?.agent ?? '',
        key: target.key,
      })),
      {
        title: vscode.l10n.t('Show Workbins'),
        placeHolder: vscode.l10n.t('Of which session; the one in front stands first'),
      },
    );
    return picked?.key;
  }

  private addressOf(node: ServersNode): string | undefined {
    switch (node.kind) {
      case 'savedServer':
      case 'embeddedSession':
        return node.profile.server;
      case 'embedded':
        return this.parts.simulator.running?.address;
      case 'tap':
        return this.parts.sessions.find(node.key)?.session.tap?.address;
      case 'add':
        return undefined;
    }
  }

  private embeddedSessions(): readonly string[] {
    return this.parts.sessions.all
      .map(({ target }) => target.key)
      .filter((key) => key.startsWith(`${EMBEDDED_SERVER} `))
      .reverse();
  }

  private async mayRemove({ id, name }: SavedServer): Promise<boolean> {
    const { kind } = this.parts.sessions.standingOf(id);
    if (kind !== 'connected' && kind !== 'recovering') {
      return true;
    }
    const remove = vscode.l10n.t('Stop and Remove');
    const answer = await tellWarning(
      vscode.l10n.t('{0} is connected. Remove it?', name),
      { modal: true, detail: vscode.l10n.t('Its session ends. The recording stays in the list.') },
      remove,
    );
    return answer === remove;
  }

  /** `giveBack` brings back what was forgotten of it. */
  private async offerUndo(
    server: SavedServer,
    index: number,
    giveBack: () => Promise<void>,
  ): Promise<void> {
    const undo = vscode.l10n.t('Undo');
    const words = vscode.l10n.t('{0} was removed from the servers.', server.name);
    if ((await tellInformation(words, undo)) === undo) {
      await giveBack();
      await this.parts.servers.put(server, index);
    }
  }

  /** A session goes on as it was connected: what was changed since counts the next time. */
  private async offerAnew(server: SavedServer): Promise<void> {
    const { sessions, session } = this.parts;
    const held = sessions.find(server.id);
    if (held === undefined || connectsAlike(held.profile, profileOf(server))) {
      return;
    }
    const again = vscode.l10n.t('Connect Again');
    const words = vscode.l10n.t(
      '{0} is connected as it was before. What you changed counts when it connects again.',
      server.name,
    );
    if ((await tellInformation(words, again)) === again) {
      await session.connectToSaved(server);
    }
  }

  /** Forgets the password of a server, unless another one that is kept, or a session, has the same account. Resolves with what brings it back. */
  private async forgetPassword(server: SavedServer): Promise<() => Promise<void>> {
    const account = accountOf(profileOf(server));
    const { passwords, servers, sessions } = this.parts;
    // A session that is cut off signs in again.
    const profiles = [...servers.all.map(profileOf), ...sessions.all.map(({ profile }) => profile)];
    const isUsed = profiles
      .map((profile) => profile && accountOf(profile))
      .some((other) => other?.server === account?.server && other?.user === account?.user);
    return account === undefined || isUsed ? () => Promise.resolve() : passwords.takeOut(account);
  }
}

function copyName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    const copy = vscode.l10n.t('{0} ({1})', name, number);
    if (!taken.has(copy)) {
      return copy;
    }
  }
}

/** Both were made field by field by the same code, so that their texts can be compared. */
function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
