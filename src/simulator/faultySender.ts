import type { Disposable } from '../core/base/disposable';
import { ErrorCode } from '../core/protocol/errorCodes';
import type { Clock } from '../session/ports';
import type { FaultRules } from './faults';

/** Where messages go that no fault keeps back, and what they are like there. */
export interface Way<Message> {
  send(message: Message): void;
  /** Sends the beginning of a message and breaks the connection off. */
  tear(message: Message): void;
  nameOf(message: Message): string;
  /** The same answer as one that tells of an error, with that code. */
  withError(message: Message, code: number): Message;
}

/** The name of answers that tell of an error. */
const ERROR = 'EventError';

/** How late a delayed answer is when its rule does not say. */
const DELAY_MS = 2_000;

/** A notification that is kept back for the next one goes out when there is none for so long. */
const KEPT_MS = 250;

/** Sends the messages of one connection, with the faults that befall them. Dispose it with the connection. */
export class FaultySender<Message> implements Disposable {
  private readonly timers = new Set<Disposable>();
  private kept: Message | undefined;

  constructor(
    private readonly rules: FaultRules,
    private readonly clock: Clock,
    private readonly way: Way<Message>,
  ) {}

  /** Sends the answer to a request. */
  answer(message: Message, request: string): void {
    if (this.rules.take('dropAnswer', request) !== undefined) {
      return;
    }
    if (this.rules.take('closeMidFrame', request) !== undefined) {
      this.way.tear(message);
      return;
    }
    const told = this.withError(message, request);
    const delay = this.rules.take('delayAnswer', request);
    if (delay === undefined) {
      this.way.send(told);
    } else {
      this.later(delay.ms ?? DELAY_MS, () => this.way.send(told));
    }
  }

  notify(message: Message): void {
    const name = this.way.nameOf(message);
    if (this.rules.take('closeMidFrame', name) !== undefined) {
      this.way.tear(message);
      return;
    }
    if (this.kept === undefined && this.rules.take('reorderNotifications', name)) {
      this.kept = message;
      this.later(KEPT_MS, () => {
        if (this.kept === message) {
          this.sendKept();
        }
      });
      return;
    }
    this.way.send(message);
    if (this.rules.take('duplicateNotification', name) !== undefined) {
      this.way.send(message);
    }
    this.sendKept();
  }

  dispose(): void {
    this.timers.forEach((timer) => timer.dispose());
    this.timers.clear();
  }

  private sendKept(): void {
    const { kept } = this;
    this.kept = undefined;
    if (kept !== undefined) {
      this.way.send(kept);
    }
  }

  private withError(message: Message, request: string): Message {
    const isError = this.way.nameOf(message) === ERROR;
    const rule = this.rules.take(isError ? 'wrongErrorCode' : 'falseError', request);
    if (rule === undefined) {
      return message;
    }
    const usual = isError ? ErrorCode.NoError : ErrorCode.Error_database_failed;
    return this.way.withError(message, rule.errorCode ?? usual);
  }

  private later(ms: number, action: () => void): void {
    const timer = this.clock.after(ms, () => {
      this.timers.delete(timer);
      action();
    });
    this.timers.add(timer);
  }
}
