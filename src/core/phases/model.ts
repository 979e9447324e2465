/** How a phase ended, or that it has not. */
export type Outcome = 'open' | 'completed' | 'failed' | 'unanswered' | 'interrupted';

/**
 * Part of a message in its phase. `unmatched`: an answer without a request, or a notification without a
 * subscription. `none`: a message that belongs to no documented phase.
 */
export type MessageRole =
  'request' | 'accepted' | 'answer' | 'duplicate' | 'notification' | 'unmatched' | 'none';

/** What the server must know before it can grant the request. */
export type Precondition =
  'registered client' | 'logged-in agent' | 'known workbin' | 'live subscription';

/**
 * A documented conversation, as data. A request begins it; the first success or failure event with the
 * request's reference ends it. Adding a phase is adding a row to `models.ts`, never a branch in the tracer.
 */
export interface PhaseModel {
  readonly id: string;
  /** Title exactly as Genesys gives it. */
  readonly title: string;
  /** Where the model is documented. */
  readonly source: string;
  readonly request: string;
  /** Events that complete it. */
  readonly success: readonly string[];
  /** Events that may come after the answer with the same reference, as a second result of the same request. */
  readonly moreAnswers?: readonly string[];
  /** Set where no event is documented: whatever carries the request's reference and is no failure completes it. */
  readonly anyAnswer?: true;
  /** Events that fail it, and when each is due in the words of the documentation. */
  readonly failure: readonly { readonly event: string; readonly when: string }[];
  /**
   * Events above that the source does not name for this phase, and where our reading of them comes from: shown
   * beside the event wherever the model is.
   */
  readonly readings?: { readonly [event: string]: string };
  /** Set when a failure makes the phase another documented one. */
  readonly onFailure?: string;
  /** Events that may follow completion, tied by workbin, until the phase named by `endedBy` completes. */
  readonly followedBy?: readonly string[];
  /** Id of the model whose completion ends what follows. */
  readonly endedBy?: string;
  readonly needs: readonly Precondition[];
}

/** Events that acknowledge a request without answering it: an operation accepted over HTTP, not done. */
export const ACCEPTED = 'Accepted';
