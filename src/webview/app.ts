/**
 * The trace view: builds its parts and carries what happens in one to the others. Holds the newest overview
 * and nothing of the trace; rows are the ladder's, details the pane's. Long for a file of this view, because
 * it is the one place where they all meet.
 */
import { messageOf } from '../core/base/result';
import type { Timer } from '../bridge/rpcChannel';
import { createViewPeer } from '../bridge/rpcView';
import type {
  FoundMessage,
  TraceOverview,
  TraceViewMethods,
  TraceViewState,
} from '../bridge/traceView';
import { EVERYTHING } from '../core/filter/query';
import { element, setHidden } from './base/dom';
import { LatestWins } from './base/latest';
import { DetailsPane } from './details/detailsPane';
import { Splitter } from './details/splitter';
import { closedState, emptyState, noMatchState, OPENING } from './emptyState';
import { FindControl } from './find/findControl';
import { Follow, isLive, ownRows } from './ladder/follow';
import { HeadingJump } from './ladder/headingJump';
import { LadderView, type SelectedRow } from './ladder/ladderView';
import { NewRowsPill } from './ladder/newRowsPill';
import type { LadderAction } from './ladder/selection';
import { Layout } from './layout';
import { QueryControl, same } from './queryControl';
import { listenForShortcuts } from './shortcuts';
import { StateKeeper, sizesOf, type ViewPosition } from './stateKeeper';
import { StatisticsControl } from './statistics/statisticsControl';
import { StripControl } from './strip/stripControl';
import { ErrorNotice, ProblemBanner } from './toolbar/banner';
import { Progress } from './toolbar/progress';
import { StateScreen } from './toolbar/stateScreen';
import { Toolbar } from './toolbar/toolbar';
import type { Environment } from './vscodeApi';

/** Milliseconds after which the reader is told that the trace is being opened. */
const OPENING_DELAY_MS = 150;

export class App {
  private readonly host: TraceViewMethods;
  private readonly timer: Timer;
  private readonly toolbar: Toolbar;
  private readonly progress: Progress;
  private readonly problems = new ProblemBanner();
  private readonly notice = new ErrorNotice();
  private readonly screen = new StateScreen();
  private readonly query: QueryControl;
  private readonly find: FindControl;
  private readonly strip: StripControl;
  private readonly statistics: StatisticsControl;
  private readonly ladder: LadderView;
  private readonly headings: HeadingJump;
  private readonly details: DetailsPane;
  private readonly pill: NewRowsPill;
  private readonly layout = new Layout();
  private readonly status = element('div', 'wi-hidden', { role: 'status' });
  private readonly keeper: StateKeeper;
  private readonly cursor: LatestWins;
  private readonly restored: TraceViewState | undefined;
  private follow: Follow;
  private overview: TraceOverview | undefined;
  private grown = false;
  private closed = false;
  private clock = false;
  private selectedIndex: number | undefined;
  private selectedMessage: number | undefined;
  /** Message after which the Workbins tree stands; undefined at the end. */
  private cursorAt: number | undefined;

  constructor(root: HTMLElement, environment: Environment) {
    const peer = createViewPeer(environment);
    this.host = peer.methods;
    this.timer = environment.timer;
    this.restored = environment.loadState();
    this.follow = new Follow(this.restored?.follow ?? false);
    this.keeper = new StateKeeper(environment, sizesOf(this.restored), () => this.position());
    this.cursor = new LatestWins((error) => this.fail('The cursor could not be moved', error));
    this.toolbar = new Toolbar({
      run: (command) => this.run(this.host.run(command), `Could not ${command}`),
      toggleFollow: () => this.setFollow(!this.follow.on),
      toggleClock: () => {
        this.setClock(!this.clock);
        this.keeper.save();
      },
      toggleStatistics: () => this.statistics.toggle(),
      find: () => this.find.open(),
    });
    this.progress = new Progress(() =>
      this.run(this.host.cancelIndexing(), 'Reading could not be stopped'),
    );
    this.ladder = new LadderView((first, count) => this.host.getRows(first, count));
    this.headings = new HeadingJump(this.host, this.ladder);
    this.pill = new NewRowsPill(() => this.setFollow(true));
    this.details = new DetailsPane({
      getMessage: (message) => this.host.getMessage(message),
      openBody: (message) => this.run(this.host.openBody(message), 'The body could not be opened'),
      copyMessage: (message) => this.copy(message),
      goTo: (message) => void this.reveal(message),
      leave: () => this.ladder.focus(),
    });
    const parts = {
      host: this.host,
      timer: environment.timer,
      fail: (what: string, error: unknown) => this.fail(what, error),
      leave: () => this.ladder.focus(),
    };
    this.query = new QueryControl({
      ...parts,
      kept: () => this.selectedMessage,
      begin: () => this.ladder.deselect(),
      done: (row) => this.queryDone(row),
    });
    this.find = new FindControl({
      ...parts,
      place: this.layout.ladderPlace,
      from: () => this.selectedMessage,
      show: (found) => this.showFound(found),
      clearFilter: () => this.query.clear(),
    });
    this.strip = new StripControl({
      ...parts,
      goTo: (row) => this.goToRow(row),
      limit: (range) => this.query.setRange(range),
    });
    this.statistics = new StatisticsControl({
      ...parts,
      container: this.layout.main,
      choose: (filter) => this.query.setFilter(filter),
      onDidToggle: (open) => this.toolbar.setStatistics(open),
    });
    this.build(root);
    this.setClock(this.restored?.clock ?? false);
    this.listen();
    peer.onDidChange((overview) => this.show(overview));
    peer.onDidReveal(({ message }) => void this.reveal(message));
    peer.onDidClose(({ reason }) => this.close(reason));
  }

