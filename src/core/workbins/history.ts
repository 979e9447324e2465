/**
 * Which messages of a trace tell of which workbin, in columns: enough to find, for any message, the content
 * event to begin with and the changes to apply. Bodies are read by whoever asks for contents.
 */
import { GrowingList } from '../base/growing';
import {
  countOf,
  listOf,
  numbersOf,
  SnapshotError,
  type PlainValue,
  type Restoring,
  type Snapshot,
} from '../base/snapshot';
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

/** Rows that the contents of a workbin are worked out from. */
export interface ContentRows {
  /** The content event to begin with, where one was seen. */
  readonly content?: number;
  /** How many changes came after it. */
  readonly count: number;
  /** Row of one of them, from 0. */
  readonly change: (index: number) => number;
  /** Something was missed since: see {@link WorkbinHistories.gap}. */
  readonly stale: boolean;
}

interface Tracks extends WorkbinHistory {
  readonly contents: GrowingList;
  readonly changes: GrowingList;
  /** Four times the row, plus what happened to the subscription: see below. */
  readonly subscriptions: GrowingList;
  /** Connections that have asked for notifications, and not cancelled that. */
  readonly holders: Set<number>;
  /** Something was told of it since {@link WorkbinHistories.takeTouched}. */
  touched: boolean;
}

/** Workbins of one server, by the id of their name in the index. */
interface ServerTracks {
  readonly address: string;
  readonly byWorkbin: Map<number, Tracks>;
}

type Kind = 'content' | 'change' | 'other';

/** Cancelled by a row, begun by it, or ended with its connection after it. */
const CANCELLED = 0;
const BEGUN = 1;
const DROPPED = 2;

const CONTENT_EVENTS = new Set(['EventWorkbinContent', 'EventWorkbinsContent']);

export class WorkbinHistories {
  private readonly tracks = new Map<string, Tracks>();
  private readonly servers = new Map<number, ServerTracks>();
  private readonly byAddress = new Map<string, ServerTracks>();
  /** What each open connection is subscribed to. */
  private readonly subscriptionsOf = new Map<number, Set<Tracks>>();
  /** Content events whose request has not come yet. */
  private unplaced: number[] = [];
  private touched: Tracks[] = [];
  /** How many rows there were at each gap, and whose it was; undefined: everybody's. */
  private readonly gaps = new GrowingList();
  private readonly gapServers: (ServerTracks | undefined)[] = [];
  /** What each name of the index tells of a workbin. */
  private kinds: Kind[] = [];

  constructor(
    private readonly rows: MessageColumns,
    private readonly tracer: Tracer,
  ) {}

  /** Told of every connection, so that workbins stand under their server. */
  open(connection: number, address: string): void {
    this.servers.set(connection, this.serverAt(address));
  }

  /** A connection ended after row `count - 1`: nothing more comes for its subscriptions. */
  close(connection: number): void {
    for (const track of this.subscriptionsOf.get(connection) ?? []) {
      track.holders.delete(connection);
      if (track.holders.size === 0) {
        track.subscriptions.push((this.rows.count - 1) * 4 + DROPPED);
        this.touch(track);
      }
    }
    this.subscriptionsOf.delete(connection);
  }

  /** Something was missed after row `count - 1`, on one connection or on all: what a server holds may differ. */
  gap(connection: number | undefined): void {
    this.gaps.push(this.rows.count);
    this.gapServers.push(connection === undefined ? undefined : this.server(connection));
    for (const track of this.tracks.values()) {
      this.touch(track);
    }
  }

