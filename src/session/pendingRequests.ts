import type { Disposable } from '../core/base/disposable';
import { failed, ok, type Failure, type Result } from '../core/base/result';
import type { Message } from '../core/protocol/message';
import type { Clock } from './ports';

interface Pending {
  readonly settle: (result: Result<Message>) => void;
  readonly timeout: Disposable;
}

/** Requests that wait for their answers, by reference. Every one is settled: answered, timed out or rejected. */
export class PendingRequests implements Disposable {
  private readonly pending = new Map<number, Pending>();

  constructor(
    private readonly clock: Clock,
    private readonly timeoutMs: number,
  ) {}

  get count(): number {
    return this.pending.size;
  }

  has(reference: number): boolean {
    return this.pending.has(reference);
  }

  /** Resolves with the answer; fails after the time limit, saying so. */
  wait(reference: number): Promise<Result<Message>> {
    return new Promise((resolve) => {
      const seconds = this.timeoutMs / 1000;
      const timeout = this.clock.after(this.timeoutMs, () =>
        this.reject(reference, {
          code: 'unanswered',
          message: `No answer within ${seconds} s. The trace shows the request as unanswered.`,
        }),
      );
      this.pending.set(reference, { settle: resolve, timeout });
    });
  }

  resolve(reference: number, answer: Message): void {
    this.settle(reference, ok(answer));
  }

  reject(reference: number, failure: Failure): void {
    this.settle(reference, failed(failure.code, failure.message));
  }

  rejectAll(failure: Failure): void {
    for (const reference of [...this.pending.keys()]) {
      this.reject(reference, failure);
    }
  }

  dispose(): void {
    this.rejectAll({ code: 'disposed', message: 'The session has ended.' });
  }

  private settle(reference: number, result: Result<Message>): void {
    const pending = this.pending.get(reference);
    this.pending.delete(reference);
    pending?.timeout.dispose();
    pending?.settle(result);
  }
}
