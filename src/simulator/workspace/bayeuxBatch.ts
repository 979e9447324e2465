import type { ServerMessage } from 'cometd-nodejs-server';

const MAX_MESSAGES = 100;
const MAX_SUBSCRIPTIONS = 100;
const MAX_ADVISED_MS = 600_000;

const META: ReadonlySet<string> = new Set([
  '/meta/handshake',
  '/meta/connect',
  '/meta/subscribe',
  '/meta/unsubscribe',
  '/meta/disconnect',
]);

/** Segments of letters, digits and some marks (Bayeux 1.0, 2.2), among them the wildcards `*` and `**`. */
const CHANNEL = /^(?:\/[A-Za-z0-9_\-!~()$@.*]{1,200}){1,20}$/;

/**
 * A batch that the CometD library can take: it checks little itself, and a message that it stumbles over would
 * leave its session without events. Undefined when something in the batch is not Bayeux.
 */
export function readBayeuxBatch(value: unknown): ServerMessage[] | undefined {
  const isBatch =
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MAX_MESSAGES &&
    value.every(isMessage) &&
    (value.length === 1 || value.every((message) => message.channel !== '/meta/handshake'));
  return isBatch ? value : undefined;
}

function isMessage(value: unknown): value is ServerMessage {
  if (!isRecord(value) || '_json' in value) {
    return false;
  }
  const { channel, clientId, subscription, advice } = value;
  return (
    isChannel(channel) &&
    (!channel.startsWith('/meta/') || META.has(channel)) &&
    (clientId === undefined || clientId === null || typeof clientId === 'string') &&
    isSubscription(subscription) &&
    isAdvice(advice)
  );
}

function isSubscription(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length <= MAX_SUBSCRIPTIONS && value.every(isChannel)
    : value === undefined || isChannel(value);
}

function isAdvice(value: unknown): boolean {
  if (value === undefined || value === null) {
    return true;
  }
  return isRecord(value) && [value['timeout'], value['interval']].every(isWait);
}

function isWait(value: unknown): boolean {
  return (
    value === undefined || (typeof value === 'number' && value >= 0 && value <= MAX_ADVISED_MS)
  );
}

function isChannel(value: unknown): value is string {
  return typeof value === 'string' && CHANNEL.test(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
