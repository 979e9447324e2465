/** Answers the view's calls from the scripted trace. The address of the page says what it shows. */
import type { RowCommand } from '../../../src/bridge/rowActions';
import type { Channel } from '../../../src/bridge/rpcChannel';
import type { DetailsMethods } from '../../../src/bridge/detailsMethods';
import { createHostPeer, type HostPeer } from '../../../src/bridge/rpcHost';
import type {
  FilterMemory,
  FoundMessage,
  QueryAnswer,
  TraceOverview,
  TraceViewMethods,
} from '../../../src/bridge/traceView';
import { toDisposable } from '../../../src/core/base/disposable';
import type { LadderQuery } from '../../../src/core/filter/query';
import type { Lifeline, MessageRow } from '../../../src/core/ladder/rows';
import type { TimeStrip } from '../../../src/core/ladder/timeStrip';
import { detailsOf } from './details';
import { scriptedDetails } from './scriptedDetails';
import { realisticRows, type ScenarioRows } from './scenario';
import { ScriptedAnnotations } from './scriptedAnnotations';
import { scriptedStatistics, scriptedStrip } from './scriptedCounts';
import { completeScripted, parseScripted, type RowTest } from './scriptedFilter';
import { playAt, playStep } from './scriptedPlay';
import { ScriptedRows } from './scriptedRows';

/** What a test reaches from outside, as `window.harness`. */
export interface HarnessHandle {
  /** Calls that the host answered, such as `setCursor(3)`. */
  readonly calls: string[];
  /** Adds rows at the end and tells the view. */
  grow(rows: number): void;
  /** Raises the generation: rows that were handed out have changed. */
  change(): void;
  reveal(message: number): void;
  /** Does what a command of the editor does. */
  perform(command: RowCommand): void;
  close(reason: string): void;
  /** Methods that fail from now on. */
  fail(...methods: string[]): void;
  /** How far filtering, searching or reading is, 0..1; undefined when done. */
  progress(what: 'evaluating' | 'searching' | 'indexing', share: number | undefined): void;
}

export class ScriptedHost implements HarnessHandle {
  readonly calls: string[] = [];
  private readonly params = new URLSearchParams(location.search);
  private readonly rows: ScriptedRows;
  private readonly peer: HostPeer;
  private readonly annotations = new ScriptedAnnotations();
  private readonly shares: { [what: string]: number | undefined } = {};
  private generation = 0;
  private failing: readonly string[] = (this.params.get('fail') ?? '').split(',');
  private sought: string | undefined;
  private hits: readonly number[] = [];
  private memory: FilterMemory = {
    history: ['outcome:failed', 'workbin:"Personal Drafts*"', 'EventWorkbinContentChanged'],
    saved: [{ name: 'What went wrong', filter: 'outcome:failed' }],
  };

  constructor(channel: Channel) {
    const scenario = scenarioRows(this.params.get('scenario'));
    const size = Math.max(this.number('rows'), scenario.rows.length);
    this.rows = new ScriptedRows(scenario, size);
    const indexing = this.params.get('indexing');
    this.shares['indexing'] = indexing === null ? undefined : Number(indexing);
    this.peer = createHostPeer({
      channel,
      methods: this.methods(),
      timer: (delayMs, run) => {
        const handle = setTimeout(run, delayMs);
        return toDisposable(() => clearTimeout(handle));
      },
      onProblem: (text) => this.calls.push(`problem: ${text}`),
      timeLimitMs: 5000,
    });
  }

  grow(rows: number): void {
    this.rows.size += rows;
    this.change();
  }

  change(): void {
    this.generation++;
    this.tell();
  }

  reveal(message: number): void {
    this.peer.notify('reveal', { message });
  }

  perform(command: RowCommand): void {
    this.peer.notify('perform', { command });
  }

  close(reason: string): void {
    this.peer.notify('closed', { reason });
  }

  fail(...methods: string[]): void {
    this.failing = methods;
  }

  progress(what: 'evaluating' | 'searching' | 'indexing', share: number | undefined): void {
    this.shares[what] = share;
    this.tell();
  }

  private number(name: string): number {
    return Number(this.params.get(name) ?? 0);
  }

