import type { Configuration } from '../configuration';
import { signIn } from './accounts';
import {
  cookie,
  html,
  json,
  plainText,
  redirect,
  type Reply,
  type WorkspaceRequest,
} from './httpExchange';
import { userView } from './initialization';
import { TOKEN_SECONDS, type WorkspaceSessions } from './workspaceSessions';

/** Sign-in as a browser does it, and by password grant; paths and cookies are those of agent-api-simulator (MIT). */
export interface SignInContext {
  readonly configuration: Configuration;
  readonly sessions: WorkspaceSessions;
}

type Route = (context: SignInContext, request: WorkspaceRequest, body: string) => Reply;

/** By method and path. */
export const SIGN_IN_ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['GET /', () => html(200, '<p>Workspace API v3 of the embedded Interaction Server')],
  ['GET /workspace/v3/login', login],
  ['GET /auth/v3/oauth/authorize', authorize],
  ['GET /auth/sign-in.html', (_context, { query }) => signInPage(query.has('error'))],
  ['POST /auth/v3/sign-in', signInByForm],
  ['GET /workspace/v3/start', start],
  ['POST /auth/v3/oauth/token', token],
  ['GET /auth/v3/userinfo', userInfo],
]);

function login(_context: SignInContext, { query }: WorkspaceRequest): Reply {
  const target = destination(query.get('redirect_uri') ?? '/');
  return target === undefined
    ? FOREIGN_DESTINATION
    : redirect(`/auth/v3/oauth/authorize?${String(parameters('workspace', target))}`);
}

function authorize({ sessions }: SignInContext, { query, cookies }: WorkspaceRequest): Reply {
  const target = destination(query.get('redirect_uri') ?? '/');
  if (target === undefined) {
    return FOREIGN_DESTINATION;
  }
  const code = cookies.get('WWE_CODE');
  if (code !== undefined && sessions.ofCode(code) !== undefined) {
    return redirect(withCode(target, code));
  }
  return redirect('/auth/sign-in.html?type=workspace', [cookie('WWE_URI', target)]);
}

function signInPage(failed: boolean): Reply {
  return html(
    200,
    `${failed ? '<p role="alert">User name or password is wrong.' : ''}<form method="post" action="/auth/v3/sign-in">` +
      '<p><label>User name <input name="username" autocomplete="username"></label>' +
      '<p><label>Password <input name="password" type="password" autocomplete="current-password"></label>' +
      '<p><button>Sign in</button></form>',
  );
}

/** Takes a form or JSON. A refusal is a redirect too, back to the page. */
function signInByForm(
  { configuration, sessions }: SignInContext,
  request: WorkspaceRequest,
  body: string,
): Reply {
  const fields = readFields(request, body);
  const agent = signIn(
    configuration,
    fields.get('username') ?? '',
    fields.get('password') ?? '',
    fields.get('tenant') ?? '',
  );
  if (agent === undefined) {
    return redirect('/auth/sign-in.html?error&type=workspace');
  }
  const target = destination(fields.get('wweURI') ?? request.cookies.get('WWE_URI') ?? '/');
  if (target === undefined) {
    return FOREIGN_DESTINATION;
  }
  const query = new URLSearchParams({ code: sessions.issueCode(agent), redirect_uri: target });
  return redirect(`/workspace/v3/start?${String(query)}`);
}

function start({ sessions }: SignInContext, { query }: WorkspaceRequest): Reply {
  const code = query.get('code') ?? '';
  const target = destination(query.get('redirect_uri') ?? '/');
  if (target === undefined) {
    return FOREIGN_DESTINATION;
  }
  return sessions.ofCode(code) === undefined
    ? redirect('/auth/sign-in.html?error&type=workspace')
    : redirect(withCode(target, code), [cookie('WWE_CODE', code)]);
}

/** Resource owner password grant (RFC 6749, 4.3); whatever client id is named is taken. */
function token(
  { configuration, sessions }: SignInContext,
  request: WorkspaceRequest,
  body: string,
): Reply {
  const fields = readFields(request, body);
  const grantType = fields.get('grant_type');
  if (grantType !== 'password') {
    const error = grantType === undefined ? 'invalid_request' : 'unsupported_grant_type';
    return json(400, { error, error_description: 'The grant type is password.' });
  }
  const agent = signIn(
    configuration,
    fields.get('username') ?? '',
    fields.get('password') ?? '',
    fields.get('tenant') ?? '',
  );
  return agent === undefined
    ? json(400, { error: 'invalid_grant', error_description: 'User name or password is wrong.' })
    : json(
        200,
        {
          access_token: sessions.issueToken(agent),
          token_type: 'bearer',
          expires_in: TOKEN_SECONDS,
          scope: '*',
        },
        { 'cache-control': 'no-store' },
      );
}

function userInfo({ configuration, sessions }: SignInContext, request: WorkspaceRequest): Reply {
  const agent = sessions.ofToken(request.bearer);
  return agent === undefined
    ? json(401, { error: 'invalid_token' }, { 'www-authenticate': 'Bearer' })
    : json(200, userView(configuration, agent));
}

const FOREIGN_DESTINATION = plainText(400, 'redirect_uri must be a page of this machine.');

/** A path here or a page of this machine, without a fragment: a code must not be sent to anybody else. */
export function destination(uri: string): string | undefined {
  if (/^\/(?![/\\])[^\s\\#]*$/.test(uri)) {
    return uri;
  }
  return /^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?(?:[/?][^\s\\#]*)?$/i.test(uri)
    ? uri
    : undefined;
}

function withCode(target: string, code: string): string {
  return `${target}${target.includes('?') ? '&' : '?'}code=${code}`;
}

function parameters(type: string, target: string): URLSearchParams {
  return new URLSearchParams({ type, redirect_uri: target });
}

/** Fields of a form or of a JSON object; the body has been found to be JSON where it says so. */
function readFields({ contentType }: WorkspaceRequest, body: string): ReadonlyMap<string, string> {
  if (contentType !== 'application/json') {
    return new Map(new URLSearchParams(body));
  }
  const value: unknown = body === '' ? {} : JSON.parse(body);
  return new Map(
    Object.entries(typeof value === 'object' && value !== null ? value : {}).filter(
      (field): field is [string, string] => typeof field[1] === 'string',
    ),
  );
}
