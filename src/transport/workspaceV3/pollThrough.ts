import { messageOf } from '../../core/base/result';
import { asList, asObject } from '../../core/protocol/attributes';
import type { HttpResponseFrame } from '../../core/protocol/frame';
import type { JsonObject } from '../../core/protocol/json';
import { readJsonBody } from '../../core/protocol/workspace/bodyJson';
import { completeReplies, readReplies } from './bayeuxReplies';
import type { LongPollingTransport, PollHandle, PollPacket } from './cometdInternals';
import { statusOf } from './signIn';
import type { WebSession } from './webSession';

/** No server holds a poll longer; the client's own limit, which follows the server's advice, comes before. */
const LONGEST_POLL_MS = 180_000;

/** Lets a long-polling transport of the CometD client send its batches through a web session. */
export function pollThrough(transport: LongPollingTransport, web: WebSession): void {
  transport.xhrSend = (packet) => {
    const stop = new AbortController();
    const handle: PollHandle = { status: 0, abort: () => stop.abort() };
    void send(packet, web, stop.signal).then(
      (response) => {
        handle.status = response.status;
        settle(packet, response);
      },
      (error: unknown) => packet.onError(messageOf(error)),
    );
    return handle;
  };
  // An aborted request fails as any other: its callback tells.
  transport.abortXHR = (handle) => {
    handle?.abort();
    return handle !== undefined;
  };
}

function send(
  packet: PollPacket,
  web: WebSession,
  signal: AbortSignal,
): Promise<HttpResponseFrame> {
  return web.send({
    method: 'POST',
    url: packet.url,
    content: { type: 'application/json', text: packet.body },
    timeLimitMs: LONGEST_POLL_MS,
    signal,
  });
}

function settle(packet: PollPacket, response: HttpResponseFrame): void {
  const { status, error, body } = response;
  if (status !== 200 || error !== undefined) {
    const answered = status === 0 ? [] : [statusOf(response)];
    packet.onError([...answered, ...(error === undefined ? [] : [error])].join(': '));
    return;
  }
  const replies = readReplies(body);
  if (replies.ok) {
    packet.onSuccess(completeReplies(requestsIn(packet), replies.value));
  } else {
    packet.onError(replies.error.message);
  }
}

function requestsIn(packet: PollPacket): readonly JsonObject[] {
  const { value } = readJsonBody({ kind: 'text', text: packet.body });
  return (asList(value) ?? []).map(asObject).filter((each) => each !== undefined);
}
