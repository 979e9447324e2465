import type { ClientState } from '../../session/workbinClient';

/** A client that recovers, in a line: which try, of what, why, and when. */
export function recoveryWords(state: Extract<ClientState, { kind: 'recovering' }>): string {
  const { attempt, nextAt, reason, text } = state;
  return nextAt === undefined
    ? `Try ${attempt}: ${text}. ${reason}`
    : `Try ${attempt} at ${new Date(nextAt).toLocaleTimeString()}. ${reason}`;
}
