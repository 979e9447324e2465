import type { KnownThing } from '../core/protocol/requestForm/formFields';
import type { OwnerKind, Workbin } from '../core/protocol/workbin';
import type { ConnectionProfile } from './platform';
import type { Trace } from './trace';

/** Names of each kind that a field may offer, the likeliest first. */
export type KnownNames = { readonly [Thing in KnownThing]: readonly string[] };

/** Names of a kind, and rows of the trace that are looked through for them. */
const MAX_NAMES = 200;
const LOOK_BACK = 5000;

/** What a session knows by name: from what the server listed, the profile, and the last messages of the trace. */
export function knownNames(
  trace: Trace,
  workbins: readonly Workbin[],
  { agent, place }: ConnectionProfile,
): KnownNames {
  const types = distinct(workbins.map(({ type }) => type));
  const ownersOf = (kind: OwnerKind): readonly string[] =>
    workbins.filter(({ ownerKind }) => ownerKind === kind).map(({ owner }) => owner);
  return {
    interaction: lastInteractions(trace),
    workbinType: types,
    agent: distinct([agent, ...ownersOf('Agent')]),
    agentGroup: distinct(ownersOf('AgentGroup')),
    place: distinct([place, ...ownersOf('Place')]),
    placeGroup: distinct(ownersOf('PlaceGroup')),
    // A workbin's own view is its type and `PrivateView` (our reading).
    view: types.map((type) => `${type}/PrivateView`),
  };
}

function lastInteractions({ messages }: Trace): readonly string[] {
  const found = new Set<string>();
  const end = Math.max(0, messages.count - LOOK_BACK);
  for (let row = messages.count - 1; row >= end && found.size < MAX_NAMES; row--) {
    const id = messages.interactionId(row);
    if (id !== '') {
      found.add(id);
    }
  }
  return [...found];
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((name) => name !== '').slice(0, MAX_NAMES);
}
