import assert from 'node:assert/strict';
import { systemClock } from '../../../../src/transport/systemClock';
import { runCommand } from '../../../../src/simulator/consoleCommands';
import {
  checkScenario,
  shippedScenarios,
  startEmbeddedServer,
} from '../../../../src/simulator/embeddedServer';
import type { Happening } from '../../../../src/simulator/scenario/happenings';
import { shippedScenario } from '../../../../src/simulator/scenario/shippedScenarios';
import { SILENT, Stage, TestClient, changeLine, type Json } from '../support';
import { goodScenario, smallScenario } from './support';

const TEAM = { workbinTypeId: 'team', workbinGroupId: 'Team' };

describe('The embedded server with a scenario', () => {
  const stage = new Stage();
  let happened: Happening[] = [];
  const start = async (speed: number): Promise<void> => {
    happened = [];
    await stage.start({
      scenario: goodScenario(),
      speed,
      onDidHappen: (happening) => happened.push(happening),
    });
  };
  afterEach(() => stage.dispose());

  /** What a subscriber of the team's workbin must hear of the happenings. */
  const expected = (withChanges: boolean): readonly string[] =>
    happened.flatMap(({ do: deed, workbin, interactionId }) => {
      if (workbin?.type !== 'team') {
        return [];
      }
      switch (deed) {
        case 'pull':
          return [`TakenOut Pull team@Team ${interactionId}`];
        case 'change':
          return withChanges ? [`PropertiesChanged Unknown team@Team ${interactionId}`] : [];
        default:
          return [`PlacedIn PlaceInWorkbin team@Team ${interactionId}`];
      }
    });

  it('tells subscribers all that happens by itself, as time goes by, in its order', async () => {
    await start(2);
    const anna = await stage.agent('A1', 'P1');
    await anna.request('RequestWorkbinNotifications', { workbin: TEAM, notifyPropertyChanges: 1 });
    stage.clock.advance(30_000);
    const heard = (await anna.drained()).map(changeLine);
    assert.ok(heard.length > 50, String(heard.length));
    assert.ok(heard.some((line) => line.startsWith('PropertiesChanged')));
    assert.deepEqual(heard, expected(true));
  });

  it('tells changes of properties only where they were asked for', async () => {
    await start(0);
    const [anna, ben] = [await stage.agent('A1', 'P1'), await stage.agent('A2', 'P2')];
    await anna.request('RequestWorkbinNotifications', { workbin: TEAM, notifyPropertyChanges: 1 });
    await ben.request('RequestWorkbinNotifications', { workbin: TEAM });
    await stage.simulator.run(1);
    assert.deepEqual((await anna.drained()).map(changeLine), expected(true));
    assert.deepEqual((await ben.drained()).map(changeLine), expected(false));
    assert.notDeepEqual(expected(true), expected(false));
  });

  it('names the strategy that lays new work there, and the agent who does anything else', async () => {
    await start(0);
    const anna = await stage.agent('A1', 'P1');
    await anna.request('RequestWorkbinNotifications', { workbin: TEAM });
    await stage.simulator.run(1);
    const actors = (await anna.drained()).map((message) => message['actor'] as Json);
    const strategies = actors.filter((actor) => actor['actorType'] === 'Strategy');
    assert.deepEqual(strategies[0], {
      actorType: 'Strategy',
      actorTenantId: 101,
      actorStrategyId: 'Distribute',
    });
    const agents = new Set(
      actors.filter((actor) => actor['actorType'] === 'Agent').map((each) => each['actorAgentId']),
    );
    assert.deepEqual([...agents].sort(), ['A2', 'A3']);
  });

  it('shows what it has told: contents and notifications agree after any time', async () => {
    await start(0);
    const anna = await stage.agent('A1', 'P1');
    const lying = new Set(await anna.ids(TEAM));
    await anna.request('RequestWorkbinNotifications', { workbin: TEAM });
    for (let minute = 0; minute < 5; minute++) {
      await stage.simulator.run(1);
      for (const message of await anna.drained()) {
        const { interactionId } = message['interaction'] as Json;
        if (message['workbinContentOperation'] === 'TakenOut') {
          assert.ok(lying.delete(String(interactionId)));
        } else {
          lying.add(String(interactionId));
        }
      }
      assert.deepEqual([...lying].sort(), [...(await anna.ids(TEAM))].sort());
    }
  });

  it('runs the busy scenario as fast as it goes without losing a message', async () => {
    const scenario = shippedScenario('storm-day');
    assert.ok(scenario);
    await stage.start({ scenario });
    const supervisor = await stage.agent('A1006', 'Desk-106');
    const workbin = { workbinTypeId: 'team-email', workbinGroupId: 'Claims' };
    await supervisor.request('RequestWorkbinNotifications', { workbin, notifyPropertyChanges: 1 });
    const reply = await runCommand(stage.simulator, 'run 5', false);
    assert.ok(reply !== 'stop');
    const { run } = JSON.parse(reply.text) as { run: { happenings: number; sent: number } };
    assert.equal((await supervisor.drained()).length, run.sent);
    assert.ok(run.happenings > 15_000 && run.sent > 2_000, reply.text);
  });

  it('changes its speed by a command', async () => {
    await start(0);
    await runCommand(stage.simulator, 'speed 4', false);
    assert.equal(stage.simulator.speed, 4);
    stage.clock.advance(10_000);
    const count = happened.length;
    assert.ok(count > 40);
    await runCommand(stage.simulator, 'speed 0', false);
    stage.clock.advance(10_000);
    assert.equal(happened.length, count);
    const reply = await runCommand(stage.simulator, 'speed fast', false);
    assert.ok(reply !== 'stop' && reply.text.includes('speed NUMBER'));
  });

  it('is the same population at every start, in which properties are filled in', async () => {
    await start(0);
    const anna = await stage.agent('A1', 'P1');
    const answer = await anna.request('RequestGetWorkbinContent', { workbin: TEAM });
    const interactions = Object.values(answer['interactions'] as Record<string, Json>);
    assert.deepEqual(
      interactions.map((each) => [each['Subject'], each['Priority'], each['Workbin']]),
      [
        ['Mail 0 of Margit', 5, 'team'],
        ['Mail 1 of José', 5, 'team'],
        ['Mail 2 of Margit', 5, 'team'],
      ],
    );
  });
});

