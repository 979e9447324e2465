/** What the phases of a trace have in common, counted: plain data that crosses to the webview. */
import type { Outcome } from '../phases/model';

export type StatisticsBy = 'phase' | 'workbin' | 'agent';

/** Latencies in milliseconds from request to answer; absent where nothing was answered. */
export interface Latencies {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface StatisticsRow {
  /** Title of the phase model, `type@owner`, or the agent; empty where none is named. */
  readonly subject: string;
  /** The filter that shows exactly these phases. */
  readonly filter: string;
  readonly count: number;
  readonly outcomes: { readonly [outcome in Outcome]: number };
  readonly notifications: number;
  readonly latency?: Latencies;
  /** Phases begun in each of the equal parts of the time that {@link Statistics.range} covers. */
  readonly overTime: readonly number[];
}

export interface Statistics {
  readonly by: StatisticsBy;
  /** Milliseconds of the recording that were looked at. */
  readonly range: { readonly from: number; readonly to: number };
  /** Most phases first; at most 500. */
  readonly rows: readonly StatisticsRow[];
  /** All subjects together, also those that `rows` leaves out. */
  readonly total: StatisticsRow;
  /** How many subjects there are. */
  readonly subjects: number;
}
