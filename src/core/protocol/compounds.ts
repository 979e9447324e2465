/**
 * Fields of the compound attributes, under their names in the JSON form.
 * Source: Platform SDK for .NET 8.1.4, OpenMedia.
 */
import { attributeList } from './attributeTypes';
import type { AttributeList, CompoundType } from './attributeTypes';

export const COMPOUNDS: { readonly [Type in CompoundType]: AttributeList } = {
  // The group of agents is `workbinGroupId` here, but `WorkbinAgentGroupId` in lists of interaction properties.
  WorkbinInfo: attributeList(`
    workbinTypeId string, workbinAgentId string, workbinGroupId string, workbinPlaceId string,
    workbinPlaceGroupId string`),
  OldWorkbinInfo: attributeList(`
    oldWorkbinTypeId string, oldWorkbinAgentId string, oldWorkbinGroupId string,
    oldWorkbinPlaceId string, oldWorkbinPlaceGroupId string`),
  ReasonInfo: attributeList(`
    reasonSystemName string, reasonDescription string, reason int`),
  ActorInfo: attributeList(`
    actorType ActorType, actorMediaServerId string, actorTenantId int, actorStrategyId string,
    actorRouterId string, actorPlaceId string, actorAgentId string, agentLoginSessionId string,
    loggedInAt DateTime`),
  PartyInfo: attributeList(`
    partyType PartyType, tenantId int, strategyId string, routerId string, placeId string,
    agentId string, targetType TargetType, targetQueue string, targetWorkbin string,
    targetPlace string, targetAgent string, targetPlaceGroup string, targetAgentGroup string,
    visibilityMode VisibilityMode`),
  // `interactionMediatype` has a small t. Agent, group, place and place group name the workbin's owner.
  InteractionProperties: attributeList(`
    interactionId string, interactionParentInteractionId string, interactionType string,
    interactionSubtype string, interactionMediatype string, interactionTenantId int,
    interactionState InteractionState, interactionQueue string, interactionWorkbinTypeId string,
    interactionAgentId string, interactionGroupId string, interactionPlaceId string,
    interactionPlaceGroupId string, interactionReceivedAt DateTime,
    interactionSubmittedAt DateTime, interactionDeliveredAt DateTime,
    interactionPlacedInQueueAt DateTime, interactionMovedToQueueAt DateTime,
    interactionAbandonedAt DateTime, interactionCompletedAt DateTime,
    interactionAssignedAt DateTime, interactionHeldAt DateTime, interactionAssignedTo string,
    interactionSubmittedBy string, interactionIsOnline bool, interactionIsLocked bool,
    interactionIsHeld bool, interactionSubmitSeq string, interactionPlaceInQueueSeq string,
    interactionUserData KVList`),
  AgentDescription: attributeList(`
    tenantId int, placeId string, agentId string`),
};
