import type { Trace } from '../../session/trace';

/** Sends requests of a trace again, by the request form. */
export interface SendingAgain {
  /** Whether the live connection can carry requests of a trace as they are. */
  isPossible(trace: Trace): boolean;
  /** Opens the form with a message. Rejects where it is no request, or cannot be read. */
  open(trace: Trace, message: number): Promise<void>;
}
