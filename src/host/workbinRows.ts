/**
 * What the Workbins tree shows at some moment, reduced to what tells one moment from another; and which rows
 * differ between two of them.
 */

/** A workbin's row. Two stamps that are equal mean that the row and its children look the same. */
export interface WorkbinStamp {
  readonly key: string;
  readonly server: string;
  readonly owner: string;
  readonly stamp: string;
}

export interface TreeStamp {
  /** What concerns every row, such as which trace it is and whether its server is connected. */
  readonly all: string;
  readonly servers: readonly string[];
  readonly workbins: readonly WorkbinStamp[];
}

export function serverId(server: string): string {
  return `server ${server}`;
}

export function ownerId(server: string, owner: string): string {
  return `owner ${server} ${owner}`;
}

export function workbinId(key: string): string {
  return `workbin ${key}`;
}

/** Ids of the rows to ask anew, each with what is below it; `all` where that is the whole tree. */
export function changedRows(before: TreeStamp, after: TreeStamp): readonly string[] | 'all' {
  if (before.all !== after.all || !sameMembers(before.servers, after.servers)) {
    return 'all';
  }
  const changed = new Set<string>();
  const ownersBefore = ownersByServer(before.workbins);
  const ownersAfter = ownersByServer(after.workbins);
  for (const server of after.servers) {
    const one = ownersBefore.get(server) ?? new Map<string, Map<string, string>>();
    const other = ownersAfter.get(server) ?? new Map<string, Map<string, string>>();
    if (!sameMembers([...one.keys()], [...other.keys()])) {
      changed.add(serverId(server));
      continue;
    }
    for (const [owner, workbins] of other) {
      const known = one.get(owner) ?? new Map<string, string>();
      if (!sameMembers([...known.keys()], [...workbins.keys()])) {
        changed.add(ownerId(server, owner));
        continue;
      }
      for (const [key, stamp] of workbins) {
        if (known.get(key) !== stamp) {
          changed.add(workbinId(key));
        }
      }
    }
  }
  return [...changed];
}

type Stamps = Map<string, string>;

function ownersByServer(
  workbins: readonly WorkbinStamp[],
): ReadonlyMap<string, ReadonlyMap<string, Stamps>> {
  const servers = new Map<string, Map<string, Stamps>>();
  for (const { server, owner, key, stamp } of workbins) {
    const owners = servers.get(server) ?? new Map<string, Stamps>();
    servers.set(server, owners);
    const stamps = owners.get(owner) ?? new Map<string, string>();
    owners.set(owner, stamps);
    stamps.set(key, stamp);
  }
  return servers;
}

/** The same, in the same order. */
function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
