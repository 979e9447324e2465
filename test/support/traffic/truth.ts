/**
 * What a correct tracer finds in generated traffic. The generator knows it, because it knows whom it answers and
 * whom it notifies; nothing of the product's tracing is used for it.
 */

/** What is in generated traffic, counted. */
export interface TrafficTruth {
  frames: number;
  messages: number;
  requests: number;
  /** Requests that were answered, late ones too. */
  answered: number;
  unanswered: number;
  /** Requests that were open when their connection was closed. */
  interrupted: number;
  /** Requests that were open at the end. */
  open: number;
  /** Answered requests whose answer was a refusal. */
  errors: number;
  /** Answered requests whose time was up before. */
  late: number;
  /** Answers that came before their request, or are stamped earlier. */
  early: number;
  duplicates: number;
  /** Answers that nobody asked for. */
  orphans: number;
  notifications: number;
  /** Notifications that nobody subscribed to. */
  unmatched: number;
  connections: number;
  /** Lines without hints. */
  unhinted: number;
  /** Number of messages by name. */
  readonly names: Map<string, number>;
}

export function emptyTruth(): TrafficTruth {
  return {
    frames: 0,
    messages: 0,
    requests: 0,
    answered: 0,
    unanswered: 0,
    interrupted: 0,
    open: 0,
    errors: 0,
    late: 0,
    early: 0,
    duplicates: 0,
    orphans: 0,
    notifications: 0,
    unmatched: 0,
    connections: 0,
    unhinted: 0,
    names: new Map(),
  };
}

/** What is told of a message; what nothing is told of belongs to no phase. */
export const FACTS = [
  // Of a request: how it ended. The other message is its answer.
  'completed',
  'failed',
  'unanswered',
  'interrupted',
  'open',
  // Of a request: answered, but after its time was up.
  'completed late',
  'failed late',
  // Of a request: a subscription that is live at the end.
  'live',
  // Of what comes from the server. The other message is the request that it belongs to.
  'accepted',
  'duplicate',
  'notification',
  // An answer that nobody asked for, or a notification that nobody subscribed to.
  'unmatched',
] as const;
export type Fact = (typeof FACTS)[number];

/** Takes facts: the number of a message from 0, that of another one or -1, and what is so. */
export type TellFact = (row: number, other: number, fact: Fact) => void;

/** A fact as numbers: row, other row, position in {@link FACTS}. */
export const FACT_NUMBERS = 3;

export function factNumber(fact: Fact): number {
  return FACTS.indexOf(fact);
}
