import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Clock } from '../../../../src/session/ports';
import { InteractionServer } from '../../../../src/simulator/interactionServer';
import { createPopulation } from '../../../../src/simulator/population';
import { Deeds } from '../../../../src/simulator/scenario/deeds';
import { Happenings, type Happening } from '../../../../src/simulator/scenario/happenings';
import type { Scenario } from '../../../../src/simulator/scenario/scenario';
import { shippedScenario } from '../../../../src/simulator/scenario/shippedScenarios';
import { Timetable } from '../../../../src/simulator/scenario/timetable';
import { ManualClock } from '../support';
import { goodScenario, smallScenario } from './support';

interface World {
  readonly server: InteractionServer;
  readonly happenings: Happenings;
  readonly log: Happening[];
}

function world(scenario: Scenario, clock: Clock): World {
  const { configuration, interactions } = createPopulation(scenario, clock.now());
  const server = new InteractionServer(configuration, interactions, clock, 300_000);
  const log: Happening[] = [];
  const deeds = new Deeds(server, scenario, clock);
  const happenings = new Happenings(scenario, deeds, clock, (happening) => log.push(happening));
  return { server, happenings, log };
}

const atOnce = (): Promise<void> => Promise.resolve();

async function ran(scenario: Scenario, seconds: number): Promise<World> {
  const made = world(scenario, new ManualClock());
  await made.happenings.runTo(seconds, atOnce);
  return made;
}

describe('What happens by itself in a scenario', () => {
  it('is the same for the same seed, at whatever speed and in whatever steps the clock moves', async () => {
    const scenario = goodScenario();
    // As long as the longest of the cases below.
    const expected = (await ran(scenario, 600)).log;
    assert.ok(expected.length > 1000);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0.5, 1, 7),
        fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 20 }),
        (speed, steps) => {
          const clock = new ManualClock();
          const { happenings, log } = world(scenario, clock);
          happenings.setSpeed(speed);
          steps.forEach((ms) => clock.advance(ms));
          happenings.dispose();
          assert.deepEqual(log, expected.slice(0, log.length));
          const seconds = (steps.reduce((sum, ms) => sum + ms, 0) / 1000) * speed;
          const due = expected.filter(({ at }) => at <= seconds).length;
          assert.ok(Math.abs(log.length - due) <= 1);
          return Promise.resolve();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is something else for another seed', async () => {
    const log = async (seed: number): Promise<unknown> =>
      (await ran(goodScenario({ ...smallScenario(), seed }), 60)).log;
    assert.deepEqual(await log(1), await log(1));
    assert.notDeepEqual(await log(1), await log(2));
  });

  it('keeps to its rates, however long it runs', async () => {
    const { log } = await ran(goodScenario(), 3600);
    const perMinute = (stream: string): number =>
      log.filter((happening) => happening.stream === stream).length / 60;
    // The 200 that may lie there at most are soon reached otherwise, so only what people do is counted.
    assert.ok(Math.abs(perMinute('people work') - 90) < 5, String(perMinute('people work')));
  });

  it('obeys the rules: what it says lies in at most one place, and comes out of the place where it lay', async () => {
    const { server, log } = await ran(goodScenario(), 600);
    const kinds = new Set(log.map((happening) => happening.do));
    assert.deepEqual([...kinds].sort(), [
      'arrive',
      'change',
      'finish',
      'handOver',
      'placeBack',
      'pull',
    ]);
    const arrived = log.filter((happening) => happening.do === 'arrive').length;
    const finished = log.filter((happening) => happening.do === 'finish').length;
    assert.equal([...server.interactions.all()].length, 3 + arrived - finished);
    const changed = log.find((happening) => happening.do === 'change');
    assert.ok(changed);
  });

  it('does nothing as an agent who is logged in', async () => {
    const made = world(goodScenario(), new ManualClock());
    const nothing = (): void => undefined;
    for (const [agentId, placeId] of [
      ['A1', 'P1'],
      ['A2', 'P2'],
    ] as const) {
      made.server.login(
        { tenantId: 101, agentId, placeId, mediaTypes: [] },
        { workbinChanged: nothing, processingStopped: nothing, revoked: nothing },
      );
    }
    await made.happenings.runTo(120, atOnce);
    assert.deepEqual([...new Set(made.log.map(({ by }) => by))].sort(), ['A3', 'Distribute']);
  });

  it('keeps its pauses, and begins when it is to', () => {
    const { happenings: streams } = goodScenario({
      ...smallScenario(),
      happenings: [
        {
          name: 's',
          perMinute: 60,
          regular: true,
          startsAfter: 10,
          pause: { after: 3, length: 100 },
          deeds: [{ do: 'finish' }],
        },
      ],
    });
    const timetable = new Timetable(streams, 1);
    assert.deepEqual(
      Array.from({ length: 6 }, () => timetable.take()?.at),
      [11, 12, 113, 114, 115, 216],
    );
  });

  it('stands still at speed 0 and after its end, and goes on where it stood', () => {
    const clock = new ManualClock();
    const { happenings, log } = world(goodScenario(), clock);
    clock.advance(60_000);
    assert.equal(log.length, 0);
    happenings.setSpeed(1);
    clock.advance(10_000);
    const before = [...log];
    assert.ok(before.length > 5);
    happenings.setSpeed(0);
    clock.advance(60_000);
    assert.deepEqual(log, before);
    happenings.setSpeed(1);
    clock.advance(1_000);
    const more = log.slice(before.length);
    assert.ok(more.length > 0 && more.length < 15);
    happenings.dispose();
    const end = [...log];
    clock.advance(60_000);
    assert.deepEqual(log, end);
  });

  it('lets nothing come in where as much lies as may', async () => {
    const scenario = goodScenario({
      ...smallScenario(),
      happenings: [
        {
          name: 's',
          perMinute: 60,
          deeds: [{ do: 'arrive', template: 'mail', in: ['team@Team'], atMost: 7 }],
        },
      ],
    });
    const { server } = await ran(scenario, 600);
    assert.deepEqual(
      server.workbins().map(({ workbin, count }) => [workbin.owner, count]),
      [['Team', 7]],
    );
  });

  it('goes on and on in the shipped scenarios, with everything that can happen', async () => {
    for (const [id, seconds] of [
      ['first-look', 3600],
      ['storm-day', 600],
    ] as const) {
      const scenario = shippedScenario(id);
      assert.ok(scenario);
      const { server, log } = await ran(scenario, seconds);
      const last = log.at(-1);
      assert.ok(last && last.at > seconds * 0.9, id);
      assert.ok([...server.interactions.all()].length < 3000, id);
      assert.deepEqual(
        [...new Set(log.map((happening) => happening.stream))].sort(),
        scenario.happenings.map(({ name }) => name).sort(),
      );
    }
  });
});