describe('The embedded server as an editor starts it', () => {
  const words = { placed: () => 'placed', pulled: () => 'pulled' };
  const options = { clock: systemClock, logger: SILENT, ...words };

  it('offers scenarios and says what is wrong with one', () => {
    const shipped = shippedScenarios();
    assert.deepEqual(
      shipped.map(({ id, name, source }) => [id, name, checkScenario(source)]),
      [
        ['first-look', 'First Look', []],
        ['storm-day', 'Storm Day', []],
      ],
    );
    assert.deepEqual(checkScenario('{')[0], {
      line: 1,
      column: 1,
      length: 1,
      text: "This is never closed; a '}' is missing.",
    });
  });

  it('starts a scenario with both ports, its people, its speed and its faults', async () => {
    const source = JSON.stringify(smallScenario());
    const server = await startEmbeddedServer({ ...options, source });
    try {
      assert.deepEqual(
        { scenario: server.scenario, agents: server.agents.length, speed: server.speed },
        { scenario: 'Small', agents: 3, speed: 1 },
      );
      assert.match(server.workspaceAddress, /^http:/);
      server.faults.set('dropAnswer', { kind: 'nth', nth: 2 });
      assert.deepEqual(server.faults.chanceOf('dropAnswer'), { kind: 'nth', nth: 2 });
      const client = await TestClient.connect(server.address);
      await client.register();
      server.faults.breakConnections();
      assert.equal((await client.closed).code, 1006);
      assert.equal(server.placeAsOtherAgent(), 'placed');
    } finally {
      await server.stop();
    }
  });

  it('stands still when told to, and does not start with mistakes', async () => {
    const server = await startEmbeddedServer({ ...options, isStill: true });
    assert.deepEqual([server.scenario, server.speed], ['First Look', 0]);
    await server.stop();
    await assert.rejects(startEmbeddedServer({ ...options, source: '{\n"name" 1}' }), {
      code: 'bad-scenario',
      message:
        'The scenario has mistakes, the first in line 2: A colon and a value must follow "name".',
    });
  });
});
