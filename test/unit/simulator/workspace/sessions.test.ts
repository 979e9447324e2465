import assert from 'node:assert/strict';
import { accessToken, type Json } from '../../../support/cometdDesktop';
import { changeLine, until } from '../support';
import { DRAFTS, HeldPoll, IN_PROGRESS, line, TEAM, WorkspaceStage } from './support';

describe('Sessions of Workspace API v3', () => {
  const stage = new WorkspaceStage();
  beforeEach(() => stage.start());
  afterEach(() => stage.dispose());

  const added = (id: string, workbin: string): string =>
    `workbins EventWorkbinContentChanged PlaceInWorkbin Add ${workbin} ${id} InWorkbin`;
  const removed = (id: string, workbin: string, operation = 'Pull'): string =>
    `workbins EventWorkbinContentChanged ${operation} Remove ${workbin} ${id} InWorkbin`;

  it('sends the initialization events first, in their order', async () => {
    const desktop = stage.stranger();
    await desktop.signIn({ user: 'AnnaBerger' });
    await desktop.listen();
    await desktop.operate('/workbins/get-workbins');
    const events = desktop.events.slice(0, 3);
    assert.deepEqual(
      events.map(({ channel, data: { data, ...rest } }) => [
        channel,
        rest,
        data === undefined ? undefined : Object.keys(data as Json),
      ]),
      [
        ['WorkspaceInitializationProgress', 'Executing', { percentComplete: 50 }, undefined],
        [
          'WorkspaceInitializationProgress',
          'Complete',
          { percentComplete: 100 },
          ['user', 'configuration'],
        ],
        ['WorkspaceInitializationComplete', 'Complete', undefined, ['user', 'configuration']],
      ].map(([messageType, state, progress, data]) => [
        '/workspace/v3/initialization',
        {
          state,
          submittedAt: '2026-05-04T09:30:00.000Z',
          executionTime: 1,
          actualWaitTime: 1,
          ...(progress === undefined ? {} : { progress }),
          messageType,
        },
        data,
      ]),
    );
    assert.ok(JSON.stringify(events).length < 10_000);
  });

  it('tells a subscriber of one workbin, by type and owner, and of no other', async () => {
    const fatima = await stage.desktop('A1006');
    await fatima.operate(`/workbins/${DRAFTS}/subscribe`, { ownerId: 'A1001' });
    await fatima.operate(`/workbins/${TEAM}/subscribe`, { ownerId: 'Claims' });
    await fatima.drained();
    const { simulator } = stage.sdk;
    for (const workbin of [
      'email-draft@A1001',
      'email-draft@A1002',
      'email-in-progress@A1001',
      'team-email@Claims',
      'team-email@Customer-Mail',
    ]) {
      assert.ok(simulator.placeAsOtherAgent(workbin).ok);
    }
    const events = await fatima.drained();
    assert.deepEqual(
      events.map(({ data }) => [data['workbin'], data['operationId']]),
      [
        [{ id: DRAFTS, owner: 'A1001' }, undefined],
        [{ id: TEAM, owner: 'Claims' }, undefined],
      ],
    );
    await fatima.operate(`/workbins/${DRAFTS}/unsubscribe`, { ownerId: 'A1001' });
    await fatima.drained();
    simulator.placeAsOtherAgent('email-draft@A1001');
    assert.deepEqual(await fatima.drained(), []);
  });

  it('tells a double subscriber once', async () => {
    const anna = await stage.desktop('A1001');
    await anna.operate(`/workbins/${DRAFTS}/subscribe`);
    await anna.operate(`/workbins/${DRAFTS}/subscribe`);
    await anna.drained();
    stage.sdk.simulator.placeAsOtherAgent('email-draft@A1001');
    assert.equal((await anna.drained()).length, 1);
  });

  it('shows over CometD what an agent does over Platform SDK JSON, and the other way round', async () => {
    const anna = await stage.desktop('A1001');
    const ben = await stage.sdk.agent('A1002', 'Desk-102');
    const workbin = { workbinTypeId: 'team-email', workbinGroupId: 'Customer-Mail' };
    await anna.operate(`/workbins/${TEAM}/subscribe`);
    await ben.request('RequestWorkbinNotifications', { workbin });
    await anna.drained();
    const [id = ''] = await ben.ids(workbin);

    await ben.request('RequestPull', {
      viewId: 'team-email/PrivateView',
      pullParameters: { id },
    });
    assert.equal(changeLine(await ben.next()), `TakenOut Pull team-email@Customer-Mail ${id}`);
    assert.deepEqual((await anna.drained()).map(line), [removed(id, `${TEAM}@Customer-Mail`)]);
    await ben.request('RequestPlaceInWorkbin', { interactionId: id, workbin });
    await ben.next();
    assert.deepEqual((await anna.drained()).map(line), [added(id, `${TEAM}@Customer-Mail`)]);

    await anna.operate(`/media/email/interactions/${id}/pull`, { sourceId: TEAM });
    const taken = await ben.next();
    assert.equal(changeLine(taken), `TakenOut Pull team-email@Customer-Mail ${id}`);
    assert.equal((taken['actor'] as Json)['actorAgentId'], 'A1001');
    await anna.operate(`/media/email/interactions/${id}/place-in-queue`, { queue: '__BACK__' });
    assert.equal(
      changeLine(await ben.next()),
      `PlacedIn PlaceInWorkbin team-email@Customer-Mail ${id}`,
    );
    assert.deepEqual((await anna.drained()).map(line), [
      removed(id, `${TEAM}@Customer-Mail`),
      `media/email StatusChange ${id} Processing`,
      added(id, `${TEAM}@Customer-Mail`),
      `media/email StatusChange ${id} InWorkbin`,
    ]);
  });

  it('shows two agents what the other one does, but the state of an interaction only to its agent', async () => {
    const anna = await stage.desktop('A1001');
    const ben = await stage.desktop('A1002');
    for (const desktop of [anna, ben]) {
      await desktop.operate(`/workbins/${TEAM}/subscribe`);
      await desktop.drained();
    }
    const { data } = await anna.operate(`/workbins/${TEAM}/get-content`);
    const [first] = (data['workbin'] as Json)['interactions'] as Json[];
    const id = String(first?.['id']);
    await anna.operate(`/media/email/interactions/${id}/pull`);
    assert.deepEqual((await ben.drained()).map(line), [removed(id, `${TEAM}@Customer-Mail`)]);
    const refused = await ben.operate(`/media/email/interactions/${id}/place-in-queue`, {
      queue: 'email-draft',
    });
    assert.deepEqual(
      [refused.channel, refused.data['name'], refused.data['errorCode']],
      ['/workspace/v3/media/email', 'EventError', 35],
    );
  });

  it('gives every tab of an agent every event, and ends all of them together', async () => {
    const first = await stage.desktop('A1001');
    const second = await stage.desktop('A1001');
    await first.drained();
    await second.operate(`/workbins/${DRAFTS}/subscribe`);
    const [ack] = await first.drained();
    assert.equal(ack?.data['name'], 'EventAck');
    await second.fetch('POST', '/workspace/v3/logout');
    assert.deepEqual(stage.server.loggedIn, []);
    await first.until(() => first.failures.some(({ error }) => error === '402::session_unknown'));
    assert.equal((await first.post('/workbins/get-workbins')).status, 403);
  });

  it('takes sessions away: operations get 403, the next poll 402, and a new sign-in works', async () => {
    const anna = await stage.desktop('A1001');
    await anna.operate(`/workbins/${DRAFTS}/subscribe`);
    await anna.drained();
    stage.sdk.simulator.expireSessions();
    await anna.until(() => anna.handshakes.length > 1);
    assert.deepEqual(
      anna.failures.map(({ channel, error }) => [channel, error]),
      [
        ['/meta/connect', '402::session_unknown'],
        ['/meta/handshake', '403::handshake_denied'],
      ],
    );
    assert.equal((await anna.post('/workbins/get-workbins')).status, 403);
    assert.deepEqual(stage.server.loggedIn, []);
    await anna.signIn({ user: 'A1001' });
    await anna.listen();
    await anna.next(({ data }) => data['messageType'] === 'WorkspaceInitializationComplete');
    // The subscription went with the session.
    stage.sdk.simulator.placeAsOtherAgent('email-draft@A1001');
    const events = await anna.drained();
    assert.ok(!events.some(({ data }) => data['name'] === 'EventWorkbinContentChanged'));
  });

  it('keeps access tokens when it takes sessions away, and loses them when it restarts', async () => {
    const anna = stage.stranger();
    await anna.signIn({ user: 'A1001', signIn: 'token' });
    const token = await accessToken(stage.address, 'A1001');
    const initialize = async (): Promise<number> => {
      const path = '/workspace/v3/initialize-workspace';
      const headers = { authorization: `Bearer ${token}` };
      // A restart breaks off connections that the client believes to be good.
      const again = (): Promise<{ readonly status: number }> =>
        anna.fetch('POST', path, undefined, headers);
      return (await again().catch(again)).status;
    };
    stage.sdk.simulator.expireSessions();
    assert.equal(await initialize(), 200);
    const id = stage.first('email-draft', 'A1001');
    await anna.post(`/media/email/interactions/${id}/pull`);
    await until(() => !stage.lying('email-draft', 'A1001').includes(id));
    stage.sdk.simulator.restartWorkspace();
    // What the agent had in hand is back.
    assert.ok(stage.lying('email-draft', 'A1001').includes(id));
    assert.equal(await initialize(), 403);
  });

  it('breaks polls off when it restarts, and takes the agent again', async () => {
    const anna = await stage.desktop('A1001');
    stage.sdk.simulator.restartWorkspace();
    await anna.until(() => anna.handshakes.length > 1);
    assert.deepEqual(
      // A poll that was broken off, if there was one, has no error.
      anna.failures.flatMap(({ channel, error }) =>
        error === undefined ? [] : [[channel, error]],
      ),
      [
        ['/meta/connect', '402::session_unknown'],
        ['/meta/handshake', '403::handshake_denied'],
      ],
    );
    await anna.signIn({ user: 'A1001' });
    await anna.listen();
    await anna.operate('/workbins/get-workbins');
  });

  it('drops polls in the middle of an answer, and the session lives on', async () => {
    const anna = await stage.desktop('A1001');
    await anna.operate(`/workbins/${DRAFTS}/subscribe`);
    await anna.drained();
    while (anna.failures.length === 0) {
      // Between two polls there is nothing to drop.
      stage.sdk.simulator.drop();
      await anna.fetch('GET', '/workspace/v3/version').catch(() => undefined);
    }
    const { polls } = anna;
    await anna.until(() => anna.polls > polls);
    stage.sdk.simulator.placeAsOtherAgent('email-draft@A1001');
    await anna.next(({ data }) => data['name'] === 'EventWorkbinContentChanged');
    assert.deepEqual(anna.handshakes, [true]);
  });

  it('sends a torn answer when it drops', async () => {
    const anna = stage.stranger();
    await anna.signIn({ user: 'A1001' });
    const poll = await HeldPoll.begin(anna);
    stage.sdk.simulator.drop();
    assert.match(await poll.remains(), /Content-Length: 256\r\n\r\n\[\{"chan$/);
  });

  it('answers a poll that is held with 402 and nothing else when the session ends', async () => {
    for (const end of [
      () => {
        stage.sdk.simulator.expireSessions();
        return Promise.resolve();
      },
      () => stage.sdk.simulator.stop(),
    ]) {
      const anna = stage.stranger();
      await anna.signIn({ user: 'A1001' });
      const poll = await HeldPoll.begin(anna);
      const ended = end();
      assert.deepEqual(await poll.answer(), [
        {
          id: '9',
          channel: '/meta/connect',
          successful: false,
          error: '402::session_unknown',
          advice: { reconnect: 'handshake', interval: 0 },
        },
      ]);
      await ended;
    }
  });

  it('ends an agent without desktop and without requests after a minute', async () => {
    const anna = await stage.desktop('A1001');
    const ben = stage.stranger();
    await ben.signIn({ user: 'A1002' });
    stage.sdk.clock.advance(59_000);
    await ben.fetch('GET', '/workspace/v3/version');
    stage.sdk.clock.advance(59_000);
    assert.deepEqual(
      stage.server.loggedIn.map(({ agentId }) => agentId),
      ['A1001', 'A1002'],
    );
    stage.sdk.clock.advance(120_000);
    assert.deepEqual(
      stage.server.loggedIn.map(({ agentId }) => agentId),
      ['A1001'],
    );
    assert.equal((await ben.post('/workbins/get-workbins')).status, 403);
    assert.deepEqual(await anna.drained(), []);
  });

  it('tells the agent when what was pulled is taken away', async () => {
    const anna = await stage.desktop('A1001');
    await anna.operate(`/workbins/${IN_PROGRESS}/subscribe`);
    const id = stage.first('email-in-progress', 'A1001');
    await anna.operate(`/media/email/interactions/${id}/pull`);
    await anna.drained();
    stage.sdk.clock.advance(300_000);
    assert.deepEqual((await anna.drained()).map(line), [
      `workbins EventWorkbinContentChanged Timeout Add ${IN_PROGRESS}@A1001 ${id} InWorkbin`,
      `media/email StatusChange ${id} InWorkbin`,
    ]);
  });

  it('does not let an agent in who is logged in over the other port, and the other way round', async () => {
    await stage.desktop('A1001');
    const sdk = await stage.sdk.connect();
    await sdk.register();
    const login = { tenantId: 101, agentId: 'A1001', placeId: 'Desk-102' };
    assert.equal(typeof (await sdk.refusal('RequestAgentLogin', login)), 'number');
  });

  it('answers nothing while it hangs, and again afterwards', async () => {
    const anna = stage.stranger();
    await anna.signIn({ user: 'A1001' });
    const { faults } = stage.sdk.simulator;
    faults.hang = true;
    const waiting = new AbortController();
    const asked = fetch(`${stage.address}/workspace/v3/auth-keep-alive`, {
      signal: waiting.signal,
    });
    const nothing = new Promise((resolve) => setTimeout(() => resolve('nothing'), 50));
    assert.equal(await Promise.race([asked, nothing]), 'nothing');
    waiting.abort();
    await assert.rejects(asked);
    faults.hang = false;
    assert.equal((await anna.fetch('GET', '/workspace/v3/version')).status, 200);
  });

  it('sends everything late and in order', async () => {
    const anna = await stage.desktop('A1001');
    const { faults } = stage.sdk.simulator;
    faults.delayMs = 500;
    const answers = [1, 2].map((id) => anna.post('/workbins/get-workbins', {}, id));
    let answered = 0;
    for (const answer of answers) {
      void answer.then(() => (answered += 1));
    }
    while (answered < 2) {
      stage.sdk.clock.advance(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    faults.delayMs = 0;
    for (const id of [1, 2]) {
      while (!anna.events.some(({ data }) => data['operationId'] === id)) {
        stage.sdk.clock.advance(100);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    assert.deepEqual(
      anna.events.flatMap(({ data }) =>
        typeof data['operationId'] === 'number' ? [data['operationId']] : [],
      ),
      [1, 2],
    );
  });

  it('frees its port at once when it stops', async () => {
    const anna = await stage.desktop('A1001');
    const { address } = stage;
    const began = performance.now();
    await stage.sdk.simulator.stop();
    // Polls wait for up to half a minute.
    assert.ok(performance.now() - began < 10_000);
    await assert.rejects(fetch(address));
    await anna.until(() => anna.failures.length > 0);
  });
});
