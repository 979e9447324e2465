import type { Disposable } from '../core/base/disposable';
import { isNumber, member } from '../core/protocol/attributes';
import { enumName } from '../core/protocol/enums';
import { ErrorCode } from '../core/protocol/errorCodes';
import type { JsonObject } from '../core/protocol/json';
import type { Message } from '../core/protocol/message';
import type { Clock } from '../session/ports';
import type { AgentListener } from './agentSessions';
import {
  actorInfo,
  changeAttributes,
  interactionProperties,
  isoTime,
  partyInfo,
} from './eventAttributes';
import type { Actor } from './interaction';
import type { InteractionServer } from './interactionServer';
import { Refusal } from './refusal';
import { integerAttribute } from './requestAttributes';
import { REQUEST_HANDLERS, type Answer, type Client } from './requestHandlers';

/** The connection, as the conversation uses it. */
export interface ConversationPeer {
  /** Sends the answer to a request of that name; empty where the request had none. */
  answer(message: Message, request: string): void;
  notify(message: Message): void;
  /** True when, by a fault on purpose, the subscriptions of a client are to be forgotten just before that notification. */
  forgets(notification: string): boolean;
  /** Ends the connection from the server's side. */
  disconnect(reason: string): void;
}

/**
 * One connection's conversation in Platform SDK's messages, whatever carries them: registration, clients
 * behind a proxy, and an answer to every message. Rules of registration are those of the Genesys Events and
 * Models Reference, Registration: any message before it, or a wrong one, gets `EventError`; after a timeout the
 * server disconnects.
 */
export class Conversation {
  /** The client of the connection itself. */
  private own: Client | undefined;
  private readonly behindProxy = new Map<number, Client>();
  private registrationTimer: Disposable;
  /** Notifications that come up while a request is answered: they go out after the answer. */
  private held: Message[] | undefined;
  private ended = false;

  constructor(
    private readonly server: InteractionServer,
    private readonly clock: Clock,
    private readonly registrationMs: number,
    private readonly peer: ConversationPeer,
  ) {
    this.registrationTimer = this.startRegistrationTimer();
  }

  /** Answers a message, and then sends the notifications that it brought. */
  receive(message: Message): void {
    this.held = [];
    this.peer.answer(this.answer(message), message.name);
    const held = this.held;
    this.held = undefined;
    for (const notification of held) {
      this.peer.notify(notification);
    }
  }

  /** Answers a frame that is no message, or not a whole one. */
  receiveInvalid(text: string, message?: Message): void {
    const reference = message === undefined ? {} : echoed(message);
    this.peer.answer(
      errorEvent(reference, new Refusal(ErrorCode.Error_invalid_protocol_message, text)),
      message?.name ?? '',
    );
  }

  /** The connection is gone: every agent on it is logged out, and nothing is sent any more. */
  end(): void {
    this.ended = true;
    this.registrationTimer.dispose();
    this.endClients();
  }

  private answer(message: Message): Message {
    const reference = echoed(message);
    try {
      const answer = this.handle(message);
      return { name: answer.name, attributes: { ...reference, ...answer.attributes } };
    } catch (error) {
      if (error instanceof Refusal) {
        return errorEvent(reference, error);
      }
      throw error;
    }
  }

  private handle(message: Message): Answer {
    if (message.name === 'RequestRegisterClient') {
      return this.register(message);
    }
    const client = this.clientOf(message);
    if (message.name === 'RequestUnregisterClient') {
      return this.unregister(client);
    }
    const handler = REQUEST_HANDLERS.get(message.name);
    if (handler === undefined) {
      throw new Refusal(
        ErrorCode.ErrorUnsupportedProtocolElement,
        `This server does not do '${message.name.slice(0, 100)}'`,
      );
    }
    return handler(this.server, client, message);
  }

  private register(message: Message): Answer {
    const type = enumName('InteractionClient', member(message.attributes, 'clientType'));
    if (type === undefined || type === 'Unknown') {
      throw new Refusal(
        ErrorCode.ErrorUnknownClientType,
        'The request names no known type of client',
      );
    }
    const id = integerAttribute(message, 'proxyClientId') ?? 0;
    if (this.own === undefined || id === 0 || id === this.own.proxyClientId) {
      this.own = this.client(this.own, id, type);
      this.registrationTimer.dispose();
    } else if (this.own.type !== 'Proxy') {
      throw unknownClient(id);
    } else if (type === 'Proxy') {
      throw new Refusal(
        ErrorCode.Error_proxy_through_proxy,
        'A proxy cannot register through a proxy',
      );
    } else {
      this.behindProxy.set(id, this.client(this.behindProxy.get(id), id, type));
    }
    return { name: 'EventAck', attributes: {} };
  }

