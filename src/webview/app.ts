/**
 * The trace view: builds its parts and carries what happens in one to the others. Holds the newest overview and
 * nothing of the trace. Long for a file of this view, because it is the one place where they all meet.
 */
import { messageOf } from '../core/base/result';
import type { Timer } from '../bridge/rpcChannel';
import { createViewPeer } from '../bridge/rpcView';
import type {
  FoundMessage,
  PageOpening,
  TraceOverview,
  TraceViewMethods,
  TraceViewState,
} from '../bridge/traceView';
import { EVERYTHING } from '../core/filter/query';
import { element, setHidden } from './base/dom';
import { atMost } from './base/atMost';
import { Cursor } from './cursor';
import { DetailsPane } from './details/detailsPane';
import { Splitter } from './details/splitter';
import { closedState, emptyState, noMatchState, OPENING } from './emptyState';
import { FindControl } from './find/findControl';
import { Anchor } from './ladder/anchor';
import { act } from './ladder/ladderActs';
import { FollowControl } from './ladder/followControl';
import { HeadingJump } from './ladder/headingJump';
import { LadderView, type SelectedRow } from './ladder/ladderView';
import { FirstFrame } from './firstFrame';
import { Layout } from './layout';
import { QueryControl, same } from './queryControl';
import { listenForShortcuts } from './shortcuts';
import { growsQuietly } from './quietly';
import { Restoring } from './restoring';
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
/** Milliseconds for which the page waits for the first rows, so that it is not drawn twice. */
const FIRST_ROWS_MS = 100;

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
  private readonly layout = new Layout();
  private readonly status = element('div', 'wi-hidden', { role: 'status' });
  private readonly keeper: StateKeeper;
  private readonly cursor: Cursor;
  private readonly anchor: Anchor;
  private readonly firstFrame: FirstFrame;
  private readonly restored: TraceViewState | undefined;
  private readonly follow: FollowControl;
  private readonly restoring: Restoring;
  private overview: TraceOverview | undefined;
  /** The first rows are on their way; what is told meanwhile is shown with them. */
  private waiting = true;
  /** What the host has told last of its own accord. */
  private told: TraceOverview | undefined;
  private closed = false;
  private clock = false;
  private selectedIndex: number | undefined;
  private selectedMessage: number | undefined;

  constructor(root: HTMLElement, environment: Environment) {
    const peer = createViewPeer(environment);
    this.host = peer.methods;
    this.timer = environment.timer;
    this.firstFrame = new FirstFrame(root, environment.timer, () => this.showAround());
    this.restored = environment.loadState();
    this.keeper = new StateKeeper(environment, sizesOf(this.restored), () => this.position());
    this.cursor = new Cursor(
      (message) => this.host.setCursor(message),
      (error) => this.fail('The cursor could not be moved', error),
    );
    this.toolbar = new Toolbar({
      run: (command) => this.run(this.host.run(command), `Could not ${command}`),
      toggleFollow: () => this.follow.toggle(),
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
    this.anchor = new Anchor({
      rowOf: (message) => this.host.rowOfMessage(message),
      ladder: this.ladder,
      fail: (error) => this.fail('The first row was lost', error),
    });
    this.follow = new FollowControl(
      {
        revealEnd: () => this.ladder.revealEnd(),
        isAtEnd: () => this.ladder.atEnd,
        show: (on, offered) => this.toolbar.setFollow(on, offered),
        onDidSet: (on) => this.followed(on),
      },
      this.restored?.follow ?? false,
    );
    this.restoring = new Restoring({
      reveal: (row) => this.ladder.reveal(row, 'top'),
      rowOf: (message) => this.host.rowOfMessage(message),
      select: (row) => this.ladder.select(row),
      fail: (error) => this.fail('The selected message could not be shown', error),
    });
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
    peer.onDidChange((overview) => {
      this.told = overview;
      if (!this.waiting) {
        this.show(overview);
      }
    });
    peer.onDidReveal(({ message }) => void this.reveal(message));
    peer.onDidClose(({ reason }) => this.close(reason));
  }

  /** Shows what the page has brought with it, then asks for the trace and shows that. */
  async start(opening?: PageOpening): Promise<void> {
    // Most traces open sooner than the words could be read.
    const slow = this.timer(OPENING_DELAY_MS, () => this.screen.show(OPENING));
    const query = this.restored?.query ?? EVERYTHING;
    const limited = !same(query, EVERYTHING);
    this.showBrought(opening);
    try {
      const asked = this.host.open();
      // Asked for together with what stands around them, the first rows are there one round earlier.
      const rows =
        limited || !this.waiting ? undefined : this.ladder.prefetch(this.restored?.firstRow ?? 0);
      const opened = await asked;
      await atMost(FIRST_ROWS_MS, rows, this.timer);
      // What the host has told meanwhile is newer.
      const overview = this.told ?? opened;
      this.waiting = false;
      if (this.restored === undefined) {
        this.follow.begin(overview);
      } else if (!this.follow.on) {
        const { firstRow, selected } = this.restored;
        this.restoring.begin({
          firstRow,
          ...(limited || selected === undefined ? {} : { selected }),
        });
      }
      if (!limited) {
        this.show(overview);
        // Rows that were asked for too early and could not be had: if that lasts, it is told now.
        this.ladder.retry();
        return;
      }
      const answer = await this.query.ask(query, this.restored?.selected);
      this.show(this.overview ?? overview);
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

  /** Shows what the page has brought with it, where it is shown for the first time. */
  private showBrought(brought: PageOpening | undefined): void {
    if (this.restored === undefined && brought !== undefined && brought.overview.rows > 0) {
      this.waiting = false;
      this.follow.begin(brought.overview);
      this.ladder.begin(brought.page);
      this.show(brought.overview);
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
      pill: this.follow.pill.element,
      splitter: splitter.element,
      details: this.details.element,
      status: this.status,
    });
  }

  private listen(): void {
    this.ladder.onDidSelect((selected) => this.selected(selected));
    this.ladder.onDidAct((action) =>
      act(action, {
        followOffered: this.follow.offered,
        setFollow: (on) => this.follow.set(on),
        toggleFollow: () => this.follow.toggle(),
        goToHeading: (step) =>
          this.run(this.goToHeading(step), 'The next phase could not be found'),
        toggleFold: (row) => this.toggleFold(row),
        focusDetails: () => this.details.focus(),
        copySelected: () => this.copy(this.selectedMessage),
      }),
    );
    this.ladder.onDidStray((message) => this.findAgain(message));
    this.ladder.onDidSee((times) => this.strip.setInView(times));
    listenForShortcuts({
      find: () => this.find.open(),
      findNext: (step) => this.find.next(step),
      filter: () => this.query.bar.focus(),
    });
    this.ladder.onDidScroll(({ byReader }) => {
      if (byReader) {
        this.follow.moved();
        this.restoring.end();
      }
      this.keeper.save();
    });
    this.ladder.onDidFail((text) => {
      if (this.overview === undefined || this.closed) {
        return; // The trace itself could not be opened, and that is told.
      }
      this.notice.show(`Rows could not be read: ${text}`, () => this.ladder.retry());
    });
  }

  private show(overview: TraceOverview): void {
    if (this.closed) {
      return;
    }
    const before = this.overview;
    this.overview = overview;
    const empty = emptyState(overview);
    this.screen.show(empty);
    this.layout.show(empty !== undefined);
    this.anchor.update(before, overview, this.follow.on);
    this.ladder.setOverview(overview);
    this.strip.update(overview);
    this.firstFrame.show(overview.rows > 0);
    this.follow.update(overview, growsQuietly(before, overview));
    this.restoring.update(overview);
  }

  /** Shows what stands around the rows. */
  private showAround(): void {
    const { overview } = this;
    if (overview === undefined || this.closed) {
      return;
    }
    this.toolbar.update(overview);
    this.progress.update(overview.indexing);
    this.problems.update(overview.problems);
    this.query.update(overview);
    this.layout.showNoMatch(noMatchState(overview, () => this.query.clear()));
    this.statistics.update(overview);
    this.find.update(overview);
  }

  private close(reason: string): void {
    this.closed = true;
    this.layout.hide();
    setHidden(this.problems.element, true);
    this.progress.update(undefined);
    this.notice.hide();
    this.screen.show(closedState(reason, () => this.run(this.host.run('showLog'), 'The log')));
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
      this.cursor.move(message);
      return;
    }
    this.goToRow(row);
    this.selectedMessage = message;
    this.ladder.showMessage(row, message);
  }

  /** Shows a row that another part of the view points at. */
  private goToRow(row: number): void {
    this.follow.leave();
    this.ladder.reveal(row, 'middle');
  }

  private selected({ index, row }: SelectedRow): void {
    if (index !== this.selectedIndex) {
      this.selectedIndex = index;
      if (index < this.ladder.rowCount - 1) {
        this.follow.leave();
      }
    }
    if (row === undefined) {
      return;
    }
    const message = row.kind === 'message' ? row.message : undefined;
    if (message !== undefined) {
      this.cursor.move(message);
    }
    this.selectedMessage = message;
    this.details.show(row);
    this.keeper.save();
  }

  private toggleFold(row: number): void {
    // Who opens a fold looks at it, not at the end.
    this.follow.leave();
    this.run(this.host.toggleFold(row), 'The fold could not be opened');
  }

  private async goToHeading(step: 1 | -1): Promise<void> {
    this.status.textContent = (await this.headings.jump(step)) ?? '';
  }

  private async reveal(message: number): Promise<void> {
    try {
      this.ladder.select(await this.host.rowOfMessage(message), 'middle');
    } catch (error) {
      this.fail('The message could not be shown', error);
    }
  }

  private copy(message: number | undefined): void {
    if (message !== undefined) {
      const say = (): void => void (this.status.textContent = 'Message copied');
      this.run(this.host.copyMessage(message).then(say), 'The message could not be copied');
    }
  }

  private followed(on: boolean): void {
    if (on) {
      // Who follows looks at the end, whatever is selected.
      this.cursor.move(undefined);
    }
    this.keeper.save();
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
