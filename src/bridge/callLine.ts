/**
 * The line between a view and the extension host, whatever is spoken over it: calls that get one answer each, and
 * notifications of the host. Both ends settle everything; neither believes what comes in before it was checked.
 */
import type { Disposable } from '../core/base/disposable';
import { messageOf } from '../core/base/result';
import type { Channel, Timer } from './rpcChannel';

/** `id` is there when the caller can be told what was wrong. */
export type ReadLineCall<Call> =
  | { readonly ok: true; readonly call: Call }
  | { readonly ok: false; readonly id?: number; readonly message: string };

/** The answer to a call. */
export type LineAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };

export interface LineNotification {
  readonly notify: string;
  readonly value: unknown;
}

export interface AnswerOptions<Call> {
  readonly channel: Channel;
  readonly timer: Timer;
  /** Checks what comes in. Must not throw. */
  readonly read: (envelope: unknown) => ReadLineCall<Call>;
  readonly invoke: (call: Call) => Promise<unknown>;
  /** What came in and is no call, or could not be answered: for the log. */
  readonly onProblem: (text: string) => void;
  /** Milliseconds after which a call is answered with an error. Default 30,000. */
  readonly timeLimitMs?: number;
  /** Calls that may wait for their answer at a time; one more is refused. Default 64. */
  readonly maxPending?: number;
  /** What a call is told that waits when this end is disposed. */
  readonly closed: string;
}

/** The host's end. Disposing it answers what is pending with an error and hears nothing more. */
export interface AnsweringEnd extends Disposable {
  /** Tells the view; ignored after the end. */
  notify(name: string, value: unknown): void;
}

/** Answers calls: each gets one answer, a value or an error in words. */
export function answerCalls<Call extends { readonly id: number; readonly method: string }>(
  options: AnswerOptions<Call>,
): AnsweringEnd {
  const { channel, timer, onProblem, timeLimitMs = 30_000, maxPending = 64 } = options;
  const pending = new Map<number, Disposable>();
  let disposed = false;

  function post(envelope: LineAnswer | LineNotification): void {
    try {
      channel.post(envelope);
    } catch (error) {
      onProblem(`The view could not be reached: ${messageOf(error)}`);
    }
  }

  /** Sends the first answer to a call; what comes later is dropped. */
  function answer(envelope: LineAnswer): void {
    const limit = pending.get(envelope.id);
    if (limit !== undefined) {
      pending.delete(envelope.id);
      limit.dispose();
      post(envelope);
    }
  }

  function fail(id: number, message: string): void {
    answer({ id, ok: false, message });
  }

  async function handle(call: Call): Promise<void> {
    try {
      answer({ id: call.id, ok: true, value: await options.invoke(call) });
    } catch (error) {
      fail(call.id, messageOf(error));
    }
  }

  function receive(envelope: unknown): void {
    const read = options.read(envelope);
    if (!read.ok) {
      onProblem(read.message);
      if (read.id !== undefined && !pending.has(read.id)) {
        post({ id: read.id, ok: false, message: read.message });
      }
      return;
    }
    const { id, method } = read.call;
    if (pending.has(id)) {
      onProblem(`The view used the number of a pending call again: ${id} (${method})`);
      return;
    }
    if (pending.size >= maxPending) {
      post({ id, ok: false, message: `More than ${maxPending} calls are waiting.` });
      return;
    }
    const late = `No answer to ${method} within ${timeLimitMs / 1000} s.`;
    pending.set(
      id,
      timer(timeLimitMs, () => {
        onProblem(late);
        fail(id, late);
      }),
    );
    void handle(read.call);
  }

  const listening = channel.onMessage((envelope) => {
    if (!disposed) {
      receive(envelope);
    }
  });

  return {
    notify(name, value) {
      if (!disposed) {
        post({ notify: name, value });
      }
    },
    dispose() {
      if (!disposed) {
        disposed = true;
        listening.dispose();
        for (const id of [...pending.keys()]) {
          fail(id, options.closed);
        }
      }
    },
  };
}

export interface CallOptions<Notification extends LineNotification> {
  readonly channel: Channel;
  readonly timer: Timer;
  /** Checks what comes in; undefined when it is not for this end, such as what other scripts of a page post. */
  readonly read: (envelope: unknown) => LineAnswer | Notification | undefined;
  readonly onNotification: (notification: Notification) => void;
  /** Milliseconds after which a call is given up. */
  readonly timeLimitMs: number;
  /** Why calls fail once this end is disposed. */
  readonly closed: string;
}

/** The view's end. Disposing it rejects every pending call. */
export interface CallingEnd extends Disposable {
  /** Arguments survive structured cloning. Resolves with the host's answer or rejects with its words; nothing hangs. */
  call(method: string, args: readonly unknown[]): Promise<unknown>;
}

interface PendingCall {
  resolve(value: unknown): void;
  reject(error: Error): void;
  readonly limit: Disposable;
}

export function makeCalls<Notification extends LineNotification>(
  options: CallOptions<Notification>,
): CallingEnd {
  const { channel, timer, timeLimitMs, closed } = options;
  const pending = new Map<number, PendingCall>();
  let nextId = 1;
  let disposed = false;

  function take(id: number): PendingCall | undefined {
    const call = pending.get(id);
    pending.delete(id);
    call?.limit.dispose();
    return call;
  }

  const listening = channel.onMessage((data) => {
    const envelope = options.read(data);
    if (envelope === undefined) {
      return;
    }
    if ('notify' in envelope) {
      options.onNotification(envelope);
      return;
    }
    const waiting = take(envelope.id);
    if (envelope.ok) {
      waiting?.resolve(envelope.value);
    } else {
      waiting?.reject(new Error(envelope.message));
    }
  });

  return {
    call(method, args) {
      if (disposed) {
        return Promise.reject(new Error(closed));
      }
      const id = nextId++;
      return new Promise((resolve, reject) => {
        const limit = timer(timeLimitMs, () => {
          take(id)?.reject(new Error(`No answer to ${method} within ${timeLimitMs / 1000} s.`));
        });
        pending.set(id, { resolve, reject, limit });
        channel.post({ id, method, args });
      });
    },
    dispose() {
      disposed = true;
      listening.dispose();
      for (const id of [...pending.keys()]) {
        take(id)?.reject(new Error(closed));
      }
    },
  };
}
