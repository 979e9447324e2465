/**
 * Where the public documentation is silent, the embedded server had to choose. This is every choice, in
 * words for the person who looks at its traffic; nothing here is a fact about Genesys Interaction Server.
 */
export const READINGS: readonly string[] = [
  "This embedded server speaks the JSON form of Platform SDK's messages over WebSocket. Interaction Server's native connection is not public and is not decoded.",
  'Key-value lists are written as JSON objects, dates in message attributes as ISO 8601 with milliseconds, dates in key-value lists as ISO 8601 in whole seconds.',
  'A connection that has not registered in time is told so with EventError 1 and is closed; an unsuccessful registration does not stop that clock, a successful one does.',
  'A connection registered as Proxy registers each agent application with a ProxyClientId of its own; a request with an id that is not registered gets error 3, a proxy behind a proxy error 5.',
  "Registering what is registered already is acknowledged and changes nothing but the client's name and type.",
  'Only a client of type AgentApplication can log an agent in; another type gets error 4. One client has at most one agent.',
  "The owner field that matches the workbin type's owner kind decides; only other owner fields: error 41; none at all: 38, 8, 40 or 39. Unknown groups get 40 or 39, since no code for them is public.",
  "Open to an agent are the agent's own workbins, those of the place, of the groups of both, and for a supervisor those of the members of the supervisor's groups. Others get error 41.",
  'RequestWorkbinStatistic needs a logged-in agent and counts the workbins that are open to that agent, empty ones included, keyed by owner.',
  'Placing needs a workbin that exists, not one that the agent may look into: work can be handed to a colleague.',
  'An agent owns what the agent handles, and may move, stop or change what rests in a workbin open to the agent. Everything else gets error 35; while a strategy routes it, 89; into the workbin where it lies already, 100.',
  'Cancelling notifications that were not requested gets error 41; no code for it is documented.',
  'Requesting notifications twice is acknowledged twice and delivered once, with the options of the second request.',
  'Notifications that an agent brings about come after the answer to the request, and the agent gets them too when subscribed.',
  'Moving between workbins tells TakenOut of the old one, then PlacedIn of the new one. Stopping tells TakenOut with operation Stop, and EventProcessingStopped where it was asked for.',
  'After a change of properties in a workbin the operation is Unknown: the enumeration has no better value.',
  'RequestPull takes one interaction, named by the pull parameter id, through the private view of its workbin type; without it: error 48, of a wrong type: 49.',
  'Logging out, unregistering and disconnecting end the subscriptions; what the agent handled goes back to where it was, with operation Leave.',
  'An interaction whose agent sends nothing until the inactivity timer runs out is revoked and goes back to where it was, with operation Timeout.',
  'A frame that is no message (not JSON, no messageName, binary, too deep) gets EventError 79 and the connection goes on; a request with an attribute of a wrong type gets 79 as well.',
  'Every other request of the catalogue gets error 4. Reporting events are not sent.',
  'Workspace API v3: what Interaction Server refuses after the web tier has accepted it comes as EventError with errorCode, errorDescription and the operationId; an unknown interaction is HTTP 500 with status.code 500, a request without a session HTTP 403 with status.code 603.',
  'Workspace API v3: initialize-workspace logs the agent in at the usual place; several sign-ins of one agent share one session, in which every CometD session gets every event. Without a CometD session and without requests it ends after a minute.',
  'What happens by itself is done by agents who are not logged in by a client, under the rules for all agents; new work is laid in a workbin by a strategy (ActorType Strategy).',
  'Workspace API v3: unsubscribing is acknowledged as UnsubscribeWorkbinEvents, and refused with EventError 41 where nothing was subscribed; a workbin of a group or place belongs to the first that the agent is in when no ownerId is given; adding an interaction to a workbin takes it out of the one where it lay.',
];
