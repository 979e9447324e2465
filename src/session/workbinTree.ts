/**
 * The workbins of a trace at a position in it, and what each holds there. Contents are read from the recording
 * when somebody asks, and carried forward from one position to the next, so that following a live session reads
 * only what is new.
 */
import { workbinName, workbinOf, workbinOfInteraction } from '../core/protocol/workbin';
import type { OwnerKind, Workbin } from '../core/protocol/workbin';
import {
  afterChange,
  contentsOf,
  UNKNOWN_CONTENTS,
  type Contents,
} from '../core/workbins/contents';
import type { Trace } from './trace';

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
}

/** Contents that have been worked out, to go on from. */
interface Reached {
  readonly content: number | undefined;
  /** How many changes after the content event were applied, and the row of the last. */
  readonly applied: number;
  readonly lastRow: number;
  readonly contents: Contents;
}

export class WorkbinTree {
  private readonly reached = new Map<string, Reached>();
  private readonly running = new Map<string, Promise<Contents>>();
  private listed: readonly TreeWorkbin[] = [];

  constructor(readonly trace: Trace) {}

  /** Takes what `server` itself says there is: shown at the end of the trace, whether a message named it or not. */
  setListed(server: string, workbins: readonly Workbin[]): void {
    this.listed = workbins.map((workbin) => ({
      ...workbin,
      key: workbinKey(server, workbinName(workbin)),
      server,
      subscribed: false,
    }));
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
    for (const { key, server, name } of this.trace.workbins.all(before)) {
      const listed = this.listed.find((workbin) => workbin.key === key);
      const subscribed = this.trace.workbins.subscribed(key, before);
      found.set(key, { ...(listed ?? { key, server, ...splitName(name) }), subscribed });
    }
    return [...found.values()];
  }

  /**
   * What a workbin holds after `end` messages. Rejects with an `ExpectedError` when the recording cannot be
   * read there.
   */
  contents(key: string, end?: number): Promise<Contents> {
    const before = this.running.get(key) ?? Promise.resolve(UNKNOWN_CONTENTS);
    const next = before.then(
      () => this.goTo(key, end),
      () => this.goTo(key, end),
    );
    this.running.set(key, next);
    return next;
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

  private async goTo(key: string, end?: number): Promise<Contents> {
    const rows = this.trace.workbins.rowsFor(key, end ?? this.trace.messages.count);
    let reached = this.reached.get(key);
    if (reached === undefined || !isAhead(reached, rows)) {
      reached = await this.begin(rows.content);
    }
    for (const row of rows.changes.slice(reached.applied)) {
      const { message } = await this.trace.message(row);
      reached = {
        content: rows.content,
        applied: reached.applied + 1,
        lastRow: row,
        contents: message === undefined ? reached.contents : afterChange(reached.contents, message),
      };
      // Kept at every step: when a later line cannot be read, what was reached stands.
      this.reached.set(key, reached);
    }
    this.reached.set(key, reached);
    return reached.contents;
  }

  private async begin(content: number | undefined): Promise<Reached> {
    if (content === undefined) {
      return { content, applied: 0, lastRow: -1, contents: UNKNOWN_CONTENTS };
    }
    const { message } = await this.trace.message(content);
    const contents = message === undefined ? UNKNOWN_CONTENTS : contentsOf(message);
    return { content, applied: 0, lastRow: -1, contents };
  }
}

/** Key of a workbin in a trace, as `WorkbinHistory.key` has it. */
export function workbinKey(server: string, name: string): string {
  return `${server} ${name}`;
}

/** Whether going forward from `reached` leads to the given rows. */
function isAhead(
  reached: Reached,
  rows: { readonly content?: number; readonly changes: readonly number[] },
): boolean {
  return (
    reached.content === rows.content &&
    reached.applied <= rows.changes.length &&
    (reached.applied === 0 || rows.changes[reached.applied - 1] === reached.lastRow)
  );
}

/** `type@owner` in its parts. Owners may be addresses and contain `@`; types are names of scripts. */
function splitName(name: string): { readonly type: string; readonly owner: string } {
  const at = name.indexOf('@');
  return at < 0
    ? { type: name, owner: '' }
    : { type: name.slice(0, at), owner: name.slice(at + 1) };
}
