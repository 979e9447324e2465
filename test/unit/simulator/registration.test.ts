import assert from 'node:assert/strict';
import { Stage, ofAgent } from './support';

describe('Registration and login at the embedded server', () => {
  const stage = new Stage();
  beforeEach(() => stage.start());
  afterEach(() => stage.dispose());

  it('acknowledges a registration and repeats the reference', async () => {
    const client = await stage.connect();
    client.send({
      messageName: 'RequestRegisterClient',
      referenceId: 7,
      clientName: 'Desktop',
      clientType: 2,
    });
    assert.deepEqual(await client.next(), { messageName: 'EventAck', referenceId: 7 });
  });

  it('refuses every message before registration with error 1', async () => {
    const client = await stage.connect();
    const codes = [
      await client.refusal('RequestAgentLogin', { tenantId: 101 }),
      await client.refusal('RequestGetWorkbinContent', {
        workbin: ofAgent('email-draft', 'A1001'),
      }),
      await client.refusal('RequestUnregisterClient'),
      await client.refusal('EventAck'),
    ];
    assert.deepEqual(codes, [1, 1, 1, 1]);
  });

  it('refuses a client type that it does not know with error 2', async () => {
    const client = await stage.connect();
    const codes = [];
    for (const clientType of ['Desktop', 'Unknown', 0, 99, true, undefined]) {
      codes.push(await client.refusal('RequestRegisterClient', { clientType }));
    }
    assert.deepEqual(codes, [2, 2, 2, 2, 2, 2]);
  });

  it('disconnects who has not registered when the time is up, after a wrong registration as well', async () => {
    const silent = await stage.connect();
    const wrong = await stage.connect();
    const early = await stage.connect();
    assert.equal(await wrong.refusal('RequestRegisterClient', { clientType: 'Nobody' }), 2);
    assert.equal(await early.refusal('RequestAgentLogout'), 1);
    stage.clock.advance(9_999);
    assert.equal(await early.refusal('RequestAgentLogout'), 1);
    stage.clock.advance(1);
    for (const client of [silent, wrong, early]) {
      assert.equal((await client.next())['errorCode'], 1);
      assert.deepEqual(await client.closed, { code: 1008, reason: 'not registered in time' });
    }
  });

  it('keeps who registers in time, even after a wrong try', async () => {
    const client = await stage.connect();
    assert.equal(await client.refusal('RequestRegisterClient', { clientType: 'Nobody' }), 2);
    await client.register();
    stage.clock.advance(60_000);
    await client.logIn('A1001', 'Desk-101');
  });

  it('starts the clock again when a client unregisters, and logs its agent out', async () => {
    const client = await stage.agent('A1001', 'Desk-101');
    assert.deepEqual(await client.request('RequestUnregisterClient'), { messageName: 'EventAck' });
    assert.deepEqual(stage.simulator.server.loggedIn, []);
    assert.equal(await client.refusal('RequestAgentLogout'), 1);
    stage.clock.advance(10_000);
    assert.equal((await client.closed).code, 1008);
  });

  it('refuses a login for each thing that can be wrong with it', async () => {
    const other = await stage.agent('A1002', 'Desk-102');
    const client = await stage.connect();
    await client.register();
    const logins = {
      6: { agentId: 'A1001', placeId: 'Desk-101' },
      7: { tenantId: 5, agentId: 'A1001', placeId: 'Desk-101' },
      8: { tenantId: 101, agentId: 'A1001' },
      9: { tenantId: 101, agentId: 'A1001', placeId: 'Desk-999' },
      10: { tenantId: 101, agentId: 'Z9', placeId: 'Desk-101' },
      11: { tenantId: 101, agentId: 'A1001', placeId: 'Desk-108' },
      12: { tenantId: 101, agentId: 'A1001', placeId: 'Desk-102' },
      13: { tenantId: 101, agentId: 'A1008', placeId: 'Desk-101' },
      14: { tenantId: 101, agentId: 'A1002', placeId: 'Desk-101' },
      18: { tenantId: 101, agentId: 'A1001', placeId: 'Desk-101', mediaList: { telegram: 1 } },
      36: { tenantId: 1, agentId: 'A1001', placeId: 'Desk-101' },
      38: { tenantId: 101, placeId: 'Desk-101' },
      79: { tenantId: 'one', agentId: 'A1001', placeId: 'Desk-101' },
    };
    const codes: unknown[] = [];
    for (const login of Object.values(logins)) {
      codes.push(await client.refusal('RequestAgentLogin', login));
    }
    assert.deepEqual(codes, Object.keys(logins).map(Number));
    await client.logIn('A1001', 'Desk-101');
    assert.equal(
      await client.refusal('RequestAgentLogin', {
        tenantId: 101,
        agentId: 'A1003',
        placeId: 'Desk-103',
      }),
      14,
    );
    assert.deepEqual(await other.drained(), []);
  });

  it('frees agent and place at logout and at disconnect', async () => {
    const first = await stage.agent('A1001', 'Desk-101');
    assert.deepEqual(await first.request('RequestAgentLogout'), { messageName: 'EventAck' });
    assert.equal(await first.refusal('RequestAgentLogout'), 34);
    const second = await stage.agent('A1001', 'Desk-101');
    await second.close();
    const third = await stage.agent('A1001', 'Desk-101');
    assert.deepEqual(await third.drained(), []);
  });

  it('lets only agent applications log agents in', async () => {
    const client = await stage.connect();
    await client.register('ReportingEngine');
    assert.equal(await client.refusal('RequestAgentLogin', { tenantId: 101 }), 4);
  });

  it('serves several agents behind one proxy, each under its own id', async () => {
    const proxy = await stage.connect();
    await proxy.register('Proxy');
    const agents = [
      [11, 'A1001', 'Desk-101'],
      [12, 'A1002', 'Desk-102'],
    ] as const;
    for (const [proxyClientId, agentId, placeId] of agents) {
      const ack = { messageName: 'EventAck', proxyClientId };
      assert.deepEqual(
        await proxy.request('RequestRegisterClient', { proxyClientId, clientType: 2 }),
        ack,
      );
      assert.deepEqual(
        await proxy.request('RequestAgentLogin', {
          proxyClientId,
          tenantId: 101,
          agentId,
          placeId,
        }),
        ack,
      );
      assert.deepEqual(
        await proxy.request('RequestWorkbinNotifications', {
          proxyClientId,
          workbin: ofAgent('email-draft', agentId),
        }),
        ack,
      );
    }
    stage.simulator.placeAsOtherAgent('email-draft@A1002');
    assert.deepEqual(
      (await proxy.drained()).map((message) => message['proxyClientId']),
      [12],
    );
    await proxy.request('RequestUnregisterClient', { proxyClientId: 12 });
    assert.deepEqual(
      stage.simulator.server.loggedIn.map((session) => session.agentId),
      ['A1001'],
    );
    await proxy.close();
    await stage.agent('A1001', 'Desk-101');
  });

  it('refuses unknown proxy clients with error 3 and a proxy behind a proxy with 5', async () => {
    const proxy = await stage.connect();
    await proxy.register('Proxy');
    assert.equal(await proxy.refusal('RequestAgentLogin', { proxyClientId: 11 }), 3);
    assert.equal(
      await proxy.refusal('RequestRegisterClient', { proxyClientId: 11, clientType: 'Proxy' }),
      5,
    );
    const direct = await stage.connect();
    await direct.register();
    assert.equal(await direct.refusal('RequestAgentLogin', { proxyClientId: 11 }), 3);
    assert.equal(
      await direct.refusal('RequestRegisterClient', { proxyClientId: 11, clientType: 2 }),
      3,
    );
  });

  it('refuses what it does not do with error 4', async () => {
    const client = await stage.agent('A1001', 'Desk-101');
    const codes = [
      await client.refusal('RequestTakeSnapshot'),
      await client.refusal('RequestWorkbinCancelNotifications'),
      await client.refusal('constructor'),
      await client.refusal('EventWorkbinContent'),
    ];
    assert.deepEqual(codes, [4, 4, 4, 4]);
  });
});
