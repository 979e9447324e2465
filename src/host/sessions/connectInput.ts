/** Asks where to connect and as whom, with VS Code's own inputs. Undefined when somebody thinks better of it. */
import * as vscode from 'vscode';
import { ExpectedError } from '../../core/base/result';
import type { ConnectionProfile } from '../../session/platform';
import { checkAddress, dialectOf } from './address';
import type { SessionTarget } from './heldSession';
import { recentConnections } from './recentConnections';
import { profileOf, type SavedServer, type SavedServers } from '../servers/savedServers';
import type { ServerInput } from '../servers/serverInput';
import { connectionSettings, EMBEDDED_SERVER, EMBEDDED_WORKSPACE, isEmbedded } from '../settings';
import type { SimulatorControl } from '../simulator/simulatorControl';

/** A profile, and the server as it was chosen: an address, or the word for the embedded one. */
export interface ChosenConnection {
  readonly target: SessionTarget;
  readonly server: string;
  readonly profile: ConnectionProfile;
  /** Where nobody has to be asked for it. */
  readonly password?: string;
}

interface ServerItem extends vscode.QuickPickItem {
  /** A server that is kept, an address or a word for the embedded one, or nothing: a new one. */
  readonly server: SavedServer | string | undefined;
}

export class ConnectInput {
  constructor(
    private readonly memory: vscode.Memento,
    private readonly simulator: SimulatorControl,
    private readonly servers: SavedServers,
    private readonly input: ServerInput,
  ) {}

  /** Lets somebody choose among the servers that are kept, the embedded one, and a new one, which is kept then. */
  async ask(): Promise<ChosenConnection | undefined> {
    const picked = await vscode.window.showQuickPick(this.items(), {
      title: vscode.l10n.t('Connect: Server'),
      placeHolder: vscode.l10n.t('Server to connect to'),
      matchOnDescription: true,
    });
    if (picked === undefined) {
      return undefined;
    }
    const { server } = picked;
    if (typeof server === 'object') {
      return this.saved(server);
    }
    return server !== undefined && isEmbedded(server)
      ? this.embedded(server, 'ask')
      : this.keep(await this.input.askForConnect(server ?? ''));
  }

  /** Asks only for what is not known of this server: an address, or a word for the embedded one. */
  async complete(server: string): Promise<ChosenConnection | undefined> {
    if (isEmbedded(server)) {
      return this.embedded(server, 'usual');
    }
    const checked = checkAddress(server);
    if (!checked.ok) {
      throw new ExpectedError(checked.error.code, `${server}: ${checked.error.message}`);
    }
    const { agent } = connectionSettings();
    const saved = this.servers.all.find(
      (known) => known.server === checked.value && (agent === '' || known.agent === agent),
    );
    return saved === undefined
      ? this.keep(await this.input.complete(this.input.draft(checked.value)))
      : this.saved(saved);
  }

  /** Asks for what a server that is kept lacks. */
  async saved(server: SavedServer): Promise<ChosenConnection | undefined> {
    const complete = await this.input.complete(server);
    if (complete === undefined) {
      return undefined;
    }
    if (complete.agent !== server.agent || complete.place !== server.place) {
      await this.servers.put(complete);
    }
    const { id: key, name, server: address } = complete;
    return { target: { key, name }, server: address, profile: profileOf(complete) };
  }

