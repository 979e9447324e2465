/**
 * What one editor shows of a trace: limited and ordered by a query, with folds that it has opened, with what it
 * looks for. Several may stand over one trace. Knows no editor and no webview.
 */
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/event';
import type { Result } from '../../core/base/result';
import {
  EVERYTHING,
  type Completions,
  type FilterProblem,
  type LadderQuery,
} from '../../core/filter/query';
import type { LadderView } from '../../core/ladder/ladderView';
import type { LadderRow } from '../../core/ladder/rows';
import type { TimeStrip } from '../../core/ladder/timeStrip';
import type { Statistics, StatisticsBy } from '../../core/statistics/statistics';
import type { Trace } from '../trace';
import { BodySearch, type LineSearch } from './bodySearch';
import { Cancellation } from '../../core/base/cancellation';
import type { ColourRule } from './colourRules';
import { FindRun, type FindProgress } from './findRun';
import type { FilterLanguage } from './filterLanguage';
import { markedRow } from './markedRow';
import type { OpenedQuery } from './matches';
import { hideLifelines } from './hiddenLifelines';
import { inSlices, type Pace } from './pace';
import { PlayFinder, type PlayGoal, type PlayPlace } from './playFinder';
import { QueryRun } from './queryRun';
import type { RowAnnotations } from './rowAnnotations';
import { shownPhases } from './shownPhases';
import { openRange } from './timeRange';
import { TimeStripMaker } from './timeStripMaker';

export interface TraceViewParts {
  readonly trace: Trace;
  readonly search: LineSearch;
  readonly pace: Pace;
  readonly language: FilterLanguage;
  /** Bookmarks and notes; without them none are shown. */
  readonly annotations?: RowAnnotations;
  /** Told of what fails while nobody waits for it. */
  readonly onProblem: (error: unknown) => void;
}

/** See `FilterState` in the contract with the view. */
export interface QueryProgress {
  readonly query: LadderQuery;
  readonly matches: number;
  readonly evaluating?: number;
}

/** One hit among all; see `FoundMessage` in the contract with the view. */
export interface Found {
  readonly message: number;
  readonly row?: number;
  readonly position: number;
}

/** A query that takes longer shows what it has by then. */
const SHOW_AFTER_MS = 150;

export class TraceView implements Disposable {
  private readonly trace: Trace;
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private readonly view: LadderView;
  private readonly strip: TimeStripMaker;
  private readonly cancellation = new Cancellation();
  private run: QueryRun;
  private finding: FindRun | undefined;
  private stepping = new Cancellation();
  private colours: readonly ColourRule[] = [];
  /** Queries that were asked for: the latest wins. */
  private asked = 0;
  private changes = 0;

  /** Rows were added or have changed, or something that runs has come on. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly parts: TraceViewParts) {
    this.trace = parts.trace;
    this.run = this.runOf(EVERYTHING);
    this.view = parts.trace.ladder.view();
    this.strip = new TimeStripMaker(parts.trace, parts.pace);
    this.store.add(parts.trace.onDidChange(() => this.follow()));
    if (parts.annotations !== undefined) {
      this.store.add(parts.annotations.onDidChange(() => this.annotated()));
    }
  }

  /** Rows of the view, opened folds counted. */
  get rowCount(): number {
    return this.view.count;
  }

  /** Rows that are there because folds are open, less those that closed phases hide. */
  get inFolds(): number {
    return this.view.inside;
  }

  /** Raised when rows that were handed out have changed or moved. */
  get generation(): number {
    return this.view.generation + this.trace.tracer.generation + this.changes;
  }

  get query(): QueryProgress {
    const { evaluating, query } = this.run;
    return {
      query,
      matches: this.run.list?.length ?? this.trace.messages.count,
      ...(evaluating === undefined ? {} : { evaluating }),
    };
  }

  get find(): FindProgress | undefined {
    return this.finding?.progress;
  }

