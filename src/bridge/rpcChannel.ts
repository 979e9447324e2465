import type { Disposable } from '../core/base/disposable';
import type { Event } from '../core/base/event';

/** One end of the line between extension host and view. Whatever comes in is unchecked. */
export interface Channel {
  /** Sends a value that survives structured cloning. */
  post(envelope: unknown): void;
  readonly onMessage: Event<unknown>;
}

/** Runs `run` once after `delayMs` milliseconds; disposing the result before then keeps it from running. */
export type Timer = (delayMs: number, run: () => void) => Disposable;
