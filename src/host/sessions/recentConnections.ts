import type { Memento } from 'vscode';
import type { ConnectionProfile } from '../../session/platform';

/** A connection that somebody made; {@link RecentConnection.server} may stand for the embedded server. */
export interface RecentConnection {
  readonly server: string;
  readonly agent: string;
  readonly place: string;
}

const KEY = 'recentConnections';
const MAX_KEPT = 8;

/** Connections that worked, latest first; from the extension's memory, which other versions may have written. */
export function recentConnections(memory: Memento): readonly RecentConnection[] {
  const kept = memory.get<unknown>(KEY);
  return Array.isArray(kept) ? kept.filter(isRecent) : [];
}

/** Puts a connection in front of the others. `server`: as it was chosen, not where the embedded one listened. */
export async function rememberConnection(
  memory: Memento,
  server: string,
  { agent, place }: ConnectionProfile,
): Promise<void> {
  const others = recentConnections(memory).filter((other) => other.server !== server);
  await memory.update(KEY, [{ server, agent, place }, ...others].slice(0, MAX_KEPT));
}

function isRecent(value: unknown): value is RecentConnection {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { server, agent, place } = value as Readonly<Record<string, unknown>>;
  return typeof server === 'string' && typeof agent === 'string' && typeof place === 'string';
}
