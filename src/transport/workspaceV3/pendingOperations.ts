import type { Disposable } from '../../core/base/disposable';
import { failed, ok, type Failure, type Result } from '../../core/base/result';
import type { JsonObject } from '../../core/protocol/json';
import type { Clock } from '../../session/ports';

interface Pending {
  readonly what: string;
  readonly settle: (result: Result<JsonObject>) => void;
  readonly timeLimit: Disposable;
  accepted: boolean;
}

/** Operations that wait for the event with their `operationId`. Every one is settled. */
export class PendingOperations implements Disposable {
  private readonly pending = new Map<string, Pending>();

  constructor(
    private readonly clock: Clock,
    private readonly timeLimitMs: number,
  ) {}

  /** Resolves with the event's data; `what` names the operation in failures. */
  wait(operationId: string, what: string): Promise<Result<JsonObject>> {
    return new Promise((resolve) => {
      const timeLimit = this.clock.after(this.timeLimitMs, () => this.unanswered(operationId));
      this.pending.set(operationId, { what, settle: resolve, timeLimit, accepted: false });
    });
  }

  /** The HTTP response said that the server will do it. */
  accept(operationId: string): void {
    const pending = this.pending.get(operationId);
    if (pending !== undefined) {
      pending.accepted = true;
    }
  }

  /** Of several events with one id the first counts. */
  resolve(operationId: string, data: JsonObject): void {
    this.settle(operationId, ok(data));
  }

  reject(operationId: string, failure: Failure): void {
    this.settle(operationId, failed(failure.code, failure.message));
  }

  rejectAll(failure: Failure): void {
    for (const operationId of [...this.pending.keys()]) {
      this.reject(operationId, failure);
    }
  }

  dispose(): void {
    this.rejectAll({ code: 'disposed', message: 'The session has ended.' });
  }

  private unanswered(operationId: string): void {
    const pending = this.pending.get(operationId);
    const seconds = this.timeLimitMs / 1000;
    const { what = '', accepted = false } = pending ?? {};
    this.reject(
      operationId,
      accepted
        ? {
            code: 'no-event',
            message: `${what} was accepted, but no event came within ${seconds} s. The server may not know the interaction, or the session.`,
          }
        : { code: 'unanswered', message: `${what} got no HTTP answer within ${seconds} s.` },
    );
  }

  private settle(operationId: string, result: Result<JsonObject>): void {
    const pending = this.pending.get(operationId);
    this.pending.delete(operationId);
    pending?.timeLimit.dispose();
    pending?.settle(result);
  }
}
