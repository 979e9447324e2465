/**
 * The workbins of a trace at a position in it, and what each holds there. Contents are read from the recording
 * when somebody asks, and carried forward from one position to the next, so that following a live session reads
 * only what is new.
 */
import { workbinName, workbinOf, workbinOfInteraction } from '../core/protocol/workbin';
import type { OwnerKind, Workbin } from '../core/protocol/workbin';
import { applyChange, contentsOf, type Contents } from '../core/workbins/contents';
import type { HeldInteraction } from '../core/workbins/interaction';
import type { Trace } from './trace';
import { RecentlyChanged, type RecentChanges } from './recentChanges';
import type { ToldWorkbins, Unusable } from './toldWorkbins';
import { WorkbinFrames } from './workbinFrames';

/** A workbin of one server, as the trace tells of it at some position. */
export interface TreeWorkbin {
  /** Unique in a trace. */
  readonly key: string;
  readonly server: string;
  readonly type: string;
  readonly owner: string;
  /** Absent until the server listed the workbin: messages name owners, lists tell what they are. */
  readonly ownerKind?: OwnerKind;
  readonly subscribed: boolean;
  /** Set where the trace says that nothing can be expected of it. */
  readonly unusable?: Unusable;
}

/** Work on the contents of one workbin: where it is to end. */
class Walk {
  private turns = 0;

  /** `wanted`: after so many messages; undefined: at the end of the trace. */
  constructor(private wanted: number | undefined) {}

  /** Another place is asked for. */
  overtake(wanted: number | undefined): void {
    this.wanted = wanted;
    this.turns++;
  }

  /** Where to go now, and whether that is still so. */
  setOut(): { readonly wanted: number | undefined; isWanted(): boolean } {
    const { wanted, turns } = this;
    return { wanted, isWanted: () => this.turns === turns };
  }
}

/** Changes that are read at once. */
const READ_AT_ONCE = 64;

const NONE: ReadonlySet<string> = new Set();

export class WorkbinTree {
  private readonly frames = new Map<string, WorkbinFrames>();
  private readonly running = new Map<
    string,
    { readonly walk: Walk; readonly done: Promise<Contents> }
  >();
  private listed: readonly TreeWorkbin[] = [];

  private readonly recent: RecentlyChanged;
  private subscribedBefore = NONE;

  /** `told`: what the trace says of workbins besides their contents, where that is wanted. */
  constructor(
    readonly trace: Trace,
    private readonly told?: ToldWorkbins,
  ) {
    this.recent = new RecentlyChanged(trace);
  }

  /**
   * Takes what `server` itself says there is: shown at the end of the trace, whether a message named it or not.
   * `subscribed`: keys of those that were subscribed to before the trace began.
   */
  setListed(
    server: string,
    workbins: readonly Workbin[],
    subscribed: ReadonlySet<string> = NONE,
  ): void {
    this.subscribedBefore = subscribed;
    this.listed = workbins.map((workbin) => {
      const key = workbinKey(server, workbinName(workbin));
      return { ...workbin, key, server, subscribed: subscribed.has(key) };
    });
  }

  /** Workbins after `end` messages, in the order in which they were told; undefined: at the end of the trace. */
  workbins(end?: number): readonly TreeWorkbin[] {
    const before = end ?? this.trace.messages.count;
    const found = new Map<string, TreeWorkbin>();
    if (end === undefined) {
      for (const workbin of this.listed) {
        found.set(workbin.key, workbin);
      }
    }
    for (const workbin of this.told?.listed(before) ?? []) {
      const key = workbinKey(workbin.server, workbinName(workbin));
      found.set(key, { ...workbin, key, subscribed: this.subscribedBefore.has(key) });
    }
    for (const { key, server, name } of this.trace.workbins.all(before)) {
      const listed = found.get(key) ?? this.listed.find((workbin) => workbin.key === key);
      const atStart = this.subscribedBefore.has(key);
      const subscribed = this.trace.workbins.subscribed(key, before, atStart);
      found.set(key, { ...(listed ?? { key, server, ...splitName(name) }), subscribed });
    }
    return [...found.values()].map((workbin) => {
      const unusable = this.told?.unusable(workbin.server, workbin, before);
      return unusable === undefined ? workbin : { ...workbin, unusable };
    });
  }

