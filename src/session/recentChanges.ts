/** What has just changed in a workbin: the change events of the last seconds before a moment of a trace. */
import { changeIn } from '../core/workbins/contents';
import type { ContentRows } from '../core/workbins/history';
import type { Trace } from './trace';

/** Milliseconds of recorded time for which a change counts as recent. */
export const RECENT_MS = 30_000;
/** Of more changes than these, only the last are looked at. */
const MOST_READ = 200;

export interface RecentChanges {
  /** Interactions that came into the workbin, or whose properties changed there. */
  readonly marks: ReadonlyMap<string, 'new' | 'changed'>;
  /** Ids of those that were taken out, and have not come back. */
  readonly taken: readonly string[];
  /** Recorded time (ms) at which the first of the changes is recent no more. */
  readonly until?: number;
}

export const NO_CHANGES: RecentChanges = { marks: new Map(), taken: [] };

/** Remembers the last answer for each workbin, since most questions are asked again. */
export class RecentlyChanged {
  private readonly known = new Map<
    string,
    { readonly rows: string; readonly changes: RecentChanges }
  >();

  constructor(private readonly trace: Trace) {}

  /**
   * Changes among `rows`, which are those of the workbin with this key, that came within {@link RECENT_MS} before
   * `now` (ms of recorded time). Rejects with an `ExpectedError` when the recording cannot be read there.
   */
  async before(key: string, rows: ContentRows, now: number): Promise<RecentChanges> {
    const first = this.firstAfter(rows, now - RECENT_MS);
    if (first >= rows.count) {
      return NO_CHANGES;
    }
    const span = `${rows.change(first)} ${rows.change(rows.count - 1)}`;
    const known = this.known.get(key);
    if (known?.rows === span) {
      return known.changes;
    }
    const changes = await this.read(rows, first);
    this.known.set(key, { rows: span, changes });
    return changes;
  }

  private async read(rows: ContentRows, first: number): Promise<RecentChanges> {
    const from = Math.max(first, rows.count - MOST_READ);
    const messages = await Promise.all(
      Array.from({ length: rows.count - from }, (_, at) =>
        this.trace.message(rows.change(from + at)),
      ),
    );
    const marks = new Map<string, 'new' | 'changed'>();
    const taken = new Set<string>();
    for (const { message } of messages) {
      const change = message && changeIn(message);
      switch (change?.operation) {
        case 'in':
          taken.delete(change.id);
          marks.set(change.id, 'new');
          break;
        case 'changed':
          marks.set(change.id, marks.get(change.id) ?? 'changed');
          break;
        case 'out':
          marks.delete(change.id);
          taken.add(change.id);
          break;
        case undefined:
          break;
      }
    }
    const until = this.trace.messages.time(rows.change(from)) + RECENT_MS;
    return { marks, taken: [...taken], until };
  }

  /** Index of the first change after `time`; times do not go back, as far as that matters here. */
  private firstAfter(rows: ContentRows, time: number): number {
    let low = 0;
    let high = rows.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.trace.messages.time(rows.change(middle)) <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
