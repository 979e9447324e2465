/** Where sessions stand, for people: of one session, and of a server in the list whether it has a session or not. */
import type { Failure } from '../../core/base/result';
import type { LiveSession } from '../../session/liveSession';
import type { LiveTap } from '../../session/liveTap';
import type { ConnectionProfile } from '../../session/platform';
import { recoveryWords } from './recoveryWords';

/** Where a session stands that has begun. */
export type HeldStanding =
  | { readonly kind: 'connected'; readonly session: LiveSession }
  /** The client lost its session and begins a new one by itself; `text` names the step. */
  | { readonly kind: 'recovering'; readonly session: LiveSession; readonly text: string }
  /** Somebody else's traffic passes. */
  | { readonly kind: 'tapping'; readonly session: LiveSession; readonly tap: LiveTap }
  /** `reason` when nobody asked for it. */
  | { readonly kind: 'disconnected'; readonly session: LiveSession; readonly reason?: string };

/** Where the session in front stands. */
export type SessionStanding =
  | { readonly kind: 'none' }
  | { readonly kind: 'connecting'; readonly profile: ConnectionProfile }
  | HeldStanding;

/** Where a server of the list stands. */
export type ServerStanding =
  | SessionStanding
  /** The last attempt to connect came to nothing; `recording` is the file of it. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly recording: string };

/** Reads off the parts of a session where it stands. */
export function standingOf(session: LiveSession): HeldStanding {
  const { tap } = session;
  if (tap !== undefined) {
    return { kind: 'tapping', session, tap };
  }
  const state = session.client?.state;
  switch (state?.kind) {
    case 'connected':
      return { kind: 'connected', session };
    case 'failed':
      return { kind: 'disconnected', session, reason: state.failure.message };
    case 'disconnected':
      return state.reason === undefined
        ? { kind: 'disconnected', session }
        : { kind: 'disconnected', session, reason: state.reason };
    case 'connecting':
      return { kind: 'recovering', session, text: state.text };
    case 'recovering':
      return { kind: 'recovering', session, text: recoveryWords(state) };
    case undefined:
      return { kind: 'disconnected', session };
  }
}
