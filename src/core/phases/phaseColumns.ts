import { mapColumns, widen } from '../base/growing';
import { mustLieBelow, type Restoring, type Snapshot } from '../base/snapshot';
import type { Outcome } from './model';

const OUTCOMES: readonly Outcome[] = ['open', 'completed', 'failed', 'unanswered', 'interrupted'];

const OPEN = 0;

/** Phases that there is room for at first. */
const FIRST_CAPACITY = 256;

/** The phases of a trace, in columns: a phase may hold a million messages and costs a few bytes. */
export class PhaseColumns {
  private capacity = FIRST_CAPACITY;
  private phases = 0;
  private columns = emptyColumns(FIRST_CAPACITY);
  private readonly totals = new Float64Array(OUTCOMES.length);

  get count(): number {
    return this.phases;
  }

  /** Begins a phase with its request; returns its number. */
  begin(model: number, requestRow: number): number {
    if (this.phases === this.capacity) {
      this.grow();
    }
    const phase = this.phases++;
    this.columns.models[phase] = model;
    this.columns.requests[phase] = requestRow;
    this.columns.answers[phase] = -1;
    this.columns.ends[phase] = -1;
    this.totals[OPEN] = (this.totals[OPEN] ?? 0) + 1;
    return phase;
  }

  model(phase: number): number {
    return this.columns.models[phase] ?? 0;
  }

  setModel(phase: number, model: number): void {
    this.columns.models[phase] = model;
  }

  requestRow(phase: number): number {
    return this.columns.requests[phase] ?? 0;
  }

  /** Row of the answer that ended it; -1 without one. */
  answerRow(phase: number): number {
    return this.columns.answers[phase] ?? 0;
  }

  outcome(phase: number): Outcome {
    return OUTCOMES[this.columns.outcomes[phase] ?? 0] ?? 'open';
  }

  /** Ends a phase, or corrects how it ended. `time` in ms of the recording; `answerRow` -1 without an answer. */
  end(phase: number, outcome: Outcome, time: number, answerRow: number): void {
    const before = this.columns.outcomes[phase] ?? 0;
    const after = OUTCOMES.indexOf(outcome);
    this.totals[before] = (this.totals[before] ?? 0) - 1;
    this.totals[after] = (this.totals[after] ?? 0) + 1;
    this.columns.outcomes[phase] = after;
    this.columns.ends[phase] = time;
    this.columns.answers[phase] = answerRow;
  }

  /** Milliseconds of the recording when it ended; -1 while open. */
  endTime(phase: number): number {
    return this.columns.ends[phase] ?? 0;
  }

  late(phase: number): boolean {
    return ((this.columns.flags[phase] ?? 0) & 1) !== 0;
  }

  setLate(phase: number): void {
    this.columns.flags[phase] = (this.columns.flags[phase] ?? 0) | 1;
  }

  /** True while notifications may still come. */
  live(phase: number): boolean {
    return ((this.columns.flags[phase] ?? 0) & 2) !== 0;
  }

  setLive(phase: number, live: boolean): void {
    const flags = this.columns.flags[phase] ?? 0;
    this.columns.flags[phase] = live ? flags | 2 : flags & ~2;
  }

  notifications(phase: number): number {
    return this.columns.counts[phase] ?? 0;
  }

  addNotification(phase: number): void {
    this.columns.counts[phase] = (this.columns.counts[phase] ?? 0) + 1;
  }

  /** How many phases have each outcome. */
  byOutcome(): { readonly [outcome in Outcome]: number } {
    const of = (outcome: Outcome): number => this.totals[OUTCOMES.indexOf(outcome)] ?? 0;
    return {
      open: of('open'),
      completed: of('completed'),
      failed: of('failed'),
      unanswered: of('unanswered'),
      interrupted: of('interrupted'),
    };
  }

  /** Puts all of it into a snapshot, without copying. */
  save(snapshot: Snapshot): void {
    snapshot.putValue('phases', this.phases);
    for (const [name, column] of Object.entries(this.columns)) {
      snapshot.putColumn(`phase ${name}`, column, this.phases);
    }
  }

  /** Checks what {@link save} has put there. Throws `SnapshotError`. */
  restore(snapshot: Snapshot, rows: number, models: number): Restoring {
    const phases = snapshot.count('phases', 0xffffffff);
    const columns = mapColumns(this.columns, (like, name) =>
      snapshot.column(`phase ${name}`, like, phases),
    );
    mustLieBelow(columns.models, 'models', models);
    mustLieBelow(columns.requests, 'requests', rows);
    mustLieBelow(columns.answers, 'answers', rows, -1);
    mustLieBelow(columns.outcomes, 'outcomes', OUTCOMES.length);
    return () => {
      this.phases = phases;
      this.capacity = phases;
      this.columns = columns;
      this.totals.fill(0);
      for (const outcome of columns.outcomes) {
        this.totals[outcome] = (this.totals[outcome] ?? 0) + 1;
      }
    };
  }

  private grow(): void {
    this.capacity = Math.max(FIRST_CAPACITY, this.capacity * 2);
    this.columns = mapColumns(this.columns, (column) => widen(column, this.capacity));
  }
}

function emptyColumns(capacity: number) {
  return {
    models: new Uint8Array(capacity),
    requests: new Int32Array(capacity),
    answers: new Int32Array(capacity),
    outcomes: new Uint8Array(capacity),
    flags: new Uint8Array(capacity),
    /** Milliseconds. */
    ends: new Float64Array(capacity),
    /** Notifications. */
    counts: new Uint32Array(capacity),
  };
}
