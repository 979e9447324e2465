/**
 * Names the workbins of a connection `type@owner`, so that a request, its answer and the notifications of one
 * workbin have the same label from first to last.
 *
 * Workspace API v3 names a workbin by an id and mostly leaves the owner out. What a workbin is called when it is
 * first met it is called for the rest of the connection: by its name where an event has told it before, else by its
 * id. The agent who is signed in is called by the name known at the first use, else `me`; a label never changes when
 * more becomes known.
 */

/** Owner in a label while nothing has told who is signed in. */
const UNKNOWN_SELF = 'me';

/** A connection that names more workbins than this is no agent's; the others are called by their ids. */
const MAX_WORKBINS = 10_000;

export class WorkbinLabels {
  private readonly names = new Map<string, string>();
  private readonly ids = new Map<string, string>();
  private readonly fixed = new Map<string, string>();
  /** Workbins that were named with the signed-in agent as the owner, without telling who that is. */
  private readonly own = new Set<string>();
  private readonly foreign = new Set<string>();
  private self: ReadonlySet<string> = new Set();
  private selfLabel: string | undefined;

  /** An event told what the workbin of an id is called. */
  learnName(id: string, name: string): void {
    const known = this.names.has(id) || this.ids.has(name);
    // Two ids of one name stay apart: the second keeps its id.
    if (!known && id !== '' && name !== '' && this.names.size < MAX_WORKBINS) {
      this.names.set(id, name);
      this.ids.set(name, id);
    }
  }

  /** True for what is known to be the id or the name of a workbin. */
  knows(workbin: string): boolean {
    return this.names.has(workbin) || this.ids.has(workbin) || this.fixed.has(workbin);
  }

  /**
   * The server told who is signed in, by one or several names, the best first. Names without one in common
   * with those known before are somebody else's.
   */
  learnUser(names: readonly string[]): void {
    const given = names.filter((name) => name !== '');
    if (given.length === 0) {
      return;
    }
    if (this.self.size > 0 && !given.some((name) => this.self.has(name))) {
      this.self = new Set(given);
      this.selfLabel = undefined;
    } else {
      this.self = new Set([...given, ...this.self].slice(0, 8));
    }
  }

  /** The label of a workbin, by id or name; without an owner it is that of the signed-in agent. */
  of(workbin: string, owner?: string): string {
    const isOwn = owner === undefined || owner === '' || this.self.has(owner);
    remember(isOwn ? this.own : this.foreign, isOwn ? workbin : `${workbin}@${owner}`);
    return `${this.type(workbin)}@${isOwn ? this.me() : owner}`;
  }

  /**
   * The label of a workbin in a notification, whose owner is always told. While nobody knows who is signed in, a
   * workbin that was only ever asked for without an owner tells it (our reading).
   */
  notified(workbin: string, owner: string): string {
    if (this.self.size === 0 && this.own.has(workbin) && !this.foreign.has(`${workbin}@${owner}`)) {
      this.learnUser([owner]);
    }
    return this.of(workbin, owner);
  }

  private me(): string {
    if (this.selfLabel === undefined) {
      const [best] = this.self;
      this.selfLabel = best ?? UNKNOWN_SELF;
    }
    return this.selfLabel;
  }

  private type(workbin: string): string {
    const fixed = this.fixed.get(workbin) ?? this.fixed.get(this.ids.get(workbin) ?? '');
    if (fixed !== undefined) {
      return fixed;
    }
    if (this.fixed.size >= MAX_WORKBINS) {
      return workbin;
    }
    const label = this.names.get(workbin) ?? workbin;
    this.fixed.set(workbin, label);
    return label;
  }
}

function remember(set: Set<string>, key: string): void {
  if (set.size < MAX_WORKBINS) {
    set.add(key);
  }
}
