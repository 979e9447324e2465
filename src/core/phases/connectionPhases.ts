import {
  countOf,
  listOf,
  numbersOf,
  recordOf,
  SnapshotError,
  type PlainValue,
} from '../base/snapshot';
import { NONE, type MessageColumns } from '../trace/messageColumns';

/** Proxy client ids of one connection have this many references between them. */
const REFERENCES = 2 ** 32;

const LEAST_BEGUN = 32;

/**
 * So many references are remembered for sure after they were used last: a connection may live for days, and nobody
 * answers twice, or uses a reference again, after thousands of others.
 */
const REMEMBERED = 4096;
/** And so many whose answer may still come, however late. */
const REMEMBERED_OPEN = 16_384;

/** What the tracer remembers of one connection while it is open. */
export class ConnectionPhases {
  /** Phases that were begun and may be open: a set of those that are would cost more than looking at their outcome. */
  private begun: number[] = [];
  /** So many may be in `begun` before it is cleared of those that have ended. */
  private most = LEAST_BEGUN;
  /** Last phase of each reference: a reference may be used again once answered. */
  readonly latest = new Map<number, number>();
  /** So many may be in `latest` before it is cleared of old ones. */
  private mostLatest = 2 * REMEMBERED;
  /** Rows of answers that found no open request, by reference: their request may come yet. */
  private readonly early = new Map<number, number>();
  private mostEarly = REMEMBERED;
  /** References of what was sent without beginning a phase: their answers were asked for. */
  readonly sentOutside = new Set<number>();
  readonly subscriptions = new Subscriptions();
  /** Nearly always the only one. */
  private firstProxy: number | undefined;
  private readonly otherProxies = new Map<number, number>();

  /** A phase was begun. `isOpen` tells whether another one still is. */
  begin(phase: number, isOpen: (phase: number) => boolean): void {
    const { begun } = this;
    if (begun.length >= this.most) {
      this.open(isOpen);
      this.most = Math.max(LEAST_BEGUN, this.begun.length * 2);
    }
    this.begun.push(phase);
  }

  /** The phases of which `isOpen` says that they are open, in the order in which they were begun; forgets the others. */
  open(isOpen: (phase: number) => boolean): readonly number[] {
    this.begun = this.begun.filter((phase) => isOpen(phase));
    return this.begun;
  }

  /** A phase was begun with a reference. `isAnswered` tells whether another one has its answer. */
  refer(key: number, phase: number, isAnswered: (phase: number) => boolean): void {
    this.latest.set(key, phase);
    if (this.latest.size <= this.mostLatest) {
      return;
    }
    const phases = [...this.latest.values()];
    const answeredFrom = lastOf(phases.filter(isAnswered), REMEMBERED);
    const openFrom = lastOf(
      phases.filter((each) => !isAnswered(each)),
      REMEMBERED_OPEN,
    );
    for (const [old, each] of this.latest) {
      if (each < (isAnswered(each) ? answeredFrom : openFrom)) {
        this.latest.delete(old);
      }
    }
    this.mostLatest = Math.max(2 * REMEMBERED, this.latest.size * 2);
  }

  /** An answer came whose request may yet come. Those for which `isStale` says that it came too long ago are forgotten. */
  addEarly(key: number, row: number, isStale: (row: number) => boolean): void {
    this.early.set(key, row);
    if (this.early.size > this.mostEarly) {
      for (const [old, each] of this.early) {
        if (isStale(each)) {
          this.early.delete(old);
        }
      }
      this.mostEarly = Math.max(REMEMBERED, this.early.size * 2);
    }
  }

  /** Row of an answer that came before its request, which comes now. */
  takeEarly(key: number): number | undefined {
    if (this.early.size === 0) {
      return undefined; // As nearly always.
    }
    const row = this.early.get(key);
    this.early.delete(key);
    return row;
  }

  /** Something was sent that begins no phase: what answers it is not unmatched. */
  sendOutside(rows: MessageColumns, row: number): void {
    const key = this.key(rows, row);
    if (key === undefined) {
      return;
    }
    const { sentOutside } = this;
    sentOutside.delete(key); // To the last place, also where it is known.
    sentOutside.add(key);
    if (sentOutside.size > 2 * REMEMBERED) {
      for (const oldest of [...sentOutside].slice(0, REMEMBERED)) {
        sentOutside.delete(oldest);
      }
    }
  }

  /** Key of a row's reference: proxy client id and reference together. Undefined without a reference. */
  key(rows: MessageColumns, row: number): number | undefined {
    const reference = rows.referenceKey(row);
    if (reference === NONE) {
      return undefined;
    }
    const proxy = rows.proxyKey(row);
    this.firstProxy ??= proxy;
    return proxy === this.firstProxy ? reference : this.placeOf(proxy) * REFERENCES + reference;
  }

  save(isOpen: (phase: number) => boolean): PlainValue {
    return {
      open: [...this.open(isOpen)],
      latest: [...this.latest],
      mostLatest: this.mostLatest,
      mostEarly: this.mostEarly,
      early: [...this.early],
      sentOutside: [...this.sentOutside],
      subscriptions: this.subscriptions.save(),
      firstProxy: this.firstProxy ?? null,
      otherProxies: [...this.otherProxies],
    };
  }

