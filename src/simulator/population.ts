import { ensure } from '../core/base/assert';
import type { JsonValue } from '../core/protocol/json';
import type { Configuration } from './configuration';
import type { Interaction, Location } from './interaction';
import { seededRandom } from './scenario/random';
import { cook } from './scenario/recipe';
import type { Contact, InitialWork, Recipes, Scenario, Template } from './scenario/scenario';

/** What the embedded server starts with. */
export interface Population {
  readonly configuration: Configuration;
  readonly interactions: readonly Interaction[];
}

/** New work: a template, filled in. */
export interface NewWork {
  readonly template: Template;
  /** Counts from 1 all that has come in since the start. */
  readonly number: number;
  readonly now: number;
  readonly location: Location;
}

const MINUTE_MS = 60_000;

/** Interactions that come in while the server runs are numbered from here on. */
const FIRST_NEW = 100_000;

/** What an interaction answers has a number of its own, behind all that can be there at the start. */
const FIRST_PARENT = 20_000;
const FIRST_NEW_PARENT = 10_000_000;

const NO_RECIPES: Recipes = new Map();

/** The same people and work at every start; times lie before `startedAt` (milliseconds since 1970). */
export function createPopulation(scenario: Scenario, startedAt: number): Population {
  // Oldest first, so that each workbin holds its interactions in the order in which they came.
  const rows = scenario.interactions
    .flatMap((work) => spread(work))
    .sort((one, other) => other.ageMinutes - one.ageMinutes);
  return {
    configuration: scenario.configuration,
    interactions: rows.map(({ work, i, ageMinutes }, n) => {
      // Thousandths that differ keep two times of one minute apart.
      const movedAt = startedAt - ageMinutes * MINUTE_MS - ((n * 317) % 997);
      return interactionOf(
        scenario,
        work.template,
        { n, i, movedAt, receivedAt: movedAt - (3 + (n % 5)) * MINUTE_MS },
        contactOf(scenario, work.contact ?? i),
        work.properties,
        work.at,
      );
    }),
  };
}

/** Work that has just come in. */
export function incomingInteraction(
  scenario: Scenario,
  { template, number, now, location }: NewWork,
): Interaction {
  const n = FIRST_NEW + number;
  return interactionOf(
    scenario,
    template,
    { n, i: number, movedAt: now, receivedAt: now - 2_000 },
    contactOf(scenario, number),
    NO_RECIPES,
    location,
  );
}

interface Spread {
  readonly work: InitialWork;
  readonly i: number;
  readonly ageMinutes: number;
}

/** The interactions of a row, evenly from the oldest to the newest. */
function spread(work: InitialWork): readonly Spread[] {
  const { newest, oldest } = work.ageMinutes;
  const step = work.count === 1 ? 0 : (oldest - newest) / (work.count - 1);
  return Array.from({ length: work.count }, (_, i) => ({
    work,
    i,
    ageMinutes: oldest - i * step,
  }));
}

function interactionOf(
  scenario: Scenario,
  template: Template,
  at: {
    readonly n: number;
    readonly i: number;
    readonly movedAt: number;
    readonly receivedAt: number;
  },
  contact: Contact,
  properties: Recipes,
  location: Location,
): Interaction {
  const { n, i, movedAt, receivedAt } = at;
  const recipes = new Map<string, JsonValue>([...template.properties, ...properties]);
  const random = seededRandom(scenario.seed, n);
  return {
    id: interactionId(n),
    ...(template.isReply
      ? { parentId: interactionId(n + (n < FIRST_NEW ? FIRST_PARENT : FIRST_NEW_PARENT)) }
      : {}),
    tenantId: tenantOf(scenario.configuration),
    mediaType: template.mediaType,
    type: template.type,
    subtype: template.subtype,
    isOnline: template.isOnline,
    isHeld: false,
    submittedBy: template.submittedBy,
    receivedAt,
    submittedAt: receivedAt + 1_250,
    movedToQueueAt: movedAt,
    placeInQueueSeq: n + 1,
    userData: cook(recipes, { n, i, contact, random }),
    location,
  };
}

function contactOf({ contacts }: Scenario, index: number): Contact {
  return ensure(contacts[index % contacts.length], 'there is a contact');
}

/** The tenant of the agents: work belongs to whoever may handle it. */
function tenantOf(configuration: Configuration): number {
  return configuration.agents[0]?.tenantId ?? configuration.tenants[0] ?? 1;
}

/** 16 characters to the base 36 with mixed case, as interaction ids look; the form is ours. */
function interactionId(index: number): string {
  const counter = (index * 7 + 1_296).toString(36).toUpperCase().padStart(4, '0');
  return `${'00001aFX8K2M'.slice(0, 16 - counter.length)}${counter}`;
}
