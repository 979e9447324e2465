import assert from 'node:assert/strict';
import fc from 'fast-check';
import { workbinName, type Workbin } from '../../../src/core/protocol/workbin';
import type { AgentListener, AgentSession } from '../../../src/simulator/agentSessions';
import type { Interaction } from '../../../src/simulator/interaction';
import { InteractionServer } from '../../../src/simulator/interactionServer';
import { createPopulation } from '../../../src/simulator/population';
import { defaultScenario } from '../../../src/simulator/scenario/shippedScenarios';
import { READINGS } from '../../../src/simulator/readings';
import { Refusal } from '../../../src/simulator/refusal';
import { ManualClock } from './support';

const NO_CHANGES = { added: new Map(), changed: new Map(), deleted: [] };

const WORKBINS: readonly Workbin[] = [
  { type: 'email-draft', ownerKind: 'Agent', owner: 'A1001' },
  { type: 'email-in-progress', ownerKind: 'Agent', owner: 'A1001' },
  { type: 'email-draft', ownerKind: 'Agent', owner: 'A1003' },
  { type: 'team-email', ownerKind: 'AgentGroup', owner: 'Customer-Mail' },
  { type: 'claims-desk', ownerKind: 'PlaceGroup', owner: 'Claims-Floor' },
];

const AGENTS = [
  ['A1001', 'Desk-101'],
  ['A1003', 'Desk-103'],
  ['A1006', 'Desk-106'],
] as const;

/** What a random agent tries with a random interaction. */
const operation = fc.record({
  kind: fc.constantFrom('place', 'pull', 'queue', 'stop', 'relog', 'wait'),
  agent: fc.nat({ max: AGENTS.length - 1 }),
  interaction: fc.nat({ max: 11 }),
  workbin: fc.nat({ max: WORKBINS.length - 1 }),
});

const SILENT: AgentListener = {
  workbinChanged: () => undefined,
  processingStopped: () => undefined,
  revoked: () => undefined,
};

describe('State of the embedded server', () => {
  it('is the same at every start', () => {
    assert.deepEqual(
      createPopulation(defaultScenario(), 1_000_000),
      createPopulation(defaultScenario(), 1_000_000),
    );
  });

  it('has interaction ids that differ', () => {
    const ids = createPopulation(defaultScenario(), 0).interactions.map(
      (interaction) => interaction.id,
    );
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length > 180);
  });

  it('tells its readings of what the documentation leaves open', () => {
    assert.ok(READINGS.every((reading) => reading.endsWith('.')));
    assert.equal(new Set(READINGS).size, READINGS.length);
  });

  it('holds each interaction once, and what a subscriber is told gives what lies in the workbins', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const clock = new ManualClock();
        const population = createPopulation(defaultScenario(), clock.now());
        const server = new InteractionServer(
          population.configuration,
          population.interactions,
          clock,
          1_000,
        );
        const watched = watchAll(server);
        const login = (index: number): AgentSession => {
          const [agentId, placeId] = AGENTS[index]!;
          return server.login({ tenantId: 101, agentId, placeId, mediaTypes: [] }, SILENT);
        };
        const sessions = AGENTS.map((_, index) => login(index));
        const ids = WORKBINS.flatMap((workbin) =>
          server.interactions.inWorkbin(workbin).map(({ id }) => id),
        );
        let stopped = 0;
        for (const { kind, agent, interaction, workbin } of operations) {
          const session = sessions[agent]!;
          const id = ids[interaction]!;
          const target = WORKBINS[workbin]!;
          const before = server.interactions.get(id);
          try {
            switch (kind) {
              case 'place':
                server.place(session, id, reference(target), NO_CHANGES, false);
                break;
              case 'pull':
                server.pull(session, {
                  viewId: `${target.type}/PrivateView`,
                  interactionId: id,
                });
                break;
              case 'queue':
                server.placeInQueue(session, id, 'chat-inbound', NO_CHANGES);
                break;
              case 'stop':
                server.stopProcessing(session, id);
                stopped += 1;
                break;
              case 'relog':
                server.logout(session);
                sessions[agent] = login(agent);
                break;
              case 'wait':
                clock.advance(700);
                break;
            }
          } catch (error) {
            assert.ok(error instanceof Refusal, String(error));
            assert.equal(server.interactions.get(id), before, 'a refusal changes nothing');
          }
        }
        const everything = [...server.interactions.all()];
        assert.equal(everything.length, population.interactions.length - stopped);
        for (const workbin of WORKBINS) {
          const lying = everything.filter((interaction) => liesIn(interaction, workbin));
          const content = server.interactions.inWorkbin(workbin).map(({ id }) => id);
          assert.deepEqual([...content].sort(), lying.map(({ id }) => id).sort());
          assert.deepEqual(watched.get(workbinName(workbin)), content);
        }
        server.dispose();
      }),
      { numRuns: 150 },
    );
  });
});

/** A model of the workbins that only notifications change, once it has read what lay there. */
function watchAll(server: InteractionServer): ReadonlyMap<string, string[]> {
  const contents = new Map(
    WORKBINS.map((workbin) => [
      workbinName(workbin),
      server.interactions.inWorkbin(workbin).map(({ id }) => id),
    ]),
  );
  const watcher: AgentListener = {
    ...SILENT,
    workbinChanged: ({ workbin, change, interaction }) => {
      const content = contents.get(workbinName(workbin)) ?? [];
      if (change === 'PlacedIn') {
        content.push(interaction.id);
      } else {
        content.splice(content.indexOf(interaction.id), 1);
      }
    },
  };
  for (const workbin of WORKBINS) {
    server.subscriptions.add(workbin, watcher, {
      propertyChanges: false,
      processingStopped: false,
    });
  }
  return contents;
}

function liesIn({ location }: Interaction, workbin: Workbin): boolean {
  return location.kind === 'workbin' && workbinName(location.workbin) === workbinName(workbin);
}

function reference(workbin: Workbin): {
  type: string;
  owners: Partial<Record<Workbin['ownerKind'], string>>;
} {
  return { type: workbin.type, owners: { [workbin.ownerKind]: workbin.owner } };
}
