/**
 * Which messages of a trace tell of which workbin, in columns: enough to find, for any message, the content
 * event to begin with and the changes to apply. Bodies are read by whoever asks for contents.
 */
import { GrowingList } from '../base/growing';
import type { Tracer } from '../phases/tracer';
import type { MessageColumns } from '../trace/messageColumns';

/** A workbin of one server, and where the trace tells of it. */
export interface WorkbinHistory {
  /** `server type@owner`: unique in a trace. */
  readonly key: string;
  readonly server: string;
  /** `type@owner` */
  readonly name: string;
  /** First message that names it. */
  readonly firstRow: number;
}

interface Tracks extends WorkbinHistory {
  readonly contents: GrowingList;
  readonly changes: GrowingList;
  /** Four times the row, plus what happened to the subscription: see below. */
  readonly subscriptions: GrowingList;
}

/** Cancelled by a row, begun by it, or ended with its connection after it. */
const CANCELLED = 0;
const BEGUN = 1;
const DROPPED = 2;

const CONTENT_EVENTS = new Set(['EventWorkbinContent', 'EventWorkbinsContent']);

export class WorkbinHistories {
  private readonly tracks = new Map<string, Tracks>();
  private readonly servers = new Map<number, string>();
  /** Content events whose request has not come yet. */
  private unplaced: number[] = [];
  private touched = new Set<string>();

  constructor(
    private readonly rows: MessageColumns,
    private readonly tracer: Tracer,
  ) {}

  /** Told of every connection, so that workbins stand under their server. */
  open(connection: number, server: string): void {
    this.servers.set(connection, server);
  }

  /** A connection ended after row `count - 1`: nothing more comes for its subscriptions. */
  close(connection: number): void {
    const server = this.server(connection);
    for (const track of this.tracks.values()) {
      if (track.server === server && subscribedAt(track, this.rows.count)) {
        track.subscriptions.push((this.rows.count - 1) * 4 + DROPPED);
        this.touched.add(track.key);
      }
    }
  }

  /** Takes the next row, which has been traced. */
  add(row: number): void {
    const name = this.rows.name(row);
    if (CONTENT_EVENTS.has(name) && this.tracer.workbin(row) === '') {
      // Its request may come yet; an answered one asked for several workbins at once.
      if (this.tracer.phaseOf(row) < 0) {
        this.unplaced.push(row);
      }
      return;
    }
    const track = this.track(row);
    if (track === undefined) {
      return;
    }
    if (CONTENT_EVENTS.has(name)) {
      track.contents.push(row);
    } else if (this.tracer.table.follows(name)) {
      track.changes.push(row);
    } else {
      this.subscribe(track, row);
    }
  }

  /** All workbins that messages before row `end` name, in the order of appearance. */
  all(end: number): readonly WorkbinHistory[] {
    this.place();
    return [...this.tracks.values()].filter(({ firstRow }) => firstRow < end);
  }

  find(key: string): WorkbinHistory | undefined {
    return this.tracks.get(key);
  }

  /** Rows to read for the contents before row `end`: a content event, where one was seen, and the changes after it. */
  rowsFor(key: string, end: number): { readonly content?: number; readonly changes: number[] } {
    this.place();
    const track = this.tracks.get(key);
    if (track === undefined) {
      return { changes: [] };
    }
    const at = countBelow(track.contents, end) - 1;
    const content = at < 0 ? undefined : track.contents.at(at);
    const changes: number[] = [];
    const last = countBelow(track.changes, end);
    for (let i = content === undefined ? 0 : countBelow(track.changes, content); i < last; i++) {
      changes.push(track.changes.at(i));
    }
    return content === undefined ? { changes } : { content, changes };
  }

  /** Whether notifications of it were live before row `end`. */
  subscribed(key: string, end: number): boolean {
    const track = this.tracks.get(key);
    return track !== undefined && subscribedAt(track, end);
  }

  /** How many content and change events of it came before row `end`: another number, other contents. */
  told(key: string, end: number): number {
    this.place();
    const track = this.tracks.get(key);
    return track === undefined
      ? 0
      : countBelow(track.contents, end) + countBelow(track.changes, end);
  }

  /** Keys of the workbins of which something was told since the last call. */
  takeTouched(): readonly string[] {
    this.place();
    const touched = [...this.touched];
    this.touched = new Set();
    return touched;
  }

  private subscribe(track: Tracks, row: number): void {
    const phase = this.tracer.phaseOf(row);
    const { phases, table } = this.tracer;
    if (phase < 0 || phases.answerRow(phase) !== row || phases.outcome(phase) !== 'completed') {
      return;
    }
    const model = table.model(phases.model(phase));
    if (model.followedBy !== undefined) {
      track.subscriptions.push(row * 4 + BEGUN);
    } else if (table.models.some(({ endedBy }) => endedBy === model.id)) {
      track.subscriptions.push(row * 4 + CANCELLED);
    }
  }

  private place(): void {
    this.unplaced = this.unplaced.filter((row) => {
      const track = this.tracer.workbin(row) === '' ? undefined : this.track(row);
      track?.contents.push(row);
      return track === undefined;
    });
  }

  private track(row: number): Tracks | undefined {
    const name = this.tracer.workbin(row);
    if (name === '') {
      return undefined;
    }
    const server = this.server(this.rows.connection(row));
    const key = `${server} ${name}`;
    let track = this.tracks.get(key);
    if (track === undefined) {
      track = {
        key,
        server,
        name,
        firstRow: row,
        contents: new GrowingList(),
        changes: new GrowingList(),
        subscriptions: new GrowingList(),
      };
      this.tracks.set(key, track);
    }
    this.touched.add(key);
    return track;
  }

  private server(connection: number): string {
    return this.servers.get(connection) ?? '';
  }
}

function subscribedAt(track: Tracks, end: number): boolean {
  const count = countBelow(track.subscriptions, end * 4);
  return count > 0 && track.subscriptions.at(count - 1) % 4 === BEGUN;
}

/** How many values of an ascending column are below `limit`. */
function countBelow(column: GrowingList, limit: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column.at(middle) < limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
