/** A sink that never throws: what it could not take is counted, and told as a gap as soon as it takes anything. */
import { messageOf } from '../../core/base/result';
import type { Frame } from '../../core/protocol/frame';
import type { Logger, OpenedConnection, TrafficSink } from '../../session/ports';

interface Missed {
  count: number;
  reason: string;
}

export class GuardedSink {
  private readonly untold = new Map<number | undefined, Missed>();
  private failureTold = false;
  /** Connections opened, frames taken, frames missed, calls that threw. */
  readonly counts = { connections: 0, frames: 0, missed: 0, failures: 0 };

  constructor(
    private readonly sink: TrafficSink,
    private readonly logger: Logger,
  ) {}

  /** The number of the new connection; undefined when the sink failed. */
  open(at: number, connection: OpenedConnection): number | undefined {
    let number: number | undefined;
    this.guard(() => {
      number = this.sink.open(at, connection);
      this.counts.connections++;
    });
    return number;
  }

  frame(at: number, connection: number | undefined, frame: Frame): void {
    this.tellMissed(at);
    const failure =
      connection === undefined
        ? 'The recorder did not take the connection'
        : this.guard(() => this.sink.frame(at, connection, frame));
    if (failure === undefined) {
      this.counts.frames++;
    } else {
      this.addMissed(connection, 1, failure);
    }
  }

  close(
    at: number,
    connection: number,
    by: Parameters<TrafficSink['close']>[2],
    reason: string,
  ): void {
    this.tellMissed(at);
    this.guard(() => this.sink.close(at, connection, by, reason));
  }

  /** `missed` frames, or with 0 something else, will not be found in the recording. */
  gap(at: number, connection: number | undefined, reason: string, missed: number): void {
    this.addMissed(connection, missed, reason);
    this.tellMissed(at);
  }

  /** Tells what was missed and not told yet. */
  tellMissed(at: number): void {
    for (const [connection, { count, reason }] of this.untold) {
      const failure = this.guard(() =>
        this.sink.gap(at, {
          reason,
          ...(connection === undefined ? {} : { connection }),
          ...(count === 0 ? {} : { missed: count }),
        }),
      );
      if (failure !== undefined) {
        return;
      }
      this.untold.delete(connection);
    }
  }

  private addMissed(connection: number | undefined, count: number, reason: string): void {
    this.counts.missed += count;
    const known = this.untold.get(connection);
    if (known === undefined) {
      this.untold.set(connection, { count, reason });
    } else {
      known.count += count;
    }
  }

  /** The words of the failure, if there was one. */
  private guard(call: () => void): string | undefined {
    try {
      call();
      return undefined;
    } catch (error) {
      this.counts.failures++;
      if (!this.failureTold) {
        this.failureTold = true;
        this.logger.error(
          `The tap goes on, but what it passes is not recorded: ${messageOf(error)}`,
        );
      }
      return `The recorder failed: ${messageOf(error)}`;
    }
  }
}