  /** Takes the next row, which has been traced. */
  add(row: number): void {
    const kind = this.kind(row);
    const workbin = this.tracer.workbinId(row);
    if (workbin === 0) {
      // Its request may come yet; an answered one asked for several workbins at once.
      if (kind === 'content' && this.tracer.phaseOf(row) < 0) {
        this.unplaced.push(row);
      }
      return;
    }
    const track = this.track(row, workbin);
    if (kind === 'content') {
      track.contents.push(row);
    } else if (kind === 'change') {
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

  /** What to read for the contents before row `end`; nothing is copied. */
  rowsFor(key: string, end: number): ContentRows {
    this.place();
    const track = this.tracks.get(key);
    if (track === undefined) {
      return { count: 0, change: () => -1, stale: false };
    }
    const at = countBelow(track.contents, end) - 1;
    const content = at < 0 ? undefined : track.contents.at(at);
    const first = content === undefined ? 0 : countBelow(track.changes, content);
    return {
      ...(content === undefined ? {} : { content }),
      count: countBelow(track.changes, end) - first,
      change: (index) => track.changes.at(first + index),
      stale: this.missed(track, content ?? track.firstRow, end),
    };
  }

  /** Whether notifications of it were live before row `end`; `atStart`: whether they were before the first message. */
  subscribed(key: string, end: number, atStart = false): boolean {
    const track = this.tracks.get(key);
    return track === undefined ? atStart : subscribedAt(track, end, atStart);
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
    const { touched } = this;
    this.touched = [];
    return touched.map((track) => {
      track.touched = false;
      return track.key;
    });
  }

  /** Puts all of it into a snapshot but the servers of connections, which are told again by `open`. */
  save(snapshot: Snapshot): void {
    this.place();
    const tracks = [...this.tracks.values()];
    const save = (name: string, columnOf: (track: Tracks) => GrowingList): void => {
      const pieces = tracks.map((track) => columnOf(track).all);
      snapshot.putPieces(`workbin ${name}`, pieces.length === 0 ? [new Uint32Array(0)] : pieces);
    };
    save('contents', ({ contents }) => contents);
    save('changes', ({ changes }) => changes);
    save('subscriptions', ({ subscriptions }) => subscriptions);
    snapshot.putValue(
      'workbinTracks',
      tracks.map((track) => [
        track.server,
        track.name,
        track.firstRow,
        track.contents.length,
        track.changes.length,
        track.subscriptions.length,
        [...track.holders],
      ]),
    );
    snapshot.putValue('unplaced', this.unplaced);
    snapshot.putValue(
      'gaps',
      this.gapServers.map((server, at) => [this.gaps.at(at), server?.address ?? null]),
    );
  }

  /** Checks what {@link save} has put there. Throws `SnapshotError`. */
  restore(snapshot: Snapshot): Restoring {
    const saved = snapshot.list('workbinTracks').map((value) => savedTrack(value));
    const column = (name: string, sizeOf: (track: SavedTrack) => number): Uint32Array => {
      const size = saved.reduce((sum, track) => sum + sizeOf(track), 0);
      return snapshot.column(`workbin ${name}`, new Uint32Array(0), size);
    };
    const contents = column('contents', (track) => track.contents);
    const changes = column('changes', (track) => track.changes);
    const subscriptions = column('subscriptions', (track) => track.subscriptions);
    const unplaced = numbersOf(snapshot.value('unplaced'), 'unplaced');
    const gaps = snapshot.list('gaps').map((gap) => {
      const [row, server] = listOf(gap, 'gaps');
      return [
        countOf(row, 'gaps', 0xffffffff),
        typeof server === 'string' ? server : undefined,
      ] as const;
    });
    return () => {
      const at = { contents: 0, changes: 0, subscriptions: 0 };
      for (const each of saved) {
        const track = this.begin(this.serverAt(each.server), each.name, each.firstRow);
        track.contents.append(contents.subarray(at.contents, (at.contents += each.contents)));
        track.changes.append(changes.subarray(at.changes, (at.changes += each.changes)));
        track.subscriptions.append(
          subscriptions.subarray(at.subscriptions, (at.subscriptions += each.subscriptions)),
        );
        for (const connection of each.holders) {
          this.hold(connection, track);
        }
      }
      this.unplaced = [...unplaced];
      for (const [row, server] of gaps) {
        this.gaps.push(row);
        this.gapServers.push(server === undefined ? undefined : this.serverAt(server));
      }
    };
  }

  private hold(connection: number, track: Tracks): void {
    track.holders.add(connection);
    const held = this.subscriptionsOf.get(connection) ?? new Set();
    this.subscriptionsOf.set(connection, held.add(track));
  }

  /** Whether a gap stands behind a row of a workbin and not behind row `end - 1`. */
  private missed(track: Tracks, row: number, end: number): boolean {
    for (let at = countBelow(this.gaps, row + 1); at < this.gaps.length; at++) {
      if (this.gaps.at(at) > end) {
        return false;
      }
      const server = this.gapServers[at];
      if (server === undefined || server.address === track.server) {
        return true;
      }
    }
    return false;
  }

  private subscribe(track: Tracks, row: number): void {
    const phase = this.tracer.phaseOf(row);
    const { phases, table } = this.tracer;
    if (phase < 0 || phases.answerRow(phase) !== row || phases.outcome(phase) !== 'completed') {
      return;
    }
    const model = table.model(phases.model(phase));
    const connection = this.rows.connection(row);
    if (model.followedBy !== undefined) {
      track.subscriptions.push(row * 4 + BEGUN);
      this.hold(connection, track);
    } else if (table.endsOthers(phases.model(phase))) {
      track.holders.delete(connection);
      this.subscriptionsOf.get(connection)?.delete(track);
      if (track.holders.size === 0) {
        track.subscriptions.push(row * 4 + CANCELLED);
      }
    }
  }

  private place(): void {
    this.unplaced = this.unplaced.filter((row) => {
      const workbin = this.tracer.workbinId(row);
      if (workbin !== 0) {
        this.track(row, workbin).contents.push(row);
      }
      return workbin === 0;
    });
  }

  private track(row: number, workbin: number): Tracks {
    const server = this.server(this.rows.connection(row));
    const track =
      server.byWorkbin.get(workbin) ?? this.begin(server, this.rows.workbins.text(workbin), row);
    this.touch(track);
    return track;
  }

  private begin(server: ServerTracks, name: string, firstRow: number): Tracks {
    const track: Tracks = {
      key: `${server.address} ${name}`,
      server: server.address,
      name,
      firstRow,
      contents: new GrowingList(),
      changes: new GrowingList(),
      subscriptions: new GrowingList(),
      holders: new Set(),
      touched: false,
    };
    server.byWorkbin.set(this.rows.workbins.id(name), track);
    this.tracks.set(track.key, track);
    return track;
  }

  private touch(track: Tracks): void {
    if (!track.touched) {
      track.touched = true;
      this.touched.push(track);
    }
  }

  private kind(row: number): Kind {
    const id = this.rows.nameId(row);
    const known = this.kinds[id];
    if (known !== undefined) {
      return known;
    }
    for (let next = this.kinds.length; next <= id; next++) {
      const name = this.rows.names.text(next);
      const follows = this.tracer.table.follows(name);
      this.kinds.push(CONTENT_EVENTS.has(name) ? 'content' : follows ? 'change' : 'other');
    }
    return this.kinds[id] ?? 'other';
  }

  private server(connection: number): ServerTracks {
    let server = this.servers.get(connection);
    if (server === undefined) {
      server = this.serverAt('');
      this.servers.set(connection, server);
    }
    return server;
  }

  private serverAt(address: string): ServerTracks {
    let server = this.byAddress.get(address);
    if (server === undefined) {
      server = { address, byWorkbin: new Map() };
      this.byAddress.set(address, server);
    }
    return server;
  }
}

function subscribedAt(track: Tracks, end: number, atStart = false): boolean {
  const count = countBelow(track.subscriptions, end * 4);
  return count === 0 ? atStart : track.subscriptions.at(count - 1) % 4 === BEGUN;
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

interface SavedTrack {
  readonly server: string;
  readonly name: string;
  readonly firstRow: number;
  /** How many values of each column are its own. */
  readonly contents: number;
  readonly changes: number;
  readonly subscriptions: number;
  readonly holders: readonly number[];
}

function savedTrack(value: PlainValue): SavedTrack {
  const [server, name, firstRow, contents, changes, subscriptions, holders] = listOf(
    value,
    'a workbin',
  );
  if (typeof server !== 'string' || typeof name !== 'string') {
    throw new SnapshotError('a workbin has no name');
  }
  return {
    server,
    name,
    firstRow: countOf(firstRow, 'a workbin'),
    contents: countOf(contents, 'a workbin'),
    changes: countOf(changes, 'a workbin'),
    subscriptions: countOf(subscriptions, 'a workbin'),
    holders: numbersOf(holders, 'a workbin'),
  };
}
