/** Hints of frames in the JSON form of Platform SDK's messages, each read by itself: a frame tells all of its own. */
import { asObject, asText, member } from './attributes';
import { BodyJson } from './bodyJson';
import type { Frame } from './frame';
import { hintOf } from './hints';
import type { Message, MessageHint } from './message';

/** What is accepted: characters of a text, levels of lists and objects, problems told of one text. */
export const JSON_LIMITS = { characters: 16 * 1024 * 1024, depth: 64, problems: 50 } as const;

/**
 * What a tap sees of HTTP on such a connection: the request that asks for a WebSocket, and its answer (RFC 6455,
 * section 4). No message of Interaction Management; the name is ours.
 */
export const HANDSHAKE: Message = { name: 'WebSocket handshake', attributes: {} };

/**
 * Hints need neither exact numbers nor the places of problems. A frame whose body is no JSON is recorded without
 * hints, and decoding it for a person says what is wrong. `json` is of the frame's body, where others need it too.
 */
export function platformSdkHints(frame: Frame, json?: BodyJson): readonly MessageHint[] {
  if (frame.kind !== 'websocket') {
    return [hintOf(HANDSHAKE)];
  }
  return frame.body.kind === 'text' ? hintsIn(json ?? new BodyJson(frame.body.text)) : [];
}

function hintsIn(json: BodyJson): readonly MessageHint[] {
  const attributes = json.text.length > JSON_LIMITS.characters ? undefined : asObject(json.value);
  return attributes === undefined
    ? []
    : [hintOf({ name: asText(member(attributes, 'messageName')) ?? '', attributes })];
}
