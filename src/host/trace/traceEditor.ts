/**
 * One trace editor: answers its view, tells it what is new, and says to the rest which message it stands at.
 * Several of them may show one document.
 */
import * as vscode from 'vscode';
import type { AnnotationChange, RowCommand, RowsRequest } from '../../bridge/rowActions';
import { createHostPeer, type HostPeer } from '../../bridge/rpcHost';
import type {
  FilterMemory as RememberedFilters,
  FoundMessage,
  MessageDetails,
  PageOpening,
  PlayGoal,
  PlayStop,
  QueryAnswer,
  RowsPage,
  TraceOverview,
  TraceViewMethods,
  ViewAction,
} from '../../bridge/traceView';
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import { messageOf, refused } from '../../core/base/result';
import type { Completions, LadderQuery } from '../../core/filter/query';
import type { TimeStrip } from '../../core/ladder/timeStrip';
import type { Statistics, StatisticsBy } from '../../core/statistics/statistics';
import { messageDetails } from '../../session/messageDetails';
import type { Trace } from '../../session/trace';
import { filterLanguage } from '../../session/traceView/language';
import { RowAnnotations } from '../../session/traceView/rowAnnotations';
import { TraceView } from '../../session/traceView/traceView';
import type { AnnotationBooks } from './annotationBooks';
import { Coalescer, hostTimer } from '../coalescer';
import type { ExportActions } from './exportActions';
import { DetailsRequests } from './detailsRequests';
import type { FilterMemory } from './filterMemory';
import type { FrameCompare } from './frameCompare';
import type { FrameDocuments } from './frameDocuments';
import { hostPace } from '../hostPace';
import type { LiveSessions } from '../sessions/liveSessions';
import type { Log } from '../log';
import type { TraceReference } from './openTraces';
import { RowRequests } from './rowRequests';
import type { SendingAgain } from './sendingAgain';
import { colourRules } from '../settings';
import type { TraceInFront, TraceOnScreen } from './traceInFront';
import { traceOverview } from './traceOverview';

/** Rows that a page brings with it, and for how many milliseconds it waits for them. */
const FIRST_ROWS = 100;
const FIRST_ROWS_MS = 200;
/** After opening, a view first goes where it was: how many milliseconds later it is sent elsewhere. */
const REVEAL_DELAY_MS = 100;

export interface TraceEditorParts {
  readonly books: AnnotationBooks;
  readonly exports: ExportActions;
  readonly again: SendingAgain;
  /** Shows a person what has failed while nobody waits for it. */
  readonly tellError: (error: unknown) => void;
  readonly front: TraceInFront;
  readonly sessions: LiveSessions;
  readonly frames: FrameDocuments;
  readonly compare: FrameCompare;
  readonly filters: FilterMemory;
  readonly log: Log;
}

export class TraceEditor implements TraceViewMethods, TraceOnScreen, Disposable {
  readonly trace: Trace;
  private readonly store = new DisposableStore();
  private readonly peer: HostPeer;
  private readonly view: TraceView;
  private readonly rows: RowRequests;
  private readonly details: DetailsRequests;
  private readonly coalescer = this.store.add(new Coalescer(() => this.tell()));
  private at: number | undefined;
  private opened = false;
  /** A message to be selected once the view is there. */
  private wanted: number | undefined;
  private failure: string | undefined;

