/** Asks where to connect and as whom, with VS Code's own inputs. Undefined when somebody thinks better of it. */
import * as vscode from 'vscode';
import type { Dialect } from '../core/protocol/decoder';
import type { ConnectionProfile } from '../session/platform';
import { checkAddress, dialectOf } from './address';
import { recentConnections, type RecentConnection } from './recentConnections';
import { connectionSettings, EMBEDDED_SERVER, EMBEDDED_WORKSPACE, isEmbedded } from './settings';
import type { SimulatorControl } from './simulatorControl';

/** A profile, and the server as it was chosen: an address, or the word for the embedded one. */
export interface ChosenConnection {
  readonly server: string;
  readonly profile: ConnectionProfile;
  /** Where nobody has to be asked for it. */
  readonly password?: string;
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
    if (isEmbedded(server)) {
      return this.embedded(server, before, askAll);
    }
    const checked = checkAddress(server);
    if (!checked.ok) {
      throw new Error(`${server}: ${checked.error.message}`);
    }
    const who = await this.askWho(dialectOf(checked.value), before, askAll);
    return who && chosen(server, checked.value, who);
  }

  private async askWho(
    dialect: Dialect,
    before: RecentConnection | undefined,
    askAll: boolean,
  ): Promise<Who | undefined> {
    const settings = connectionSettings();
    const { tenant } = settings;
    const isWeb = dialect === 'workspace-v3';
    const agent = await this.text(askAll, before?.agent ?? settings.agent, {
      title: isWeb ? vscode.l10n.t('Connect: User') : vscode.l10n.t('Connect: Agent'),
      prompt: isWeb
        ? vscode.l10n.t(
            'Name with which the agent signs in, after tenant and \\ where there are tenants',
          )
        : vscode.l10n.t('Employee id of the agent to log in'),
      placeHolder: isWeb ? 'TENANT\\AnnaBerger' : 'A1001',
    });
    if (agent === undefined) {
      return undefined;
    }
    if (isWeb && !askAll) {
      return { agent, place: before?.place ?? settings.place, tenant };
    }
    const place = await this.text(askAll, before?.place ?? settings.place, {
      title: vscode.l10n.t('Connect: Place'),
      prompt: isWeb
        ? vscode.l10n.t('Place whose channels are activated. Empty: none.')
        : vscode.l10n.t('Name of the place where the agent logs in'),
      placeHolder: 'P1001',
      ...(isWeb && { mayBeEmpty: true }),
    });
    return place === undefined ? undefined : { agent, place, tenant };
  }

  private async askServer(): Promise<string | undefined> {
    const recent = recentConnections(this.memory).map(({ server }) => server);
    const { server: configured } = connectionSettings();
    const known = new Set([...recent, configured].filter((server) => server !== ''));
    known.delete(EMBEDDED_SERVER);
    known.delete(EMBEDDED_WORKSPACE);
    const embedded = [
      {
        label: vscode.l10n.t('$(server-process) Embedded Interaction Server'),
        description: vscode.l10n.t('part of Workbin Inspector'),
        detail: vscode.l10n.t(
          'For a first look, demonstrations and tests. Speaks the JSON form of Platform SDK’s messages over WebSocket.',
        ),
        server: EMBEDDED_SERVER,
      },
      {
        label: vscode.l10n.t('$(server-process) Embedded Server, Workspace API v3'),
        description: vscode.l10n.t('part of Workbin Inspector'),
        detail: vscode.l10n.t(
          'The same server as the web tier shows it: operations over HTTP, events over CometD.',
        ),
        server: EMBEDDED_WORKSPACE,
      },
    ];
    const addresses = [...known].map((server) => ({ label: `$(plug) ${server}`, server }));
    const other = { label: vscode.l10n.t('$(add) Enter Address…'), server: undefined };
    const last = recent[0] ?? '';
    const items = isEmbedded(last)
      ? [
          ...embedded.sort((one, two) => Number(two.server === last) - Number(one.server === last)),
          ...addresses,
        ]
      : [...addresses, ...embedded];
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
        'Workspace API v3: http:// or https://. The JSON form of Platform SDK’s messages over WebSocket: ws:// or wss://',
      ),
      placeHolder: 'https://server.example/',
      value: isEmbedded(value) ? '' : value,
      ignoreFocusOut: true,
      validateInput: (text) => {
        const checked = checkAddress(text);
        return checked.ok ? undefined : checked.error.message;
      },
    });
  }

  /** The embedded server names its agents, each with a place. */
  private async embedded(
    server: string,
    before: RecentConnection | undefined,
    askAll: boolean,
  ): Promise<ChosenConnection | undefined> {
    const { address: native, workspaceAddress, agents } = await this.simulator.start();
    const address = server === EMBEDDED_WORKSPACE ? workspaceAddress : native;
    const wanted = before?.agent ?? connectionSettings().agent;
    const usual = agents.find(({ agent }) => agent === wanted) ?? agents[0];
    if (!askAll) {
      return usual && chosenEmbedded(server, address, usual);
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
    return picked && chosenEmbedded(server, address, picked.login);
  }

  private async text(
    askAll: boolean,
    value: string,
    { mayBeEmpty = false, ...words }: Words,
  ): Promise<string | undefined> {
    if (!askAll && value !== '') {
      return value;
    }
    const typed = await vscode.window.showInputBox({
      ...words,
      value,
      ignoreFocusOut: true,
      validateInput: (text) =>
        text.trim() === '' && !mayBeEmpty ? vscode.l10n.t('This cannot be empty.') : undefined,
    });
    return typed?.trim();
  }
}

type Who = Pick<ConnectionProfile, 'agent' | 'place' | 'tenant'>;

interface Words {
  readonly title: string;
  readonly prompt: string;
  readonly placeHolder: string;
  readonly mayBeEmpty?: boolean;
}

function chosen(server: string, address: string, { agent, place, tenant }: Who): ChosenConnection {
  const { clientName, signIn, rejectUnauthorized } = connectionSettings();
  const dialect = dialectOf(address);
  return {
    server,
    profile: {
      dialect,
      server: address,
      agent,
      place,
      tenant,
      clientName,
      signIn,
      rejectUnauthorized,
    },
  };
}

/** The embedded server's passwords are no secrets: each agent's is the employee id. */
function chosenEmbedded(server: string, address: string, who: Who): ChosenConnection {
  return { ...chosen(server, address, who), password: who.agent };
}
