/**
 * Checks what a server sends before the CometD client sees it. The library trusts its server: an unknown advice, or
 * a reply that is missing, would silence it for good.
 *
 * Source: the Bayeux Protocol 1.0 (CometD).
 */
import { failed, ok, type Result } from '../../core/base/result';
import { asInteger, asObject, asText, member } from '../../core/protocol/attributes';
import type { FrameBody } from '../../core/protocol/frame';
import type { JsonObject, JsonValue } from '../../core/protocol/json';
import { readJsonBody } from '../../core/protocol/workspace/bodyJson';

/** Longer channel names are nobody's. */
const MAX_CHANNEL = 512;
const MAX_TIMEOUT_MS = 120_000;
const MAX_INTERVAL_MS = 30_000;
const RECONNECT: readonly JsonValue[] = ['retry', 'handshake', 'none'];

/** The messages of a body that are fit for the client; fails with words when the body is no batch at all. */
export function readReplies(body: FrameBody): Result<readonly JsonObject[]> {
  const { value, problem } = readJsonBody(body);
  if (value === undefined) {
    return failed(
      'not-bayeux',
      problem?.text ?? 'Expected a batch of Bayeux messages, found nothing.',
    );
  }
  const list: readonly JsonValue[] = isList(value) ? value : [value];
  const messages = list.flatMap((each) => {
    const message = asObject(each);
    const channel = asText(member(message, 'channel')) ?? '';
    const isUsable = channel.startsWith('/') && channel.length <= MAX_CHANNEL;
    return message !== undefined && isUsable ? [fit(message)] : [];
  });
  return messages.length === 0 && list.length > 0
    ? failed('not-bayeux', 'Expected a batch of Bayeux messages, found other JSON.')
    : ok(messages);
}

/**
 * Adds a failure for each request that waits for its reply in this very response and has none. Over HTTP the replies
 * to handshake, connect, subscribe and the like come in the response to their request.
 */
export function completeReplies(
  requests: readonly JsonObject[],
  replies: readonly JsonObject[],
): readonly JsonObject[] {
  const missing = requests.flatMap((request) => {
    const id = member(request, 'id');
    const channel = member(request, 'channel');
    const has = replies.some(
      (reply) => member(reply, 'channel') === channel && member(reply, 'id') === id,
    );
    const subscription = member(request, 'subscription');
    return has || id === undefined || channel === undefined
      ? []
      : [
          {
            id,
            channel,
            successful: false,
            error: NO_REPLY,
            ...(subscription !== undefined && { subscription }),
          },
        ];
  });
  return [...replies, ...missing];
}

const NO_REPLY = 'The response holds no reply to it';

/** A message with an advice that can be followed, and an id that is a text. */
function fit(message: JsonObject): JsonObject {
  const { advice, id, ...rest } = message;
  const asked = asObject(advice);
  const timeout = limited(member(asked, 'timeout'), MAX_TIMEOUT_MS);
  const interval = limited(member(asked, 'interval'), MAX_INTERVAL_MS);
  const reconnect = member(asked, 'reconnect');
  return {
    ...rest,
    ...(typeof id === 'string' && { id }),
    ...(asked !== undefined && {
      advice: {
        ...(timeout !== undefined && { timeout }),
        ...(interval !== undefined && { interval }),
        ...(reconnect !== undefined && RECONNECT.includes(reconnect) && { reconnect }),
      },
    }),
  };
}

function limited(value: JsonValue | undefined, most: number): number | undefined {
  const number = asInteger(value);
  return number === undefined ? undefined : Math.min(Math.max(number, 0), most);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
