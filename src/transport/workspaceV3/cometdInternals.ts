/**
 * What the official CometD client has beyond its declared types, and what we set of it. Source: the package `cometd`
 * 9.0.0, whose transports are made to be given another way to send.
 */
import type { CometD, Message, Transport } from 'cometd';
import { assert } from '../../core/base/assert';

/** What the client asks of its environment when a handshake or a poll has failed. */
export interface FailureInfo {
  /** `failure`: the network; `unsuccessful`: the server said no. */
  readonly cause?: string;
  readonly action: 'handshake' | 'retry' | 'none';
  /** Milliseconds before a retry. */
  readonly delay?: number;
  /** Goes on with another transport. */
  readonly transport?: Transport | null;
}

export interface CometdInternals {
  onTransportFailure: (
    message: Message,
    info: FailureInfo,
    handle: (info: FailureInfo) => void,
  ) => void;
}

/** One request of the long-polling transport. Exactly one of the callbacks is to be called, later. */
export interface PollPacket {
  readonly url: string;
  /** JSON text of the batch. */
  readonly body: string;
  readonly onSuccess: (messages: readonly object[]) => void;
  readonly onError: (reason: string) => void;
}

/** A request on its way. */
export interface PollHandle {
  /** HTTP status, 0 before there is one. */
  status: number;
  abort(): void;
}

export interface LongPollingTransport extends Transport {
  xhrSend: (packet: PollPacket) => PollHandle;
  /** Returns whether the failure of the aborted request will be told by its callback. */
  abortXHR: (handle: PollHandle | undefined) => boolean;
}

/** The two transports that a client registers by itself. */
export function transportsOf(cometd: CometD): {
  readonly longPolling: LongPollingTransport;
  readonly webSocket: Transport;
} {
  const webSocket = cometd.findTransport('websocket');
  assert(webSocket !== null, 'the client has a WebSocket transport');
  return { longPolling: longPollingOf(cometd), webSocket };
}

export function longPollingOf(cometd: CometD): LongPollingTransport {
  const longPolling = cometd.findTransport('long-polling');
  assert(
    longPolling !== null && 'xhrSend' in longPolling && 'abortXHR' in longPolling,
    'the client has a long-polling transport',
  );
  // The boundary: checked above.
  return longPolling as LongPollingTransport;
}