  /** Rows from `first` on, as many as there are. */
  rows(first: number, count: number): readonly LadderRow[] {
    const rows = this.view.rows(first, count);
    const { annotations } = this.parts;
    const marks = { colours: this.colours, hits: this.finding?.hits, annotations };
    return rows.map((row) => markedRow(row, marks));
  }

  /** Row that shows a message, or the nearest one; opens what hides it. */
  reveal(message: number): number {
    this.view.openFor(message);
    return this.view.rowOf(message) ?? 0;
  }

  toggleFold(row: number): void {
    this.view.toggle(row);
  }

  findHeading(row: number, step: 1 | -1): number | undefined {
    return this.view.findHeading(row, step);
  }

  rowAtTime(time: number): number {
    return this.view.rowAtTime(time);
  }

  /**
   * Colours messages from now on. Rules that are no filters, or would have to read bodies, are left out; the
   * problems say which and why.
   */
  setColourRules(
    rules: readonly { readonly filter: string; readonly colour: number }[],
  ): readonly { readonly filter: string; readonly problem: FilterProblem }[] {
    const problems: { readonly filter: string; readonly problem: FilterProblem }[] = [];
    this.colours = rules.flatMap(({ filter, colour }) => {
      const rule = this.parts.language.rule(this.trace, filter);
      if (!rule.ok) {
        problems.push({ filter, problem: rule.error });
        return [];
      }
      return [{ fits: rule.value, colour }];
    });
    this.changes++;
    this.changed.fire();
    return problems;
  }

  /**
   * Limits and orders the view. Resolves with the row of the message to keep, or of the nearest one that is
   * shown, as soon as the view shows the query or part of it; with a problem, and the view as it was, where the
   * line is no filter.
   */
  async setQuery(
    query: LadderQuery,
    keep: number | undefined,
  ): Promise<Result<number | undefined, FilterProblem>> {
    const turn = ++this.asked;
    const run = this.open(query);
    if (!run.ok) {
      return run;
    }
    this.run.dispose();
    this.run = run.value;
    run.value.onDidChange(() => this.layoutChanged());
    await this.firstResult(run.value);
    if (turn === this.asked) {
      this.view.replace(run.value.layout, false);
      this.changed.fire();
    }
    const row = keep === undefined || keep >= run.value.decided ? undefined : this.view.rowOf(keep);
    return { ok: true, value: row };
  }

  /** Looks for a text, letters of either case alike; an empty one stops it. */
  startFind(text: string): void {
    this.finding?.dispose();
    this.changes++;
    this.finding = undefined;
    if (text !== '') {
      const { search, pace, onProblem } = this.parts;
      this.finding = new FindRun(this.trace, search, pace, text, onProblem);
      this.finding.onDidChange(() => {
        this.changes++;
        this.changed.fire();
      });
      this.watch(this.finding.follow());
    }
    this.changed.fire();
  }

  /** The next (1) or previous (-1) hit from a message on, going round; opens what hides it. */
  findNext(message: number | undefined, step: 1 | -1): Found | undefined {
    const hits = this.finding?.hits;
    const position = hits?.next(message, step);
    const found = position === undefined ? undefined : hits?.at(position);
    if (position === undefined || found === undefined) {
      return undefined;
    }
    const shown = this.view.shows(found);
    return { message: found, position, ...(shown ? { row: this.reveal(found) } : {}) };
  }

  /** Where playback stands at a time (ms); undefined where nothing is shown. */
  playAt(time: number): PlayPlace | undefined {
    return this.playFinder.at(time);
  }

  /** Where playback goes from a message in one step; undefined where nothing of the kind is left. The newest wins. */
  playStep(from: number | undefined, goal: PlayGoal, step: 1 | -1): Promise<PlayPlace | undefined> {
    this.stepping.abort();
    this.stepping = new Cancellation();
    return inSlices(this.playFinder.step(from, goal, step), this.parts.pace, this.stepping);
  }

  /** The next (1) or previous (-1) bookmark from a message on, going round; opens what hides it. */
  nextBookmark(message: number | undefined, step: 1 | -1): Found | undefined {
    const found = this.parts.annotations?.next(message, step);
    if (found === undefined) {
      return undefined;
    }
    const shown = this.view.shows(found.message);
    return { ...found, ...(shown ? { row: this.reveal(found.message) } : {}) };
  }

