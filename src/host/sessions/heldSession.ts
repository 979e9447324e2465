/** What there is to be said of a live session that is held, and of what becomes of it. */
import type { Workbin } from '../../core/protocol/workbin';
import type { LiveSession } from '../../session/liveSession';
import type { ConnectionProfile } from '../../session/platform';
import type { ClientState } from '../../session/workbinClient';

/** What a session is begun for. */
export interface SessionTarget {
  /** Stable; there is one session for each at most. The id of a saved server, for one. */
  readonly key: string;
  /** For people. */
  readonly name: string;
}

/** How connecting went, and the recording of it. */
export interface ConnectResult {
  readonly state: ClientState;
  readonly recording: string;
}

/** A session with what belongs to it alone. */
export interface HeldSession {
  readonly target: SessionTarget;
  readonly session: LiveSession;
  /** Absent where nothing was connected to, as with a tap. */
  readonly profile: ConnectionProfile | undefined;
  /** Workbins that the server listed when it was last connected. */
  readonly workbins: readonly Workbin[];
  /** Keys of workbins that were subscribed to when its recording began. */
  readonly subscribedBefore: ReadonlySet<string>;
}

/** A connection that ended although nobody asked for it; `reason` is empty when none was given. */
export interface LostConnection {
  readonly held: HeldSession;
  readonly reason: string;
}

/** A session whose trace has become long goes on in the recording of another. */
export interface ContinuedSession {
  readonly from: LiveSession;
  readonly to: LiveSession;
}
