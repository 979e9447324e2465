import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { startSimulator } from '../../../../src/simulator/simulator';
import type { CometdDesktop } from '../../../support/cometdDesktop';
import { SILENT } from '../support';
import { DRAFTS, WorkspaceStage } from './support';

describe('The wire of Workspace API v3', () => {
  const stage = new WorkspaceStage();
  beforeEach(() => stage.start());
  afterEach(() => stage.dispose());

  const status = async (path: string, init?: RequestInit): Promise<number> => {
    const response = await fetch(`${stage.address}${path}`, { redirect: 'manual', ...init });
    await response.arrayBuffer();
    return response.status;
  };
  const withHeaders = async (headers: Record<string, string>): Promise<IncomingMessage> => {
    const { port } = new URL(stage.address);
    const asked = request({ host: '127.0.0.1', port, path: '/workspace/v3/version', headers });
    asked.end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    return response;
  };
  const bayeux = async (desktop: CometdDesktop, text: string, path = ''): Promise<number> =>
    (await desktop.fetch('POST', `/workspace/v3/notifications${path}`, text)).status;

  it('is closed until it is asked for', async () => {
    const simulator = await startSimulator({ clock: stage.sdk.clock, logger: SILENT });
    assert.equal(simulator.workspaceAddress, undefined);
    simulator.expireSessions();
    simulator.restartWorkspace();
    await simulator.stop();
    assert.match(stage.address, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('refuses foreign Host and Origin headers with 403', async () => {
    const statuses: unknown[] = [];
    for (const headers of [
      { host: 'evil.example.com' },
      { host: 'localhost@evil.example.com' },
      { origin: 'https://evil.example.com' },
      { origin: 'null' },
    ]) {
      const response = await withHeaders(headers);
      assert.equal(response.headers['access-control-allow-origin'], undefined);
      statuses.push([response.statusCode, response.headers['content-type']]);
    }
    assert.deepEqual(statuses, Array(4).fill([403, 'text/plain; charset=utf-8']));
  });

  it('lets pages of this machine read answers', async () => {
    const { headers } = await withHeaders({ origin: 'http://localhost:3000' });
    assert.deepEqual(
      [headers['access-control-allow-origin'], headers['access-control-allow-credentials']],
      ['http://localhost:3000', 'true'],
    );
    const preflight = await fetch(`${stage.address}/workspace/v3/workbins/get-workbins`, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:3000' },
    });
    assert.equal(preflight.status, 204);
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /content-type/);
    assert.equal((await withHeaders({})).headers['access-control-allow-origin'], undefined);
  });

  it('answers 404 for unknown paths and 405 for other methods', async () => {
    assert.equal(await status('/nothing'), 404);
    assert.equal(await status('/workspace/v3/nothing'), 404);
    assert.equal(await status('/workspace/v3'), 404);
    assert.equal(await status('/workspace/v3/__proto__'), 404);
    assert.equal(await status('/%E0%A4%A'), 404);
    assert.equal(await status('/workspace/v3/workbins/get-workbins'), 405);
    assert.equal(await status('/workspace/v3/initialize-workspace'), 405);
    assert.equal(await status('/workspace/v3/version', { method: 'DELETE' }), 405);
  });

  it('answers 403 to every operation without a session', async () => {
    for (const path of [
      'workbins/get-workbins',
      `workbins/${DRAFTS}/subscribe`,
      'media/email/interactions/x/pull',
      'media-management/move-to-workbin',
      'activate-channels',
    ]) {
      const { status: code, body } = await stage.stranger().post(`/${path}`);
      assert.deepEqual(
        [code, body],
        [403, { status: { code: 603, message: 'Unauthorized' } }],
        path,
      );
    }
  });

  it('answers 400 to what is no JSON, no object, or nested too deep', async () => {
    const desktop = await stage.desktop('A1001');
    for (const body of [
      '{"operationId"',
      'hello',
      '7',
      'null',
      '[]',
      '{"data":7}',
      '{"data":[]}',
      `{"data":{"a":${'['.repeat(100)}${']'.repeat(100)}}}`,
      `{"operationId":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    ]) {
      const answer = await desktop.fetch('POST', '/workspace/v3/workbins/get-workbins', body);
      assert.equal(answer.status, 400, body.slice(0, 40));
    }
    const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' };
    assert.equal(await status('/auth/v3/sign-in', json), 400);
    assert.deepEqual(await desktop.drained(), []);
  });

  it('refuses huge and compressed bodies', async () => {
    const desktop = await stage.desktop('A1001');
    const path = '/workspace/v3/workbins/get-workbins';
    const { status: huge } = await desktop.fetch('POST', path, ' '.repeat(1024 * 1024 + 1));
    assert.equal(huge, 413);
    const zipped = await desktop.fetch('POST', path, '{}', { 'content-encoding': 'gzip' });
    assert.equal(zipped.status, 415);
  });

  it('answers 400 to what is no Bayeux, and the session goes on', async () => {
    const desktop = await stage.desktop('A1001');
    const clientId = 'x';
    for (const batch of [
      '',
      '{}',
      '[]',
      '[null]',
      '[{}]',
      '["/meta/connect"]',
      '[{"channel":7}]',
      '[{"channel":"__proto__"}]',
      '[{"channel":"/"}]',
      '[{"channel":"/meta/nonsense"}]',
      JSON.stringify([{ channel: '/meta/connect', clientId: {} }]),
      JSON.stringify([{ channel: '/meta/connect', clientId, advice: { timeout: 1e12 } }]),
      JSON.stringify([{ channel: '/meta/connect', clientId, advice: 7 }]),
      JSON.stringify([{ channel: '/meta/subscribe', clientId, subscription: '__proto__' }]),
      JSON.stringify([{ channel: '/meta/subscribe', clientId, subscription: ['/a', 7] }]),
      JSON.stringify([{ channel: '/meta/handshake' }, { channel: '/meta/handshake' }]),
      JSON.stringify(Array(101).fill({ channel: '/meta/connect', clientId })),
    ]) {
      assert.equal(await bayeux(desktop, batch), 400, batch.slice(0, 80));
    }
    assert.equal(await status('/workspace/v3/notifications'), 400);
    assert.deepEqual(await desktop.drained(), []);
  });

  it('takes batches at every address of the endpoint, and no publication', async () => {
    const desktop = await stage.desktop('A1001');
    for (const path of ['', '/', '/handshake', '/connect', '/disconnect']) {
      const answer = await desktop.fetch(
        'POST',
        `/workspace/v3/notifications${path}`,
        JSON.stringify([{ id: '1', channel: '/meta/connect', clientId: 'unknown' }]),
      );
      assert.deepEqual(
        [answer.status, answer.body],
        [
          200,
          [
            {
              id: '1',
              channel: '/meta/connect',
              successful: false,
              error: '402::session_unknown',
              advice: { reconnect: 'handshake', interval: 0 },
            },
          ],
        ],
      );
    }
    const published = await desktop.publish('/workspace/v3/workbins', { name: 'EventAck' });
    assert.deepEqual([published.successful, published.error], [false, '403::publish_denied']);
    const elsewhere = await desktop.publish('/elsewhere', {});
    assert.equal(elsewhere.error, '403::channel_denied');
    assert.deepEqual(await desktop.drained(), []);
  });

  it('refuses a WebSocket with 400, as the server library does not have it', async () => {
    const { port } = new URL(stage.address);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `GET /workspace/v3/notifications HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 400 /);
    socket.destroy();
  });

  it('survives clients that break off in the middle of a body', async () => {
    const desktop = await stage.desktop('A1001');
    const { port } = new URL(stage.address);
    for (const text of [
      'POST /workspace/v3/workbins/get-workbins HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\n{"op',
      'POST /workspace/v3/notifications HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le',
    ]) {
      const socket = connect(Number(port), '127.0.0.1');
      await once(socket, 'connect');
      await new Promise((resolve) => socket.write(text, resolve));
      socket.resetAndDestroy();
      await once(socket, 'close');
    }
    assert.deepEqual(await desktop.drained(), []);
  });

  it('says what to do when its port is taken, and leaves nothing open', async () => {
    const port = Number(new URL(stage.address).port);
    await assert.rejects(
      startSimulator({ clock: stage.sdk.clock, logger: SILENT, workspace: { port } }),
      { name: 'ExpectedError', code: 'cannot-listen', message: /Choose another port/ },
    );
  });
});