  /** A new client, or the known one again, which keeps its agent. */
  private client(known: Client | undefined, proxyClientId: number, type: string): Client {
    return {
      proxyClientId: known?.proxyClientId ?? proxyClientId,
      type,
      listener: known?.listener ?? this.listener(proxyClientId),
      session: known?.session,
    };
  }

  private unregister(client: Client): Answer {
    if (client === this.own) {
      this.endClients();
      this.own = undefined;
      this.registrationTimer = this.startRegistrationTimer();
    } else {
      this.logOut(client);
      this.behindProxy.delete(client.proxyClientId);
    }
    return { name: 'EventAck', attributes: {} };
  }

  private clientOf(message: Message): Client {
    if (this.own === undefined) {
      throw new Refusal(ErrorCode.ErrorNotRegistered, 'The client is not registered');
    }
    const id = integerAttribute(message, 'proxyClientId') ?? 0;
    if (id === 0 || id === this.own.proxyClientId) {
      return this.own;
    }
    const client = this.behindProxy.get(id);
    if (client === undefined) {
      throw unknownClient(id);
    }
    return client;
  }

  private endClients(): void {
    for (const client of [...this.behindProxy.values(), ...(this.own ? [this.own] : [])]) {
      this.logOut(client);
    }
    this.behindProxy.clear();
  }

  private logOut(client: Client): void {
    if (client.session !== undefined) {
      this.server.logout(client.session);
      client.session = undefined;
    }
  }

  private listener(proxyClientId: number): AgentListener {
    const address: JsonObject = proxyClientId === 0 ? {} : { proxyClientId };
    const notify = (name: string, attributes: JsonObject): void => {
      this.notify({ name, attributes: { ...address, ...attributes } });
    };
    const eventTime = (): string => isoTime(this.clock.now());
    const subscribed = (name: string, attributes: JsonObject): void => {
      if (this.peer.forgets(name)) {
        this.server.subscriptions.removeAll(listener);
      } else {
        notify(name, attributes);
      }
    };
    const listener: AgentListener = {
      workbinChanged: (change) =>
        subscribed('EventWorkbinContentChanged', changeAttributes(change)),
      processingStopped: (interaction, actor) =>
        subscribed('EventProcessingStopped', {
          eventTime: eventTime(),
          interaction: interactionProperties(interaction),
          actor: actorInfo(actor),
        }),
      revoked: (interaction, actor: Actor) =>
        notify('EventRevoked', {
          operation: 'Timeout',
          eventTime: eventTime(),
          interaction: interactionProperties(interaction),
          party: partyInfo(actor),
        }),
    };
    return listener;
  }

  private notify(message: Message): void {
    if (this.held !== undefined) {
      this.held.push(message);
    } else if (!this.ended) {
      this.peer.notify(message);
    }
  }

  private startRegistrationTimer(): Disposable {
    return this.clock.after(this.registrationMs, () => {
      const refusal = new Refusal(
        ErrorCode.ErrorNotRegistered,
        'The client did not register in time',
      );
      this.peer.notify(errorEvent({}, refusal));
      this.peer.disconnect('not registered in time');
    });
  }
}

/** What of a request stands in its answer: the reference and the client, as they were written. */
function echoed({ attributes }: Message): JsonObject {
  const reference = member(attributes, 'referenceId');
  const proxyClientId = member(attributes, 'proxyClientId');
  return {
    ...(isNumber(reference) ? { referenceId: reference } : {}),
    ...(isNumber(proxyClientId) ? { proxyClientId } : {}),
  };
}

function errorEvent(reference: JsonObject, refusal: Refusal): Message {
  return {
    name: 'EventError',
    attributes: { ...reference, errorCode: refusal.code, errorDescription: refusal.message },
  };
}

function unknownClient(id: number): Refusal {
  return new Refusal(ErrorCode.ErrorUnknownClientId, `No client is registered with id ${id}`);
}
