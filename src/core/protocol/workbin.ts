import { asObject, asText, member } from './attributes';
import type { JsonObject, JsonValue } from './json';
import { keyValue } from './keyValueList';

/**
 * Owner kinds of a workbin, with the numbers of Platform SDK's `WorkbinType`
 * (source: Platform SDK for .NET 8.1.4, `OpenMediaAttributes`).
 */
export const OWNER_KINDS = ['Agent', 'Place', 'PlaceGroup', 'AgentGroup'] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];

/** A workbin: the pair of a workbin type and its owner. */
export interface Workbin {
  readonly type: string;
  readonly ownerKind: OwnerKind;
  /** Agent: the employee id. Otherwise the name of the place or group. */
  readonly owner: string;
}

/** The workbin as people and recordings write it: `type@owner`. */
export function workbinName(workbin: { readonly type: string; readonly owner: string }): string {
  return `${workbin.type}@${workbin.owner}`;
}

/** How one of the protocol's places names a workbin's type and its owner by kind. */
export interface WorkbinFields {
  readonly type: string;
  readonly owner: { readonly [Kind in OwnerKind]: string };
}

/** In a `WorkbinInfo`, and in a `RequestSubmit`. */
export const INFO_FIELDS: WorkbinFields = {
  type: 'workbinTypeId',
  owner: {
    Agent: 'workbinAgentId',
    Place: 'workbinPlaceId',
    PlaceGroup: 'workbinPlaceGroupId',
    AgentGroup: 'workbinGroupId',
  },
};

/** In an `OldWorkbinInfo`. */
const OLD_INFO_FIELDS: WorkbinFields = {
  type: 'oldWorkbinTypeId',
  owner: {
    Agent: 'oldWorkbinAgentId',
    Place: 'oldWorkbinPlaceId',
    PlaceGroup: 'oldWorkbinPlaceGroupId',
    AgentGroup: 'oldWorkbinGroupId',
  },
};

/** In a key-value list of an interaction's properties; note `WorkbinAgentGroupId`. */
const PROPERTY_FIELDS: WorkbinFields = {
  type: 'Workbin',
  owner: {
    Agent: 'WorkbinAgentId',
    Place: 'WorkbinPlaceId',
    PlaceGroup: 'WorkbinPlaceGroupId',
    AgentGroup: 'WorkbinAgentGroupId',
  },
};

/** In an `InteractionProperties`. That group and place name the workbin's owner as well is our reading. */
export const INTERACTION_FIELDS: WorkbinFields = {
  type: 'interactionWorkbinTypeId',
  owner: {
    Agent: 'interactionAgentId',
    Place: 'interactionPlaceId',
    PlaceGroup: 'interactionPlaceGroupId',
    AgentGroup: 'interactionGroupId',
  },
};

/**
 * When several owners are given, the first of these decides: our reading, since clients are known to send an
 * agent's id together with the place where the agent sits.
 */
export const OWNER_ORDER: readonly OwnerKind[] = ['Agent', 'AgentGroup', 'PlaceGroup', 'Place'];

/** The workbin that a `WorkbinInfo` names; undefined without a type or an owner. */
export function workbinOf(info: JsonValue | undefined): Workbin | undefined {
  const object = asObject(info);
  return readWorkbin(INFO_FIELDS, (name) => member(object, name));
}

/** The workbin that an `OldWorkbinInfo` names: where an interaction was before. */
export function oldWorkbinOf(info: JsonValue | undefined): Workbin | undefined {
  const object = asObject(info);
  return readWorkbin(OLD_INFO_FIELDS, (name) => member(object, name));
}

/** The workbin that a key-value list of interaction properties names, in either form of such lists. */
export function workbinOfProperties(properties: JsonValue | undefined): Workbin | undefined {
  return readWorkbin(PROPERTY_FIELDS, (name) => keyValue(properties, name));
}

/** The workbin that an `InteractionProperties` names. */
export function workbinOfInteraction(interaction: JsonValue | undefined): Workbin | undefined {
  const object = asObject(interaction);
  return readWorkbin(INTERACTION_FIELDS, (name) => member(object, name));
}

/** The `WorkbinInfo` that names a workbin. */
export function workbinInfo(workbin: Workbin): JsonObject {
  return {
    [INFO_FIELDS.type]: workbin.type,
    [INFO_FIELDS.owner[workbin.ownerKind]]: workbin.owner,
  };
}

/** An empty text stands for none. */
function readWorkbin(
  fields: WorkbinFields,
  read: (name: string) => JsonValue | undefined,
): Workbin | undefined {
  const type = asText(read(fields.type));
  if (type === undefined || type === '') {
    return undefined;
  }
  for (const ownerKind of OWNER_ORDER) {
    const owner = asText(read(fields.owner[ownerKind]));
    if (owner !== undefined && owner !== '') {
      return { type, ownerKind, owner };
    }
  }
  return undefined;
}
