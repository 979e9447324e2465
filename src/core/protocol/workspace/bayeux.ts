/**
 * Bayeux, the envelope of events: a frame holds one message or an array of them, each with a `channel`.
 * Source: the Bayeux Protocol 1.0 (CometD).
 */
import { asList, asObject, asText, member } from '../attributes';
import type { JsonObject, JsonValue } from '../json';
import type { DecodeProblem } from '../message';

/** `event`: what the server publishes. `meta`: the protocol's own; also a publish, and the answer to one. */
export interface BayeuxMessage {
  readonly kind: 'event' | 'meta';
  readonly channel: string;
  /** The whole envelope. */
  readonly envelope: JsonObject;
  /** What an event carries; empty in others. */
  readonly data: JsonObject;
}

export interface BayeuxBatch {
  readonly messages: readonly BayeuxMessage[];
  /** Members of the batch that are no messages. */
  readonly problems: readonly DecodeProblem[];
}

/** True for a value that is meant as Bayeux: some member of it has a channel. An empty array is. */
export function isBayeux(value: JsonValue | undefined): boolean {
  const list = asList(value);
  return list === undefined
    ? channelOf(value) !== undefined
    : list.length === 0 || list.some((each) => channelOf(each) !== undefined);
}

/** Splits a batch, in its order. */
export function readBatch(
  value: JsonValue | undefined,
  direction: 'send' | 'receive',
): BayeuxBatch {
  const messages: BayeuxMessage[] = [];
  const problems: DecodeProblem[] = [];
  const list = asList(value);
  for (const [index, each] of (list ?? [value]).entries()) {
    const envelope = asObject(each);
    const channel = channelOf(each);
    if (envelope === undefined || channel === undefined) {
      const path = list === undefined ? '$' : `$[${index}]`;
      const text = 'Expected a Bayeux message with a channel, found something else.';
      problems.push({ code: 'not-bayeux', path, text });
      continue;
    }
    const data = asObject(member(envelope, 'data'));
    const isEvent = direction === 'receive' && !channel.startsWith('/meta/') && data !== undefined;
    messages.push(
      isEvent
        ? { kind: 'event', channel, envelope, data }
        : { kind: 'meta', channel, envelope, data: {} },
    );
  }
  return { messages, problems };
}

/** The number with which `error` begins, as in `402::session_unknown`; undefined when there is none. */
export function bayeuxErrorCode(envelope: JsonObject): number | undefined {
  const code = /^(\d{3}):/.exec(asText(member(envelope, 'error')) ?? '')?.[1];
  return code === undefined ? undefined : Number(code);
}

function channelOf(value: JsonValue | undefined): string | undefined {
  const channel = asText(member(asObject(value), 'channel'));
  return channel?.startsWith('/') === true ? channel : undefined;
}
