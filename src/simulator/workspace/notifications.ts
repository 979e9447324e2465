import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createCometDServer,
  type CometDServer,
  type ServerMessage,
  type ServerSession,
} from 'cometd-nodejs-server';
import type { EventReceiver, WorkspaceSession } from './workspaceSession';

export interface NotificationsOptions {
  /** After a handshake: what the new CometD session is told first. */
  readonly begin: (session: WorkspaceSession, receiver: EventReceiver) => void;
  /** Hands over what goes out, now or later. */
  readonly send: (action: () => void) => void;
  /** Without a sign-in, accept the handshake and disconnect at the first connect. */
  readonly quirks: boolean;
  /** How long a poll is held, in milliseconds. */
  readonly pollMs?: number;
}

/**
 * The CometD endpoint (Bayeux over long-polling, as `cometd-nodejs-server` does it). Events go to a CometD session
 * whether it has subscribed to their channel or not, as with agent-api-simulator (Genesys, MIT). Clients publish
 * nothing.
 */
export class Notifications {
  private readonly cometd: CometDServer;
  private readonly sessions = new Set<ServerSession>();
  /** Who sends the request that is being handled; the library handles a request in one go. */
  private current: WorkspaceSession | undefined;

  constructor(private readonly options: NotificationsOptions) {
    this.cometd = createCometDServer({ timeout: options.pollMs ?? 30_000 });
    this.cometd.policy = {
      canHandshake: (_session, _message, callback) =>
        callback(undefined, options.quirks || this.current !== undefined),
      canCreate: (_session, _message, channel, callback) =>
        callback(undefined, /^\/workspace\/v3\/|^\/\*\*?$/.test(channel)),
      canPublish: (_session, _message, _channel, callback) => callback(undefined, false),
    };
    this.cometd.addListener('sessionAdded', (session: ServerSession) => this.added(session));
    this.cometd.addListener('sessionRemoved', (session: ServerSession) =>
      this.sessions.delete(session),
    );
  }

  /** Takes a request with a batch that has been checked; throws when the library stumbles over it. */
  handle(
    request: IncomingMessage,
    response: ServerResponse,
    batch: readonly ServerMessage[],
    session: WorkspaceSession | undefined,
  ): void {
    this.current = session;
    try {
      this.cometd.handle(Object.assign(request, { body: batch }), response);
    } finally {
      this.current = undefined;
    }
  }

  /** Ends every CometD session as if it had never been. */
  forget(): void {
    this.sessions.forEach(expire);
  }

  /** Answers the polls that are held and stops the library's timers. */
  close(): void {
    this.sessions.forEach((session) => session.disconnect());
    this.cometd.close();
  }

  private added(client: ServerSession): void {
    this.sessions.add(client);
    const session = this.current;
    if (session === undefined) {
      client.addExtension({
        incoming: (_client, message, callback) => {
          if (message.channel === '/meta/connect') {
            client.disconnect();
          }
          callback(undefined, true);
        },
      });
      return;
    }
    const receiver: EventReceiver = {
      deliver: ({ channel, data }) => this.options.send(() => client.deliver(null, channel, data)),
      expire: () => expire(client),
    };
    session.receivers.add(receiver);
    client.addListener('removed', () => session.receivers.delete(receiver));
    this.options.begin(session, receiver);
  }
}

/**
 * Removes a CometD session. A poll that is held gets the answer that every later one will get, and nothing else:
 * without this the library would send a `/meta/disconnect` that nobody has asked for.
 */
function expire(client: ServerSession): void {
  client.addExtension({
    outgoing: (_sender, _session, message, callback) => {
      const isPoll = message.channel === '/meta/connect' && message.successful === true;
      callback(undefined, isPoll ? unknownSession(message) : message);
    },
  });
  client.addListener('queueDrain', (_session: ServerSession, queue: ServerMessage[]) => {
    queue.length = 0;
  });
  client.disconnect();
}

/** The answer to the poll of a session that is not known. */
function unknownSession({ id, channel }: ServerMessage): ServerMessage {
  return {
    ...(id !== undefined && { id }),
    channel,
    successful: false,
    error: '402::session_unknown',
    advice: { reconnect: 'handshake', interval: 0 },
  };
}