  /** `reference` and `panel` are the caller's to dispose. */
  constructor(
    private readonly reference: TraceReference,
    readonly title: string,
    private readonly panel: vscode.WebviewPanel,
    private readonly parts: TraceEditorParts,
  ) {
    const { front, log, books, exports, tellError } = parts;
    this.trace = reference.trace;
    const { book } = this.store.add(books.acquire(this.trace.path));
    const annotations = new RowAnnotations(this.trace.messages, book);
    this.view = this.store.add(
      new TraceView({
        trace: this.trace,
        search: (...search) => this.trace.search(...search),
        pace: hostPace,
        language: filterLanguage((message) => annotations.isBookmarked(message)),
        annotations,
        onProblem: (error) => log.warn(`${title}: ${messageOf(error)}`),
      }),
    );
    this.rows = new RowRequests({
      trace: this.trace,
      view: this.view,
      title,
      book,
      annotations,
      exports,
      again: parts.again,
      setCursor: (message) => this.setCursor(message, false),
      reveal: (message) => this.peer.notify('reveal', { message }),
      onError: tellError,
    });
    this.details = new DetailsRequests(this.trace, parts.compare);
    this.colour();
    this.peer = this.store.add(
      createHostPeer({
        channel: {
          post: (envelope) => void panel.webview.postMessage(envelope),
          onMessage: (listener) => panel.webview.onDidReceiveMessage(listener),
        },
        methods: this,
        timer: hostTimer,
        onProblem: (text) => log.warn(`Trace view: ${text}`),
      }),
    );
    this.store.add(this.view.onDidChange(() => this.coalescer.ask()));
    this.store.add(parts.sessions.onDidChange(() => this.coalescer.ask()));
    this.store.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('workbinInspector.trace.colorRules')) {
          this.colour();
        }
      }),
    );
    if (reference.session !== undefined) {
      this.store.add(reference.session.onDidChange(() => this.coalescer.ask()));
    }
    this.store.add(front.add(this));
    this.store.add(
      panel.onDidChangeViewState(() => (panel.active ? front.activate(this) : front.update())),
    );
    reference.read.catch((error: unknown) => this.fail(messageOf(error)));
  }

  get cursor(): number | undefined {
    return this.at;
  }

  get visible(): boolean {
    return this.panel.visible;
  }

  /** What the page is to show first: waits a moment for the first rows of a recording that is being read. */
  async opening(): Promise<PageOpening> {
    await new Promise<void>((resolve) => {
      if (this.view.rowCount > 0) {
        resolve();
        return;
      }
      const listener = this.view.onDidChange(() => {
        if (this.view.rowCount > 0) {
          resolve();
        }
      });
      const limit = hostTimer(FIRST_ROWS_MS, resolve);
      this.store.add(listener);
      this.store.add(limit);
    });
    return { overview: this.overview(), page: await this.getRows(0, FIRST_ROWS) };
  }

  open(): Promise<TraceOverview> {
    if (this.failure !== undefined) {
      return Promise.reject(new Error(this.failure));
    }
    this.opened = true;
    this.store.add(hostTimer(REVEAL_DELAY_MS, () => this.revealWanted()));
    return Promise.resolve(this.overview());
  }

  reveal(message: number): void {
    this.wanted = message;
    if (this.opened) {
      this.revealWanted();
    }
  }

  getRows(first: number, count: number): Promise<RowsPage> {
    const rows = this.view.rows(first, count);
    return Promise.resolve({ first, rows, generation: this.view.generation });
  }

  getMessage(message: number): Promise<MessageDetails> {
    return messageDetails(this.trace, message);
  }

  rowOfMessage(message: number): Promise<number> {
    this.check(message);
    return this.tellMoved(() => this.view.reveal(message));
  }

  toggleFold(row: number): Promise<void> {
    return this.tellMoved(() => this.view.toggleFold(row));
  }

  findHeading(row: number, step: 1 | -1): Promise<number | undefined> {
    return Promise.resolve(this.view.findHeading(row, step));
  }

  rowAtTime(time: number): Promise<number> {
    return Promise.resolve(this.view.rowAtTime(time));
  }

  playAt(time: number): Promise<PlayStop | undefined> {
    return Promise.resolve(this.view.playAt(time));
  }

  playStep(
    message: number | undefined,
    goal: PlayGoal,
    step: 1 | -1,
  ): Promise<PlayStop | undefined> {
    return this.view.playStep(message, goal, step);
  }

  async setQuery(query: LadderQuery, keep: number | undefined): Promise<QueryAnswer> {
    const answer = await this.view.setQuery(query, keep);
    if (!answer.ok) {
      return { ok: false, problem: answer.error };
    }
    this.tell();
    return { ok: true, ...(answer.value === undefined ? {} : { row: answer.value }) };
  }

  completeFilter(text: string, caret: number): Promise<Completions> {
    return Promise.resolve(this.view.complete(text, caret));
  }

  getFilterMemory(): Promise<RememberedFilters> {
    return Promise.resolve(this.parts.filters.all);
  }

  rememberFilter(filter: string): Promise<void> {
    return this.parts.filters.use(filter);
  }

  saveFilter(name: string, filter: string): Promise<RememberedFilters> {
    return this.parts.filters.save(name, filter);
  }

  getTimeStrip(parts: number): Promise<TimeStrip> {
    return this.view.timeStrip(parts);
  }

  getStatistics(by: StatisticsBy): Promise<Statistics> {
    return this.view.statistics(by);
  }

  find(text: string): Promise<void> {
    this.view.startFind(text);
    return Promise.resolve();
  }

  findNext(message: number | undefined, step: 1 | -1): Promise<FoundMessage | undefined> {
    return this.tellMoved(() => this.view.findNext(message, step));
  }

  stopFind(): Promise<void> {
    this.view.startFind('');
    return Promise.resolve();
  }

  cancelIndexing(): Promise<void> {
    this.reference.stopReading();
    return Promise.resolve();
  }

  setCursor(message: number | undefined, chosen: boolean): Promise<void> {
    if (message !== undefined) {
      this.check(message);
    }
    // A page that comes back selects what was selected before: nobody has chosen that anew.
    const isNew = message !== this.at;
    this.at = message;
    this.parts.front.update();
    if (chosen && isNew && message !== undefined) {
      this.parts.front.choose(this, message);
    }
    return Promise.resolve();
  }

  openBody(message: number): Promise<void> {
    this.check(message);
    return this.parts.frames.open(this.trace.path, message);
  }

  async copyMessage(message: number): Promise<void> {
    this.check(message);
    const { text } = await this.parts.frames.read(this.trace.path, message);
    await vscode.env.clipboard.writeText(text);
  }

  async annotate(change: AnnotationChange): Promise<number | undefined> {
    const message = await this.rows.annotate(change);
    // Who has asked sees it at once.
    this.tell();
    return message;
  }

  nextBookmark(message: number | undefined, step: 1 | -1): Promise<FoundMessage | undefined> {
    return this.tellMoved(() => this.view.nextBookmark(message, step));
  }

  actOnRows(request: RowsRequest): Promise<string> {
    return this.rows.act(request);
  }

  perform(command: RowCommand): void {
    this.peer.notify('perform', { command });
  }

  act(action: ViewAction): void {
    if (this.opened) {
      this.peer.notify('act', { action });
    }
  }

  getPhase(phase: number): ReturnType<TraceViewMethods['getPhase']> {
    return this.details.getPhase(phase);
  }

  getFrameText(message: number): ReturnType<TraceViewMethods['getFrameText']> {
    return this.details.getFrameText(message);
  }

  getFrameBytes(
    ...part: Parameters<TraceViewMethods['getFrameBytes']>
  ): ReturnType<TraceViewMethods['getFrameBytes']> {
    return this.details.getFrameBytes(...part);
  }

  copyFrameBytes(...range: Parameters<TraceViewMethods['copyFrameBytes']>): Promise<void> {
    return this.details.copyFrameBytes(...range);
  }

  copyAttribute(message: number, place: readonly number[]): Promise<void> {
    return this.details.copyAttribute(message, place);
  }

  copyPath(path: string): Promise<void> {
    return this.details.copyPath(path);
  }

  selectForCompare(message: number): ReturnType<TraceViewMethods['selectForCompare']> {
    return this.details.selectForCompare(message);
  }

  getCompared(): ReturnType<TraceViewMethods['getCompared']> {
    return this.details.getCompared();
  }

  compareWithSelected(message: number): Promise<void> {
    return this.details.compareWithSelected(message);
  }

  async run(command: 'pause' | 'resume' | 'stop' | 'showLog'): Promise<void> {
    const { sessions, log } = this.parts;
    const { session } = this.reference;
    if (command === 'showLog') {
      log.show();
      return;
    }
    const held = sessions.writing(this.trace.path);
    if (session === undefined || held === undefined) {
      throw refused('not-live', vscode.l10n.t('This recording is not being written.'));
    }
    switch (command) {
      case 'pause':
        session.pause();
        break;
      case 'resume':
        session.resume();
        break;
      case 'stop':
        await sessions.stop(held.target.key);
        break;
    }
  }

  dispose(): void {
    this.store.dispose();
  }

  /** Does something; where rows have moved by it, the view hears of that before the answer. */
  private tellMoved<T>(act: () => T): Promise<T> {
    const before = this.view.generation;
    const answer = act();
    if (this.view.generation !== before) {
      this.tell();
    }
    return Promise.resolve(answer);
  }

  private revealWanted(): void {
    const { wanted } = this;
    this.wanted = undefined;
    if (wanted !== undefined) {
      this.peer.notify('reveal', { message: wanted });
    }
  }

  private colour(): void {
    for (const { filter, problem } of this.view.setColourRules(colourRules())) {
      this.parts.log.warn(`Colour rule ${filter}: ${problem.text}`);
    }
  }

  private check(message: number): void {
    if (message >= this.trace.messages.count) {
      throw refused(
        'no-such-message',
        vscode.l10n.t('There is no message {0} in this trace.', message + 1),
      );
    }
  }

  private tell(): void {
    // A hidden view has no page; it asks for everything when it is shown again.
    if (this.opened && this.failure === undefined && this.panel.visible) {
      this.peer.notify('changed', this.overview());
    }
  }

  private fail(reason: string): void {
    this.failure = reason;
    if (this.opened) {
      this.peer.notify('closed', { reason });
    }
  }

  private overview(): TraceOverview {
    const { trace, view, title, reference, parts } = this;
    return traceOverview(trace, view, title, reference.session, parts.again.isPossible(trace));
  }
}
