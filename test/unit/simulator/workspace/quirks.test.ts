import assert from 'node:assert/strict';
import type { CometdDesktop, Json } from '../../../support/cometdDesktop';
import { DRAFTS, WorkspaceStage } from './support';

describe('Workspace API v3 with the quirks of agent-api-simulator', () => {
  const stage = new WorkspaceStage();
  let anna: CometdDesktop;
  beforeEach(async () => {
    await stage.start({ quirks: true });
    anna = await stage.desktop('A1001');
  });
  afterEach(() => stage.dispose());

  it('acknowledges unsubscribing as subscribing, also where nothing was subscribed', async () => {
    const { data } = await anna.operate(`/workbins/${DRAFTS}/unsubscribe`);
    assert.deepEqual([data['name'], data['operation']], ['EventAck', 'SubscribeWorkbinEvents']);
  });

  it('accepts requests without a session and sends no event', async () => {
    const { status, body } = await stage.stranger().post('/workbins/get-workbins', {}, 'op');
    assert.deepEqual([status, body], [200, { status: { code: 1 }, operationId: 'op' }]);
    assert.deepEqual(await anna.drained(), []);
  });

  it('never answers for an unknown interaction or its unknown functions', async () => {
    for (const path of [
      'media/email/interactions/none/pull',
      'workbins/interactions/none/nothing',
    ]) {
      const waiting = new AbortController();
      const asked = fetch(`${stage.address}/workspace/v3/${path}`, {
        method: 'POST',
        body: '{"data":{}}',
        headers: { cookie: await anna.cookies.getCookieString(stage.address) },
        signal: waiting.signal,
      });
      const nothing = new Promise((resolve) => setTimeout(() => resolve('nothing'), 50));
      assert.equal(await Promise.race([asked, nothing]), 'nothing');
      waiting.abort();
      await assert.rejects(asked);
    }
  });

  it('accepts unknown interactions, workbins and queues, and nothing follows', async () => {
    const id = stage.first('email-draft', 'A1001');
    for (const [path, data] of [
      [`/workbins/${DRAFTS}/add-interaction`, { interactionId: 'none' }],
      ['/workbins/nothing/add-interaction', { interactionId: id }],
      [`/media/email/interactions/${id}/place-in-queue`, { queue: 'nowhere' }],
    ] as const) {
      assert.equal((await anna.post(path, data)).status, 200);
    }
    assert.deepEqual(await anna.drained(), []);
    const { data } = await anna.operate('/workbins/interactions/none/get-details');
    assert.deepEqual(Object.keys(data), ['name', 'messageType', 'operationId']);
  });

  it('fails without data, and gives an event an operationId that no answer had', async () => {
    const path = '/workspace/v3/workbins';
    const failed = await anna.fetch('POST', `${path}/${DRAFTS}/get-content`, '{}');
    assert.deepEqual([failed.status, failed.type], [500, 'text/html; charset=utf-8']);
    const { body } = await anna.fetch('POST', `${path}/get-workbins`, '{}');
    const [event] = await anna.drained();
    assert.equal(event?.data['name'], 'EventWorkbins');
    assert.notEqual(event.data['operationId'], (body as Json)['operationId']);
  });

  it('accepts a handshake without a sign-in and disconnects at the first connect', async () => {
    const stranger = stage.stranger();
    const send = async (batch: Json[]): Promise<Json[]> => {
      const answer = await stranger.fetch(
        'POST',
        '/workspace/v3/notifications/',
        JSON.stringify(batch),
      );
      return answer.body as Json[];
    };
    const [shaken] = await send([{ id: '1', channel: '/meta/handshake' }]);
    assert.equal(shaken?.['successful'], true);
    assert.deepEqual(
      await send([{ id: '2', channel: '/meta/connect', clientId: shaken['clientId'] }]),
      [
        { successful: true, channel: '/meta/disconnect' },
        { id: '2', channel: '/meta/connect', successful: true },
      ],
    );
  });

  it('allows the origin undefined', async () => {
    const { headers } = await fetch(`${stage.address}/workspace/v3/auth-keep-alive`);
    assert.equal(headers.get('access-control-allow-origin'), 'undefined');
  });
});
