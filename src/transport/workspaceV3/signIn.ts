/**
 * Signing in to Genesys' web tier, in one of two ways: through the sign-in form as a browser does, which gives a code,
 * or by password for a token. Either is then traded for a workspace session.
 *
 * Sources: agent-api-simulator (Genesys, MIT) for the form's addresses and fields; workspace-client-js (Genesys, MIT) for
 * `initialize-workspace`, its code and its token.
 */
import { ExpectedError } from '../../core/base/result';
import { asInteger, asObject, asText, member } from '../../core/protocol/attributes';
import type { HttpResponseFrame } from '../../core/protocol/frame';
import type { JsonObject } from '../../core/protocol/json';
import { readJsonBody } from '../../core/protocol/workspace/bodyJson';
import { workspaceUrl, type ApiAddress } from './apiAddress';
import type { WebSession } from './webSession';

/** Who signs in. Kept no longer than it takes; stands in no error and no log. */
export interface Credentials {
  /** As people write it at the sign-in page, `TENANT\NAME` where there are tenants. */
  readonly user: string;
  readonly password: string;
  /** What the application itself is known by, where a token needs it. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Sent as `x-api-key` with every request. */
  readonly apiKey?: string;
}

/** What a sign-in gives, to be traded for a session. */
export type Grant =
  | { readonly kind: 'code'; readonly code: string; readonly redirectUri: string }
  | { readonly kind: 'token'; readonly token: string };

const FORM = 'application/x-www-form-urlencoded';

/** Walks the sign-in of a browser. Rejects with an `ExpectedError`; `sign-in-refused` means that asking again is no use. */
export async function signInByForm(
  web: WebSession,
  address: ApiAddress,
  credentials: Credentials,
): Promise<Grant> {
  const redirectUri = `${address.root}/`;
  const back = new URL(redirectUri);
  const isBack = (url: URL): boolean =>
    url.origin === back.origin && url.pathname === back.pathname && url.searchParams.has('code');
  const goOn = (url: URL): boolean => {
    mustBeSame(address, url);
    return !isBack(url) && !url.searchParams.has('error');
  };
  const query = String(new URLSearchParams({ redirect_uri: redirectUri }));
  const login = workspaceUrl(address, `/login?${query}`);
  const start = await web.follow({ method: 'GET', url: login }, goOn);
  mustHaveAnswered(start.response, 'login');
  if (start.redirects === 0 && start.target === undefined) {
    throw new ExpectedError(
      'not-workspace',
      `The server has no Workspace API v3 there: it answered login with ${statusOf(start.response)}. Check the address.`,
    );
  }
  const known = codeOf(start.target, isBack);
  if (known !== undefined) {
    return { kind: 'code', code: known, redirectUri };
  }
  const fields = new URLSearchParams({
    username: credentials.user,
    password: credentials.password,
    // Without a tenant in the name the field must be there, if empty.
    ...(!credentials.user.includes('\\') && { tenant: '' }),
  });
  const content = { type: FORM, text: String(fields) };
  const url = `${address.root}/auth/v3/sign-in`;
  const { response, target } = await web.follow({ method: 'POST', url, content }, goOn);
  mustHaveAnswered(response, 'sign-in');
  const code = codeOf(target, isBack);
  if (code !== undefined) {
    return { kind: 'code', code, redirectUri };
  }
  if (target?.searchParams.has('error') === true || isRefusal(response.status)) {
    throw refused(credentials.user);
  }
  throw new ExpectedError(
    'sign-in-failed',
    `The sign-in gave no code: the server answered with ${statusOf(response)}.`,
  );
}

