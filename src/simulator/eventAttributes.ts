import { ENUMS } from '../core/protocol/enums';
import type { JsonObject, JsonValue } from '../core/protocol/json';
import type { OwnerKind, Workbin } from '../core/protocol/workbin';
import { workbinInfo } from '../core/protocol/workbin';
import { privateQueue, privateView, type ConfiguredWorkbinType } from './configuration';
import type { Actor, Interaction } from './interaction';
import type { WorkbinStatistic } from './interactionServer';
import type { WorkbinChange } from './subscriptions';

/** Whose field in a list of interaction properties names the owner (Platform SDK's `InteractionAttributes`). */
const OWNER_PROPERTY: Readonly<Record<OwnerKind, string>> = {
  Agent: 'WorkbinAgentId',
  AgentGroup: 'WorkbinAgentGroupId',
  Place: 'WorkbinPlaceId',
  PlaceGroup: 'WorkbinPlaceGroupId',
};

/** The same in the compound `InteractionProperties`; for owners that are no agents this is our reading. */
const OWNER_FIELD: Readonly<Record<OwnerKind, string>> = {
  Agent: 'interactionAgentId',
  AgentGroup: 'interactionGroupId',
  Place: 'interactionPlaceId',
  PlaceGroup: 'interactionPlaceGroupId',
};

/** Interactions by id, each as one flat list of its own properties and of the attached data. */
export function interactionLists(interactions: readonly Interaction[]): JsonObject {
  return Object.fromEntries(
    interactions.map((interaction) => [interaction.id, propertyList(interaction)]),
  );
}

/** The compound `InteractionProperties`; dates are ISO 8601 with milliseconds. */
export function interactionProperties(interaction: Interaction): JsonObject {
  const { location } = interaction;
  const workbin = workbinOfLocation(interaction);
  return {
    interactionId: interaction.id,
    ...(interaction.parentId === undefined
      ? {}
      : { interactionParentInteractionId: interaction.parentId }),
    interactionType: interaction.type,
    interactionSubtype: interaction.subtype,
    interactionMediatype: interaction.mediaType,
    interactionTenantId: interaction.tenantId,
    interactionState: stateOf(interaction),
    interactionQueue: queueOf(interaction),
    ...(workbin === undefined
      ? {}
      : {
          interactionWorkbinTypeId: workbin.type,
          [OWNER_FIELD[workbin.ownerKind]]: workbin.owner,
        }),
    interactionReceivedAt: isoTime(interaction.receivedAt),
    interactionSubmittedAt: isoTime(interaction.submittedAt),
    interactionPlacedInQueueAt: isoTime(interaction.movedToQueueAt),
    interactionMovedToQueueAt: isoTime(interaction.movedToQueueAt),
    ...(location.kind === 'handled'
      ? {
          interactionAssignedAt: isoTime(location.assignedAt),
          interactionAssignedTo: location.agentId,
        }
      : {}),
    interactionSubmittedBy: interaction.submittedBy,
    interactionIsOnline: interaction.isOnline,
    interactionIsLocked: false,
    interactionIsHeld: interaction.isHeld,
    interactionPlaceInQueueSeq: String(interaction.placeInQueueSeq),
    interactionUserData: Object.fromEntries(interaction.userData),
  };
}

export function changeAttributes(change: WorkbinChange): JsonObject {
  return {
    operation: change.operation,
    workbinContentOperation: change.change,
    workbin: workbinInfo(change.workbin),
    interaction: interactionProperties(change.interaction),
    actor: actorInfo(change.actor),
  };
}

export function actorInfo(actor: Actor): JsonObject {
  if (actor.strategyId !== undefined) {
    return {
      actorType: 'Strategy',
      actorTenantId: actor.tenantId,
      actorStrategyId: actor.strategyId,
    };
  }
  return {
    actorType: 'Agent',
    actorTenantId: actor.tenantId,
    actorPlaceId: actor.placeId,
    actorAgentId: actor.agentId,
  };
}

export function partyInfo(actor: Actor): JsonObject {
  return {
    partyType: 'ResourceParty',
    tenantId: actor.tenantId,
    placeId: actor.placeId,
    agentId: actor.agentId,
  };
}

export function workbinTypeLists(types: readonly ConfiguredWorkbinType[]): JsonObject {
  return Object.fromEntries(
    types.map((type) => [
      type.type,
      {
        Active: type.active ? 1 : 0,
        WorkbinType: ENUMS.WorkbinType[type.ownerKind],
        View: privateView(type.type),
        DisplayName: type.title,
      },
    ]),
  );
}

export function statisticLists(workbins: readonly WorkbinStatistic[]): JsonObject {
  return Object.fromEntries(
    workbins.map(({ owner, count, oldest, newest }) => [
      owner,
      {
        NumberOfInteractions: count,
        ...(oldest === undefined ? {} : { MinMovedToQueueAt: listTime(oldest) }),
        ...(newest === undefined ? {} : { MaxMovedToQueueAt: listTime(newest) }),
      },
    ]),
  );
}

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** Property names are those of Platform SDK's `InteractionAttributes`; attached data may not shadow them. */
function propertyList(interaction: Interaction): JsonObject {
  const { location } = interaction;
  const workbin = workbinOfLocation(interaction);
  const own: [string, JsonValue][] = [
    ['InteractionId', interaction.id],
    ['TenantId', interaction.tenantId],
    ['MediaType', interaction.mediaType],
    ['InteractionType', interaction.type],
    ['InteractionSubtype', interaction.subtype],
    ['InteractionState', ENUMS.InteractionState[stateOf(interaction)]],
    ['IsOnline', interaction.isOnline ? 1 : 0],
    ['IsLocked', 0],
    ['IsHeld', interaction.isHeld ? 1 : 0],
    ['Queue', queueOf(interaction)],
    ['SubmittedBy', interaction.submittedBy],
    ['ReceivedAt', listTime(interaction.receivedAt)],
    ['SubmittedAt', listTime(interaction.submittedAt)],
    ['PlacedInQueueAt', listTime(interaction.movedToQueueAt)],
    ['MovedToQueueAt', listTime(interaction.movedToQueueAt)],
    ['PlaceInQueueSeq', String(interaction.placeInQueueSeq)],
  ];
  if (interaction.parentId !== undefined) {
    own.push(['ParentId', interaction.parentId]);
  }
  if (workbin !== undefined) {
    own.push(['Workbin', workbin.type], [OWNER_PROPERTY[workbin.ownerKind], workbin.owner]);
  }
  if (location.kind === 'handled') {
    own.push(['AssignedTo', location.agentId], ['AssignedAt', listTime(location.assignedAt)]);
  }
  return Object.fromEntries([...interaction.userData, ...own]);
}

function workbinOfLocation({ location }: Interaction): Workbin | undefined {
  return location.kind === 'workbin' ? location.workbin : undefined;
}

function stateOf({ location }: Interaction): keyof typeof ENUMS.InteractionState {
  if (location.kind === 'handled') {
    return 'Handling';
  }
  return location.kind === 'queue' && location.routing ? 'Routing' : 'Queued';
}

function queueOf({ location }: Interaction): string {
  const resting = location.kind === 'handled' ? location.from : location;
  return resting.kind === 'queue' ? resting.queue : privateQueue(resting.workbin.type);
}

/** Key-value lists know no dates: a text in whole seconds. */
function listTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
