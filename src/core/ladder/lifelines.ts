import type { OpenRecord } from '../trace/records';
import type { Lifeline } from './rows';

/**
 * The columns of a ladder, in the order in which their connections opened: positions never move.
 * Connections of one application to one server share their two lifelines, so that a reconnect stays in place.
 */
export class Lifelines {
  private readonly columns: Lifeline[] = [];
  private readonly keys: string[] = [];
  private readonly ofConnection = new Map<number, readonly [number, number]>();
  private readonly web = new Set<number>();

  get all(): readonly Lifeline[] {
    return this.columns;
  }

  add(record: OpenRecord): void {
    const application = this.column(`application ${record.application}`, {
      kind: 'application',
      title: record.application,
    });
    const server = this.column(`server ${record.server}`, {
      kind: 'server',
      title: SERVER_TITLES[record.dialect],
    });
    this.ofConnection.set(record.connection, [application, server]);
    if (record.dialect === 'workspace-v3') {
      this.web.add(record.connection);
    }
  }

  /** True where frames without messages are usual: pages, scripts and pictures pass there as well. */
  isWeb(connection: number): boolean {
    return this.web.has(connection);
  }

  /** Positions of the application's and the server's lifeline. */
  of(connection: number): readonly [application: number, server: number] {
    return this.ofConnection.get(connection) ?? this.unknown(connection);
  }

  /** A recording that lost its `open` record still shows two lifelines. */
  private unknown(connection: number): readonly [number, number] {
    const pair = [
      this.column('application ?', { kind: 'application', title: 'Agent application' }),
      this.column('server ?', { kind: 'server', title: SERVER_TITLES['platform-sdk-json'] }),
    ] as const;
    this.ofConnection.set(connection, pair);
    return pair;
  }

  private column(key: string, lifeline: Lifeline): number {
    const known = this.keys.indexOf(key);
    if (known >= 0) {
      return known;
    }
    this.keys.push(key);
    this.columns.push(lifeline);
    return this.columns.length - 1;
  }
}

const SERVER_TITLES = {
  'platform-sdk-json': 'Interaction Server',
  'workspace-v3': 'Workspace API v3',
} as const;
