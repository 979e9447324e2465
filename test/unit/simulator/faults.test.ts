import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runCommand } from '../../../src/simulator/consoleCommands';
import { FaultRules, type FaultRule } from '../../../src/simulator/faults';
import { goodScenario, smallScenario } from './scenario/support';
import { Stage, changeLine, ofAgent, until, type Json, type TestClient } from './support';

const DRAFTS = ofAgent('email-draft', 'A1001');

describe('Faults of single messages at the embedded server', () => {
  const stage = new Stage();
  beforeEach(() => stage.start());
  afterEach(() => stage.dispose());

  const anna = (): Promise<TestClient> => stage.agent('A1001', 'Desk-101');
  const fault = (line: string): Promise<unknown> =>
    runCommand(stage.simulator, `fault ${line}`, true);
  /** A client that watches the drafts. */
  const watching = async (): Promise<TestClient> => {
    const client = await anna();
    await client.request('RequestWorkbinNotifications', { workbin: DRAFTS });
    return client;
  };
  const change = (): void => {
    assert.ok(stage.simulator.placeAsOtherAgent('email-draft@A1001').ok);
    assert.ok(stage.simulator.pullAsOtherAgent('email-draft@A1001').ok);
  };

  it('drops an answer, the nth only, of the named request only', async () => {
    const client = await anna();
    stage.simulator.faultRules.set('dropAnswer', {
      chance: { kind: 'nth', nth: 2 },
      messages: ['RequestGetWorkbinContent'],
    });
    const references = [70, 71, 72, 73];
    references.forEach((referenceId) =>
      client.send({ messageName: 'RequestGetWorkbinContent', referenceId, workbin: DRAFTS }),
    );
    const answers = await client.drained();
    assert.deepEqual(
      answers.map((answer) => answer['referenceId']),
      [70, 72, 73],
    );
  });

  it('delays an answer, so that others overtake it', async () => {
    const client = await anna();
    stage.simulator.faultRules.set('delayAnswer', { chance: { kind: 'nth', nth: 1 }, ms: 500 });
    const request = (referenceId: number): Json => ({
      messageName: 'RequestGetWorkbinContent',
      referenceId,
      workbin: DRAFTS,
    });
    client.send(request(70));
    client.send(request(71));
    assert.equal((await client.next())['referenceId'], 71);
    stage.clock.advance(499);
    assert.deepEqual(await client.drained(), []);
    stage.clock.advance(1);
    assert.equal((await client.next())['referenceId'], 70);
  });

  it('says of a request that was done that it failed', async () => {
    const client = await anna();
    const [id] = await client.ids(DRAFTS);
    stage.simulator.faultRules.set('falseError', {
      chance: { kind: 'nth', nth: 1 },
      errorCode: 28,
    });
    const code = await client.refusal('RequestPlaceInWorkbin', {
      interactionId: id,
      workbin: ofAgent('email-in-progress', 'A1001'),
    });
    assert.equal(code, 28);
    assert.equal((await client.ids(DRAFTS)).includes(id ?? ''), false);
  });

  it('gives a refusal another code', async () => {
    const client = await anna();
    const refused = (): Promise<unknown> =>
      client.refusal('RequestGetWorkbinContent', { workbin: ofAgent('nothing', 'A1001') });
    assert.equal(await refused(), 41);
    await fault('wrongErrorCode next');
    assert.equal(await refused(), 0);
    assert.equal(await refused(), 41);
  });

  it('sends a notification twice', async () => {
    const client = await watching();
    await fault('duplicateNotification every 2');
    change();
    change();
    assert.deepEqual(
      (await client.drained()).map((message) => message['workbinContentOperation']),
      ['PlacedIn', 'TakenOut', 'TakenOut', 'PlacedIn', 'TakenOut', 'TakenOut'],
    );
  });

  it('sends a notification after the one that follows it, or alone when none follows', async () => {
    const client = await watching();
    await fault('reorderNotifications always');
    change();
    assert.deepEqual(
      (await client.drained()).map((message) => message['workbinContentOperation']),
      ['TakenOut', 'PlacedIn'],
    );
    stage.simulator.placeAsOtherAgent('email-draft@A1001');
    assert.deepEqual(await client.drained(), []);
    stage.clock.advance(250);
    assert.equal((await client.next())['workbinContentOperation'], 'PlacedIn');
  });

  it('forgets the subscriptions of a client, which can subscribe again', async () => {
    const client = await watching();
    change();
    assert.equal((await client.drained()).length, 2);
    await fault('forgetSubscriptions next');
    change();
    change();
    assert.deepEqual(await client.drained(), []);
    await client.request('RequestWorkbinNotifications', { workbin: DRAFTS });
    change();
    assert.equal((await client.drained()).length, 2);
    await runCommand(stage.simulator, 'forget', true);
    change();
    assert.deepEqual(await client.drained(), []);
  });

  it('breaks off in the middle of a message, and only this connection', async () => {
    const client = await watching();
    const ben = await stage.agent('A1002', 'Desk-102');
    await fault('closeMidFrame next EventWorkbinContentChanged');
    assert.equal(
      (await client.request('RequestGetWorkbinContent', { workbin: DRAFTS }))['messageName'],
      'EventWorkbinContent',
    );
    let bytes = 0;
    const socket = client.socket as unknown as { _socket: NodeJS.EventEmitter };
    socket._socket.on('data', (data: Buffer) => (bytes += data.length));
    change();
    // 1006: the connection ended without a closing frame.
    assert.equal((await client.closed).code, 1006);
    assert.ok(bytes > 100, `${bytes} bytes of the message came`);
    await until(() => stage.simulator.server.loggedIn.length === 1);
    assert.deepEqual(await ben.drained(), []);
  });

  it('comes from the scenario, too, and can be switched off', async () => {
    await stage.dispose();
    const faults = [{ fault: 'dropAnswer', every: 1, messages: ['RequestGetWorkbinContent'] }];
    await stage.start({ scenario: goodScenario({ ...smallScenario(), faults }) });
    const client = await stage.agent('A1', 'P1');
    const workbin = ofAgent('mine', 'A1');
    client.send({ messageName: 'RequestGetWorkbinContent', referenceId: 7, workbin });
    assert.deepEqual(await client.drained(), []);
    await fault('dropAnswer never');
    assert.deepEqual(stage.simulator.faultRules.all, []);
    assert.deepEqual(await client.ids(workbin), []);
  });

  it('refuses commands that make no sense, with what to type', async () => {
    for (const line of [
      '',
      'dropAnswers always',
      'dropAnswer every 0',
      'dropAnswer probability 2',
      'dropAnswer',
    ]) {
      const reply = (await fault(line)) as { readonly text: string };
      assert.match(reply.text, /Type: fault NAME/, line);
    }
    assert.deepEqual(stage.simulator.faultRules.all, []);
  });

  it('falls the same way for the same seed, and about as often as its probability says', () => {
    const rule: FaultRule = {
      fault: 'dropAnswer',
      chance: { kind: 'probability', probability: 0.25 },
    };
    const falls = (seed: number): readonly boolean[] => {
      const rules = new FaultRules([rule], seed);
      return Array.from({ length: 2000 }, () => rules.take('dropAnswer', 'x') !== undefined);
    };
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const fallen = falls(seed);
        assert.deepEqual(falls(seed), fallen);
        const count = fallen.filter(Boolean).length;
        assert.ok(count > 400 && count < 600, String(count));
      }),
      { numRuns: 30 },
    );
    assert.notDeepEqual(falls(1), falls(2));
  });

  it('leaves a connection without faults as it is', async () => {
    const client = await watching();
    change();
    assert.deepEqual(
      (await client.drained()).map(changeLine).map((line) => line.split(' ')[0]),
      ['PlacedIn', 'TakenOut'],
    );
  });
});
