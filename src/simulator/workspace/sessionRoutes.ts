import { Refusal } from '../refusal';
import { cookie, failure, json, redirect, type Reply, type WorkspaceRequest } from './httpExchange';
import { sessionData } from './initialization';
import { destination, type SignInContext } from './signInRoutes';
import type { WorkspaceSession } from './workspaceSession';
import type { WorkspaceSessions } from './workspaceSessions';

/** What the embedded server says of itself. */
const VERSION = '9.0.000.00';

type Route = (
  context: SessionContext,
  request: WorkspaceRequest,
  session: WorkspaceSession | undefined,
) => Reply;

interface SessionContext extends SignInContext {
  readonly sessions: WorkspaceSessions;
}

/** No session, as agent-api-simulator (Genesys, MIT) tells it for `version`. */
export const UNAUTHORIZED = json(403, { status: { code: 603, message: 'Unauthorized' } });

/** Operations on the session itself, by method and path. They answer at once, without an event. */
export const SESSION_ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['POST /workspace/v3/initialize-workspace', initialize],
  ['GET /workspace/v3/current-session', currentSession],
  ['GET /workspace/v3/version', version],
  ['GET /workspace/v3/auth-keep-alive', () => ({ status: 200 })],
  ['POST /workspace/v3/activate-channels', activateChannels],
  ['GET /workspace/v3/logout', logOutAndLeave],
  ['POST /workspace/v3/logout', logOut],
]);

/**
 * Begins the session of whom the code, the cookie `WWE_CODE` or the access token names, and logs the agent in at the
 * usual place. The cookie `WORKSPACE_SESSIONID` is the real service's (workspace-client-js insists on it).
 */
function initialize({ sessions }: SessionContext, request: WorkspaceRequest): Reply {
  const code = request.query.get('code') ?? request.cookies.get('WWE_CODE');
  const agent = sessions.ofToken(request.bearer) ?? sessions.ofCode(code);
  if (agent === undefined) {
    return UNAUTHORIZED;
  }
  try {
    const session = sessions.begin(agent);
    const byCode = code !== undefined && sessions.ofCode(code) === agent;
    return json(
      200,
      { status: { code: 1 } },
      {
        'set-cookie': [
          cookie('WORKSPACE_SESSIONID', session.id),
          ...(byCode ? [cookie('WWE_CODE', code)] : []),
        ],
      },
    );
  } catch (error) {
    if (error instanceof Refusal) {
      return failure(500, `${error.message}.`);
    }
    throw error;
  }
}

function currentSession(
  { configuration }: SessionContext,
  _request: WorkspaceRequest,
  session: WorkspaceSession | undefined,
): Reply {
  return session === undefined
    ? { status: 403 }
    : json(200, { status: { code: 0 }, data: sessionData(configuration, session.agent) });
}

function version(
  _context: SessionContext,
  _request: WorkspaceRequest,
  session: WorkspaceSession | undefined,
): Reply {
  return session === undefined
    ? UNAUTHORIZED
    : json(200, { status: { code: 0 }, data: { version: VERSION } });
}

/** The agent is logged in already, at the usual place: a place that the request names is not looked at. */
function activateChannels(
  { configuration }: SessionContext,
  _request: WorkspaceRequest,
  session: WorkspaceSession | undefined,
): Reply {
  return session === undefined
    ? UNAUTHORIZED
    : json(200, { status: { code: 0 }, data: { channels: configuration.mediaTypes } });
}

function logOut(
  { sessions }: SessionContext,
  _request: WorkspaceRequest,
  session: WorkspaceSession | undefined,
): Reply {
  if (session !== undefined) {
    sessions.end(session.agent);
  }
  return json(200, { status: { code: 0 } }, { 'set-cookie': FORGOTTEN });
}

function logOutAndLeave(
  context: SessionContext,
  request: WorkspaceRequest,
  session: WorkspaceSession | undefined,
): Reply {
  logOut(context, request, session);
  return redirect(destination(request.query.get('redirect_uri') ?? '/') ?? '/', FORGOTTEN);
}

const FORGOTTEN = [cookie('WORKSPACE_SESSIONID', ''), cookie('WWE_CODE', '')];
