/**
 * Counts what happened when. Times ascend with the rows, so that a part of the session is found by binary search
 * and nothing is counted message by message; only failures are looked for phase by phase, now and then.
 */
import type { CancellationSignal } from '../../core/base/cancellation';
import { STEP, type Work } from '../../core/base/work';
import { type MessageList } from '../../core/ladder/layout';
import { lowerBound } from '../../core/ladder/pages';
import type { TimeStrip } from '../../core/ladder/timeStrip';
import type { Trace } from '../trace';
import { inSlices, Throttle, type Pace, type Spent } from './pace';
import { RowList } from './rowList';

/** Binary searches between two looks at the clock. */
const SEARCHES = 128;

export class TimeStripMaker {
  private failed = new RowList();
  private failedAt = -1;
  private readonly throttle: Throttle;

  constructor(
    private readonly trace: Trace,
    private readonly pace: Pace,
  ) {
    this.throttle = new Throttle(pace);
  }

  /** `list`: the messages that the view lets through; undefined: all. */
  async make(
    parts: number,
    list: MessageList | undefined,
    signal: CancellationSignal,
  ): Promise<TimeStrip> {
    await this.findFailures(signal);
    return inSlices(this.count(parts, list), this.pace, signal);
  }

  private *count(parts: number, list: MessageList | undefined): Work<TimeStrip> {
    const { messages, tracer, ladder } = this.trace;
    const { from, to } = this.range();
    const edges = Array.from({ length: parts }, (_, part) => from + ((to - from) * part) / parts);
    const all = { length: messages.count, at: (index: number) => index };
    const requests = {
      length: tracer.phases.count,
      at: (phase: number) => tracer.phases.requestRow(phase),
    };
    const { failed } = this;
    const failures = {
      length: failed.length,
      at: (index: number) => tracer.phases.requestRow(failed.at(index) ?? 0),
    };
    const total = yield* this.perPart(edges, all);
    return {
      from,
      to,
      matching: list === undefined ? total : yield* this.perPart(edges, list),
      messages: total,
      phases: yield* this.perPart(edges, requests),
      failures: yield* this.perPart(edges, failures),
      marks: yield* this.marks(edges, ladder.sources.marks),
    };
  }

  /** How many of a list's messages stand in each part; the last one holds the end of the session. */
  private *perPart(edges: readonly number[], list: MessageList): Work<readonly number[]> {
    const { messages } = this.trace;
    const time = (index: number): number => messages.time(list.at(index) ?? 0);
    const { length } = list;
    const counts: number[] = [];
    let before = 0;
    for (let part = 0; part < edges.length; part++) {
      const edge = edges[part + 1];
      // Where a foreign recording's times go back, parts stay in order all the same.
      const until =
        edge === undefined ? length : lowerBound(length, (index) => time(index) >= edge, before);
      counts.push(until - before);
      before = until;
      if (part % SEARCHES === 0) {
        yield;
      }
    }
    return counts;
  }

  /** One of each kind in a part at most. */
  private *marks(
    edges: readonly number[],
    marks: Trace['ladder']['sources']['marks'],
  ): Work<TimeStrip['marks']> {
    const told: { readonly time: number; readonly kind: 'gap' | 'open' | 'close' }[] = [];
    const partOf = new Map<string, number>();
    let part = 0;
    for (let mark = 0; mark < marks.count; mark++) {
      const kind = marks.kind(mark);
      const time = marks.time(mark);
      while ((edges[part + 1] ?? Infinity) <= time) {
        part++;
      }
      if (kind !== 'end' && partOf.get(kind) !== part) {
        partOf.set(kind, part);
        told.push({ time, kind });
      }
      if (mark % STEP === 0) {
        yield;
      }
    }
    return told;
  }

  private range(): { readonly from: number; readonly to: number } {
    const { messages, ladder } = this.trace;
    const { marks } = ladder.sources;
    const times = [
      ...(messages.count > 0 ? [messages.time(0), messages.time(messages.count - 1)] : []),
      ...(marks.count > 0 ? [marks.time(0), marks.time(marks.count - 1)] : []),
    ];
    return times.length === 0
      ? { from: 0, to: 0 }
      : { from: Math.min(...times), to: Math.max(...times) };
  }

  /** Outcomes change, and what changes does not say of which phase: all are looked at again, if seldom. */
  private async findFailures(signal: CancellationSignal): Promise<void> {
    const { generation, phases } = this.trace.tracer;
    if (this.failedAt === generation || !this.throttle.may(() => undefined)) {
      return;
    }
    const spent: Spent = { ms: 0 };
    const failed = new RowList();
    const work = function* (): Work<void> {
      for (let phase = 0; phase < phases.count; phase++) {
        const outcome = phases.outcome(phase);
        if (outcome !== 'open' && outcome !== 'completed') {
          failed.push(phase);
        }
        if (phase % STEP === 0) {
          yield;
        }
      }
    };
    await inSlices(work(), this.pace, signal, spent);
    this.failed = failed;
    this.failedAt = generation;
    this.throttle.did(spent.ms);
  }
}
