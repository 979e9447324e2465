/**
 * A tap: stands on a loopback port between applications and a server, passes everything on, and tells a sink
 * what passed. Bytes go first; reading them is done on what is kept of them, when there is time. Whatever happens
 * to reading or recording, the traffic flows.
 *
 * Owns its listener and all connections; the sink is the caller's. Views may come and go: it runs until stopped.
 */
import { createServer, type AddressInfo, type Server } from 'node:net';
import { Emitter, type Event } from '../../core/base/event';
import { ExpectedError, messageOf } from '../../core/base/result';
import type { Disposable } from '../../core/base/disposable';
import type { Dialect } from '../../core/protocol/decoder';
import type { TapCounts } from '../../session/liveTap';
import type { Clock, Logger, TrafficSink } from '../../session/ports';
import { createAccessCheck } from './access';
import { DEFAULT_LIMITS, type TapLimits } from './limits';
import { ObservationQueue } from './observationQueue';
import { createRecordedLink } from './recordedLink';
import { Relay } from './relay';
import { parseTarget, tapAddress, type Target, type TlsOptions } from './target';
import { TapRecorder } from './tapRecorder';

export interface TapOptions {
  /** Address of the server: `http:`, `https:`, `ws:` or `wss:`. */
  readonly target: string;
  /** Port to listen on; any free one unless told. */
  readonly port?: number;
  /**
   * Origins (`https://desk.example.com`) or host names that may use the tap, besides this machine's own names
   * and the server's.
   */
  readonly allowedOrigins?: readonly string[];
  readonly sink: TrafficSink;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly tlsOptions?: TlsOptions;
  /** `auto` (unless told): each WebSocket is judged by its first message, all else is Workspace API v3. */
  readonly dialect?: Dialect | 'auto';
  readonly limits?: Partial<TapLimits>;
}

export interface Tap {
  /** What an application is to use as the server's address. */
  readonly address: string;
  readonly port: number;
  readonly summary: TapCounts;
  /** {@link summary} has changed; at most ten times a second. */
  readonly onDidChange: Event<void>;
  /** Breaks off all connections, records what waits, and resolves with the final summary. May be called again. */
  stop(): Promise<TapCounts>;
}

const STOPPED = 'The tap was stopped';
const CHANGE_MS = 100;

/** Rejects with an `ExpectedError` (`bad-target`, `cannot-listen`) in words for the person who starts it. */
export async function startTap(options: TapOptions): Promise<Tap> {
  const target = parseTarget(options.target);
  if (!target.ok) {
    throw new ExpectedError(target.error.code, target.error.message);
  }
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  const port = await listen(server, options.port ?? 0);
  return new RunningTap(server, port, target.value, options);
}

class RunningTap implements Tap {
  readonly address: string;
  private readonly relays = new Set<Relay>();
  private readonly recorder: TapRecorder;
  private readonly queue: ObservationQueue;
  private readonly limits: TapLimits;
  private readonly changed = new Emitter<void>();
  private readonly counts = { sockets: 0, bytes: 0, refused: 0 };
  private telling: Disposable | undefined;
  private stopping: Promise<TapCounts> | undefined;
  private whenEmpty: (() => void) | undefined;

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly server: Server,
    readonly port: number,
    target: Target,
    private readonly options: TapOptions,
  ) {
    const { sink, clock, logger, tlsOptions } = options;
    const limits = (this.limits = { ...DEFAULT_LIMITS, ...options.limits });
    this.address = tapAddress(target, port);
    this.recorder = new TapRecorder({
      sink,
      clock,
      logger,
      limits,
      server: target.url,
      dialect: options.dialect ?? 'auto',
    });
    const queue = (this.queue = new ObservationQueue({
      clock,
      limitBytes: limits.queueBytes,
      record: (observation) => {
        this.tellChange();
        return this.recorder.record(observation);
      },
    }));
    const check = createAccessCheck(target, options.allowedOrigins ?? []);
    server.on('error', (error) => logger.error(`The tap's listener failed: ${error.message}`));
    server.on('connection', (socket) => {
      this.counts.sockets++;
      const relay = new Relay(socket, {
        target,
        tapPort: port,
        check,
        limits,
        queue,
        link: createRecordedLink(),
        tls: tlsOptions,
        clock,
        logger,
        onBytes: (count) => {
          this.counts.bytes += count;
        },
        onRefused: () => {
          this.counts.refused++;
          this.tellChange();
        },
        onEnded: (ended) => this.ended(ended),
      });
      this.relays.add(relay);
      this.tellChange();
    });
    logger.info(`Tap to ${target.origin} listens on ${this.address}`);
  }

  get summary(): TapCounts {
    const { connections, frames, missed, failures } = this.recorder.counts;
    return {
      connections,
      ...this.counts,
      openSockets: this.relays.size,
      frames,
      missed,
      recorderFailures: failures,
      decodeFailures: this.recorder.decodeFailures,
    };
  }

  stop(): Promise<TapCounts> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private async end(): Promise<TapCounts> {
    const { clock, logger } = this.options;
    this.server.close();
    const empty = new Promise<void>((resolve) => (this.whenEmpty = resolve));
    for (const relay of this.relays) {
      relay.stop(STOPPED);
    }
    if (this.relays.size > 0) {
      await empty;
    }
    const left = await this.queue.finish(this.limits.stopMs);
    this.recorder.end(clock.now(), STOPPED, left);
    this.telling?.dispose();
    const { summary } = this;
    logger.info(
      `Tap stopped: ${summary.frames} frames of ${summary.connections} connections recorded, ` +
        `${summary.missed} missed, ${summary.bytes} bytes passed`,
    );
    this.changed.fire();
    this.changed.dispose();
    return summary;
  }

  private ended(relay: Relay): void {
    this.relays.delete(relay);
    this.tellChange();
    if (this.relays.size === 0) {
      this.whenEmpty?.();
    }
  }

  private tellChange(): void {
    this.telling ??= this.options.clock.after(CHANGE_MS, () => {
      this.telling = undefined;
      this.changed.fire();
    });
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new ExpectedError(
          'cannot-listen',
          `The tap cannot listen on port ${port}: ${messageOf(error)}. Choose another port.`,
          { cause: error },
        ),
      ),
    );
    server.listen({ host: '127.0.0.1', port }, () => {
      server.removeAllListeners('error');
      resolve((server.address() as AddressInfo).port);
    });
  });
}