  /** Asks for the trace and shows it. */
  async start(): Promise<void> {
    // Most traces open sooner than the words could be read.
    const slow = this.timer(OPENING_DELAY_MS, () => this.screen.show(OPENING));
    const { query = EVERYTHING } = this.restored ?? {};
    const limited = !same(query, EVERYTHING);
    try {
      const opening = this.host.open();
      if (!limited) {
        // Asked for together with what stands around them, the first rows are there one round earlier.
        this.ladder.prefetch(this.restored?.firstRow ?? 0);
      }
      const overview = await opening;
      performance.mark('opened');
      if (this.restored === undefined) {
        this.follow = new Follow(isLive(overview));
      }
      if (!limited) {
        this.show(overview);
        await this.restore(overview);
        return;
      }
      const answer = await this.query.ask(query, this.restored?.selected);
      // What the host has told meanwhile is newer.
      this.show(this.overview ?? overview);
      this.restoreFirst(this.overview ?? overview);
      if (answer?.ok === true) {
        this.selectedMessage = this.restored?.selected;
        this.queryDone(answer.row);
      }
    } catch (error) {
      this.close(messageOf(error));
    } finally {
      slow.dispose();
    }
  }

  private build(root: HTMLElement): void {
    const splitter = new Splitter({
      container: this.layout.body,
      sizes: sizesOf(this.restored),
      onDidResize: (sizes) => this.keeper.setSizes(sizes),
    });
    this.layout.fill(root, {
      toolbar: this.toolbar.element,
      filter: this.query.bar.element,
      notices: [this.progress.element, this.problems.element, this.notice.element],
      strip: this.strip.view.element,
      screen: this.screen.element,
      ladder: this.ladder.element,
      pill: this.pill.element,
      splitter: splitter.element,
      details: this.details.element,
      status: this.status,
    });
  }

  private listen(): void {
    this.ladder.onDidSelect((selected) => this.selected(selected));
    this.ladder.onDidAct((action) => this.act(action));
    this.ladder.onDidStray((message) => this.findAgain(message));
    this.ladder.onDidSee((times) => this.strip.setInView(times));
    listenForShortcuts({
      find: () => this.find.open(),
      findNext: (step) => this.find.next(step),
      filter: () => this.query.bar.focus(),
    });
    this.ladder.onDidScroll(({ byReader }) => {
      if (byReader) {
        this.follow.moved(this.ladder.atEnd);
        this.showFollow();
      }
      this.keeper.save();
    });
    this.ladder.onDidFail((text) => {
      this.notice.show(`Rows could not be read: ${text}`, () => this.ladder.retry());
    });
  }

  private show(overview: TraceOverview): void {
    if (this.closed) {
      return;
    }
    const before = this.overview;
    this.overview = overview;
    // A file that is being read grows on the screen, not in truth.
    const quietly =
      before === undefined ||
      before.indexing !== undefined ||
      before.filter.evaluating !== undefined ||
      !same(before.filter.query, overview.filter.query);
    this.grown ||= !quietly && ownRows(overview) > ownRows(before);
    this.toolbar.update(overview);
    this.progress.update(overview.indexing);
    this.problems.update(overview.problems);
    const empty = emptyState(overview);
    this.screen.show(empty);
    this.layout.show(empty !== undefined);
    this.query.update(overview);
    this.layout.showNoMatch(noMatchState(overview, () => this.query.clear()));
    this.ladder.setOverview(overview);
    this.strip.update(overview);
    this.statistics.update(overview);
    this.find.update(overview);
    if (this.follow.grew(ownRows(overview), quietly)) {
      this.ladder.revealEnd();
    }
    this.showFollow();
  }

  private close(reason: string): void {
    this.closed = true;
    this.layout.hide();
    setHidden(this.problems.element, true);
    this.progress.update(undefined);
    this.notice.hide();
    this.screen.show(closedState(reason, () => this.run(this.host.run('showLog'), 'The log')));
  }

  private async restore(overview: TraceOverview): Promise<void> {
    if (this.restored === undefined || this.follow.on) {
      return;
    }
    this.restoreFirst(overview);
    const { selected } = this.restored;
    if (selected !== undefined) {
      const row = await this.host.rowOfMessage(selected);
      this.ladder.select(row);
    }
  }

