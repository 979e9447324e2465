import type { Disposable } from '../core/base/disposable';
import { answerCalls } from './callLine';
import { invokeDetails } from './detailsArguments';
import type { Channel, Timer } from './rpcChannel';
import { readCall, type CheckedCall } from './rpcEnvelope';
import type { TraceViewMethods, TraceViewNotifications } from './traceView';

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
export function createHostPeer({ methods, ...options }: HostPeerOptions): HostPeer {
  return answerCalls({
    ...options,
    read: readCall,
    invoke: (call) => invoke(methods, call),
    closed: 'The trace was closed.',
  });
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
    case 'playAt':
      return methods.playAt(...call.args);
    case 'playStep':
      return methods.playStep(...call.args);
    case 'setQuery':
      return methods.setQuery(...call.args);
    case 'completeFilter':
      return methods.completeFilter(...call.args);
    case 'getFilterMemory':
      return methods.getFilterMemory();
    case 'rememberFilter':
      return methods.rememberFilter(...call.args);
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
    case 'annotate':
      return methods.annotate(...call.args);
    case 'nextBookmark':
      return methods.nextBookmark(...call.args);
    case 'actOnRows':
      return methods.actOnRows(...call.args);
    case 'run':
      return methods.run(...call.args);
    default:
      return invokeDetails(methods, call);
  }
}
