import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Disposable } from '../../core/base/disposable';
import { messageOf } from '../../core/base/result';
import type { Clock, Logger } from '../../session/ports';
import type { FaultRules, Faults } from '../faults';
import type { InteractionServer } from '../interactionServer';
import { Refusal } from '../refusal';
import { readBayeuxBatch } from './bayeuxBatch';
import { errorEvent } from './events';
import {
  failure,
  json,
  plainText,
  writeReply,
  type Reply,
  type WorkspaceRequest,
} from './httpExchange';
import { initializationEvents, sessionData } from './initialization';
import { LateActions } from './lateActions';
import { mediaManagementOperation, mediaOperation } from './mediaOperations';
import { Notifications } from './notifications';
import type { Course, Operation } from './operations';
import { isReply, readJson, readOperationBody } from './requestBody';
import { SESSION_ROUTES, UNAUTHORIZED } from './sessionRoutes';
import { SIGN_IN_ROUTES } from './signInRoutes';
import { WorkbinDirectory } from './workbinDirectory';
import { workbinOperation } from './workbinOperations';
import type { WorkspaceSession } from './workspaceSession';
import { WorkspaceSessions } from './workspaceSessions';

export interface WorkspaceContext {
  readonly server: InteractionServer;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly faults: Faults;
  readonly rules: FaultRules;
  /**
   * Also behave where agent-api-simulator is known to misbehave: unsubscribing is acknowledged as subscribing,
   * requests about unknown interactions stay without an answer or an event, and so do those without a session.
   */
  readonly quirks: boolean;
}

const BASE = '/workspace/v3';

/** What Workspace API v3 answers to a request, and what it sends afterwards; it listens to nothing itself. */
export class WorkspaceWeb implements Disposable {
  private readonly directory: WorkbinDirectory;
  private readonly sessions: WorkspaceSessions;
  private readonly notifications: Notifications;
  private readonly late: LateActions;

  constructor(
    private readonly context: WorkspaceContext,
    /** Breaks off the connections of desktops. */
    tear: () => void,
  ) {
    const { server, clock, faults, rules, quirks } = context;
    this.directory = new WorkbinDirectory(server.configuration);
    this.sessions = new WorkspaceSessions(server, clock, rules, tear);
    this.late = new LateActions(clock, faults);
    this.notifications = new Notifications({
      begin: (session, receiver) => {
        this.sessions.use(session);
        const data = sessionData(server.configuration, session.agent);
        initializationEvents(data, clock.now()).forEach((event) => receiver.deliver(event));
      },
      send: (action) => this.send(action),
      quirks,
    });
  }

  /** Does what sends something: now, or as the faults say. */
  send(action: () => void): void {
    this.late.run(action);
  }

  /** Ends every session; access tokens stay good. */
  expireSessions(): void {
    this.sessions.expire();
    this.notifications.forget();
  }

  /** Ends every session and forgets every token. */
  forgetEverything(): void {
    this.sessions.clear();
    this.notifications.forget();
  }

  /** Answers the polls that are held and stops every timer. */
  dispose(): void {
    this.sessions.clear();
    this.notifications.close();
    this.late.dispose();
  }

  /** Answers a request whose body has been read; throws when the CometD library stumbles. */
  answer(
    request: WorkspaceRequest,
    body: string,
    raw: IncomingMessage,
    response: ServerResponse,
  ): void {
    const { method, path, contentType } = request;
    if (method === 'OPTIONS') {
      writeReply(response, PREFLIGHT);
      return;
    }
    const isOperation = path.startsWith(`${BASE}/`);
    const read =
      isOperation || contentType === 'application/json' ? readJson(body) : { value: undefined };
    if ('refused' in read) {
      writeReply(response, read.refused);
      return;
    }
    const { configuration } = this.context.server;
    const { sessions } = this;
    const session = sessions.of(request);
    if (/^\/workspace\/v3\/notifications(?:\/(?:handshake|connect|disconnect)?)?$/.test(path)) {
      this.notify(raw, response, read.value, session);
      return;
    }
    const signIn = SIGN_IN_ROUTES.get(`${method} ${path}`);
    const ofSession = SESSION_ROUTES.get(`${method} ${path}`);
    if (signIn !== undefined) {
      writeReply(response, signIn({ configuration, sessions }, request, body));
    } else if (ofSession !== undefined) {
      writeReply(response, ofSession({ configuration, sessions }, request, session));
    } else if (isOperation) {
      this.operate(request, read.value, session, response);
    } else {
      writeReply(response, failure(404, 'Resource not found.'));
    }
  }

