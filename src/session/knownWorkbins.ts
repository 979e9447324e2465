/** Workbins that a server's own answers name: the types of `EventWorkbinTypesInfo`, the owners of statistics. */
import { asText } from '../core/protocol/attributes';
import { enumName } from '../core/protocol/enums';
import { keyValue, keyValueEntries } from '../core/protocol/keyValueList';
import type { Message } from '../core/protocol/message';
import { OWNER_KINDS, type OwnerKind, type Workbin } from '../core/protocol/workbin';
import type { WorkbinType } from './workbinClient';

/**
 * Workbin types of an `EventWorkbinTypesInfo`: a key-value list by type name, each with `Active` (1: active)
 * and `WorkbinType`, the owner kind (source: Platform SDK for .NET 8.1.4, `WorkbinTypeDetails`).
 */
export function workbinTypesOf(event: Message): readonly WorkbinType[] {
  return keyValueEntries(event.attributes['workbinTypes']).flatMap(({ key, value }) => {
    const ownerKind = ownerKindOf(
      enumName('WorkbinType', keyValue(value, 'WorkbinType') ?? 'Agent'),
    );
    const active = Number(asText(keyValue(value, 'Active')) ?? keyValue(value, 'Active')) === 1;
    return ownerKind === undefined ? [] : [{ type: key, title: key, ownerKind, active }];
  });
}

/** The agent's own workbins, and those of the place where the agent sits. */
export function ownWorkbins(
  types: readonly WorkbinType[],
  who: { readonly agent: string; readonly place: string },
): readonly Workbin[] {
  const owners: Partial<Record<OwnerKind, string>> = { Agent: who.agent, Place: who.place };
  return types.flatMap(({ type, ownerKind }) => {
    const owner = owners[ownerKind];
    return owner === undefined || owner === '' ? [] : [{ type, ownerKind, owner }];
  });
}

/** The workbins of a type that an `EventWorkbinStatistic` names, by owner (that it is keyed so is our reading). */
export function ownersOfTypes(type: WorkbinType, statistic: Message): readonly Workbin[] {
  return keyValueEntries(statistic.attributes['workbinStatistic']).map(({ key }) => ({
    type: type.type,
    ownerKind: type.ownerKind,
    owner: key,
  }));
}

function ownerKindOf(name: string | undefined): OwnerKind | undefined {
  return OWNER_KINDS.find((kind) => kind === name);
}
