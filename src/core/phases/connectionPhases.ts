import type { MessageColumns } from '../trace/messageColumns';

/** What the tracer remembers of one connection while it is open. */
export class ConnectionPhases {
  /** Phases without an answer, whether or not their time is up. */
  readonly open = new Set<number>();
  /** Last phase of each reference: a reference may be used again once answered. */
  readonly latest = new Map<number | string, number>();
  /** Rows of answers that found no open request, by reference: their request may come yet. */
  readonly early = new Map<number | string, number>();
  /** References of what was sent without beginning a phase: their answers were asked for. */
  readonly sentOutside = new Set<number | string>();
  readonly subscriptions = new Subscriptions();

  /** Something was sent that begins no phase: what answers it is not unmatched. */
  sendOutside(rows: MessageColumns, row: number): void {
    const key = this.key(rows, row);
    if (key !== undefined) {
      this.sentOutside.add(key);
    }
  }

  /** Key of a row's reference: proxy client id and reference together. Undefined without a reference. */
  key(rows: MessageColumns, row: number): number | string | undefined {
    const reference = rows.referenceKey(row);
    const proxy = rows.proxyClientId(row);
    return reference === undefined || proxy === undefined ? reference : `${proxy} ${reference}`;
  }
}

/** Key of those that named no proxy client. */
const NO_PROXY = -1;

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
    const byProxy = this.byWorkbin.get(workbin) ?? new Map<number, number[]>();
    this.byWorkbin.set(workbin, byProxy);
    const proxy = rows.proxyClientId(row) ?? NO_PROXY;
    byProxy.set(proxy, [...(byProxy.get(proxy) ?? []), phase]);
  }

  remove(phase: number): void {
    for (const byProxy of this.byWorkbin.values()) {
      for (const [proxy, phases] of byProxy) {
        const rest = phases.filter((other) => other !== phase);
        if (rest.length === 0) {
          byProxy.delete(proxy);
        } else if (rest.length < phases.length) {
          byProxy.set(proxy, rest);
        }
      }
    }
  }

  /** All that are subscribed to the workbin of a row, oldest first. */
  of(rows: MessageColumns, row: number): readonly number[] {
    const byProxy = this.byWorkbin.get(rows.workbinId(row));
    const proxy = rows.proxyClientId(row);
    if (byProxy === undefined) {
      return [];
    }
    return proxy === undefined
      ? (byProxy.get(NO_PROXY) ?? [...byProxy.values()].flat())
      : (byProxy.get(proxy) ?? byProxy.get(NO_PROXY) ?? []);
  }

  /** The one that a notification goes to. */
  latest(rows: MessageColumns, row: number): number | undefined {
    return this.of(rows, row).at(-1);
  }

  all(): ReadonlySet<number> {
    return new Set([...this.byWorkbin.values()].flatMap((byProxy) => [...byProxy.values()].flat()));
  }
}
