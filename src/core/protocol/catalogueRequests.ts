/**
 * The requests of Interaction Server's protocol, ids 100 to 205, with their attributes in the SDK's order and
 * under their names in the JSON form. Read by `catalogue.ts`.
 *
 * Per message: `id name (package group)`, then indented its attributes as `name type`.
 * Source: Platform SDK for .NET 8.1.4, OpenMedia, protocol `InteractionServer`. Names are spelled as Genesys
 * spells them.
 */
export const REQUESTS = `
100 RequestRegisterClient (Requests)
    referenceId int, proxyClientId int, mediaType string, extension KVList,
    clientType InteractionClient, clientName string
101 RequestSubmit (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, interactionId string, queue string,
    tenantId int, mediaType string, interactionType string, interactionSubtype string,
    isOnline bool, receivedAt DateTime, userData KVList, parentInteractionId string,
    inQueues KVList, outQueues KVList, workbinTypeId string, workbinAgentId string,
    workbinGroupId string, workbinPlaceId string, workbinPlaceGroupId string, hold bool
102 RequestStopProcessing (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, interactionId string, reason ReasonInfo
103 RequestChangeProperties (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, interactionId string,
    addedProperties KVList, changedProperties KVList, deletedProperties KVList, queue string
105 RequestPlaceInQueue (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, interactionId string, queue string,
    addedProperties KVList, changedProperties KVList, deletedProperties KVList, hold bool,
    reason ReasonInfo
106 RequestPlaceInWorkbin (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, interactionId string, hold bool,
    workbin WorkbinInfo, addedProperties KVList, changedProperties KVList,
    deletedProperties KVList, reason ReasonInfo
107 RequestDeliver (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, interactionId string, agentId string,
    placeId string, inQueues KVList, outQueues KVList, reason ReasonInfo
108 RequestPull (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, viewId string, pullParameters KVList,
    count int, tenantId int, initialInFocusState bool, ignoreHold int, reason ReasonInfo
110 RequestTransfer (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, interactionId string, agentId string,
    placeId string
111 RequestConference (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, interactionId string, agentId string,
    placeId string, visibilityMode VisibilityMode
112 RequestLeaveInteraction (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, interactionId string, reason ReasonInfo
113 RequestGetWorkbinContent (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, workbin WorkbinInfo, reason ReasonInfo
114 RequestWorkbinNotifications (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, workbin WorkbinInfo, reason ReasonInfo,
    notifyPropertyChanges int
115 RequestCancelWorkbinNotifications (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, workbin WorkbinInfo, reason ReasonInfo
118 RequestTakeSnapshot (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, viewId string, condition string,
    order string, lock bool, checkInteractionsState bool, snapshotId int,
    snapshotMaxInteractions int
120 RequestGetSnapshotInteractions (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, snapshotId int, startFrom int,
    numberOfInteractions int, getIdentifierOnly bool
122 RequestLockInteraction (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, interactionId string, snapshotId int,
    reason ReasonInfo
123 RequestUnlockInteraction (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, interactionId string, snapshotId int,
    reason ReasonInfo
124 RequestReleaseSnapshot (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, snapshotId int
128 RequestAccept (Requests.InteractionDelivery)
    referenceId int, proxyClientId int, extension KVList, ticketId int, interactionId string,
    initialInFocusState bool
129 RequestReject (Requests.InteractionDelivery)
    referenceId int, proxyClientId int, extension KVList, ticketId int, interactionId string,
    reason ReasonInfo
130 RequestIntrude (Requests.InteractionDelivery)
    referenceId int, proxyClientId int, extension KVList, visibilityMode VisibilityMode,
    interactionId string
135 RequestAgentLogin (Requests.AgentManagement)
    referenceId int, proxyClientId int, extension KVList, tenantId int, placeId string,
    agentId string, donotDisturb bool, mediaList KVList, reason ReasonInfo
136 RequestAgentLogout (Requests.AgentManagement)
    referenceId int, proxyClientId int, extension KVList, reason ReasonInfo
139 RequestDoNotDisturbOn (Requests.AgentManagement)
    referenceId int, proxyClientId int, extension KVList, reason ReasonInfo
140 RequestDoNotDisturbOff (Requests.AgentManagement)
    referenceId int, proxyClientId int, extension KVList, reason ReasonInfo
143 RequestAddMedia (Requests.AgentManagement)
    referenceId int, proxyClientId int, extension KVList, mediaTypeName string, reason ReasonInfo
144 RequestRemoveMedia (Requests.AgentManagement)
    referenceId int, proxyClientId int, extension KVList, mediaTypeName string, reason ReasonInfo
147 RequestNotReadyForMedia (Requests.AgentManagement)
    referenceId int, proxyClientId int, extension KVList, mediaTypeName string, reason ReasonInfo
148 RequestCancelNotReadyForMedia (Requests.AgentManagement)
    referenceId int, proxyClientId int, extension KVList, mediaTypeName string, reason ReasonInfo
151 RequestChangeAgentStateReason (Requests.AgentManagement)
    referenceId int, proxyClientId int, extension KVList, reason ReasonInfo
153 RequestChangeMediaStateReason (Requests.AgentManagement)
    referenceId int, proxyClientId int, extension KVList, mediaTypeName string, reason ReasonInfo
156 RequestAgentAvailable (Requests.AgentManagement)
    referenceId int, proxyClientId int, extension KVList, tenantId int, placeId string,
    agentId string
157 RequestAgentNotAvailable (Requests.AgentManagement)
    referenceId int, proxyClientId int, extension KVList
169 RequestStartPlaceAgentStateReporting (Requests.AgentManagement)
    referenceId int, proxyClientId int, placeId string, tenantId int, extension KVList
170 RequestStartPlaceAgentStateReportingAll (Requests.AgentManagement)
    referenceId int, proxyClientId int, tenantList KVList, extension KVList
171 RequestStopPlaceAgentStateReporting (Requests.AgentManagement)
    referenceId int, proxyClientId int, placeId string, tenantId int, extension KVList
172 RequestStopPlaceAgentStateReportingAll (Requests.AgentManagement)
    referenceId int, proxyClientId int, tenantList KVList, extension KVList
174 RequestUnregisterClient (Requests)
    referenceId int, proxyClientId int, extension KVList
178 RequestWorkbinTypesInfo (Requests.AgentManagement)
    referenceId int, proxyClientId int, extension KVList, tenantId int
180 RequestWorkbinStatistic (Requests.AgentManagement)
    referenceId int, proxyClientId int, workbinTypeId string, extension KVList, tenantId int
183 RequestSubscribe (Requests.AgentManagement)
    referenceId int, proxyClientId int, extension KVList, psTopicList KVList
184 RequestUnsubscribe (Requests.AgentManagement)
    referenceId int, proxyClientId int, extension KVList, psTopicList KVList
185 RequestPublish (Requests.AgentManagement)
    referenceId int, proxyClientId int, psTopic string, psEventContent KVList,
    distributeToOriginator bool, extension KVList
188 RequestGetInteractionProperties (Requests.InteractionManagement)
    referenceId int, interactionId string, proxyClientId int, searchByExternalId bool,
    extension KVList
191 RequestWorkflowConfiguration (Requests.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, tenantId int
196 RequestMoveInteractions (Requests.InteractionManagement)
    referenceId int, proxyClientId int, snapshotId int, queue string, extension KVList
198 RequestHold (Requests.InteractionManagement)
    referenceId int, proxyClientId int, interactionId string, extension KVList, reason ReasonInfo
199 RequestResume (Requests.InteractionManagement)
    referenceId int, proxyClientId int, interactionId string, extension KVList, reason ReasonInfo
202 RequestFindInteractions (Requests.InteractionManagement)
    referenceId int, tenantId int, proxyClientId int, extension KVList, condition string,
    order string, findMaxInteractions int, findIdsOnly int, reason ReasonInfo
204 RequestDistributeEvent (Requests.InteractionManagement)
    referenceId int, customEventId int, proxyClientId int, extension KVList, mediaTypeName string,
    eventContent KVList, interaction InteractionProperties, party PartyInfo, reason ReasonInfo
`;
