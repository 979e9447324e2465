/** How long a client of Workspace API v3 waits; all in milliseconds. */
export interface Timing {
  /** For a whole HTTP response, polls apart. */
  readonly httpMs: number;
  /** For the events that complete the initialisation. */
  readonly initializationMs: number;
  /** For a reply to a Bayeux message, beyond the time for which the server holds a poll. */
  readonly pollPatienceMs: number;
  /** Before each new try of a poll that the network broke off. A session lives about 10 s without one. */
  readonly pollDelaysMs: readonly number[];
  /** At most, before each new sign-in after a session was lost; the last one is used again and again. */
  readonly recoveryDelaysMs: readonly number[];
  /** After this long without success nothing is tried any more. */
  readonly recoveryLimitMs: number;
  /** For a server's goodbye. */
  readonly goodbyeMs: number;
}

export const USUAL_TIMING: Timing = {
  httpMs: 20_000,
  initializationMs: 30_000,
  pollPatienceMs: 10_000,
  pollDelaysMs: [500, 1000, 2000],
  recoveryDelaysMs: [1000, 2000, 4000, 8000, 16_000, 30_000],
  recoveryLimitMs: Number.POSITIVE_INFINITY,
  goodbyeMs: 1500,
};
