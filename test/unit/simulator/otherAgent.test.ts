import assert from 'node:assert/strict';
import { runCommand } from '../../../src/simulator/consoleCommands';
import { Stage, changeLine, ofAgent, type Json } from './support';

describe('Another agent at the embedded server', () => {
  const stage = new Stage();
  beforeEach(() => stage.start());
  afterEach(() => stage.dispose());

  const json = async (line: string, withFaults = false): Promise<Json> => {
    const reply = await runCommand(stage.simulator, line, withFaults);
    assert.ok(reply !== 'stop');
    return JSON.parse(reply.text) as Json;
  };

  it('works in the workbin that somebody watches when none is named', async () => {
    const anna = await stage.agent('A1001', 'Desk-101');
    const workbin = ofAgent('chat-followup', 'A1001');
    await anna.request('RequestWorkbinNotifications', { workbin });
    const placed = await json('place');
    const pulled = await json('pull');
    assert.equal(placed['workbin'], 'chat-followup@A1001');
    assert.deepEqual((await anna.drained()).map(changeLine), [
      `PlacedIn PlaceInWorkbin chat-followup@A1001 ${String(placed['placed'])}`,
      `TakenOut Pull chat-followup@A1001 ${String(pulled['pulled'])}`,
    ]);
  });

  it('works where somebody who is logged in can look, when nobody watches', async () => {
    assert.equal((await json('place'))['workbin'], 'team-email@Claims');
    await stage.agent('A1001', 'Desk-101');
    assert.equal((await json('place'))['workbin'], 'email-in-progress@A1001');
  });

  it('is never an agent who is logged in', async () => {
    await stage.agent('A1006', 'Desk-106');
    assert.equal((await json('pull email-draft@A1001'))['agent'], 'A1001');
    await stage.agent('A1001', 'Desk-101');
    assert.deepEqual(await json('pull email-draft@A1001'), {
      error: "No other agent may pull from 'email-draft@A1001' at this moment.",
    });
  });

  it('places back what it has pulled, and new work when it has nothing', async () => {
    const pulled = await json('pull front-desk@Reception-1');
    assert.equal((await json('place front-desk@Reception-1'))['placed'], pulled['pulled']);
    const fresh = await json('place front-desk@Reception-1');
    assert.notEqual(fresh['placed'], pulled['pulled']);
  });

  it('says what is wrong with a command', async () => {
    assert.match(String((await json('place nothing@nobody'))['error']), /type@owner/);
    assert.match(String((await json('pull email-draft@A1002'))['error']), /empty/);
    assert.match(String((await json('burst many 10'))['error']), /COUNT PER_SECOND/);
    assert.match(String((await json('explode'))['error']), /help/);
    assert.match(String((await json('hang'))['error']), /help/);
    assert.match(String((await json('delay soon', true))['error']), /MILLISECONDS/);
    assert.match(String((await json('burst 5 10 nothing@nobody'))['error']), /no workbin/);
  });

  it('has faults as commands when they were asked for', async () => {
    await json('hang', true);
    assert.equal(stage.simulator.faults.hang, true);
    await json('resume', true);
    await json('delay 20', true);
    assert.deepEqual(stage.simulator.faults, { hang: false, delayMs: 20 });
    assert.deepEqual(await json('drop', true), { dropped: true });
  });

  it('tells the counts of all workbins', async () => {
    const counts = await json('workbins');
    assert.equal(counts['team-email@Claims'], 150);
    assert.equal(counts['email-in-progress@A1001'], 5);
  });

  it('makes a burst at its rate and tells when it is done', async () => {
    const burst = json('burst 20 100 email-draft@A1001');
    const changes = (): number => stage.simulator.server.interactions.nextSequence();
    const before = changes();
    stage.clock.advance(100);
    // Ten changes, of which every second is a placement, and the count of this test itself.
    assert.equal(changes() - before, 6);
    stage.clock.advance(1_000);
    assert.deepEqual(await burst, {
      burst: { workbin: 'email-draft@A1001', changes: 20, ms: 190 },
    });
  });

  it('loses none of 10,000 notifications and answers 10,000 requests', async () => {
    const anna = await stage.agent('A1001', 'Desk-101');
    const workbin = ofAgent('chat-followup', 'A1001');
    await anna.request('RequestWorkbinNotifications', { workbin });
    const burst = stage.simulator.burst({ count: 10_000, perSecond: 1_000_000 });
    stage.clock.advance(60_000);
    assert.equal((await burst).ok, true);
    const lines = (await anna.drained()).map((message) => message['workbinContentOperation']);
    assert.equal(lines.length, 10_000);
    assert.equal(lines.filter((line) => line === 'PlacedIn').length, 5_000);
    for (let referenceId = 1; referenceId <= 10_000; referenceId += 1) {
      anna.send({ messageName: 'RequestGetWorkbinContent', referenceId, workbin });
    }
    const answers = await anna.drained();
    assert.deepEqual(
      answers.map((answer) => answer['referenceId']),
      Array.from({ length: 10_000 }, (_, index) => index + 1),
    );
  }).timeout(30_000);
});
