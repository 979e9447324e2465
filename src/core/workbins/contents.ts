/**
 * What a workbin holds, from content and change events, as Platform SDK JSON and Workspace API v3 write
 * them. Pure functions over decoded messages; who knows which message concerns which workbin calls them.
 */
import { asObject, asText } from '../protocol/attributes';
import { enumName } from '../protocol/enums';
import type { JsonObject, JsonValue } from '../protocol/json';
import { keyValueEntries } from '../protocol/keyValueList';
import type { Message } from '../protocol/message';
import type { HeldInteraction } from './interaction';

/** What is known of a workbin's content at some message. */
export interface Contents {
  /** False until a content event was seen: then only what changed since is known. */
  readonly read: boolean;
  /** In the order in which they were told. */
  readonly interactions: ReadonlyMap<string, HeldInteraction>;
  /** Something was missed after the content event: changes may be lacking. */
  readonly stale: boolean;
}

/** The interactions that a content event gives. `workbinId` picks the workbin out of an event that holds several. */
export function contentsOf(message: Message, workbinId?: string): Map<string, HeldInteraction> {
  const { attributes } = message;
  const interactions = new Map<string, HeldInteraction>();
  const add = (id: string | undefined, value: JsonValue | undefined): void => {
    const properties = propertiesOf(value);
    const known = id ?? asText(properties['InteractionId']) ?? asText(properties['id']);
    if (known !== undefined) {
      interactions.set(known, { id: known, properties });
    }
  };
  const workbin =
    asObject(attributes['workbin']) ??
    (workbinId === undefined ? undefined : asObject(asObject(attributes['workbins'])?.[workbinId]));
  const list = workbin?.['interactions'];
  if (isList(list)) {
    // Workspace API v3: an array of interactions inside the workbin.
    for (const interaction of list) {
      add(undefined, interaction);
    }
  } else {
    // Platform SDK: a key-value list by interaction id (that it is keyed so is our reading).
    for (const { key, value } of keyValueEntries(attributes['interactions'])) {
      add(key, value);
    }
  }
  return interactions;
}

/** Carries contents over a change event; nothing changes when it names no interaction or operation. */
export function applyChange(interactions: Map<string, HeldInteraction>, message: Message): void {
  const change = changeIn(message);
  if (change === undefined) {
    return;
  }
  const { id, operation, properties } = change;
  if (operation === 'out') {
    interactions.delete(id);
  } else {
    const known = interactions.get(id)?.properties;
    interactions.set(id, { id, properties: { ...known, ...properties } });
  }
}

/** What a change event says of one interaction. */
export interface ContentChange {
  readonly id: string;
  /** It came in, was taken out, or only its properties are others. */
  readonly operation: 'in' | 'out' | 'changed';
  readonly properties: JsonObject;
}

/** The change that an event tells of; undefined when it names no interaction or operation. */
export function changeIn({ attributes }: Message): ContentChange | undefined {
  const properties = propertiesOf(attributes['interaction']);
  const id = asText(properties['interactionId']) ?? asText(properties['id']);
  const operation = changeOf(attributes['workbinContentOperation']);
  return id === undefined || operation === undefined ? undefined : { id, operation, properties };
}

/** `TakenOut`, `PlacedIn`, `PropertiesChanged` by name or number; `Remove`, `Add` in Workspace API v3. */
function changeOf(operation: JsonValue | undefined): ContentChange['operation'] | undefined {
  const name = operation === undefined ? undefined : enumName('WorkbinContentOperation', operation);
  switch (name ?? operation) {
    case 'PlacedIn':
    case 'Add':
      return 'in';
    case 'TakenOut':
    case 'Remove':
      return 'out';
    case 'PropertiesChanged':
      return 'changed';
    default:
      return undefined;
  }
}

/** A list of properties in either form, as an object without a prototype. */
function propertiesOf(value: JsonValue | undefined): JsonObject {
  const properties: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
  if (isList(value)) {
    for (const { key, value: inner } of keyValueEntries(value)) {
      properties[key] = inner;
    }
  } else {
    Object.assign(properties, asObject(value));
  }
  return properties;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
