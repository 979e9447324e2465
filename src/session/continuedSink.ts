import type { Frame } from '../core/protocol/frame';
import type { CloseRecord } from '../core/trace/records';
import type { OpenedConnection, TrafficSink } from './ports';

interface OpenConnection {
  readonly connection: OpenedConnection;
  /** Its number in the present recording. */
  readonly number: number;
}

/**
 * Where traffic goes that outlives its recording: {@link continueIn} replaces the recording while connections stay
 * open. Whoever makes the traffic keeps the numbers that it was given first.
 */
export class ContinuedSink implements TrafficSink {
  private readonly opened = new Map<number, OpenConnection>();
  private next = 1;

  /** `recording` is the caller's to dispose, as are those that come after it. */
  constructor(private recording: TrafficSink) {}

  open(at: number, connection: OpenedConnection): number {
    const number = this.next++;
    this.opened.set(number, { connection, number: this.recording.open(at, connection) });
    return number;
  }

  frame(at: number, connection: number, frame: Frame): void {
    this.recording.frame(at, this.numberOf(connection), frame);
  }

  close(at: number, connection: number, by: CloseRecord['by'], reason: string): void {
    this.recording.close(at, this.numberOf(connection), by, reason);
    this.opened.delete(connection);
  }

  gap(at: number, gap: Parameters<TrafficSink['gap']>[1]): void {
    const { connection, ...rest } = gap;
    this.recording.gap(
      at,
      connection === undefined ? rest : { ...rest, connection: this.numberOf(connection) },
    );
  }

  /** From now on everything goes to `recording`, which is told first of every connection that is open. */
  continueIn(at: number, recording: TrafficSink): void {
    this.recording = recording;
    for (const [own, { connection }] of this.opened) {
      this.opened.set(own, { connection, number: recording.open(at, connection) });
    }
  }

  /** A connection that was never opened, or is closed, keeps its number: the recording knows what to do with it. */
  private numberOf(connection: number): number {
    return this.opened.get(connection)?.number ?? connection;
  }
}