  /**
   * The embedded server names its agents, each with a place. `who`: one of them, if he is there; or somebody
   * chooses; or it is the one of the last time.
   */
  async embedded(
    server: string,
    who: 'ask' | 'usual' | (string & {}),
  ): Promise<ChosenConnection | undefined> {
    const { address: native, workspaceAddress, agents, scenario } = await this.simulator.start();
    const address = server === EMBEDDED_WORKSPACE ? workspaceAddress : native;
    const before = recentConnections(this.memory).find((recent) => recent.server === server);
    const wanted =
      who === 'ask' || who === 'usual' ? (before?.agent ?? connectionSettings().agent) : who;
    const usual = agents.find(({ agent }) => agent === wanted) ?? agents[0];
    const sorted = [...agents].sort(
      (one, other) => Number(other === usual) - Number(one === usual),
    );
    const picked =
      who === 'ask'
        ? await vscode.window.showQuickPick(
            sorted.map((login) => ({ label: login.agent, description: login.place, login })),
            {
              title: vscode.l10n.t('Connect: Agent'),
              placeHolder: vscode.l10n.t('Agent to log in, at the place beside it'),
            },
          )
        : usual && { login: usual };
    if (picked === undefined) {
      return undefined;
    }
    const { agent, place, tenant } = picked.login;
    const { clientName, signIn, rejectUnauthorized } = connectionSettings();
    return {
      target: { key: embeddedKey(server, agent), name: scenario },
      server,
      profile: {
        name: scenario,
        dialect: dialectOf(address),
        server: address,
        agent,
        place,
        tenant,
        clientName,
        signIn,
        rejectUnauthorized,
      },
      // The embedded server's passwords are no secrets.
      password: agent,
    };
  }

  /** A new server is kept before it is connected, so that its row says how that goes. */
  private async keep(server: SavedServer | undefined): Promise<ChosenConnection | undefined> {
    if (server === undefined) {
      return undefined;
    }
    const same = this.servers.all.find(
      (known) =>
        known.server === server.server &&
        known.agent === server.agent &&
        known.place === server.place,
    );
    if (same !== undefined) {
      return this.saved(same);
    }
    await this.servers.put(server);
    return this.saved(server);
  }

  private items(): readonly ServerItem[] {
    const recent = recentConnections(this.memory).map(({ server }) => server);
    const age = (server: string): number => recent.indexOf(server) + 1 || recent.length + 1;
    const saved = this.servers.all
      .map((server): ServerItem & { readonly server: SavedServer } => ({
        label: `$(plug) ${server.name}`,
        description: [server.agent, server.place].filter((text) => text !== '').join(' · '),
        detail: server.server,
        server,
      }))
      .sort((one, two) => age(one.server.server) - age(two.server.server));
    const embedded = this.embeddedItems();
    const { server: configured } = connectionSettings();
    const isKnown =
      configured === '' ||
      isEmbedded(configured) ||
      saved.some(({ server }) => server.server === configured);
    const set: readonly ServerItem[] = isKnown
      ? []
      : [
          {
            label: `$(plug) ${configured}`,
            description: vscode.l10n.t('in the settings'),
            server: configured,
          },
        ];
    const other: ServerItem = { label: vscode.l10n.t('$(add) Enter Address…'), server: undefined };
    const last = recent[0] ?? '';
    return isEmbedded(last)
      ? [
          ...[...embedded].sort(
            (one, two) => Number(two.server === last) - Number(one.server === last),
          ),
          ...saved,
          ...set,
          other,
        ]
      : [...saved, ...set, ...embedded, other];
  }

  private embeddedItems(): readonly ServerItem[] {
    const description = vscode.l10n.t('part of Workbin Inspector');
    return [
      {
        label: vscode.l10n.t('$(server-process) Embedded Interaction Server'),
        description,
        detail: vscode.l10n.t(
          'For a first look, demonstrations and tests. Speaks the JSON form of Platform SDK’s messages over WebSocket.',
        ),
        server: EMBEDDED_SERVER,
      },
      {
        label: vscode.l10n.t('$(server-process) Embedded Server, Workspace API v3'),
        description,
        detail: vscode.l10n.t(
          'The same server as the web tier shows it: operations over HTTP, events over CometD.',
        ),
        server: EMBEDDED_WORKSPACE,
      },
    ];
  }
}

/** There may be a session for each agent at the embedded server, in each of its languages. */
function embeddedKey(server: string, agent: string): string {
  return `${server} ${agent}`;
}

/** The word for the embedded server in a key of a session with it. */
export function embeddedServerOf(key: string): string | undefined {
  const [word = ''] = key.split(' ');
  return isEmbedded(word) ? word : undefined;
}
