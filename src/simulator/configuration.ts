import type { OwnerKind } from '../core/protocol/workbin';

/** What the embedded server has read from its configuration; it does not change while the server runs. */
export interface Configuration {
  readonly tenants: readonly number[];
  readonly agents: readonly Agent[];
  readonly places: readonly Place[];
  readonly agentGroups: readonly Group[];
  readonly placeGroups: readonly Group[];
  readonly workbinTypes: readonly ConfiguredWorkbinType[];
  readonly queues: readonly string[];
  readonly mediaTypes: readonly string[];
}

export interface Agent {
  /** The employee id, as messages name the agent. */
  readonly id: string;
  readonly name: string;
  readonly tenantId: number;
  /** Where the agent usually sits. */
  readonly placeId: string;
  readonly enabled: boolean;
  /** May look into the workbins of everybody in the groups that the agent belongs to. */
  readonly supervisor: boolean;
}

export interface Place {
  readonly id: string;
  readonly enabled: boolean;
}

/** A group of agents or of places. */
export interface Group {
  readonly name: string;
  readonly members: readonly string[];
}

export interface ConfiguredWorkbinType {
  readonly type: string;
  readonly title: string;
  readonly ownerKind: OwnerKind;
  readonly active: boolean;
}

/** The view through which a workbin type is pulled from (names as in public client code for the web tier). */
export function privateView(type: string): string {
  return `${type}/PrivateView`;
}

/** The queue in which what lies in a workbin of this type stands. */
export function privateQueue(type: string): string {
  return `${type}/PrivateQueue`;
}

/** Names of the groups with that member. */
export function groupsOf(groups: readonly Group[], member: string): string[] {
  return groups.filter((group) => group.members.includes(member)).map((group) => group.name);
}