/** Asks for a token by OAuth's password grant (RFC 6749, section 4.3). Rejects as {@link signInByForm} does. */
export async function signInByToken(
  web: WebSession,
  address: ApiAddress,
  credentials: Credentials,
): Promise<Grant> {
  const { user, password, clientId, clientSecret = '' } = credentials;
  const fields = new URLSearchParams({
    grant_type: 'password',
    username: user,
    password,
    scope: '*',
    ...(clientId !== undefined && { client_id: clientId }),
  });
  const basic = Buffer.from(`${clientId ?? ''}:${clientSecret}`).toString('base64');
  const response = await web.send({
    method: 'POST',
    url: `${address.root}/auth/v3/oauth/token`,
    headers: clientId === undefined ? [] : [['Authorization', `Basic ${basic}`]],
    content: { type: FORM, text: String(fields) },
  });
  mustHaveAnswered(response, 'oauth/token');
  const token = asText(member(jsonOf(response), 'access_token'));
  if (response.status === 200 && token !== undefined && token !== '') {
    return { kind: 'token', token };
  }
  if (isRefusal(response.status)) {
    throw refused(user);
  }
  throw new ExpectedError(
    'sign-in-failed',
    `The server gave no token: it answered oauth/token with ${statusOf(response)}.`,
  );
}

/**
 * Begins the workspace session. From here on its cookie is what signs requests: `WORKSPACE_SESSIONID`, or `WWE_CODE`
 * with the simulator. Rejects with an `ExpectedError`.
 */
export async function initializeWorkspace(
  web: WebSession,
  address: ApiAddress,
  grant: Grant,
): Promise<void> {
  const isCode = grant.kind === 'code';
  const query = isCode
    ? `?${String(new URLSearchParams({ code: grant.code, redirect_uri: grant.redirectUri }))}`
    : '';
  const response = await web.send({
    method: 'POST',
    url: workspaceUrl(address, `/initialize-workspace${query}`),
    headers: isCode ? [] : [['Authorization', `Bearer ${grant.token}`]],
  });
  mustHaveAnswered(response, 'initialize-workspace');
  const status = asObject(member(jsonOf(response), 'status'));
  const code = asInteger(member(status, 'code'));
  if (response.status !== 200 || code === undefined || code > 1) {
    const words = asText(member(status, 'message')) ?? '';
    throw new ExpectedError(
      'not-initialized',
      `The server began no session: it answered initialize-workspace with ${statusOf(response)}${
        code === undefined ? '' : `, status ${code}`
      }${words === '' ? '' : ` (${words})`}.`,
    );
  }
  if (!web.hasCookie(workspaceUrl(address, '/notifications'), SESSION_COOKIES)) {
    throw new ExpectedError(
      'not-initialized',
      `The server began no session: initialize-workspace set neither ${SESSION_COOKIES.join(' nor ')}.`,
    );
  }
}

const SESSION_COOKIES = ['WORKSPACE_SESSIONID', 'WWE_CODE'];

/** The JSON object in a response's body, if there is one. */
export function jsonOf(response: HttpResponseFrame): JsonObject | undefined {
  return asObject(readJsonBody(response.body).value);
}

/** A response's status in words, without anything of its body. */
export function statusOf({ status, statusText }: HttpResponseFrame): string {
  return `HTTP ${status}${statusText === '' ? '' : ` ${statusText}`}`;
}

/** Rejected where no response came at all. */
function mustHaveAnswered(response: HttpResponseFrame, what: string): void {
  if (response.status === 0) {
    throw new ExpectedError(
      'cannot-connect',
      `Cannot connect, ${what} got no answer: ${response.error ?? 'no reason was given'}`,
    );
  }
}

/** Whoever the server sends us to, the password stays with the server that it was asked for. */
function mustBeSame(address: ApiAddress, url: URL): void {
  if (url.origin !== address.origin) {
    throw new ExpectedError(
      'foreign-sign-in',
      `The server hands the sign-in over to ${url.origin}. The password is not sent there; sign in by token instead.`,
    );
  }
}

function codeOf(target: URL | undefined, isBack: (url: URL) => boolean): string | undefined {
  const code = target !== undefined && isBack(target) ? target.searchParams.get('code') : null;
  return code === null || code === '' ? undefined : code;
}

function isRefusal(status: number): boolean {
  return status === 400 || status === 401 || status === 403;
}

function refused(user: string): ExpectedError {
  return new ExpectedError(
    'sign-in-refused',
    `The server refused to sign in ${user}. Check user name and password.`,
  );
}