  private restoreFirst({ rows }: TraceOverview): void {
    this.ladder.reveal(Math.min(this.restored?.firstRow ?? 0, Math.max(0, rows - 1)), 'top');
  }

  /** Another query is in force: the kept message stands at a row, or the nearest one that is shown. */
  private queryDone(row: number | undefined): void {
    this.keeper.save();
    if (this.follow.on) {
      this.ladder.revealEnd();
    } else if (row !== undefined && this.selectedMessage !== undefined) {
      this.ladder.showMessage(row, this.selectedMessage);
    }
  }

  /** Rows have moved, and the selected message with them. */
  private findAgain(message: number): void {
    this.host.rowOfMessage(message).then(
      (row) => {
        if (this.selectedMessage === message) {
          this.ladder.showMessage(row, message);
        }
      },
      (error: unknown) => this.fail('The selected message was lost', error),
    );
  }

  private showFound({ message, row }: FoundMessage): void {
    if (row === undefined) {
      // The filter hides it: its details are shown all the same.
      this.selectedMessage = message;
      this.details.showMessageOf(message);
      this.moveCursor(message);
      return;
    }
    this.goToRow(row);
    this.selectedMessage = message;
    this.ladder.showMessage(row, message);
  }

  /** Shows a row that another part of the view points at. */
  private goToRow(row: number): void {
    if (this.follow.on) {
      this.setFollow(false);
    }
    this.ladder.reveal(row, 'middle');
  }

  private selected({ index, row }: SelectedRow): void {
    if (index !== this.selectedIndex) {
      this.selectedIndex = index;
      if (index < this.ladder.rowCount - 1 && this.follow.on) {
        this.setFollow(false);
      }
    }
    if (row === undefined) {
      return;
    }
    const message = row.kind === 'message' ? row.message : undefined;
    if (message !== undefined) {
      this.moveCursor(message);
    }
    this.selectedMessage = message;
    this.details.show(row);
    this.keeper.save();
  }

  private act(action: LadderAction): void {
    switch (action.kind) {
      case 'move':
        if (action.to === 'end' && this.followOffered) {
          this.setFollow(true);
        }
        break;
      case 'heading':
        this.run(this.goToHeading(action.step), 'The next phase could not be found');
        break;
      case 'toggle':
        this.toggleFold(action.row);
        break;
      case 'details':
        this.details.focus();
        break;
      case 'follow':
        if (this.followOffered) {
          this.setFollow(!this.follow.on);
        }
        break;
      case 'copy':
        if (this.selectedMessage !== undefined) {
          this.copy(this.selectedMessage);
        }
        break;
    }
  }

  private toggleFold(row: number): void {
    if (this.follow.on) {
      // Who opens a fold looks at it, not at the end.
      this.setFollow(false);
    }
    this.run(this.host.toggleFold(row), 'The fold could not be opened');
  }

  private async goToHeading(step: 1 | -1): Promise<void> {
    const told = await this.headings.jump(step);
    this.status.textContent = told ?? '';
  }

  private async reveal(message: number): Promise<void> {
    try {
      this.ladder.select(await this.host.rowOfMessage(message), 'middle');
    } catch (error) {
      this.fail('The message could not be shown', error);
    }
  }

  private copy(message: number): void {
    const copied = this.host.copyMessage(message).then(() => {
      this.status.textContent = 'Message copied';
    });
    this.run(copied, 'The message could not be copied');
  }

  private get followOffered(): boolean {
    return this.overview !== undefined && (isLive(this.overview) || this.grown);
  }

  private setFollow(on: boolean): void {
    this.follow.set(on);
    if (on) {
      this.ladder.revealEnd();
      // Who follows looks at the end, whatever is selected.
      this.moveCursor(undefined);
    }
    this.showFollow();
    this.keeper.save();
  }

  private showFollow(): void {
    this.toolbar.setFollow(this.follow.on && this.followOffered, this.followOffered);
    this.pill.update(this.follow.unseen);
  }

  private moveCursor(message: number | undefined): void {
    if (message !== this.cursorAt) {
      this.cursorAt = message;
      this.cursor.run(() => this.host.setCursor(message));
    }
  }

  private setClock(on: boolean): void {
    this.clock = on;
    this.toolbar.setClock(on);
    this.ladder.setClock(on);
    this.strip.setClock(on);
  }

  private position(): ViewPosition {
    const { selectedMessage } = this;
    const { query } = this.query;
    return {
      firstRow: this.ladder.firstVisible,
      follow: this.follow.on,
      clock: this.clock,
      ...(selectedMessage === undefined ? {} : { selected: selectedMessage }),
      ...(same(query, EVERYTHING) ? {} : { query }),
    };
  }

  private run(work: Promise<void>, failure: string): void {
    work.catch((error: unknown) => this.fail(failure, error));
  }

  private fail(what: string, error: unknown): void {
    this.notice.show(`${what}: ${messageOf(error)}`);
  }
}
