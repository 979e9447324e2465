import { OWNER_KINDS } from '../../core/protocol/workbin';
import type { Configuration } from '../configuration';
import type { Complain, JsonNode } from './jsonTree';
import { nearest } from './nearest';
import {
  didYouMean,
  flag,
  list,
  located,
  object,
  oneOf,
  optional,
  required,
  text,
  wholeBetween,
  type Located,
} from './reading';

/** The parts of the file that tell of people, places and workbins. */
export interface PeopleNodes {
  readonly tenants: readonly number[];
  readonly mediaTypes: readonly string[];
  readonly queues: readonly string[];
  readonly agents: JsonNode;
  readonly places: JsonNode;
  readonly agentGroups: JsonNode | undefined;
  readonly placeGroups: JsonNode | undefined;
  readonly workbinTypes: JsonNode;
}

const AGENTS = list(
  object({
    id: required(located(text(255))),
    name: required(text(255)),
    tenant: required(located(wholeBetween(0, 2 ** 31 - 1))),
    place: required(located(text(255))),
    enabled: optional(flag, true),
    supervisor: optional(flag, false),
  }),
  { min: 1, max: 2000 },
);

const PLACES = list(object({ id: required(located(text(255))), enabled: optional(flag, true) }), {
  min: 1,
  max: 2000,
});

const GROUPS = list(
  object({
    name: required(located(text(255))),
    members: required(list(located(text(255)), { max: 2000 })),
  }),
  { max: 500 },
);

const WORKBIN_TYPES = list(
  object({
    type: required(located(text(255))),
    title: required(text(255)),
    ownerKind: required(oneOf(OWNER_KINDS)),
    active: optional(flag, true),
  }),
  { min: 1, max: 500 },
);

/** Reads people, groups and workbin types, and checks that they fit together. */
export function readPeople(nodes: PeopleNodes, complain: Complain): Configuration | undefined {
  const places = PLACES(nodes.places, complain);
  const agents = AGENTS(nodes.agents, complain);
  const agentGroups = nodes.agentGroups === undefined ? [] : GROUPS(nodes.agentGroups, complain);
  const placeGroups = nodes.placeGroups === undefined ? [] : GROUPS(nodes.placeGroups, complain);
  const types = WORKBIN_TYPES(nodes.workbinTypes, complain);
  const { tenants, mediaTypes, queues } = nodes;

  const agentIds = agents?.map(({ id }) => id);
  const placeIds = places?.map(({ id }) => id);
  once('Agent', agentIds, complain);
  once('Place', placeIds, complain);
  once(
    'Agent group',
    agentGroups?.map(({ name }) => name),
    complain,
  );
  once(
    'Place group',
    placeGroups?.map(({ name }) => name),
    complain,
  );
  once(
    'Workbin type',
    types?.map(({ type }) => type),
    complain,
  );
  for (const { tenant, place } of agents ?? []) {
    if (!tenants.includes(tenant.value)) {
      complain(tenant.span, `There is no tenant ${tenant.value}. Known are ${tenants.join(', ')}.`);
    }
    known('place', place, placeIds, complain);
  }
  for (const { members } of agentGroups ?? []) {
    members.forEach((member) => known('agent', member, agentIds, complain));
  }
  for (const { members } of placeGroups ?? []) {
    members.forEach((member) => known('place', member, placeIds, complain));
  }
  for (const { type } of types ?? []) {
    if (type.value.includes('@')) {
      complain(type.span, 'The name of a workbin type holds no @, which divides type and owner.');
    }
  }
  if (!agents || !places || !agentGroups || !placeGroups || !types) {
    return undefined;
  }
  const group = ({ name, members }: (typeof agentGroups)[number]) => ({
    name: name.value,
    members: members.map(({ value }) => value),
  });
  return {
    tenants,
    mediaTypes,
    queues,
    agents: agents.map(({ id, name, tenant, place, enabled, supervisor }) => ({
      id: id.value,
      name,
      tenantId: tenant.value,
      placeId: place.value,
      enabled,
      supervisor,
    })),
    places: places.map(({ id, enabled }) => ({ id: id.value, enabled })),
    agentGroups: agentGroups.map(group),
    placeGroups: placeGroups.map(group),
    workbinTypes: types.map(({ type, title, ownerKind, active }) => ({
      type: type.value,
      title,
      ownerKind,
      active,
    })),
  };
}

/** Tells a name that is not among the known ones; without a list nothing can be told. */
export function known(
  what: string,
  name: Located<string>,
  names: readonly (Located<string> | string)[] | undefined,
  complain: Complain,
): void {
  const words = names?.map((each) => (typeof each === 'string' ? each : each.value));
  if (words?.includes(name.value) === false) {
    complain(
      name.span,
      `There is no ${what} "${name.value}".${didYouMean(nearest(name.value, words), words)}`,
    );
  }
}

function once(
  what: string,
  names: readonly Located<string>[] | undefined,
  complain: Complain,
): void {
  const seen = new Set<string>();
  for (const { value, span } of names ?? []) {
    if (seen.has(value)) {
      complain(span, `${what} "${value}" is there already; names are given once.`);
    }
    seen.add(value);
  }
}
