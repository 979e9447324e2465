/**
 * What the Workbins tree shows at some moment, reduced to what tells one moment from another; and which rows
 * differ between two of them.
 */

/** A workbin's row. Two stamps that are equal mean that the row and its children look the same. */
export interface WorkbinStamp {
  readonly key: string;
  readonly server: string;
  /** What it stands below: its owner or its type; empty where that is the server itself. */
  readonly group: string;
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

/** Of an owner or a workbin type. */
export function groupId(server: string, group: string): string {
  return `group ${server} ${group}`;
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
  const groupsBefore = groupsByServer(before.workbins);
  const groupsAfter = groupsByServer(after.workbins);
  for (const server of after.servers) {
    const one = groupsBefore.get(server) ?? new Map<string, Map<string, string>>();
    const other = groupsAfter.get(server) ?? new Map<string, Map<string, string>>();
    if (!sameMembers([...one.keys()], [...other.keys()])) {
      changed.add(serverId(server));
      continue;
    }
    for (const [group, workbins] of other) {
      const known = one.get(group) ?? new Map<string, string>();
      if (!sameMembers([...known.keys()], [...workbins.keys()])) {
        changed.add(group === '' ? serverId(server) : groupId(server, group));
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

function groupsByServer(
  workbins: readonly WorkbinStamp[],
): ReadonlyMap<string, ReadonlyMap<string, Stamps>> {
  const servers = new Map<string, Map<string, Stamps>>();
  for (const { server, group, key, stamp } of workbins) {
    const groups = servers.get(server) ?? new Map<string, Stamps>();
    servers.set(server, groups);
    const stamps = groups.get(group) ?? new Map<string, string>();
    groups.set(group, stamps);
    stamps.set(key, stamp);
  }
  return servers;
}

/** The same, in the same order. */
function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
