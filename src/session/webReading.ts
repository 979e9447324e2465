/**
 * What of a web API's message is our reading: the web tier's interfaces name no messages of Platform SDK, nor its
 * ids and error names.
 */
import { asText, member } from '../core/protocol/attributes';
import { messageByName } from '../core/protocol/catalogue';
import type { AttributeNode } from '../core/protocol/describe';
import type { Frame } from '../core/protocol/frame';
import type { Message } from '../core/protocol/message';
import { splitUrl } from '../core/protocol/workspace/apiPath';

/**
 * What a message with a name of Platform SDK was on the wire, in words that say that the name is ours; undefined
 * where it is not: the wire said it, or it is no name of Platform SDK's.
 */
export function whatItWas(
  name: string,
  frame: Frame,
  message: Message | undefined,
): string | undefined {
  const said = ['name', 'messageType', 'notificationType'].some(
    (key) => message !== undefined && asText(member(message.attributes, key)) === name,
  );
  return messageByName(name) === undefined || said
    ? undefined
    : `${wireWords(frame, message)}; that this is ${name} is our mapping`;
}

/** The nodes, with what an error code means told as our reading. */
export function withOwnReading(nodes: readonly AttributeNode[]): readonly AttributeNode[] {
  return nodes.map((node) =>
    node.name === 'errorCode' && node.meaning !== undefined
      ? { ...node, meaning: `${node.meaning} in Platform SDK (our reading)` }
      : node,
  );
}

function wireWords(frame: Frame, message: Message | undefined): string {
  switch (frame.kind) {
    case 'http-request':
      return `${frame.method} ${splitUrl(frame.url).path}`;
    case 'http-response':
      return eventType(message) ?? `HTTP ${frame.status} ${frame.statusText}`.trim();
    case 'websocket':
      return eventType(message) ?? 'A message on the WebSocket';
  }
}

function eventType(message: Message | undefined): string | undefined {
  return message && asText(member(message.attributes, 'messageType'));
}
