import { workbinName, type Workbin } from '../../core/protocol/workbin';
import type { Configuration } from '../configuration';
import { ownersOfKind } from '../workbinAccess';
import type { Complain } from './jsonTree';
import { nearest } from './nearest';
import { didYouMean, list, located, text, type Located } from './reading';

const NAMES = list(located(text(600)), { min: 1, max: 1000 });

/** Names of workbins, `type@owner` or `type@*` for those of all owners. */
export const workbinNames = NAMES;

/** The workbins that are named, each once. */
export function readWorkbins(
  names: readonly Located<string>[],
  configuration: Configuration,
  complain: Complain,
): readonly Workbin[] {
  const found = new Map<string, Workbin>();
  for (const name of names) {
    for (const workbin of workbinsNamed(name, configuration, true, complain)) {
      found.set(workbinName(workbin), workbin);
    }
  }
  return [...found.values()];
}

/** The one workbin that is named `type@owner`. */
export function readWorkbin(
  name: Located<string>,
  configuration: Configuration,
  complain: Complain,
): Workbin | undefined {
  return workbinsNamed(name, configuration, false, complain)[0];
}

function workbinsNamed(
  { value, span }: Located<string>,
  configuration: Configuration,
  mayBeAll: boolean,
  complain: Complain,
): readonly Workbin[] {
  const at = value.indexOf('@');
  const typeName = at < 0 ? value : value.slice(0, at);
  const owner = at < 0 ? '' : value.slice(at + 1);
  const type = configuration.workbinTypes.find((each) => each.type === typeName);
  if (type === undefined) {
    const names = configuration.workbinTypes.map((each) => each.type);
    complain(
      span,
      `There is no workbin type "${typeName}".${didYouMean(nearest(typeName, names), names)}`,
    );
    return [];
  }
  if (!type.active) {
    complain(span, `Workbin type "${typeName}" is not active, so that nothing can lie there.`);
    return [];
  }
  const owners = ownersOfKind(configuration, type.ownerKind);
  const workbin = (name: string): Workbin => ({
    type: type.type,
    ownerKind: type.ownerKind,
    owner: name,
  });
  if (owner === '*' && mayBeAll) {
    return owners.map(workbin);
  }
  if (!owners.includes(owner)) {
    complain(
      span,
      owner === ''
        ? `An owner is missing: write ${typeName}@${owners[0] ?? 'owner'}${mayBeAll ? `, or ${typeName}@* for all` : ''}.`
        : `There is no ${type.ownerKind} "${owner}".${didYouMean(nearest(owner, owners), owners)}`,
    );
    return [];
  }
  return [workbin(owner)];
}
