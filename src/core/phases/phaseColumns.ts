import { widen } from '../base/growing';
import type { Outcome } from './model';

const OUTCOMES: readonly Outcome[] = ['open', 'completed', 'failed', 'unanswered', 'interrupted'];

const OPEN = 0;

/** Phases that there is room for at first. */
const FIRST_CAPACITY = 256;

/** The phases of a trace, in columns: a phase may hold a million messages and costs a few bytes. */
export class PhaseColumns {
  private capacity = FIRST_CAPACITY;
  private phases = 0;
  private models = new Uint8Array(FIRST_CAPACITY);
  private requests = new Int32Array(FIRST_CAPACITY);
  private answers = new Int32Array(FIRST_CAPACITY);
  private outcomes = new Uint8Array(FIRST_CAPACITY);
  private flags = new Uint8Array(FIRST_CAPACITY);
  private ends = new Float64Array(FIRST_CAPACITY);
  private counts = new Uint32Array(FIRST_CAPACITY);
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
    this.models[phase] = model;
    this.requests[phase] = requestRow;
    this.answers[phase] = -1;
    this.ends[phase] = -1;
    this.totals[OPEN] = (this.totals[OPEN] ?? 0) + 1;
    return phase;
  }

  model(phase: number): number {
    return this.models[phase] ?? 0;
  }

  setModel(phase: number, model: number): void {
    this.models[phase] = model;
  }

  requestRow(phase: number): number {
    return this.requests[phase] ?? 0;
  }

  /** Row of the answer that ended it; -1 without one. */
  answerRow(phase: number): number {
    return this.answers[phase] ?? 0;
  }

  outcome(phase: number): Outcome {
    return OUTCOMES[this.outcomes[phase] ?? 0] ?? 'open';
  }

  /** Ends a phase, or corrects how it ended. `time` in ms of the recording; `answerRow` -1 without an answer. */
  end(phase: number, outcome: Outcome, time: number, answerRow: number): void {
    const before = this.outcomes[phase] ?? 0;
    const after = OUTCOMES.indexOf(outcome);
    this.totals[before] = (this.totals[before] ?? 0) - 1;
    this.totals[after] = (this.totals[after] ?? 0) + 1;
    this.outcomes[phase] = after;
    this.ends[phase] = time;
    this.answers[phase] = answerRow;
  }

  /** Milliseconds of the recording when it ended; -1 while open. */
  endTime(phase: number): number {
    return this.ends[phase] ?? 0;
  }

  late(phase: number): boolean {
    return ((this.flags[phase] ?? 0) & 1) !== 0;
  }

  setLate(phase: number): void {
    this.flags[phase] = (this.flags[phase] ?? 0) | 1;
  }

  /** True while notifications may still come. */
  live(phase: number): boolean {
    return ((this.flags[phase] ?? 0) & 2) !== 0;
  }

  setLive(phase: number, live: boolean): void {
    const flags = this.flags[phase] ?? 0;
    this.flags[phase] = live ? flags | 2 : flags & ~2;
  }

  notifications(phase: number): number {
    return this.counts[phase] ?? 0;
  }

  addNotification(phase: number): void {
    this.counts[phase] = (this.counts[phase] ?? 0) + 1;
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

  private grow(): void {
    this.capacity *= 2;
    this.models = widen(this.models, this.capacity);
    this.requests = widen(this.requests, this.capacity);
    this.answers = widen(this.answers, this.capacity);
    this.outcomes = widen(this.outcomes, this.capacity);
    this.flags = widen(this.flags, this.capacity);
    this.ends = widen(this.ends, this.capacity);
    this.counts = widen(this.counts, this.capacity);
  }
}
