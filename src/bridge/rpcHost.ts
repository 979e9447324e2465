import type { Disposable } from '../core/base/disposable';
import { messageOf } from '../core/base/result';
import type { Channel, Timer } from './rpcChannel';
import { readCall, type CheckedCall } from './rpcEnvelope';
import type { HostEnvelope, TraceViewMethods, TraceViewNotifications } from './traceView';

export interface HostPeerOptions {
  readonly channel: Channel;
  readonly methods: TraceViewMethods;
  readonly timer: Timer;
  /** What came in and is no call, or could not be answered: for the log. */
  readonly onProblem: (text: string) => void;
  /** Milliseconds after which a call is answered with an error. Default 30,000. */
  readonly timeLimitMs?: number;
  /** Calls that may wait for their answer at a time; one more is refused. Default 64. */
  readonly maxPending?: number;
}

/** The extension host's end. Disposing it answers what is pending with an error and hears nothing more. */
export interface HostPeer extends Disposable {
  /** Tells the view; ignored after the end. */
  notify<K extends keyof TraceViewNotifications>(name: K, value: TraceViewNotifications[K]): void;
}

/** Answers the view's calls with `methods`: each call gets one answer, a value or an error in words. */
export function createHostPeer(options: HostPeerOptions): HostPeer {
  const { channel, methods, timer, onProblem, timeLimitMs = 30_000, maxPending = 64 } = options;
  const pending = new Map<number, Disposable>();
  let disposed = false;

  function post(envelope: HostEnvelope): void {
    try {
      channel.post(envelope);
    } catch (error) {
      onProblem(`The view could not be reached: ${messageOf(error)}`);
    }
  }

  /** Sends the first answer to a call; what comes later is dropped. */
  function answer(envelope: HostEnvelope & { readonly id: number }): void {
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

  async function handle(call: CheckedCall): Promise<void> {
    try {
      const value = await invoke(methods, call);
      answer({ id: call.id, ok: true, value });
    } catch (error) {
      fail(call.id, messageOf(error));
    }
  }

  function receive(envelope: unknown): void {
    const read = readCall(envelope);
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
        // The mapped type pairs each name with its value, as the signature does.
        post({ notify: name, value } as HostEnvelope);
      }
    },
    dispose() {
      if (!disposed) {
        disposed = true;
        listening.dispose();
        for (const id of [...pending.keys()]) {
          fail(id, 'The trace was closed.');
        }
      }
    },
  };
}

/** Calls the method that the checked envelope names; also a method that throws at once gives a rejection. */
async function invoke(methods: TraceViewMethods, call: CheckedCall): Promise<unknown> {
  switch (call.method) {
    case 'open':
      return methods.open();
    case 'getRows':
      return methods.getRows(...call.args);
    case 'getMessage':
      return methods.getMessage(...call.args);
    case 'rowOfMessage':
      return methods.rowOfMessage(...call.args);
    case 'toggleFold':
      return methods.toggleFold(...call.args);
    case 'findHeading':
      return methods.findHeading(...call.args);
    case 'rowAtTime':
      return methods.rowAtTime(...call.args);
    case 'setQuery':
      return methods.setQuery(...call.args);
    case 'completeFilter':
      return methods.completeFilter(...call.args);
    case 'getFilterMemory':
      return methods.getFilterMemory();
    case 'saveFilter':
      return methods.saveFilter(...call.args);
    case 'getTimeStrip':
      return methods.getTimeStrip(...call.args);
    case 'getStatistics':
      return methods.getStatistics(...call.args);
    case 'find':
      return methods.find(...call.args);
    case 'findNext':
      return methods.findNext(...call.args);
    case 'stopFind':
      return methods.stopFind();
    case 'cancelIndexing':
      return methods.cancelIndexing();
    case 'setCursor':
      return methods.setCursor(...call.args);
    case 'openBody':
      return methods.openBody(...call.args);
    case 'copyMessage':
      return methods.copyMessage(...call.args);
    case 'run':
      return methods.run(...call.args);
  }
}
