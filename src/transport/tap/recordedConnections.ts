/**
 * Decides which connection of the recording something belongs to:
 *
 * - HTTP exchanges belong to their application (see `applications.ts`), one connection each;
 * - so do the messages of a WebSocket that carries Bayeux: its events answer that application's requests;
 * - any other WebSocket is a connection of its own.
 *
 * An application's connection ends when it has had no socket for a while, or with the tap.
 */
import { toDisposable, type Disposable } from '../../core/base/disposable';
import type { Dialect } from '../../core/protocol/decoder';
import type { Clock } from '../../session/ports';
import { applicationName } from './applicationName';
import { Applications, type Application } from './applications';
import type { GuardedSink } from './guardedSink';
import { fieldValue } from './httpHead';
import type { Exchange } from './observation';
import type { RecordedLink } from './recordedLink';

export interface ConnectionOptions {
  readonly clock: Clock;
  /** Address of the server, for the recording. */
  readonly server: string;
  /** `auto`: HTTP is Workspace API v3, a WebSocket of its own is Platform SDK JSON. */
  readonly dialect: Dialect | 'auto';
  readonly applicationIdleMs: number;
}

/** Where an exchange is recorded; no connection: the sink did not take it. */
export interface Place {
  readonly connection: number | undefined;
  readonly number: number;
}

export class RecordedConnections implements Disposable {
  private readonly applications = new Applications();
  private readonly idle = new Map<Application, Disposable>();

  constructor(
    private readonly sink: GuardedSink,
    private readonly options: ConnectionOptions,
  ) {}

  /** For an exchange of the application whose request it is; opens its connection if it has none. */
  ofApplication(at: number, link: RecordedLink, exchange: Exchange): Place {
    const application = this.applications.find(exchange.head, exchange.url, link.application);
    this.assign(link, application);
    const { dialect, server } = this.options;
    application.connection ??= this.sink.open(at, {
      dialect: dialect === 'auto' ? 'workspace-v3' : dialect,
      server,
      application: application.name,
    });
    return { connection: application.connection, number: ++application.exchanges };
  }

  /** For an exchange of a WebSocket that is a connection of its own. */
  ofWebSocket(at: number, link: RecordedLink, exchange: Exchange): Place {
    const { dialect, server } = this.options;
    link.ownConnection ??= this.sink.open(at, {
      dialect: dialect === 'auto' ? 'platform-sdk-json' : dialect,
      server,
      application: applicationName(fieldValue(exchange.head, 'user-agent')),
    });
    return { connection: link.ownConnection, number: ++link.ownExchanges };
  }

  /** The link has ended. */
  release(link: RecordedLink): void {
    this.assign(link, undefined);
  }

  /** Closes the connections of all applications. */
  end(at: number, reason: string): void {
    for (const application of [...this.applications.all]) {
      this.close(application, at, 'inspector', reason);
    }
  }

  dispose(): void {
    for (const timer of this.idle.values()) {
      timer.dispose();
    }
    this.idle.clear();
  }

  private assign(link: RecordedLink, application: Application | undefined): void {
    const before = link.application;
    if (before === application) {
      return;
    }
    link.application = application;
    if (application !== undefined) {
      application.links++;
      this.idle.get(application)?.dispose();
    }
    if (before !== undefined && --before.links === 0) {
      this.closeWhenIdle(before);
    }
  }

  private closeWhenIdle(application: Application): void {
    const { clock, applicationIdleMs } = this.options;
    const timer = clock.after(applicationIdleMs, () =>
      this.close(
        application,
        clock.now(),
        'application',
        'The application has no connection any more',
      ),
    );
    this.idle.set(
      application,
      toDisposable(() => {
        timer.dispose();
        this.idle.delete(application);
      }),
    );
  }

  private close(
    application: Application,
    at: number,
    by: 'application' | 'inspector',
    reason: string,
  ): void {
    this.idle.get(application)?.dispose();
    this.applications.forget(application);
    if (application.connection !== undefined) {
      this.sink.close(at, application.connection, by, reason);
      application.connection = undefined;
    }
  }
}
