/** Which messages a query lets through, decided in their order and in small steps, on and on as the trace grows. */
import { STEP, type Work } from '../base/work';
import { PhaseSet } from '../phases/phaseSet';
import type { CompiledFilter } from './compileFilter';
import type { FilterIndex, KeepRows, RowTest } from './filter';
import { keepOf } from './keepRows';
import { MatchedRows } from './matchedRows';
import type { LadderQuery } from './query';

/** Longer than an answer that came before its request may have waited for it, in ms of recorded time. */
const LOOSE_MS = 2000;

export class FilterRun {
  /** Messages that are let through so far. */
  readonly rows = new MatchedRows();
  private decided = 0;
  private isWrong = false;
  /** Phases of which a message matches; used where they are let through whole. */
  private readonly phases = new PhaseSet();

  private readonly keep: KeepRows;
  /** Rows of one step. */
  private readonly some = new Uint32Array(STEP);

  constructor(
    private readonly filter: CompiledFilter,
    private readonly index: FilterIndex,
    private readonly query: Pick<LadderQuery, 'scope' | 'range'>,
  ) {
    this.keep = keepOf(filter.matches);
  }

  /** Messages before this one have been decided. */
  get seen(): number {
    return this.decided;
  }

  /**
   * True when a message let a phase through of which earlier messages had been left out: only a new run is
   * right. It says nothing of outcomes that have changed; see {@link CompiledFilter.dependsOnPhases}.
   */
  get mustRestart(): boolean {
    return this.isWrong;
  }

  /** Decides on the messages before `end`. Work that is given up is taken up by the next. */
  *decide(end: number): Work<void> {
    if (this.query.scope === 'phases') {
      yield* this.findPhases(end);
    }
    while (this.decided < end) {
      const stop = Math.min(end, this.decided + STEP);
      this.decideUpTo(stop);
      this.decided = stop;
      yield;
    }
  }

  private decideUpTo(stop: number): void {
    const { rows, query, filter } = this;
    if (query.scope === 'messages' && query.range === undefined) {
      const some = this.some;
      const count = stop - this.decided;
      for (let index = 0; index < count; index++) {
        some[index] = this.decided + index;
      }
      rows.append(some.subarray(0, this.keep(some, count)));
      return;
    }
    const passes: RowTest =
      query.scope === 'phases' ? (row) => this.isShownByPhase(row) : filter.matches;
    for (let row = this.decided; row < stop; row++) {
      if (this.isInRange(row) && passes(row)) {
        rows.push(row);
      }
    }
  }

  private isShownByPhase(row: number): boolean {
    const phase = this.index.tracer.phaseOf(row);
    return phase < 0 ? this.filter.matches(row) : this.phases.has(phase);
  }

  private *findPhases(end: number): Work<void> {
    const { index, phases, decided } = this;
    const { tracer } = index;
    const first = yield* this.firstLoose(end);
    for (let row = first; row < end; row++) {
      const phase = tracer.phaseOf(row);
      if (phase >= 0 && !phases.has(phase) && this.doesMatch(row)) {
        phases.add(phase);
        this.isWrong ||= tracer.phases.requestRow(phase) < decided;
      }
      if (row % STEP === 0) {
        yield;
      }
    }
    yield* this.checkLoose(first);
  }

  /** The first of the messages that may have come into a phase after they were decided on. */
  private *firstLoose(end: number): Work<number> {
    const { messages } = this.index;
    let row = Math.min(this.decided, end);
    const since = row < end ? messages.time(row) - LOOSE_MS : Infinity;
    while (row > 0 && messages.time(row - 1) >= since) {
      row--;
      if (row % STEP === 0) {
        yield;
      }
    }
    return row;
  }

  /** Whether one of them was left out and belongs to a phase that is let through. */
  private *checkLoose(first: number): Work<void> {
    const { rows, phases, index, decided } = this;
    let place = rows.below(first);
    for (let row = first; row < decided; row++) {
      if (rows.at(place) === row) {
        place++;
      } else if (this.isInRange(row)) {
        const phase = index.tracer.phaseOf(row);
        this.isWrong ||= phase >= 0 && phases.has(phase);
      }
      if (row % STEP === 0) {
        yield;
      }
    }
  }

  private doesMatch(row: number): boolean {
    return this.isInRange(row) && this.filter.matches(row);
  }

  private isInRange(row: number): boolean {
    const { range } = this.query;
    if (range === undefined) {
      return true;
    }
    const time = this.index.messages.time(row);
    return time >= range.from && time < range.to;
  }
}
