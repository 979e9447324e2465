import type { Precondition } from './model';

/** How a precondition is told, and how a trace shows it. */
export interface PreconditionWords {
  readonly words: string;
  /** What in the words is our reading of the documentation; absent where it says so itself. */
  readonly reading?: string;
  /** Models whose completion establishes it; the latest counts. */
  readonly madeBy: readonly string[];
  /** Models whose completion ends it. */
  readonly endedBy: readonly string[];
  /** What a sign of it must have in common with the request. */
  readonly scope: 'connection' | 'agent' | 'workbin';
}

/**
 * What the server must know beforehand. Source: Genesys Events and Models Reference (Registration; Login/Logout;
 * Workbin Operations). Where it says "registered" of an agent or a workbin, what that means is our reading.
 */
export const PRECONDITIONS: { readonly [need in Precondition]: PreconditionWords } = {
  'registered client': {
    words: 'The client is registered',
    madeBy: ['registration'],
    endedBy: [],
    scope: 'connection',
  },
  'logged-in agent': {
    words: 'The agent is logged in',
    reading: 'that a registered agent is one who has logged in',
    madeBy: ['agent-logs-in'],
    endedBy: ['agent-logs-out'],
    scope: 'agent',
  },
  'known workbin': {
    words: 'The workbin is known to the server',
    reading: 'that a registered workbin is one that is active, with a known owner',
    madeBy: ['get-content', 'request-notifications', 'cancel-notifications', 'place-in-workbin'],
    endedBy: [],
    scope: 'workbin',
  },
  'live subscription': {
    words: 'Notifications of the workbin were requested',
    madeBy: ['request-notifications'],
    endedBy: ['cancel-notifications'],
    scope: 'workbin',
  },
};
