/**
 * The messages of Interaction Server's protocol as Platform SDK 8.1.4 exposes them: the complete list, ids 100 to
 * 205. Servers of later versions know more; an unknown message is shown all the same.
 */
import { assert } from '../base/assert';
import { attributeList } from './attributeTypes';
import type { AttributeList } from './attributeTypes';
import { EVENTS } from './catalogueEvents';
import { REQUESTS } from './catalogueRequests';

export interface MessageType {
  /** Platform SDK's message id, which is also the one of Event Logger's filters. */
  readonly id: number;
  readonly name: string;
  readonly kind: 'request' | 'event';
  /** The SDK's package below the protocol's, such as `Requests.InteractionManagement`. */
  readonly group: string;
  readonly attributes: AttributeList;
}

/** All messages, in the order of their ids. */
export const CATALOGUE: readonly MessageType[] = [
  ...readMessages(REQUESTS, 'request'),
  ...readMessages(EVENTS, 'event'),
].sort((one, other) => one.id - other.id);

const BY_ID: ReadonlyMap<number, MessageType> = new Map(CATALOGUE.map((type) => [type.id, type]));

const BY_NAME: ReadonlyMap<string, MessageType> = new Map(
  CATALOGUE.map((type) => [type.name, type]),
);

export function messageById(id: number): MessageType | undefined {
  return BY_ID.get(id);
}

/** The message with exactly this name. */
export function messageByName(name: string): MessageType | undefined {
  return BY_NAME.get(name);
}

/** Reads the form that the two data files describe. */
function readMessages(text: string, kind: MessageType['kind']): readonly MessageType[] {
  return text
    .trim()
    .split(/\n(?=\d)/)
    .map((entry) => {
      const match = /^(\d+) (\w+) \(([\w.]+)\)\n([^]+)$/.exec(entry);
      assert(match !== null, `"${entry}" is an entry of the catalogue`);
      const [, id = '', name = '', group = '', attributes = ''] = match;
      return { id: Number(id), name, kind, group, attributes: attributeList(attributes) };
    });
}
