import type { ConnectionProfile } from '../../session/platform';
import type { SavedServer } from './savedServers';

/** Rows of the Servers view. `key` is that of the session which the row has, or would have. */
export type ServersNode = ServerNode | EmbeddedNode | EmbeddedSessionNode | TapNode | AddNode;

/** A server that is kept. */
export interface ServerNode {
  readonly kind: 'savedServer';
  readonly key: string;
  readonly server: SavedServer;
  /** How it would be connected now. */
  readonly profile: ConnectionProfile;
}

/** The embedded server, whether it runs or not; its sessions stand below it. */
export interface EmbeddedNode {
  readonly kind: 'embedded';
}

/** A session with the embedded server. */
export interface EmbeddedSessionNode {
  readonly kind: 'embeddedSession';
  readonly key: string;
  readonly profile: ConnectionProfile;
}

/** A tap that runs, or ran and has not been stopped. */
export interface TapNode {
  readonly kind: 'tap';
  readonly key: string;
}

/** What to do while no server is kept. */
export interface AddNode {
  readonly kind: 'add';
}

/** Whoever runs a command can pass anything, the rows of other views included. */
export function serversNode(value: unknown): ServersNode | undefined {
  const kinds: readonly unknown[] = ['savedServer', 'embedded', 'embeddedSession', 'tap', 'add'];
  const fits =
    typeof value === 'object' && value !== null && 'kind' in value && kinds.includes(value.kind);
  // Nodes are made here alone, so that the kind tells the rest.
  return fits ? (value as ServersNode) : undefined;
}
