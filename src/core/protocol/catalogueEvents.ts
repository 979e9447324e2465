/**
 * The events of Interaction Server's protocol, ids 100 to 205, with their attributes in the SDK's order and
 * under their names in the JSON form. Read by `catalogue.ts`.
 *
 * Per message: `id name (package group)`, then indented its attributes as `name type`.
 * Source: Platform SDK for .NET 8.1.4, OpenMedia, protocol `InteractionServer`. Names are spelled as Genesys
 * spells them.
 */
export const EVENTS = `
104 EventPropertiesChanged (Events)
    referenceId int, proxyClientId int, addedProperties KVList, changedProperties KVList,
    deletedProperties KVList, eventTime DateTime, submittedToRouterAt DateTime, extension KVList,
    interaction InteractionProperties, actor ActorInfo
109 EventPulledInteractions (Events)
    referenceId int, proxyClientId int, extension KVList, interactions KVList
116 EventWorkbinContent (Events)
    referenceId int, proxyClientId int, extension KVList, interactions KVList,
    submittedToRouterAt DateTime
117 EventWorkbinContentChanged (Events)
    referenceId int, proxyClientId int, operation InteractionOperation,
    workbinContentOperation WorkbinContentOperation, workbin WorkbinInfo,
    interaction InteractionProperties, actor ActorInfo, reason ReasonInfo,
    submittedToRouterAt DateTime, extension KVList
119 EventSnapshotTaken (Events)
    referenceId int, proxyClientId int, extension KVList, snapshotId int,
    numberOfInteractions int, haveMoreInteractions bool
121 EventSnapshotInteractions (Events)
    referenceId int, proxyClientId int, extension KVList, snapshotId int, interactions KVList
125 EventAck (Events)
    referenceId int, proxyClientId int, extension KVList
126 EventError (Events)
    referenceId int, proxyClientId int, extension KVList, errorCode int, errorDescription string
127 EventInvite (Events)
    referenceId int, proxyClientId int, ticketId int, submittedToRouterAt DateTime,
    interaction InteractionProperties, parties KVList, inQueues KVList, outQueues KVList,
    visibilityMode VisibilityMode, extension KVList
131 EventActivityReport (Events)
    referenceId int, proxyClientId int, partyType PartyType, tenantId int, placeId string,
    agentId string, eventTime DateTime, interactionsInFocus KVList, interactionsOutOfFocus KVList,
    extension KVList, reason ReasonInfo
132 EventPartyAdded (Events)
    referenceId int, proxyClientId int, operation InteractionOperation, eventTime DateTime,
    submittedToRouterAt DateTime, initialInFocusState bool, interaction InteractionProperties,
    actor ActorInfo, party PartyInfo, reason ReasonInfo, extension KVList
133 EventPartyRemoved (Events)
    referenceId int, proxyClientId int, operation InteractionOperation, eventTime DateTime,
    submittedToRouterAt DateTime, interaction InteractionProperties, actor ActorInfo,
    party PartyInfo, reason ReasonInfo, extension KVList
134 EventRevoked (Events)
    referenceId int, proxyClientId int, operation InteractionOperation, eventTime DateTime,
    submittedToRouterAt DateTime, interaction InteractionProperties, actor ActorInfo,
    party PartyInfo, reason ReasonInfo, extension KVList
137 EventAgentLogin (Events)
    referenceId int, proxyClientId int, donotDisturb bool, mediaList KVList, eventTime DateTime,
    extension KVList, agentDescription AgentDescription, actor ActorInfo, reason ReasonInfo
138 EventAgentLogout (Events)
    referenceId int, proxyClientId int, eventTime DateTime, extension KVList,
    agentDescription AgentDescription, actor ActorInfo, reason ReasonInfo
141 EventDoNotDisturbOn (Events)
    referenceId int, proxyClientId int, eventTime DateTime, agentDescription AgentDescription,
    actor ActorInfo, reason ReasonInfo, extension KVList
142 EventDoNotDisturbOff (Events)
    referenceId int, proxyClientId int, eventTime DateTime, agentDescription AgentDescription,
    actor ActorInfo, reason ReasonInfo, extension KVList
145 EventMediaAdded (Events)
    referenceId int, proxyClientId int, mediaTypeName string, mediaTypeState MediaState,
    eventTime DateTime, agentDescription AgentDescription, actor ActorInfo, reason ReasonInfo,
    extension KVList
146 EventMediaRemoved (Events)
    referenceId int, proxyClientId int, mediaTypeName string, eventTime DateTime,
    agentDescription AgentDescription, actor ActorInfo, reason ReasonInfo, extension KVList
149 EventNotReadyForMedia (Events)
    referenceId int, proxyClientId int, mediaTypeName string, eventTime DateTime,
    reason ReasonInfo, agentDescription AgentDescription, actor ActorInfo, extension KVList
150 EventReadyForMedia (Events)
    referenceId int, proxyClientId int, mediaTypeName string, eventTime DateTime,
    agentDescription AgentDescription, actor ActorInfo, reason ReasonInfo, extension KVList
152 EventAgentStateReasonChanged (Events)
    referenceId int, proxyClientId int, eventTime DateTime, agentDescription AgentDescription,
    actor ActorInfo, reason ReasonInfo, extension KVList
154 EventMediaStateReasonChanged (Events)
    referenceId int, proxyClientId int, mediaTypeName string, eventTime DateTime,
    agentDescription AgentDescription, actor ActorInfo, reason ReasonInfo, extension KVList
155 EventCurrentAgentStatus (Events)
    referenceId int, proxyClientId int, donotDisturb bool, mediaStateList KVList,
    mediaCapacityList KVList, agentDescription AgentDescription, extension KVList,
    eventTime DateTime
158 EventAgentAvailable (Events)
    referenceId int, proxyClientId int, eventTime DateTime, agentDescription AgentDescription,
    actor ActorInfo, reason ReasonInfo, extension KVList
159 EventAgentNotAvailable (Events)
    referenceId int, proxyClientId int, eventTime DateTime, agentDescription AgentDescription,
    actor ActorInfo, reason ReasonInfo, extension KVList
160 EventInteractionSubmited (Events)
    referenceId int, proxyClientId int, eventTime DateTime, submittedToRouterAt DateTime,
    interaction InteractionProperties, actor ActorInfo, reason ReasonInfo, extension KVList
161 EventProcessingStopped (Events)
    referenceId int, proxyClientId int, eventTime DateTime, submittedToRouterAt DateTime,
    interaction InteractionProperties, actor ActorInfo, reason ReasonInfo, extension KVList
162 EventPlacedInQueue (Events)
    referenceId int, proxyClientId int, oldQueue string, eventTime DateTime,
    submittedToRouterAt DateTime, interaction InteractionProperties, actor ActorInfo,
    reason ReasonInfo, oldWorkbin OldWorkbinInfo, extension KVList
163 EventPlacedInWorkbin (Events)
    referenceId int, proxyClientId int, oldQueue string, eventTime DateTime,
    submittedToRouterAt DateTime, interaction InteractionProperties, actor ActorInfo,
    workbin WorkbinInfo, reason ReasonInfo, oldWorkbin OldWorkbinInfo, extension KVList
164 EventLocked (Events)
    referenceId int, proxyClientId int, eventTime DateTime, interaction InteractionProperties,
    actor ActorInfo, reason ReasonInfo, extension KVList
165 EventUnlocked (Events)
    referenceId int, proxyClientId int, eventTime DateTime, interaction InteractionProperties,
    actor ActorInfo, reason ReasonInfo, extension KVList
166 EventAgentInvited (Events)
    referenceId int, proxyClientId int, ticketId int, operation InteractionOperation,
    eventTime DateTime, submittedToRouterAt DateTime, interaction InteractionProperties,
    actor ActorInfo, reason ReasonInfo, party PartyInfo, extension KVList
167 EventAccepted (Events)
    referenceId int, proxyClientId int, extension KVList
168 EventRejected (Events)
    referenceId int, proxyClientId int, ticketId int, eventTime DateTime,
    submittedToRouterAt DateTime, interaction InteractionProperties, actor ActorInfo,
    reason ReasonInfo, party PartyInfo, extension KVList
173 EventPlaceAgentState (Events)
    referenceId int, proxyClientId int, doNotDisturb int, monitored int, mediaList KVList,
    interactions KVList, agentLoginSessionId string, loggedInAt DateTime, dndChangedAt DateTime,
    mediaListEx KVList, eventTime DateTime, actor ActorInfo, extension KVList
175 EventMessagePing (Events)
    referenceId int, proxyClientId int, eventTime DateTime, userData KVList, pingInfo KVList,
    extension KVList
176 EventCustom (Events)
    proxyClientId int, customMessageType int, customMessageData bytes, extension KVList
177 EventTakenFromQueue (Events)
    referenceId int, proxyClientId int, operation InteractionOperation, eventTime DateTime,
    submittedToRouterAt DateTime, interaction InteractionProperties, actor ActorInfo,
    party PartyInfo, reason ReasonInfo, extension KVList, initialInFocusState bool
179 EventWorkbinTypesInfo (Events)
    referenceId int, proxyClientId int, workbinTypes KVList, extension KVList
181 EventWorkbinStatistic (Events)
    referenceId int, proxyClientId int, workbinTypeId string, workbinOwnerType int,
    workbinStatistic KVList, extension KVList
182 EventTakenFromWorkbin (Events)
    referenceId int, proxyClientId int, operation InteractionOperation, eventTime DateTime,
    submittedToRouterAt DateTime, interaction InteractionProperties, actor ActorInfo,
    party PartyInfo, reason ReasonInfo, initialInFocusState bool, extension KVList
186 EventUserEvent (Events)
    referenceId int, proxyClientId int, extension KVList, psTopic string, psEventContent KVList
187 EventForcedDisconnect (Events)
    referenceId int, proxyClientId int, reason ReasonInfo, extension KVList
189 EventInteractionProperties (Events)
    referenceId int, proxyClientId int, submittedToRouterAt DateTime, extension KVList,
    interaction InteractionProperties
190 EventForcedAgentStateChange (Events)
    referenceId int, proxyClientId int, mediaList KVList, donotDisturb bool,
    agentStateChangeOperation AgentStateChangeOperation, mediaTypeName string, eventTime DateTime,
    extension KVList, party PartyInfo, reason ReasonInfo
192 EventWorkflowConfiguration (Events)
    referenceId int, proxyClientId int, queuesConfiguration KVList, viewsConfiguration KVList,
    extension KVList
193 EventExternalServiceRequested (Events)
    referenceId int, espClientRefid int, espServerRefid int, proxyClientId int,
    espRequestEnvelope KVList, userData KVList, eventTime DateTime, espRequestId string,
    actor ActorInfo, extension KVList
194 EventExternalServiceResponded (Events)
    referenceId int, espClientRefid int, espServerRefid int, proxyClientId int,
    espResponseType int, espRequestEnvelope KVList, userData KVList, eventTime DateTime,
    espRequestId string, actor ActorInfo, extension KVList
195 EventAgentConnectionClosed (Events)
    referenceId int, proxyClientId int, tenantId int, placeId string, agentId string,
    clientName string, extension KVList, reason ReasonInfo
197 EventInteractionsMoved (Events.InteractionManagement)
    referenceId int, proxyClientId int, snapshotId int, movedInteractions KVList, extension KVList
200 EventHeld (Events.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, eventTime DateTime,
    interaction InteractionProperties, actor ActorInfo
201 EventResumed (Events.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, eventTime DateTime,
    interaction InteractionProperties, actor ActorInfo
203 EventInteractionsFound (Events.InteractionManagement)
    referenceId int, proxyClientId int, extension KVList, interactions KVList,
    haveMoreInteractions bool
205 EventCustomReporting (Events.InteractionManagement)
    referenceId int, customEventId int, proxyClientId int, extension KVList, mediaTypeName string,
    eventContent KVList, eventTime DateTime, interaction InteractionProperties, party PartyInfo,
    reason ReasonInfo
`;