  private notify(
    raw: IncomingMessage,
    response: ServerResponse,
    body: unknown,
    session: WorkspaceSession | undefined,
  ): void {
    // The server library does long-polling only: callback-polling and WebSocket begin with GET.
    const batch = raw.method === 'POST' ? readBayeuxBatch(body) : undefined;
    if (batch === undefined) {
      writeReply(response, plainText(400, 'Expected a batch of Bayeux messages by POST.'));
      return;
    }
    this.notifications.handle(raw, response, batch, session);
  }

  private operate(
    request: WorkspaceRequest,
    value: unknown,
    session: WorkspaceSession | undefined,
    response: ServerResponse,
  ): void {
    const { server, quirks } = this.context;
    const [area = '', ...segments] = request.path
      .slice(BASE.length + 1)
      .split('/')
      .map(decoded);
    const handler = OPERATIONS.get(area);
    if (handler === undefined) {
      writeReply(response, this.unknown(request.path));
      return;
    }
    if (request.method !== 'POST') {
      writeReply(response, failure(405, 'An operation is asked for by POST.', { allow: 'POST' }));
      return;
    }
    const body = readOperationBody(value, request, quirks);
    if (isReply(body)) {
      writeReply(response, body);
      return;
    }
    const acknowledged = body.operationId ?? randomUUID();
    if (session === undefined) {
      writeReply(response, quirks ? acknowledgement(acknowledged) : UNAUTHORIZED);
      return;
    }
    // The simulator of the real service makes a second one up for the event.
    const operationId = body.operationId ?? (quirks ? randomUUID() : acknowledged);
    const { directory } = this;
    const operation = { server, directory, session, data: body.data, operationId, quirks };
    this.follow(handler(operation, segments), operation, acknowledged, response);
  }

  private follow(
    course: Course,
    { session, operationId }: Operation,
    acknowledged: unknown,
    response: ServerResponse,
  ): void {
    switch (course.kind) {
      case 'accepted':
        // What the work brings comes after the acknowledgement, which has gone out when the response closes.
        response.once('close', () => {
          if (session.isLive) {
            this.work(course.channel, course.work, session, operationId);
          }
        });
        writeReply(response, acknowledgement(acknowledged));
        break;
      case 'reply':
        writeReply(response, course.reply);
        break;
      case 'unanswered':
        break;
    }
  }

  private work(
    channel: string,
    work: () => void,
    session: WorkspaceSession,
    operationId: unknown,
  ): void {
    try {
      work();
    } catch (error) {
      if (error instanceof Refusal) {
        session.tell(errorEvent(channel, operationId, error));
      } else {
        this.context.logger.error(`An operation failed: ${messageOf(error)}`);
      }
    }
  }

  private unknown(path: string): Reply {
    const known = [...SIGN_IN_ROUTES.keys(), ...SESSION_ROUTES.keys()];
    const methods = known.filter((route) => route.endsWith(` ${path}`)).map((r) => r.split(' ')[0]);
    return methods.length === 0
      ? failure(404, 'Resource not found.')
      : failure(405, 'Another method is needed.', { allow: methods.join(', ') });
  }
}

const OPERATIONS: ReadonlyMap<
  string,
  (operation: Operation, segments: readonly string[]) => Course
> = new Map([
  ['workbins', workbinOperation],
  ['media', mediaOperation],
  ['media-management', mediaManagementOperation],
]);

const PREFLIGHT: Reply = {
  status: 204,
  headers: {
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type, x-api-key',
    'access-control-max-age': '600',
  },
};

function acknowledgement(operationId: unknown): Reply {
  return json(200, { status: { code: 1 }, operationId });
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray percent sign: the segment stands for itself.
    return segment;
  }
}
