import { asBoolean, asInt32, asList, asObject, asText, member } from '../core/protocol/attributes';
import { ErrorCode } from '../core/protocol/errorCodes';
import type { JsonObject, JsonValue } from '../core/protocol/json';
import { keyValue, keyValueEntries } from '../core/protocol/keyValueList';
import type { Message } from '../core/protocol/message';
import type { AgentLogin } from './agentSessions';
import type { PullRequest } from './interactionHandling';
import type { PropertyChanges } from './propertyChanges';
import { Refusal } from './refusal';
import type { SubscriptionOptions } from './subscriptions';
import type { WorkbinReference } from './workbinAccess';

/*
 * What the server takes from the attributes of a request. An attribute that is missing or null is
 * `undefined`; one of a wrong type is refused with `Error_invalid_protocol_message`.
 */

export function textAttribute(message: Message, name: string): string | undefined {
  return typed(message.attributes, name, 'text', asText);
}

export function integerAttribute(message: Message, name: string): number | undefined {
  return typed(message.attributes, name, 'an integer of 32 bits', asInt32);
}

export function agentLogin(message: Message): AgentLogin {
  return {
    tenantId: integerAttribute(message, 'tenantId'),
    agentId: textAttribute(message, 'agentId'),
    placeId: textAttribute(message, 'placeId'),
    mediaTypes: keyValueEntries(listAttribute(message, 'mediaList')).map((entry) => entry.key),
  };
}

export function workbinReference(message: Message): WorkbinReference | undefined {
  const info = typed(message.attributes, 'workbin', 'a WorkbinInfo', asObject);
  if (info === undefined) {
    return undefined;
  }
  const text = (name: string): string => typed(info, name, 'text', asText) ?? '';
  return {
    type: text('workbinTypeId'),
    owners: {
      Agent: text('workbinAgentId'),
      AgentGroup: text('workbinGroupId'),
      Place: text('workbinPlaceId'),
      PlaceGroup: text('workbinPlaceGroupId'),
    },
  };
}

export function subscriptionOptions(message: Message): SubscriptionOptions {
  const extension = listAttribute(message, 'extension');
  return {
    propertyChanges: integerAttribute(message, 'notifyPropertyChanges') === 1,
    processingStopped: asInt32(keyValue(extension, 'event_processing_stopped')) === 1,
  };
}

export function pullRequest(message: Message): PullRequest {
  const id = keyValue(listAttribute(message, 'pullParameters'), 'id');
  if (id !== undefined && typeof id !== 'string') {
    throw new Refusal(
      ErrorCode.Error_pull_parameter_invalid,
      "Pull parameter 'id' must be the id of an interaction",
    );
  }
  return { viewId: textAttribute(message, 'viewId'), interactionId: id };
}

export function propertyChanges(message: Message): PropertyChanges {
  return {
    added: entries(message, 'addedProperties'),
    changed: entries(message, 'changedProperties'),
    deleted: [...entries(message, 'deletedProperties').keys()],
  };
}

export function holdAttribute(message: Message): boolean {
  return typed(message.attributes, 'hold', 'true or false', asBoolean) ?? false;
}

function entries(message: Message, name: string): Map<string, JsonValue> {
  return new Map(
    keyValueEntries(listAttribute(message, name)).map(({ key, value }) => [key, value]),
  );
}

/** A key-value list in either of its forms. */
function listAttribute(message: Message, name: string): JsonValue | undefined {
  return typed<JsonValue>(
    message.attributes,
    name,
    'a key-value list',
    (value) => asObject(value) ?? asList(value),
  );
}

function typed<T>(
  object: JsonObject,
  name: string,
  expected: string,
  read: (value: JsonValue) => T | undefined,
): T | undefined {
  const value = member(object, name);
  if (value === undefined || value === null) {
    return undefined;
  }
  const found = read(value);
  if (found === undefined) {
    throw new Refusal(
      ErrorCode.Error_invalid_protocol_message,
      `Attribute '${name}' must be ${expected}`,
    );
  }
  return found;
}
