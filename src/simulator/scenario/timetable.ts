import { seededRandom } from './random';
import type { Stream } from './scenario';

/** Something that is due: the nth time (from 0) of a stream. */
export interface Due {
  /** Scenario time in seconds. */
  readonly at: number;
  readonly stream: Stream;
  readonly streamIndex: number;
  readonly step: number;
}

/** Gaps by chance are at most so many times as long as the mean. */
const LONGEST_GAP = 8;

/**
 * When what happens by itself is due, without end. It depends on the scenario alone: neither on the clock nor on
 * what became of earlier happenings.
 */
export class Timetable {
  private readonly rows: readonly Row[];

  constructor(
    streams: readonly Stream[],
    private readonly seed: number,
  ) {
    this.rows = streams.map((stream, streamIndex) => ({ stream, streamIndex, step: 0, worked: 0 }));
    this.rows.forEach((row) => this.advance(row));
  }

  /** What is due next; undefined when nothing ever happens. */
  get next(): Due | undefined {
    const row = this.first();
    return row && { at: timeOf(row), ...row, step: row.step - 1 };
  }

  /** Takes what is due next. */
  take(): Due | undefined {
    const due = this.next;
    const row = this.first();
    if (row !== undefined) {
      this.advance(row);
    }
    return due;
  }

  private first(): Row | undefined {
    let first: Row | undefined;
    for (const row of this.rows) {
      if (first === undefined || timeOf(row) < timeOf(first)) {
        first = row;
      }
    }
    return first;
  }

  private advance(row: Row): void {
    const { perMinute, regular } = row.stream;
    const mean = 60 / perMinute;
    const chance = seededRandom(this.seed, row.streamIndex, row.step, 1).next();
    const factor = regular ? 1 : Math.min(LONGEST_GAP, -Math.log(1 - chance));
    row.worked += mean * factor;
    row.step += 1;
  }
}

interface Row {
  readonly stream: Stream;
  readonly streamIndex: number;
  /** Steps so far, the one that is due included. */
  step: number;
  /** Seconds at work, without pauses, up to the step that is due. */
  worked: number;
}

function timeOf({ stream, worked }: Row): number {
  const { pause, startsAfter } = stream;
  const pauses = pause === undefined ? 0 : Math.floor(worked / pause.after) * pause.length;
  return startsAfter + worked + pauses;
}
