/**
 * The servers that a person keeps. They lie in the memory of the machine (`globalState`) and never in the
 * workspace: whoever writes a workspace could otherwise have the person's name and password sent to a server of
 * their own. Passwords are no part of an entry, whatever it was read from: those are in the secret storage.
 */
import type { Memento } from 'vscode';
import type { Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/event';
import type { ConnectionProfile } from '../../session/platform';
import { checkAddress, dialectOf } from '../sessions/address';

/** A server, and how to sign in to it. */
export interface SavedServer {
  /** Stable, made when it is added; chosen by no person. */
  readonly id: string;
  readonly name: string;
  /** A checked address; what it speaks follows from its scheme. */
  readonly server: string;
  /** Employee id, or user name for Workspace API v3. */
  readonly agent: string;
  /** May be empty for Workspace API v3. */
  readonly place: string;
  readonly tenant: number;
  readonly clientName: string;
  readonly signIn: 'form' | 'token';
  /** Path of a PEM file with certificate authorities of one's own; empty: none. */
  readonly caFile: string;
  /** False takes any TLS certificate. */
  readonly rejectUnauthorized: boolean;
}

const KEY = 'servers';
/** More are not kept: a list that somebody reads, in a store that is read at once. */
export const MAX_SERVERS = 200;
const MAX_TEXT = 2000;

export class SavedServers implements Disposable {
  private readonly changed = new Emitter<void>();

  /** One was added, altered or removed. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: Memento) {}

  /** In the order in which they were added. What is no server any more is left out. */
  get all(): readonly SavedServer[] {
    const kept = this.memory.get<unknown>(KEY);
    return Array.isArray(kept) ? kept.slice(0, MAX_SERVERS).flatMap(readServer) : [];
  }

  /** True once servers have been kept on this machine, also when none is left. */
  get begun(): boolean {
    return this.memory.get<unknown>(KEY) !== undefined;
  }

  find(id: string): SavedServer | undefined {
    return this.all.find((server) => server.id === id);
  }

  /** Replaces the one of the same id where it stands, or adds it at `index`, the end unless told otherwise. */
  async put(server: SavedServer, index = MAX_SERVERS): Promise<void> {
    const { all } = this;
    const known = all.some(({ id }) => id === server.id);
    await this.write(
      known
        ? all.map((other) => (other.id === server.id ? server : other))
        : [...all.slice(0, index), server, ...all.slice(index)],
    );
  }

  async remove(id: string): Promise<void> {
    await this.write(this.all.filter((server) => server.id !== id));
  }

  /** Keeps these, as the first of this machine. */
  async begin(servers: readonly SavedServer[]): Promise<void> {
    await this.write(servers);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async write(servers: readonly SavedServer[]): Promise<void> {
    // Field by field: nothing that a caller's object has besides may reach the disk.
    await this.memory.update(KEY, servers.slice(0, MAX_SERVERS).map(plain));
    this.changed.fire();
  }
}

/**
 * Whether both connect alike, whatever the server is called. Both were made field by field by the same code, so that
 * their texts can be compared.
 */
export function connectsAlike(
  one: ConnectionProfile | undefined,
  other: ConnectionProfile,
): boolean {
  const text = (profile: ConnectionProfile): string => JSON.stringify({ ...profile, name: '' });
  return one !== undefined && text(one) === text(other);
}

/** How to connect to a saved server. */
export function profileOf(saved: SavedServer): ConnectionProfile {
  const { name, server, agent, place, tenant } = saved;
  const { clientName, signIn, caFile, rejectUnauthorized } = saved;
  return {
    ...(name === '' ? {} : { name }),
    dialect: dialectOf(server),
    server,
    agent,
    place,
    tenant,
    clientName,
    signIn,
    rejectUnauthorized,
    ...(caFile === '' ? {} : { caFile }),
  };
}

/** The name that a server has unless somebody gives another: its host, and the agent where that is taken. */
export function usualName(server: string, agent: string, others: readonly SavedServer[]): string {
  const { host } = new URL(server);
  return others.some(({ name }) => name === host) ? `${host} ${agent}` : host;
}

function plain(saved: SavedServer): SavedServer {
  const { id, name, server, agent, place, tenant, clientName, signIn } = saved;
  const { caFile, rejectUnauthorized } = saved;
  return {
    id,
    name,
    server,
    agent,
    place,
    tenant,
    clientName,
    signIn,
    caFile,
    rejectUnauthorized,
  };
}

/** Other versions may have written it: what is missing is as usual, what makes no sense is left out. */
function readServer(value: unknown): readonly SavedServer[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const read = value as Readonly<Record<string, unknown>>;
  const text = (key: string): string | undefined => {
    const found = read[key];
    return typeof found === 'string' && found.length <= MAX_TEXT ? found : undefined;
  };
  const [id, server, agent] = [text('id'), text('server'), text('agent')];
  if (id === undefined || server === undefined || agent === undefined || !checkAddress(server).ok) {
    return [];
  }
  const { tenant } = read;
  return [
    {
      id,
      name: text('name') ?? new URL(server).host,
      server,
      agent,
      place: text('place') ?? '',
      tenant: typeof tenant === 'number' && Number.isInteger(tenant) && tenant >= 0 ? tenant : 1,
      clientName: text('clientName') ?? 'Workbin Inspector',
      signIn: read['signIn'] === 'token' ? 'token' : 'form',
      caFile: text('caFile') ?? '',
      // Only a plain "no" turns the check off.
      rejectUnauthorized: read['rejectUnauthorized'] !== false,
    },
  ];
}
