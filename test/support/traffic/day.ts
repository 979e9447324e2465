/**
 * Time and the recording of generated traffic: what is due when, and the records in the order in which they happen.
 * Time is in whole microseconds, so that it can be written with three decimals of a millisecond.
 */
import type { Dialect } from '../../../src/core/protocol/decoder';
import type { Frame } from '../../../src/core/protocol/frame';
import type { MessageHint } from '../../../src/core/protocol/message';
import type { TraceRecord } from '../../../src/core/trace/records';
import { Bodies } from './bodies';
import type { Random } from './random';
import type { Fact, TellFact, TrafficTruth } from './truth';

/** A record, and whether its line has hints. */
export interface TrafficLine {
  readonly record: TraceRecord;
  readonly hinted: boolean;
}

interface Due {
  readonly time: number;
  readonly act: () => void;
}

export interface DayOptions {
  readonly random: Random;
  readonly truth: TrafficTruth;
  readonly tell: TellFact;
  /** Share of the frames whose hints are left out, of those whose bodies say everything by themselves. */
  readonly unhinted: number;
}

export class Day {
  readonly random: Random;
  readonly bodies: Bodies;
  readonly truth: TrafficTruth;
  private readonly unhinted: number;
  private readonly tellFact: TellFact;
  /** A binary heap, the earliest first. */
  private readonly due: Due[] = [];
  private lines: TrafficLine[] = [];
  private micros = 0;
  private seq = 0;

  constructor({ random, truth, tell, unhinted }: DayOptions) {
    this.random = random;
    this.bodies = new Bodies(random);
    this.truth = truth;
    this.unhinted = unhinted;
    this.tellFact = tell;
  }

  /** Milliseconds, as written. */
  get now(): number {
    return this.micros / 1000;
  }

  /** `act` happens in `delay` milliseconds. */
  after(delay: number, act: () => void): void {
    const { due } = this;
    const time = this.micros + Math.max(1, Math.round(delay * 1000));
    let at = due.length;
    for (let above = (at - 1) >> 1; at > 0 && due[above]!.time > time; above = (at - 1) >> 1) {
      due[at] = due[above]!;
      at = above;
    }
    due[at] = { time, act };
  }

  /** Lets the next thing happen, and returns the lines that it made. */
  pass(): readonly TrafficLine[] {
    const next = this.takeFirst();
    this.micros = next.time;
    next.act();
    return this.take();
  }

  /** Lines that were made since they were last taken. */
  take(): readonly TrafficLine[] {
    const { lines } = this;
    this.lines = [];
    return lines;
  }

  open(dialect: Dialect, server: string): number {
    const connection = ++this.truth.connections;
    const application = 'Agent desktop';
    this.push({ kind: 'open', ...this.stamp(), connection, dialect, server, application });
    return connection;
  }

  close(connection: number): void {
    const reason = 'Connection closed';
    this.push({ kind: 'close', ...this.stamp(), connection, by: 'server', reason });
  }

  end(): void {
    const { frames, messages } = this.truth;
    this.push({ kind: 'end', ...this.stamp(), frames, messages });
  }

  /** Adds a WebSocket frame with one message whose body says everything; returns its row. `early`: in ms. */
  message(
    connection: number,
    direction: 'send' | 'receive',
    hint: MessageHint,
    text: string,
    early = 0,
  ): number {
    const hinted = this.unhinted === 0 || !this.random.chance(this.unhinted);
    const frame: Frame = { kind: 'websocket', direction, body: { kind: 'text', text } };
    return this.frame(connection, [hint], frame, hinted, early);
  }

  /** Adds a frame; returns the row of its first message. */
  frame(
    connection: number,
    hints: readonly MessageHint[],
    frame: Frame,
    hinted = true,
    early = 0,
  ): number {
    const { truth } = this;
    const row = truth.messages;
    const stamp = this.stamp(early);
    const kept = hinted ? hints : [];
    this.push({ kind: 'frame', ...stamp, connection, hints: kept, frame, redacted: 0 }, hinted);
    truth.frames++;
    truth.messages += hints.length;
    truth.unhinted += hinted ? 0 : 1;
    for (const { name } of hints) {
      truth.names.set(name, (truth.names.get(name) ?? 0) + 1);
    }
    return row;
  }

  tell(row: number, other: number, fact: Fact): void {
    this.tellFact(row, other, fact);
  }

  private stamp(early = 0): { readonly seq: number; readonly time: number } {
    return { seq: ++this.seq, time: (this.micros - early * 1000) / 1000 };
  }

  private push(record: TraceRecord, hinted = true): void {
    this.lines.push({ record, hinted });
  }

  private takeFirst(): Due {
    const { due } = this;
    const first = due[0];
    const last = due.pop();
    if (first === undefined || last === undefined) {
      throw new Error('Nothing is due any more.');
    }
    const { length } = due;
    let at = 0;
    for (let below = 1; below < length; below = 2 * at + 1) {
      if (below + 1 < length && due[below + 1]!.time < due[below]!.time) {
        below++;
      }
      if (due[below]!.time >= last.time) {
        break;
      }
      due[at] = due[below]!;
      at = below;
    }
    if (length > 0) {
      due[at] = last;
    }
    return first;
  }
}
