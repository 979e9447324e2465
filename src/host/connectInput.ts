/** Asks where to connect and as whom, with VS Code's own inputs. Undefined when somebody thinks better of it. */
import * as vscode from 'vscode';
import type { ConnectionProfile } from '../session/platform';
import { checkAddress } from './address';
import { recentConnections, type RecentConnection } from './recentConnections';
import { connectionSettings, EMBEDDED_SERVER } from './settings';
import type { SimulatorControl } from './simulatorControl';

/** A profile, and the server as it was chosen: an address, or the word for the embedded one. */
export interface ChosenConnection {
  readonly server: string;
  readonly profile: ConnectionProfile;
}

export class ConnectInput {
  constructor(
    private readonly memory: vscode.Memento,
    private readonly simulator: SimulatorControl,
  ) {}

  /** Asks for everything. */
  async ask(): Promise<ChosenConnection | undefined> {
    const server = await this.askServer();
    return server === undefined ? undefined : this.complete(server, true);
  }

  /** Asks only for what the settings and earlier connections to this server do not tell. */
  async complete(server: string, askAll = false): Promise<ChosenConnection | undefined> {
    const before = recentConnections(this.memory).find((recent) => recent.server === server);
    if (server === EMBEDDED_SERVER) {
      return this.embedded(before, askAll);
    }
    const checked = checkAddress(server);
    if (!checked.ok) {
      throw new Error(`${server}: ${checked.error.message}`);
    }
    const settings = connectionSettings();
    const agent = await this.text(askAll, before?.agent ?? settings.agent, {
      title: vscode.l10n.t('Connect: Agent'),
      prompt: vscode.l10n.t('Employee id of the agent to log in'),
      placeHolder: 'A1001',
    });
    if (agent === undefined) {
      return undefined;
    }
    const place = await this.text(askAll, before?.place ?? settings.place, {
      title: vscode.l10n.t('Connect: Place'),
      prompt: vscode.l10n.t('Name of the place where the agent logs in'),
      placeHolder: 'P1001',
    });
    const { tenant } = connectionSettings();
    return place === undefined
      ? undefined
      : chosen(server, checked.value, { agent, place, tenant });
  }

  private async askServer(): Promise<string | undefined> {
    const recent = recentConnections(this.memory).map(({ server }) => server);
    const { server: configured } = connectionSettings();
    const known = new Set([...recent, configured].filter((server) => server !== ''));
    known.delete(EMBEDDED_SERVER);
    const embedded = {
      label: vscode.l10n.t('$(server-process) Embedded Interaction Server'),
      description: vscode.l10n.t('part of Workbin Inspector'),
      detail: vscode.l10n.t(
        'For a first look, demonstrations and tests. Speaks the JSON form of Platform SDK’s messages over WebSocket.',
      ),
      server: EMBEDDED_SERVER,
    };
    const addresses = [...known].map((server) => ({ label: `$(plug) ${server}`, server }));
    const other = { label: vscode.l10n.t('$(add) Enter Address…'), server: undefined };
    const items =
      recent[0] === EMBEDDED_SERVER ? [embedded, ...addresses] : [...addresses, embedded];
    const picked = await vscode.window.showQuickPick([...items, other], {
      title: vscode.l10n.t('Connect: Server'),
      placeHolder: vscode.l10n.t('Server to connect to'),
    });
    return picked === undefined ? undefined : (picked.server ?? this.askAddress(configured));
  }

  private askAddress(value: string): Thenable<string | undefined> {
    return vscode.window.showInputBox({
      title: vscode.l10n.t('Connect: Address'),
      prompt: vscode.l10n.t(
        'A server that speaks the JSON form of Platform SDK’s messages over WebSocket',
      ),
      placeHolder: 'ws://server.example:7120/',
      value: value === EMBEDDED_SERVER ? '' : value,
      ignoreFocusOut: true,
      validateInput: (text) => {
        const checked = checkAddress(text);
        return checked.ok ? undefined : checked.error.message;
      },
    });
  }

  /** The embedded server names its agents, each with a place. */
  private async embedded(
    before: RecentConnection | undefined,
    askAll: boolean,
  ): Promise<ChosenConnection | undefined> {
    const { address, agents } = await this.simulator.start();
    const wanted = before?.agent ?? connectionSettings().agent;
    const usual = agents.find(({ agent }) => agent === wanted) ?? agents[0];
    if (!askAll) {
      return usual && chosen(EMBEDDED_SERVER, address, usual);
    }
    const sorted = [...agents].sort(
      (one, other) => Number(other === usual) - Number(one === usual),
    );
    const picked = await vscode.window.showQuickPick(
      sorted.map((login) => ({ label: login.agent, description: login.place, login })),
      {
        title: vscode.l10n.t('Connect: Agent'),
        placeHolder: vscode.l10n.t('Agent to log in, at the place beside it'),
      },
    );
    return picked && chosen(EMBEDDED_SERVER, address, picked.login);
  }

  private async text(
    askAll: boolean,
    value: string,
    words: { readonly title: string; readonly prompt: string; readonly placeHolder: string },
  ): Promise<string | undefined> {
    if (!askAll && value !== '') {
      return value;
    }
    const typed = await vscode.window.showInputBox({
      ...words,
      value,
      ignoreFocusOut: true,
      validateInput: (text) =>
        text.trim() === '' ? vscode.l10n.t('This cannot be empty.') : undefined,
    });
    return typed?.trim();
  }
}

function chosen(
  server: string,
  address: string,
  { agent, place, tenant }: Pick<ConnectionProfile, 'agent' | 'place' | 'tenant'>,
): ChosenConnection {
  const { clientName } = connectionSettings();
  return {
    server,
    profile: { dialect: 'platform-sdk-json', server: address, agent, place, tenant, clientName },
  };
}