  /**
   * What changed in a workbin within the last seconds before `now` (ms of recorded time), among the first `end`
   * messages. Rejects with an `ExpectedError` when the recording cannot be read there.
   */
  changes(key: string, end: number | undefined, now: number): Promise<RecentChanges> {
    const rows = this.trace.workbins.rowsFor(key, end ?? this.trace.messages.count);
    return this.recent.before(key, rows, now);
  }

  /**
   * What a workbin holds after `end` messages. A call that another one for the same workbin overtakes gets that
   * one's answer. Rejects with an `ExpectedError` when the recording cannot be read there.
   */
  contents(key: string, end?: number): Promise<Contents> {
    const running = this.running.get(key);
    if (running !== undefined) {
      running.walk.overtake(end);
      return running.done;
    }
    const walk = new Walk(end);
    const done = this.walk(key, walk).finally(() => this.running.delete(key));
    this.running.set(key, { walk, done });
    return done;
  }

  /** The workbin with the kind of its owner, read from the first message that names it where no list told. */
  async identify(key: string): Promise<Workbin | undefined> {
    const listed = this.listed.find((workbin) => workbin.key === key);
    if (listed?.ownerKind !== undefined) {
      const { type, owner, ownerKind } = listed;
      return { type, owner, ownerKind };
    }
    const history = this.trace.workbins.find(key);
    if (history === undefined) {
      return undefined;
    }
    const attributes = (await this.trace.message(history.firstRow)).message?.attributes;
    return (
      workbinOf(attributes?.['workbin']) ??
      workbinOfInteraction(attributes?.['interaction']) ??
      workbinOf(attributes)
    );
  }

  private async walk(key: string, walk: Walk): Promise<Contents> {
    for (;;) {
      const goal = walk.setOut();
      const rows = this.trace.workbins.rowsFor(key, goal.wanted ?? this.trace.messages.count);
      const frames = await this.framesOf(key, rows.content);
      const start = frames.before(rows.count);
      const interactions = new Map(start.interactions);
      let applied = start.applied;
      try {
        while (applied < rows.count && goal.isWanted()) {
          const next = Math.min(rows.count, applied + READ_AT_ONCE);
          const read = Array.from({ length: next - applied }, (_, at) =>
            this.trace.message(rows.change(applied + at)),
          );
          for (const { message } of await Promise.all(read)) {
            if (message !== undefined) {
              applyChange(interactions, message);
            }
          }
          applied = next;
          frames.pass(applied, interactions);
        }
      } finally {
        // When a later line cannot be read, what was reached stands.
        frames.rest(applied, interactions);
      }
      if (applied === rows.count) {
        return { read: rows.content !== undefined, interactions, stale: rows.stale };
      }
    }
  }

  private async framesOf(key: string, content: number | undefined): Promise<WorkbinFrames> {
    const known = this.frames.get(key);
    if (known !== undefined && known.content === content) {
      return known;
    }
    const message = content === undefined ? undefined : (await this.trace.message(content)).message;
    const held = message === undefined ? new Map<string, HeldInteraction>() : contentsOf(message);
    const frames = new WorkbinFrames(content, held);
    this.frames.set(key, frames);
    return frames;
  }
}

/** Key of a workbin in a trace, as `WorkbinHistory.key` has it. */
export function workbinKey(server: string, name: string): string {
  return `${server} ${name}`;
}

/** `type@owner` in its parts. Owners may be addresses and contain `@`; types are names of scripts. */
function splitName(name: string): { readonly type: string; readonly owner: string } {
  const at = name.indexOf('@');
  return at < 0
    ? { type: name, owner: '' }
    : { type: name.slice(0, at), owner: name.slice(at + 1) };
}
