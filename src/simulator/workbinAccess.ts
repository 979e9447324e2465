import { ErrorCode } from '../core/protocol/errorCodes';
import type { OwnerKind, Workbin } from '../core/protocol/workbin';
import { groupsOf, type Agent, type Configuration } from './configuration';
import type { Actor } from './interaction';
import { Refusal } from './refusal';

/** How a request names a workbin: its type, and owners by kind, of which that of the type's kind decides. */
export interface WorkbinReference {
  readonly type: string;
  readonly owners: Readonly<Partial<Record<OwnerKind, string>>>;
}

const MISSING_OWNER: Readonly<Record<OwnerKind, number>> = {
  Agent: ErrorCode.Error_agent_not_specified,
  Place: ErrorCode.Error_place_not_specified,
  AgentGroup: ErrorCode.Error_agent_group_not_specified,
  PlaceGroup: ErrorCode.Error_place_group_not_specified,
};

/** There are no codes of their own for unknown groups, so a group that is unknown counts as not given. */
const UNKNOWN_OWNER: Readonly<Record<OwnerKind, number>> = {
  ...MISSING_OWNER,
  Agent: ErrorCode.Error_unknown_agent_in_request,
  Place: ErrorCode.Error_unknown_place_in_request,
};

/** Finds the workbin that a request names, or refuses. */
export function resolveWorkbin(
  configuration: Configuration,
  reference: WorkbinReference | undefined,
): Workbin {
  if (reference === undefined || reference.type === '') {
    throw new Refusal(ErrorCode.Error_workbin_not_specified, 'The request names no workbin type');
  }
  const type = configuration.workbinTypes.find((candidate) => candidate.type === reference.type);
  if (type === undefined) {
    throw inaccessible(`There is no workbin type '${reference.type}'`);
  }
  if (!type.active) {
    throw inaccessible(`Workbin type '${type.type}' is not active`);
  }
  const owner = reference.owners[type.ownerKind] ?? '';
  if (owner === '') {
    const others = Object.values(reference.owners).some((other) => other !== '');
    throw others
      ? inaccessible(`Workbins of type '${type.type}' belong to an owner of kind ${type.ownerKind}`)
      : new Refusal(
          MISSING_OWNER[type.ownerKind],
          `Workbin type '${type.type}' needs an owner of kind ${type.ownerKind}`,
        );
  }
  if (!ownersOfKind(configuration, type.ownerKind).includes(owner)) {
    throw new Refusal(UNKNOWN_OWNER[type.ownerKind], `There is no ${type.ownerKind} '${owner}'`);
  }
  return { type: type.type, ownerKind: type.ownerKind, owner };
}

/** Refuses unless the agent may look into that workbin. */
export function checkAccess(configuration: Configuration, actor: Actor, workbin: Workbin): void {
  if (!accessibleOwners(configuration, actor, workbin.ownerKind).includes(workbin.owner)) {
    throw inaccessible(
      `Workbin '${workbin.type}' of ${workbin.ownerKind} '${workbin.owner}' is not open to agent '${actor.agentId}'`,
    );
  }
}

export function mayAccess(configuration: Configuration, actor: Actor, workbin: Workbin): boolean {
  return accessibleOwners(configuration, actor, workbin.ownerKind).includes(workbin.owner);
}

/** Whose workbins of that kind are open to an agent: own, those of the place, of the groups of both, and of a supervisor's people. */
export function accessibleOwners(
  configuration: Configuration,
  actor: Actor,
  kind: OwnerKind,
): readonly string[] {
  switch (kind) {
    case 'Agent':
      return [actor.agentId, ...teamOf(configuration, actor.agentId)];
    case 'Place':
      return [actor.placeId];
    case 'AgentGroup':
      return groupsOf(configuration.agentGroups, actor.agentId);
    case 'PlaceGroup':
      return groupsOf(configuration.placeGroups, actor.placeId);
  }
}

/** Every owner of a kind that the configuration knows. */
export function ownersOfKind(configuration: Configuration, kind: OwnerKind): readonly string[] {
  switch (kind) {
    case 'Agent':
      return configuration.agents.map((agent) => agent.id);
    case 'Place':
      return configuration.places.map((place) => place.id);
    case 'AgentGroup':
      return configuration.agentGroups.map((group) => group.name);
    case 'PlaceGroup':
      return configuration.placeGroups.map((group) => group.name);
  }
}

function teamOf(configuration: Configuration, agentId: string): string[] {
  const agent = configuration.agents.find((candidate: Agent) => candidate.id === agentId);
  if (agent?.supervisor !== true) {
    return [];
  }
  const team = configuration.agentGroups
    .filter((group) => group.members.includes(agentId))
    .flatMap((group) => group.members);
  return [...new Set(team)].filter((member) => member !== agentId);
}

function inaccessible(text: string): Refusal {
  return new Refusal(ErrorCode.Error_workbin_inaccessible, text);
}
