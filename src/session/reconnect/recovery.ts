import { Cancellation, type CancellationSignal } from '../../core/base/cancellation';
import type { Failure } from '../../core/base/result';
import type { Clock } from '../ports';

/** Refusals in a row after which a server means it. */
const MAX_REFUSALS = 8;

/** Where a recovery stands. */
export interface RecoveryProgress {
  /** Number of the try, from 1. */
  readonly attempt: number;
  /** Why the connection was lost, or why the try before came to nothing. */
  readonly reason: string;
  /** {@link Clock.now} at which the try begins; absent: it runs. */
  readonly nextAt?: number;
}

/** `final`: trying again is of no use; `refused`: the server said no and may say yes later; `again`: worth a try. */
export type Verdict = 'final' | 'refused' | 'again';

export interface RecoveryParts {
  readonly clock: Clock;
  /** Milliseconds to wait before a try. */
  readonly delayMs: (attempt: number) => number;
  /** Tries once; undefined: it is regained. Never rejects. */
  readonly attempt: (signal: CancellationSignal) => Promise<Failure | undefined>;
  readonly verdict: (failure: Failure) => Verdict;
  readonly onProgress: (progress: RecoveryProgress) => void;
}

export type RecoveryEnd =
  | { readonly kind: 'regained'; readonly attempt: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Tries until something is regained, until it is refused for good, or until told to stop. Runs once. */
export class Recovery {
  private readonly stopping = new Cancellation();
  private endPause: (() => void) | undefined;

  constructor(private readonly parts: RecoveryParts) {}

  /** `first`: number of the first try; higher than 1 where one has just lost it again. Never rejects. */
  async run(reason: string, first = 1): Promise<RecoveryEnd> {
    const { clock, delayMs, onProgress, verdict } = this.parts;
    let why = reason;
    let refusals = 0;
    for (let attempt = first; ; attempt++) {
      const delay = delayMs(attempt);
      if (delay > 0 && !this.stopping.aborted) {
        onProgress({ attempt, reason: why, nextAt: clock.now() + delay });
        await this.pause(delay);
      }
      if (this.stopping.aborted) {
        return { kind: 'stopped' };
      }
      onProgress({ attempt, reason: why });
      const failure = await this.parts.attempt(this.stopping);
      if (this.isStopped()) {
        return { kind: 'stopped' };
      }
      if (failure === undefined) {
        return { kind: 'regained', attempt };
      }
      const judged = verdict(failure);
      refusals = judged === 'refused' ? refusals + 1 : 0;
      if (judged === 'final' || refusals === MAX_REFUSALS) {
        return { kind: 'failed', failure };
      }
      why = failure.message;
    }
  }

  /** Ends the pause before the next try. */
  tryNow(): void {
    this.endPause?.();
  }

  /** Ends the pause, and gives up a try that runs. */
  stop(): void {
    this.stopping.abort();
    this.endPause?.();
  }

  // A call, so that what was read before an `await` is not taken for what is so behind it.
  private isStopped(): boolean {
    return this.stopping.aborted;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.parts.clock.after(ms, () => this.endPause?.());
      this.endPause = () => {
        this.endPause = undefined;
        timer.dispose();
        resolve();
      };
    });
  }
}
