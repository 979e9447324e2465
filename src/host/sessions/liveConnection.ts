import type { Workbin } from '../../core/protocol/workbin';
import type { LiveSession } from '../../session/liveSession';
import type { ConnectionProfile } from '../../session/platform';
import type { WorkbinClient } from '../../session/workbinClient';
import type { LiveSessions } from './liveSessions';
import type { SimulatorControl } from '../simulator/simulatorControl';

/** A connection over which something can be asked at this moment. */
export interface LiveConnection {
  readonly session: LiveSession;
  readonly client: WorkbinClient;
  readonly profile: ConnectionProfile;
  /** Workbins that the server listed. */
  readonly workbins: readonly Workbin[];
  /** The server is the one that this extension runs. */
  readonly isEmbedded: boolean;
}

/** The connection of the live session; undefined while it has none. */
export function liveConnection(
  sessions: LiveSessions,
  simulator: SimulatorControl,
): LiveConnection | undefined {
  const { session, profile, workbins } = sessions;
  const client = session?.client;
  if (session === undefined || profile === undefined || client?.state.kind !== 'connected') {
    return undefined;
  }
  const { running } = simulator;
  const isEmbedded =
    running !== undefined &&
    (profile.server === running.address || profile.server === running.workspaceAddress);
  return { session, client, profile, workbins, isEmbedded };
}