  /** Throws `SnapshotError` when it is nothing that {@link save} has given. */
  static restore(value: PlainValue | undefined): ConnectionPhases {
    const connection = new ConnectionPhases();
    const saved = recordOf(value, 'a connection');
    connection.begun.push(...numbersOf(saved['open'], 'open'));
    restoreMap(connection.latest, saved['latest']);
    restoreMap(connection.early, saved['early']);
    connection.mostLatest = countOf(saved['mostLatest'], 'mostLatest');
    connection.mostEarly = countOf(saved['mostEarly'], 'mostEarly');
    numbersOf(saved['sentOutside'], 'sentOutside', Number.MIN_SAFE_INTEGER).forEach((key) =>
      connection.sentOutside.add(key),
    );
    connection.subscriptions.restore(saved['subscriptions']);
    const { firstProxy } = saved;
    connection.firstProxy = typeof firstProxy === 'number' ? firstProxy : undefined;
    restoreMap(connection.otherProxies, saved['otherProxies']);
    return connection;
  }

  /** Position of a proxy client id among those of this connection, from 1. */
  private placeOf(proxy: number): number {
    let place = this.otherProxies.get(proxy);
    if (place === undefined) {
      place = this.otherProxies.size + 1;
      this.otherProxies.set(proxy, place);
    }
    return place;
  }
}

/** The lowest of the last `count` phases; 0 where there are not more. */
function lastOf(phases: readonly number[], count: number): number {
  return Uint32Array.from(phases).sort().at(-count) ?? 0;
}

const NOBODY: readonly number[] = [];

/**
 * Phases that take notifications, by workbin and proxy client id. A notification goes to the subscription of
 * its proxy client, else to one that named none; one that names no proxy client goes to the latest of all.
 */
export class Subscriptions {
  private readonly byWorkbin = new Map<number, Map<number, number[]>>();

  add(rows: MessageColumns, row: number, phase: number): void {
    const workbin = rows.workbinId(row);
    if (workbin === 0) {
      return;
    }
    let byProxy = this.byWorkbin.get(workbin);
    if (byProxy === undefined) {
      byProxy = new Map<number, number[]>();
      this.byWorkbin.set(workbin, byProxy);
    }
    const proxy = rows.proxyKey(row);
    const phases = byProxy.get(proxy);
    if (phases === undefined) {
      byProxy.set(proxy, [phase]);
    } else {
      phases.push(phase);
    }
  }

  /** Removes those among the subscriptions to a row's workbin that `isOver` says, in the order of {@link of}. */
  removeWhere(rows: MessageColumns, row: number, isOver: (phase: number) => boolean): void {
    const byProxy = this.byWorkbin.get(rows.workbinId(row));
    const proxy = rows.proxyKey(row);
    if (byProxy === undefined) {
      return;
    }
    const keys =
      proxy === NONE && !byProxy.has(NONE)
        ? [...byProxy.keys()]
        : [byProxy.has(proxy) ? proxy : NONE];
    for (const key of keys) {
      const rest = (byProxy.get(key) ?? NOBODY).filter((phase) => !isOver(phase));
      if (rest.length === 0) {
        byProxy.delete(key);
      } else {
        byProxy.set(key, rest);
      }
    }
  }

  /** The one that a notification goes to. */
  latest(rows: MessageColumns, row: number): number | undefined {
    const byProxy = this.byWorkbin.get(rows.workbinId(row));
    if (byProxy === undefined) {
      return undefined;
    }
    const proxy = rows.proxyKey(row);
    const own = byProxy.get(proxy) ?? byProxy.get(NONE);
    if (own !== undefined || proxy !== NONE) {
      return own?.at(-1);
    }
    const latest = [...byProxy.values()].flatMap((phases) => phases.slice(-1));
    return latest.length === 0 ? undefined : Math.max(...latest);
  }

  save(): PlainValue {
    return [...this.byWorkbin].map(([workbin, byProxy]) => [workbin, [...byProxy]]);
  }

  restore(value: PlainValue | undefined): void {
    for (const entry of listOf(value, 'subscriptions')) {
      const [workbin, byProxy] = listOf(entry, 'subscriptions');
      const proxies = new Map<number, number[]>();
      for (const each of listOf(byProxy, 'subscriptions')) {
        const [proxy, phases] = listOf(each, 'subscriptions');
        proxies.set(Number(proxy), [...numbersOf(phases, 'subscriptions')]);
      }
      this.byWorkbin.set(Number(workbin), proxies);
    }
  }

  all(): ReadonlySet<number> {
    return new Set([...this.byWorkbin.values()].flatMap((byProxy) => [...byProxy.values()].flat()));
  }
}

function restoreMap(map: Map<number, number>, value: PlainValue | undefined): void {
  for (const entry of listOf(value, 'a map')) {
    const [key, number] = numbersOf(entry, 'a map', Number.MIN_SAFE_INTEGER);
    if (key === undefined || number === undefined) {
      throw new SnapshotError('a map has no pairs');
    }
    map.set(key, number);
  }
}
