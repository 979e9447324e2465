/**
 * One query over a trace: which messages it lets through, and how they are laid out. Grows with the trace; what
 * cannot be added to (other outcomes, phases grouped anew) is made again, at most as often as it is cheap.
 */
import type { Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/event';
import type { LadderQuery } from '../../core/filter/query';
import type { Layout, MessageList, Shown } from '../../core/ladder/layout';
import { PhaseLayout } from '../../core/ladder/phaseLayout';
import { TimeLayout } from '../../core/ladder/timeLayout';
import type { Trace } from '../trace';
import { SEARCH_AGAIN_MS, type BodySearch } from './bodySearch';
import { Cancellation } from '../../core/base/cancellation';
import type { Matches, OpenedQuery } from './matches';
import { inSlices, Throttle, type Pace, type Spent } from './pace';

export class QueryRun implements Disposable {
  private matches: Matches | undefined;
  private shownLayout: Layout;
  private timeLayout: TimeLayout | undefined;
  private readonly cancellation = new Cancellation();
  private readonly changed = new Emitter<void>();
  private readonly searches: Throttle;
  private readonly decisions: Throttle;
  private readonly groupings: Throttle;
  private readonly shown: Shown;
  private running: Promise<void> | undefined;
  private again = false;
  private decidedAt = -1;
  private groupedAt = '';
  private searching: number | undefined;
  private isFirst = true;

  /** Rows were added, the layout is another one, or the evaluation came on. */
  readonly onDidChange = this.changed.event;

  /** `opened` is absent where the query lets everything through. */
  constructor(
    private readonly trace: Trace,
    private readonly pace: Pace,
    readonly query: LadderQuery,
    private readonly opened: OpenedQuery | undefined,
    private readonly bodies: BodySearch | undefined,
    /** Told of what fails while nobody waits for it. */
    private readonly onProblem: (error: unknown) => void,
  ) {
    const { filter, order, range } = query;
    this.shown = {
      foldsQuiet: filter === '',
      marks: filter === '' ? 'all' : 'gaps',
      ...(range === undefined ? {} : { range }),
    };
    this.searches = new Throttle(pace);
    this.decisions = new Throttle(pace);
    this.groupings = new Throttle(pace);
    this.matches = opened?.start();
    if (opened === undefined && order === 'time') {
      this.shownLayout = trace.ladder.layout;
    } else {
      const layout = new TimeLayout(trace.ladder.sources, this.matches?.rows ?? [], this.shown);
      this.timeLayout = order === 'time' ? layout : undefined;
      this.shownLayout = layout;
    }
  }

  /** What stands in the view. Another object when it was made again. */
  get layout(): Layout {
    return this.shownLayout;
  }

  /** The messages that are let through so far; undefined: all. */
  get list(): MessageList | undefined {
    return this.matches?.rows;
  }

  /** 0..1 while the first evaluation runs. */
  get evaluating(): number | undefined {
    if (!this.isFirst || this.running === undefined) {
      return undefined;
    }
    const rows = this.trace.messages.count;
    return this.searching ?? (rows === 0 ? 0 : (this.matches?.seen ?? 0) / rows);
  }

  /** Messages before this one have been decided. */
  get decided(): number {
    return this.matches?.seen ?? this.trace.messages.count;
  }

  /** Takes in what the trace holds by now. Rejects as the search of bodies does. */
  follow(): Promise<void> {
    if (this.shownLayout === this.trace.ladder.layout || this.cancellation.aborted) {
      return Promise.resolve();
    }
    this.again = true;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
      this.changed.fire();
    });
    return this.running;
  }

  dispose(): void {
    this.cancellation.abort();
    this.searches.dispose();
    this.decisions.dispose();
    this.groupings.dispose();
    this.changed.dispose();
  }

  private async run(): Promise<void> {
    try {
      while (this.again && !this.cancellation.aborted) {
        this.again = false;
        await this.takeIn();
      }
      this.isFirst = false;
    } catch (error) {
      if (!this.cancellation.aborted) {
        throw error;
      }
    }
  }

  private async takeIn(): Promise<void> {
    const { bodies } = this;
    if (bodies !== undefined && !(await this.searchBodies(bodies, this.trace.messages.count))) {
      return;
    }
    const end = bodies?.searched ?? this.trace.messages.count;
    await this.evaluate(end);
    if (this.query.order === 'phase') {
      await this.group(end);
    }
  }

  /** False when it is too early to search on. */
  private async searchBodies(bodies: BodySearch, end: number): Promise<boolean> {
    if (bodies.searched >= end) {
      return true;
    }
    if (!this.isTime(this.searches)) {
      return false;
    }
    this.searching = 0;
    try {
      await bodies.searchTo(end, (done) => this.advance(done), this.cancellation);
    } finally {
      this.searching = undefined;
      this.searches.rest(SEARCH_AGAIN_MS);
    }
    return true;
  }

  private advance(done: number): void {
    this.searching = done;
    this.changed.fire();
  }

  /** Decides on what is new; and on everything again, where what was decided may be wrong by now. */
  private async evaluate(end: number): Promise<void> {
    const { matches, opened } = this;
    if (matches === undefined || opened === undefined) {
      return;
    }
    const { generation } = this.trace.tracer;
    const isStale = opened.dependsOnPhases && matches.seen > 0 && this.decidedAt !== generation;
    await inSlices(matches.decide(end), this.pace, this.cancellation);
    if (this.timeLayout !== undefined) {
      await inSlices(this.timeLayout.grow(end), this.pace, this.cancellation);
    }
    if ((isStale || matches.mustRestart) && this.isTime(this.decisions)) {
      await this.decideAgain(opened, end);
    } else if (!isStale) {
      this.decidedAt = generation;
    }
    this.changed.fire();
  }

  private async decideAgain(opened: OpenedQuery, end: number): Promise<void> {
    const spent: Spent = { ms: 0 };
    const { generation } = this.trace.tracer;
    const matches = opened.start();
    await inSlices(matches.decide(end), this.pace, this.cancellation, spent);
    if (this.query.order === 'time') {
      const layout = new TimeLayout(this.trace.ladder.sources, matches.rows, this.shown);
      await inSlices(layout.grow(end), this.pace, this.cancellation, spent);
      this.timeLayout = layout;
      this.shownLayout = layout;
    }
    this.matches = matches;
    this.decidedAt = generation;
    this.groupedAt = '';
    this.decisions.did(spent.ms);
  }

  private async group(end: number): Promise<void> {
    const { ladder, tracer } = this.trace;
    const state = `${end} ${this.list?.length} ${tracer.phases.count} ${ladder.sources.marks.count}`;
    if (state === this.groupedAt || !this.isTime(this.groupings)) {
      return;
    }
    const spent: Spent = { ms: 0 };
    const work = PhaseLayout.make(ladder.sources, end, this.shown, this.list);
    this.shownLayout = await inSlices(work, this.pace, this.cancellation, spent);
    this.groupedAt = state;
    this.groupings.did(spent.ms);
  }

  /** True when something may be done again now; else looks again when it may. */
  private isTime(throttle: Throttle): boolean {
    return throttle.may(() => {
      this.follow().catch(this.onProblem);
    });
  }
}