  private methods(): TraceViewMethods {
    const { rows } = this;
    const nothing = (): undefined => undefined;
    return {
      open: () => this.answer('open', [], () => this.overview()),
      getRows: (first, count) =>
        this.answer('getRows', [first, count], () => ({
          first,
          generation: this.overview().generation,
          rows: rows.rows(first, count).map((row) => this.annotations.mark(this.coloured(row))),
        })),
      getMessage: (message) =>
        this.answer('getMessage', [message], () =>
          detailsOf(rows.messageRow(message), rows.foldOf(message)),
        ),
      rowOfMessage: (message) =>
        this.answer('rowOfMessage', [message], () => {
          if (rows.openFor(message)) {
            this.tell();
          }
          return rows.rowOf(message);
        }),
      toggleFold: (row) =>
        this.answer('toggleFold', [row], () => {
          rows.toggle(row);
          this.tell();
        }),
      findHeading: (row, step) =>
        this.answer('findHeading', [row, step], () => rows.findHeading(row, step)),
      rowAtTime: (time) => this.answer('rowAtTime', [Math.round(time)], () => rows.rowAtTime(time)),
      playAt: (time) => this.answer('playAt', [Math.round(time)], () => playAt(rows, time)),
      playStep: (message, goal, step) =>
        this.answer('playStep', [message, goal, step], () => playStep(rows, message, goal, step)),
      setQuery: (query, keep) =>
        this.answer('setQuery', [JSON.stringify(query), keep], () => this.setQuery(query, keep)),
      completeFilter: (text, caret) =>
        this.answer('completeFilter', [text, caret], () => completeScripted(text, caret)),
      getFilterMemory: () => this.answer('getFilterMemory', [], () => this.memory),
      rememberFilter: (filter) =>
        this.answer('rememberFilter', [filter], () => {
          const others = this.memory.history.filter((other) => other !== filter);
          this.memory = { ...this.memory, history: [filter, ...others] };
        }),
      saveFilter: (name, filter) =>
        this.answer('saveFilter', [name, filter], () => this.saveFilter(name, filter)),
      getTimeStrip: (parts) => this.answer('getTimeStrip', [parts], () => this.strip(parts)),
      getStatistics: (by) => this.answer('getStatistics', [by], () => scriptedStatistics(rows, by)),
      find: (text) => this.answer('find', [text], () => this.find(text)),
      findNext: (message, step) =>
        this.answer('findNext', [message, step], () => this.findNext(message, step)),
      stopFind: () => this.answer('stopFind', [], () => this.find(undefined)),
      cancelIndexing: () =>
        this.answer('cancelIndexing', [], () => this.progress('indexing', undefined)),
      setCursor: (message, chosen) =>
        this.answer('setCursor', [message], () => {
          if (chosen) {
            this.calls.push(`chosen(${String(message)})`);
          }
        }),
      openBody: (message) => this.answer('openBody', [message], nothing),
      copyMessage: (message) => this.answer('copyMessage', [message], nothing),
      annotate: (change) =>
        this.answer('annotate', [JSON.stringify(change)], () => {
          const message = this.annotations.change(change);
          this.change();
          return message;
        }),
      nextBookmark: (message, step) =>
        this.answer('nextBookmark', [message, step], () =>
          this.annotations.next(message, step, (of) => rows.rowOf(of)),
        ),
      actOnRows: (request) =>
        this.answer('actOnRows', [JSON.stringify(request)], () => `Done: ${request.kind}`),
      run: (command) => this.answer('run', [command], nothing),
      ...this.details(),
    };
  }

  /** The details' methods, noted and failing like all others. */
  private details(): DetailsMethods {
    const made = scriptedDetails(this.rows);
    return {
      getPhase: (phase) => this.answer('getPhase', [phase], () => made.getPhase(phase)),
      getFrameText: (message) =>
        this.answer('getFrameText', [message], () => made.getFrameText(message)),
      getFrameBytes: (...part) =>
        this.answer('getFrameBytes', part, () => made.getFrameBytes(...part)),
      copyFrameBytes: (...range) =>
        this.answer('copyFrameBytes', range, () => made.copyFrameBytes(...range)),
      copyAttribute: (message, place) =>
        this.answer('copyAttribute', [message, place.join('.')], () =>
          made.copyAttribute(message, place),
        ),
      copyPath: (path) => this.answer('copyPath', [path], () => made.copyPath(path)),
      selectForCompare: (message) =>
        this.answer('selectForCompare', [message], () => made.selectForCompare(message)),
      getCompared: () => this.answer('getCompared', [], () => made.getCompared()),
      compareWithSelected: (message) =>
        this.answer('compareWithSelected', [message], () => made.compareWithSelected(message)),
    };
  }

  private strip(parts: number): TimeStrip {
    const { rows, annotations } = this;
    const bookmarks = annotations.bookmarks.map((message) => rows.messageRow(message).time);
    return { ...scriptedStrip(rows, parts), ...(bookmarks.length === 0 ? {} : { bookmarks }) };
  }

