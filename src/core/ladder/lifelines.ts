import type { OpenRecord } from '../trace/records';
import type { Lifeline } from './rows';

/**
 * The columns of a ladder, in the order in which their connections opened: positions never move.
 * Connections of one application to one server share their two lifelines, so that a reconnect stays in place.
 */
export class Lifelines {
  private readonly columns: Lifeline[] = [];
  private readonly keys = new Map<string, number>();
  /** Pairs of lifelines, and whether frames without messages are usual between them. Few, however many connections. */
  private readonly pairs: Pair[] = [];
  private readonly pairKeys = new Map<string, number>();
  private readonly pairOf = new Map<number, number>();

  get all(): readonly Lifeline[] {
    return this.columns;
  }

  add(record: OpenRecord): void {
    const { application, server, dialect } = record;
    const key = JSON.stringify([application, server, dialect]);
    let pair = this.pairKeys.get(key);
    if (pair === undefined) {
      pair = this.addPair({
        columns: [
          this.column(`application ${application}`, { kind: 'application', title: application }),
          this.column(`server ${server}`, { kind: 'server', title: SERVER_TITLES[dialect] }),
        ],
        isWeb: dialect === 'workspace-v3',
      });
      this.pairKeys.set(key, pair);
    }
    this.pairOf.set(record.connection, pair);
  }

  /** True where frames without messages are usual: pages, scripts and pictures pass there as well. */
  isWeb(connection: number): boolean {
    return this.pairs[this.pairOf.get(connection) ?? -1]?.isWeb ?? false;
  }

  /** Positions of the application's and the server's lifeline. */
  of(connection: number): readonly [application: number, server: number] {
    return this.pairs[this.pairOf.get(connection) ?? -1]?.columns ?? this.unknown(connection);
  }

  /** A recording that lost its `open` record still shows two lifelines. */
  private unknown(connection: number): readonly [number, number] {
    const columns = [
      this.column('application ?', { kind: 'application', title: 'Agent application' }),
      this.column('server ?', { kind: 'server', title: SERVER_TITLES['platform-sdk-json'] }),
    ] as const;
    this.pairOf.set(connection, this.addPair({ columns, isWeb: false }));
    return columns;
  }

  private addPair(pair: Pair): number {
    return this.pairs.push(pair) - 1;
  }

  private column(key: string, lifeline: Lifeline): number {
    const known = this.keys.get(key);
    if (known !== undefined) {
      return known;
    }
    this.keys.set(key, this.columns.length);
    return this.columns.push(lifeline) - 1;
  }
}

interface Pair {
  readonly columns: readonly [application: number, server: number];
  readonly isWeb: boolean;
}

const SERVER_TITLES = {
  'platform-sdk-json': 'Interaction Server',
  'workspace-v3': 'Workspace API v3',
} as const;
