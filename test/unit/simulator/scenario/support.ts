import assert from 'node:assert/strict';
import type { Scenario } from '../../../../src/simulator/scenario/scenario';
import type { ScenarioProblem } from '../../../../src/simulator/scenario/textPosition';
import { readScenario } from '../../../../src/simulator/scenario/readScenario';

/** A small scenario without mistakes, which tests change. */
export function smallScenario(): Record<string, unknown> {
  return {
    name: 'Small',
    seed: 3,
    tenants: [101],
    mediaTypes: ['email'],
    queues: ['inbound'],
    agents: [
      { id: 'A1', name: 'Anna Berger', tenant: 101, place: 'P1' },
      { id: 'A2', name: 'Ben Carter', tenant: 101, place: 'P2' },
      { id: 'A3', name: 'Chloé Dubois', tenant: 101, place: 'P3' },
    ],
    places: [{ id: 'P1' }, { id: 'P2' }, { id: 'P3' }],
    agentGroups: [{ name: 'Team', members: ['A1', 'A2', 'A3'] }],
    workbinTypes: [
      { type: 'team', title: 'Team', ownerKind: 'AgentGroup' },
      { type: 'mine', title: 'Mine', ownerKind: 'Agent' },
      { type: 'old', title: 'Old', ownerKind: 'Agent', active: false },
    ],
    contacts: [{ name: 'Margit' }, { name: 'José' }],
    templates: {
      mail: {
        mediaType: 'email',
        properties: { Subject: 'Mail {n} of {contact.name}', Priority: 5 },
      },
    },
    interactions: [{ template: 'mail', workbin: 'team@Team', count: 3, ageMinutes: [1, 9] }],
    happenings: [
      {
        name: 'mail comes in',
        perMinute: 60,
        deeds: [{ do: 'arrive', template: 'mail', in: ['team@Team'] }],
      },
      {
        name: 'people work',
        perMinute: 90,
        deeds: [
          { do: 'pull', from: ['team@Team', 'mine@*'], weight: 3 },
          { do: 'handOver', to: ['mine@*'] },
          { do: 'placeBack' },
          { do: 'finish' },
          { do: 'change', in: ['team@Team'], set: { Priority: { $between: [1, 9] } } },
        ],
      },
    ],
  };
}

/** Reads a scenario that must be good. */
export function goodScenario(source: object | string = smallScenario()): Scenario {
  const read = readScenario(typeof source === 'string' ? source : JSON.stringify(source, null, 2));
  assert.deepEqual(read.ok ? [] : read.error, []);
  assert.ok(read.ok);
  return read.value;
}

/** What is wrong with a text. */
export function problemsOf(source: string): readonly ScenarioProblem[] {
  const read = readScenario(source);
  return read.ok ? [] : read.error;
}

/** `line:column what-is-marked: words` of each problem. */
export function problemLines(source: string): readonly string[] {
  const lines = source.split('\n');
  return problemsOf(source).map(
    ({ line, column, length, text }) =>
      `${line}:${column} ${(lines[line - 1] ?? '').slice(column - 1, column - 1 + length)}: ${text}`,
  );
}