  private setQuery(query: LadderQuery, keep: number | undefined): QueryAnswer {
    const parsed = parseScripted(query.filter);
    if (!parsed.ok) {
      return parsed;
    }
    const hidden = new Set(query.hidden ?? []);
    const isShown: RowTest = (row, title) =>
      parsed.matches(row, title) && !hidden.has(row.from) && !hidden.has(row.to);
    this.rows.set(query, isShown);
    const { filter } = query;
    if (this.params.has('slow') && filter !== '') {
      this.shares['evaluating'] = 0.4;
    } else {
      this.shares['evaluating'] = undefined;
    }
    this.tell();
    return { ok: true, ...(keep === undefined ? {} : { row: this.rows.rowOf(keep) }) };
  }

  private saveFilter(name: string, filter: string): FilterMemory {
    const others = this.memory.saved.filter((saved) => saved.name !== name);
    const saved = filter === '' ? others : [{ name, filter }, ...others];
    this.memory = { ...this.memory, saved };
    return this.memory;
  }

  private find(text: string | undefined): void {
    this.sought = text;
    const sought = text?.toLowerCase();
    const has = ({ name }: MessageRow): boolean =>
      sought !== undefined && name.toLowerCase().includes(sought);
    this.hits = this.rows
      .base()
      .flatMap((row) => (row.kind === 'message' && has(row) ? [row.message] : []));
    this.rows.found = has;
    this.change();
  }

  private findNext(from: number | undefined, step: 1 | -1): FoundMessage | undefined {
    const { hits } = this;
    const after = hits.findIndex((hit) => hit > (from ?? -1));
    const before = hits.findLastIndex((hit) => hit < (from ?? Infinity));
    const wrapped = step > 0 ? (after < 0 ? 0 : after) : before < 0 ? hits.length - 1 : before;
    const message = hits[wrapped];
    if (message === undefined) {
      return undefined;
    }
    const row = this.rows.shows(message) ? this.rows.rowOf(message) : undefined;
    return { message, position: wrapped, ...(row === undefined ? {} : { row }) };
  }

  /** Failures and notifications are marked as if there were two colour rules. */
  private coloured<T>(row: T): T {
    if (!this.params.has('colours') || !isMessage(row)) {
      return row;
    }
    const colour = row.error === undefined ? (row.role === 'notification' ? 1 : undefined) : 0;
    return colour === undefined ? row : { ...row, colour };
  }

  private tell(): void {
    this.peer.notify('changed', this.overview());
  }

  private async answer<T>(
    method: string,
    args: readonly unknown[],
    make: () => T | Promise<T>,
  ): Promise<T> {
    this.calls.push(`${method}(${args.map(String).join(', ')})`);
    const delayMs = this.number('delay');
    if (delayMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
    if (this.failing.includes(method)) {
      throw new Error(`scripted failure of ${method}`);
    }
    return make();
  }

  private overview(): TraceOverview {
    const { params, rows, shares } = this;
    const { indexing, evaluating, searching } = shares;
    const recording = params.get('recording') ?? 'live';
    const find = { text: this.sought ?? '', hits: this.hits.length };
    return {
      title: params.get('title') ?? '2026-11-22 09-14 kmiller.wbtrace',
      startedAt: '2026-11-22T09:14:05.120Z',
      lifelines: this.lifelines(),
      rows: rows.count,
      inFolds: rows.inFolds,
      messages: Math.round(rows.size * 0.92),
      phases:
        rows.size === 0
          ? {}
          : { completed: 1204, failed: 17, unanswered: 3, interrupted: 1, open: 2 },
      recording: recording as TraceOverview['recording'],
      ...(indexing === undefined ? {} : { indexing }),
      problems: params.getAll('problem'),
      filter: {
        query: rows.query,
        matches: rows.matching,
        ...(evaluating === undefined ? {} : { evaluating }),
      },
      ...(this.sought === undefined
        ? {}
        : { find: { ...find, ...(searching === undefined ? {} : { searching }) } }),
      generation: this.generation + rows.generation,
    };
  }

  private lifelines(): readonly Lifeline[] {
    const applications = this.number('applications') || 1;
    const titles = Array.from({ length: applications }, (_, index) =>
      applications === 1 ? 'Agent application' : `Agent application ${index + 1}`,
    );
    const first = titles.slice(0, 1).map((title) => ({ kind: 'application', title }) as const);
    const others = titles.slice(1).map((title) => ({ kind: 'application', title }) as const);
    return [...first, { kind: 'server', title: 'Interaction Server' }, ...others];
  }
}

function scenarioRows(name: string | null): ScenarioRows {
  if (name === 'synthetic') {
    return { rows: [], folds: new Map() };
  }
  const { rows, folds } = realisticRows();
  return name === 'idle'
    ? { rows: rows.slice(0, Math.max(...folds.keys()) + 1), folds }
    : { rows, folds };
}

function isMessage(row: unknown): row is MessageRow {
  return typeof row === 'object' && row !== null && 'kind' in row && row.kind === 'message';
}
