import { ErrorCode } from '../core/protocol/errorCodes';
import type { JsonObject } from '../core/protocol/json';
import type { Message } from '../core/protocol/message';
import { enumNumber } from '../core/protocol/enums';
import type { AgentListener, AgentSession } from './agentSessions';
import {
  interactionLists,
  interactionProperties,
  statisticLists,
  workbinTypeLists,
} from './eventAttributes';
import type { InteractionServer } from './interactionServer';
import { Refusal } from './refusal';
import {
  agentLogin,
  holdAttribute,
  integerAttribute,
  propertyChanges,
  pullRequest,
  subscriptionOptions,
  textAttribute,
  workbinReference,
} from './requestAttributes';

/** A registered client: an application's own connection, or one of several behind a proxy. */
export interface Client {
  /** 0 when the registration named none. */
  readonly proxyClientId: number;
  /** A name of Platform SDK's `InteractionClient`. */
  readonly type: string;
  readonly listener: AgentListener;
  session: AgentSession | undefined;
}

/** The answer to a request, without the reference that ties it to the request. */
export interface Answer {
  readonly name: string;
  readonly attributes: JsonObject;
}

/** Does what a request of a registered client asks; throws a {@link Refusal} when it may not be done. */
export type RequestHandler = (
  server: InteractionServer,
  client: Client,
  message: Message,
) => Answer;

const ACK: Answer = { name: 'EventAck', attributes: {} };

/** Every request that the server does; names and answers as Platform SDK and Genesys' reference have them. */
export const REQUEST_HANDLERS: ReadonlyMap<string, RequestHandler> = new Map<
  string,
  RequestHandler
>([
  ['RequestAgentLogin', logIn],
  [
    'RequestAgentLogout',
    (server, client) => {
      server.logout(loggedIn(client));
      client.session = undefined;
      return ACK;
    },
  ],
  [
    'RequestGetWorkbinContent',
    (server, client, message) => ({
      name: 'EventWorkbinContent',
      attributes: {
        interactions: interactionLists(
          server.getContent(loggedIn(client), workbinReference(message)),
        ),
      },
    }),
  ],
  [
    'RequestWorkbinNotifications',
    (server, client, message) => {
      server.requestNotifications(
        loggedIn(client),
        workbinReference(message),
        subscriptionOptions(message),
      );
      return ACK;
    },
  ],
  [
    'RequestCancelWorkbinNotifications',
    (server, client, message) => {
      server.cancelNotifications(loggedIn(client), workbinReference(message));
      return ACK;
    },
  ],
  [
    'RequestPlaceInWorkbin',
    (server, client, message) => {
      server.place(
        loggedIn(client),
        textAttribute(message, 'interactionId'),
        workbinReference(message),
        propertyChanges(message),
        holdAttribute(message),
      );
      return ACK;
    },
  ],
  [
    'RequestPlaceInQueue',
    (server, client, message) => {
      server.placeInQueue(
        loggedIn(client),
        textAttribute(message, 'interactionId'),
        textAttribute(message, 'queue'),
        propertyChanges(message),
      );
      return ACK;
    },
  ],
  [
    'RequestPull',
    (server, client, message) => ({
      name: 'EventPulledInteractions',
      attributes: {
        interactions: interactionLists([server.pull(loggedIn(client), pullRequest(message))]),
      },
    }),
  ],
  [
    'RequestChangeProperties',
    (server, client, message) => {
      server.changeProperties(
        loggedIn(client),
        textAttribute(message, 'interactionId'),
        propertyChanges(message),
      );
      return ACK;
    },
  ],
  [
    'RequestStopProcessing',
    (server, client, message) => {
      server.stopProcessing(loggedIn(client), textAttribute(message, 'interactionId'));
      return ACK;
    },
  ],
  [
    'RequestGetInteractionProperties',
    (server, client, message) => ({
      name: 'EventInteractionProperties',
      attributes: {
        interaction: interactionProperties(
          server.interaction(loggedIn(client), textAttribute(message, 'interactionId')),
        ),
      },
    }),
  ],
  [
    'RequestWorkbinTypesInfo',
    (server, _client, message) => ({
      name: 'EventWorkbinTypesInfo',
      attributes: {
        workbinTypes: workbinTypeLists(server.workbinTypes(integerAttribute(message, 'tenantId'))),
      },
    }),
  ],
  ['RequestWorkbinStatistic', statistic],
]);

function logIn(server: InteractionServer, client: Client, message: Message): Answer {
  if (client.type !== 'AgentApplication') {
    throw new Refusal(
      ErrorCode.ErrorUnsupportedProtocolElement,
      `A client of type ${client.type} cannot log an agent in`,
    );
  }
  if (client.session !== undefined) {
    throw new Refusal(
      ErrorCode.Error_already_logged_in,
      `Agent '${client.session.agentId}' is already logged in here`,
    );
  }
  client.session = server.login(agentLogin(message), client.listener);
  return ACK;
}

function statistic(server: InteractionServer, client: Client, message: Message): Answer {
  const session = loggedIn(client);
  const found = server.statistic(
    session,
    integerAttribute(message, 'tenantId'),
    textAttribute(message, 'workbinTypeId'),
  );
  return {
    name: 'EventWorkbinStatistic',
    attributes: {
      workbinTypeId: found.type.type,
      workbinOwnerType: enumNumber('WorkbinType', found.type.ownerKind) ?? 0,
      workbinStatistic: statisticLists(found.workbins),
    },
  };
}

function loggedIn(client: Client): AgentSession {
  if (client.session === undefined) {
    throw new Refusal(ErrorCode.Error_client_not_logged_in, 'No agent is logged in');
  }
  return client.session;
}
