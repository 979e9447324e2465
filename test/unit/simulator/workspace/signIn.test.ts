import assert from 'node:assert/strict';
import { accessToken, CometdDesktop, type Json } from '../../../support/cometdDesktop';
import { WorkspaceStage } from './support';

describe('Sign-in to Workspace API v3', () => {
  const stage = new WorkspaceStage();
  beforeEach(() => stage.start());
  afterEach(() => stage.dispose());

  /** One hop, with the cookies that are given. */
  const hop = async (
    path: string,
    init: RequestInit = {},
  ): Promise<{ status: number; location: string | null; cookies: string[] }> => {
    const response = await fetch(`${stage.address}${path}`, { redirect: 'manual', ...init });
    await response.arrayBuffer();
    return {
      status: response.status,
      location: response.headers.get('location'),
      cookies: response.headers.getSetCookie(),
    };
  };
  const attributes = '; Path=/; HttpOnly; SameSite=Lax';
  const form = (fields: Record<string, string>): RequestInit => ({
    method: 'POST',
    body: new URLSearchParams(fields),
  });

  it('leads a browser from the login through the form to the application, hop by hop', async () => {
    const page = `${stage.address}/desktop.html`;
    const encoded = encodeURIComponent(page);
    assert.deepEqual(await hop(`/workspace/v3/login?redirect_uri=${page}`), {
      status: 302,
      location: `/auth/v3/oauth/authorize?type=workspace&redirect_uri=${encoded}`,
      cookies: [],
    });
    assert.deepEqual(await hop(`/auth/v3/oauth/authorize?type=workspace&redirect_uri=${encoded}`), {
      status: 302,
      location: '/auth/sign-in.html?type=workspace',
      cookies: [`WWE_URI=${encoded}${attributes}`],
    });
    const signedIn = await hop('/auth/v3/sign-in', {
      ...form({ username: '\\AnnaBerger', password: 'AnnaBerger' }),
      headers: { cookie: `WWE_URI=${encoded}` },
    });
    const start = new URL(signedIn.location ?? '', page);
    const code = String(start.searchParams.get('code'));
    assert.match(code, /^[0-9a-f]{32}$/);
    assert.deepEqual(signedIn, {
      status: 302,
      location: `/workspace/v3/start?code=${code}&redirect_uri=${encoded}`,
      cookies: [],
    });
    assert.deepEqual(await hop(`${start.pathname}${start.search}`), {
      status: 302,
      location: `${page}?code=${code}`,
      cookies: [`WWE_CODE=${code}${attributes}`],
    });
    // Who is signed in is not asked again.
    assert.deepEqual(
      await hop(`/auth/v3/oauth/authorize?redirect_uri=${encoded}`, {
        headers: { cookie: `WWE_CODE=${code}` },
      }),
      { status: 302, location: `${page}?code=${code}`, cookies: [] },
    );
  });

  it('takes user name or employee id, with either as password, as form and as JSON', async () => {
    const granted = /^\/workspace\/v3\/start\?code=[0-9a-f]{32}&redirect_uri=%2F$/;
    for (const [username, password] of [
      ['AnnaBerger', 'AnnaBerger'],
      ['A1001', 'A1001'],
      ['A1001', 'AnnaBerger'],
      ['101\\AnnaBerger', 'AnnaBerger'],
      ['EmreYilmaz', 'EmreYilmaz'],
      ['ChloeDubois', 'ChloeDubois'],
    ] as const) {
      const body = { username, password };
      assert.match((await hop('/auth/v3/sign-in', form(body))).location ?? '', granted);
      const json = await hop('/auth/v3/sign-in', {
        method: 'POST',
        body: JSON.stringify({ ...body, wweURI: '/desktop?a=1' }),
        headers: { 'content-type': 'application/json' },
      });
      assert.match(json.location ?? '', /&redirect_uri=%2Fdesktop%3Fa%3D1$/);
    }
  });

  it('leads a refused sign-in back to the page, which says so', async () => {
    for (const [username, password] of [
      ['AnnaBerger', 'wrong'],
      ['AnnaBerger', ''],
      ['', ''],
      ['Nobody', 'Nobody'],
      // Disabled, and of another tenant.
      ['HugoLindqvist', 'HugoLindqvist'],
      ['1\\AnnaBerger', 'AnnaBerger'],
      ['__proto__', '__proto__'],
    ] as const) {
      assert.deepEqual(await hop('/auth/v3/sign-in', form({ username, password })), {
        status: 302,
        location: '/auth/sign-in.html?error&type=workspace',
        cookies: [],
      });
    }
    const page = await fetch(`${stage.address}/auth/sign-in.html?error&type=workspace`);
    assert.match(await page.text(), /User name or password is wrong/);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.deepEqual(await hop('/workspace/v3/start?code=0123&redirect_uri=/'), {
      status: 302,
      location: '/auth/sign-in.html?error&type=workspace',
      cookies: [],
    });
  });

  it('sends a code to this machine only', async () => {
    for (const uri of [
      'https://evil.example.com/',
      'http://127.0.0.1.evil.example.com/',
      'http://127.0.0.1@evil.example.com/',
      '//evil.example.com/',
      '/\\evil.example.com',
      'javascript:alert(1)',
      '/page#fragment',
    ]) {
      const encoded = encodeURIComponent(uri);
      const user = { username: 'A1001', password: 'A1001', wweURI: uri };
      for (const answer of [
        await hop(`/workspace/v3/login?redirect_uri=${encoded}`),
        await hop(`/auth/v3/oauth/authorize?redirect_uri=${encoded}`),
        await hop(`/workspace/v3/start?code=x&redirect_uri=${encoded}`),
        await hop('/auth/v3/sign-in', form(user)),
      ]) {
        assert.deepEqual(answer, { status: 400, location: null, cookies: [] }, uri);
      }
      const left = await hop(`/workspace/v3/logout?redirect_uri=${encoded}`);
      assert.equal(left.location, '/');
    }
    for (const uri of ['http://localhost:3000/x', 'http://[::1]:9/', 'http://127.0.0.1']) {
      const answer = await hop(`/workspace/v3/login?redirect_uri=${encodeURIComponent(uri)}`);
      assert.equal(answer.status, 302, uri);
    }
  });

  it('grants a token for a password, and tells whose it is', async () => {
    const token = await accessToken(stage.address, 'AnnaBerger');
    const info = async (bearer: string): Promise<[number, unknown]> => {
      const response = await fetch(`${stage.address}/auth/v3/userinfo`, {
        headers: { authorization: `Bearer ${bearer}` },
      });
      return [response.status, ((await response.json()) as Json)['employeeId']];
    };
    assert.deepEqual(await info(token), [200, 'A1001']);
    assert.deepEqual(await info('nonsense'), [401, undefined]);
    stage.sdk.clock.advance(3_600_000);
    assert.deepEqual(await info(token), [401, undefined]);
    const refused = async (fields: Record<string, string>): Promise<unknown> => {
      const response = await fetch(`${stage.address}/auth/v3/oauth/token`, form(fields));
      return [response.status, ((await response.json()) as Json)['error']];
    };
    const user = { username: 'A1001', password: 'no' };
    assert.deepEqual(await refused({ grant_type: 'password', ...user }), [400, 'invalid_grant']);
    assert.deepEqual(await refused({ grant_type: 'magic' }), [400, 'unsupported_grant_type']);
    assert.deepEqual(await refused({}), [400, 'invalid_request']);
  });

  it('begins a session with its cookies, shows it, and ends it', async () => {
    const desktop = stage.stranger();
    await desktop.signIn({ user: 'AnnaBerger' });
    const cookies = await desktop.cookies.getCookies(stage.address);
    assert.deepEqual(cookies.map(({ key }) => key).sort(), [
      'WORKSPACE_SESSIONID',
      'WWE_CODE',
      'WWE_URI',
    ]);
    const get = (path: string) => desktop.fetch('GET', `/workspace/v3/${path}`);
    const { status, body } = await get('current-session');
    const { user, configuration } = (body as { readonly data: Record<string, Json> }).data;
    assert.deepEqual([status, (body as Json)['status']], [200, { code: 0 }]);
    assert.deepEqual(user, {
      dbid: 101,
      firstName: 'Anna',
      lastName: 'Berger',
      userName: 'AnnaBerger',
      employeeId: 'A1001',
      agentLogin: 'A1001',
      defaultPlace: 'Desk-101',
      tenantDBID: 101,
      userProperties: [],
    });
    assert.deepEqual(Object.keys(configuration ?? {}), [
      'actionCodes',
      'agentGroups',
      'businessAttributes',
      'mediaTypes',
    ]);
    assert.deepEqual((await get('version')).status, 200);
    assert.deepEqual(await get('auth-keep-alive'), { status: 200, type: '', body: '' });
    const activated = await desktop.post('/activate-channels', { agentId: 'A1001' });
    assert.deepEqual(activated.body, {
      status: { code: 0 },
      data: { channels: ['email', 'chat', 'workitem'] },
    });
    assert.deepEqual(
      stage.server.loggedIn.map(({ agentId, placeId }) => [agentId, placeId]),
      [['A1001', 'Desk-101']],
    );
    const left = await hop('/workspace/v3/logout?redirect_uri=/bye', {
      headers: { cookie: await desktop.cookies.getCookieString(stage.address) },
    });
    assert.deepEqual([left.status, left.location, left.cookies.length], [302, '/bye', 2]);
    assert.deepEqual(stage.server.loggedIn, []);
    assert.deepEqual(await get('current-session'), { status: 403, type: '', body: '' });
    const { status: refusedStatus, body: refused } = await get('version');
    assert.deepEqual(
      [refusedStatus, refused],
      [403, { status: { code: 603, message: 'Unauthorized' } }],
    );
  });

  it('does not begin a session for a wrong code or token, nor for an agent who is logged in elsewhere', async () => {
    const desktop = stage.stranger();
    const initialize = async (query: string, headers?: Record<string, string>) =>
      (
        await desktop.fetch(
          'POST',
          `/workspace/v3/initialize-workspace${query}`,
          undefined,
          headers,
        )
      ).status;
    assert.equal(await initialize(''), 403);
    assert.equal(await initialize('?code=0123'), 403);
    assert.equal(await initialize('', { authorization: 'Bearer 0123' }), 403);
    await stage.sdk.agent('A1001', 'Desk-101');
    await assert.rejects(desktop.signIn({ user: 'A1001' }), /already logged in/);
  });

  it('refuses a CometD handshake without a session', async () => {
    const desktop = new CometdDesktop(stage.address);
    await assert.rejects(desktop.listen(), /403::handshake_denied/);
    await desktop.close();
  });
});