  /** The session in equal parts. */
  async timeStrip(parts: number): Promise<TimeStrip> {
    const strip = await this.strip.make(parts, this.run.list, this.cancellation);
    const { messages } = this.trace;
    const marked = this.parts.annotations?.all.filter(({ bookmarked }) => bookmarked) ?? [];
    return marked.length === 0
      ? strip
      : { ...strip, bookmarks: marked.map(({ message }) => messages.time(message)) };
  }

  /** Ways to go on with a filter at the caret (UTF-16 units). */
  complete(text: string, caret: number): Completions {
    return this.parts.language.complete(this.trace, text, caret);
  }

  /** Of the phases of which the view shows a message. */
  async statistics(by: StatisticsBy): Promise<Statistics> {
    const { pace, language } = this.parts;
    const { tracer } = this.trace;
    const { list } = this.run;
    const signal = this.cancellation;
    const shown =
      list === undefined ? undefined : await inSlices(shownPhases(tracer, list), pace, signal);
    const counts = shown && ((row: number) => shown.has(tracer.phaseOf(row)));
    return inSlices(language.statistics(this.trace, by, counts), pace, signal);
  }

  dispose(): void {
    this.cancellation.abort();
    this.stepping.abort();
    this.run.dispose();
    this.finding?.dispose();
    this.store.dispose();
  }

  private get playFinder(): PlayFinder {
    return new PlayFinder(this.trace, this.view, this.run.list);
  }

  private open(query: LadderQuery): Result<QueryRun, FilterProblem> {
    const { trace, search, language } = this.parts;
    if (query.filter.trim() === '') {
      const { range } = query;
      const inRange = range === undefined ? undefined : openRange(trace.messages, range);
      const opened = this.withoutHidden(query, inRange);
      return { ok: true, value: this.runOf({ ...query, filter: '' }, opened) };
    }
    const opened = language.open(
      trace,
      query,
      (texts) => new BodySearch(trace.messages, search, texts),
    );
    return opened.ok
      ? { ok: true, value: this.runOf(query, this.withoutHidden(query, opened.value)) }
      : opened;
  }

  private withoutHidden(
    { hidden = [] }: LadderQuery,
    opened: OpenedQuery | undefined,
  ): OpenedQuery | undefined {
    const { messages, ladder } = this.trace;
    return hidden.length === 0 ? opened : hideLifelines(messages, ladder.lifelines, hidden, opened);
  }

  private runOf(query: LadderQuery, opened?: OpenedQuery): QueryRun {
    const { trace, pace, onProblem } = this.parts;
    return new QueryRun(trace, pace, query, opened, opened?.bodies, onProblem);
  }

  /** Waits until a query was evaluated, or for a moment; what fails later is told. */
  private async firstResult(run: QueryRun): Promise<void> {
    const evaluated = run.follow();
    let timer: Disposable | undefined;
    const moment = new Promise<void>((resolve) => {
      timer = this.parts.pace.after(SHOW_AFTER_MS, resolve);
    });
    this.watch(evaluated);
    await Promise.race([evaluated, moment]).finally(() => timer?.dispose());
  }

  private layoutChanged(): void {
    if (this.run.layout !== this.view.shown) {
      this.view.replace(this.run.layout, true);
    }
    this.changed.fire();
  }

  private annotated(): void {
    this.changes++;
    const { query } = this.run;
    if (this.parts.language.asksForBookmarks(query.filter)) {
      this.watch(this.setQuery(query, undefined).then(() => undefined));
    }
    this.changed.fire();
  }

  private follow(): void {
    this.watch(this.run.follow());
    if (this.finding !== undefined) {
      this.watch(this.finding.follow());
    }
    this.changed.fire();
  }

  private watch(work: Promise<void>): void {
    work.catch((error: unknown) => this.parts.onProblem(error));
  }
}
