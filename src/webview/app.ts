/**
 * The trace view: builds its parts and carries what happens in one to the others. Holds the newest overview and
 * nothing of the trace. Long for a file of this view, because it is the one place where they all meet.
 */
import { messageOf } from '../core/base/result';
import { createViewPeer, type ViewPeer } from '../bridge/rpcView';
import type {
  PageOpening,
  TimesShown,
  TraceOverview,
  TraceViewMethods,
  TraceViewState,
} from '../bridge/traceView';
import { EVERYTHING } from '../core/filter/query';
import { element, setHidden } from './base/dom';
import { RowActions } from './annotations/rowActions';
import { sendAgainMenu } from './annotations/sendAgain';
import { Splitter } from './details/splitter';
import { closedState, emptyState, noMatchState } from './emptyState';
import { FindControl } from './find/findControl';
import { Anchor } from './ladder/anchor';
import { act } from './ladder/ladderActs';
import { FollowControl } from './ladder/followControl';
import { LadderView } from './ladder/ladderView';
import { LifelineControl } from './ladder/lifelineControl';
import { KeyOverlay } from './keys/keyOverlay';
import { FirstFrame } from './firstFrame';
import { Layout } from './layout';
import { playKeys } from './playback/playKeys';
import { PlaybackControl } from './playback/playbackControl';
import { QueryControl, same } from './queryControl';
import { listenForShortcuts, type ShortcutActions } from './shortcuts';
import { growsQuietly } from './quietly';
import { Restoring } from './restoring';
import { SelectionControl } from './selectionControl';
import { StateKeeper, sizesOf, type ViewPosition } from './stateKeeper';
import { StatisticsControl } from './statistics/statisticsControl';
import { StripControl } from './strip/stripControl';
import { ErrorNotice, ProblemBanner } from './toolbar/banner';
import { Progress } from './toolbar/progress';
import { StateScreen } from './toolbar/stateScreen';
import { Toolbar } from './toolbar/toolbar';
import { TraceOpening } from './traceOpening';
import type { Environment } from './vscodeApi';

export class App {
  private readonly host: TraceViewMethods;
  private readonly toolbar: Toolbar;
  private readonly progress: Progress;
  private readonly problems = new ProblemBanner();
  private readonly notice = new ErrorNotice();
  private readonly screen = new StateScreen('h1');
  private readonly query: QueryControl;
  private readonly find: FindControl;
  private readonly strip: StripControl;
  private readonly statistics: StatisticsControl;
  private readonly ladder: LadderView;
  private readonly selection: SelectionControl;
  private readonly rowActions: RowActions;
  private readonly layout = new Layout();
  private readonly status = element('div', 'wi-hidden', { role: 'status' });
  private readonly keeper: StateKeeper;
  private readonly anchor: Anchor;
  private readonly firstFrame: FirstFrame;
  private readonly restored: TraceViewState | undefined;
  private readonly follow: FollowControl;
  private readonly playback: PlaybackControl;
  private readonly lifelines: LifelineControl;
  private readonly keys = new KeyOverlay();
  private readonly restoring: Restoring;
  private readonly opening: TraceOpening;
  private overview: TraceOverview | undefined;
  private closed = false;
  private times: TimesShown = 'elapsed';

  constructor(root: HTMLElement, environment: Environment) {
    const peer = createViewPeer(environment);
    this.host = peer.methods;
    this.firstFrame = new FirstFrame(root, environment.timer, () => this.showAround());
    this.restored = environment.loadState();
    this.keeper = new StateKeeper(environment, sizesOf(this.restored), () => this.position());
    this.toolbar = new Toolbar({
      run: (command) => this.run(this.host.run(command), `Could not ${command}`),
      toggleFollow: () => this.follow.toggle(),
      setTimes: (times) => {
        this.setTimes(times);
        this.keeper.save();
      },
      toggleStatistics: () => this.statistics.toggle(),
      find: () => this.find.open(),
    });
    this.progress = new Progress(() =>
      this.run(this.host.cancelIndexing(), 'Reading could not be stopped'),
    );
    this.ladder = new LadderView((first, count) => this.host.getRows(first, count));
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
      select: (row) => this.ladder.selectComing(row),
      fail: (error) => this.fail('The selected message could not be shown', error),
    });
    const parts = {
      host: this.host,
      timer: environment.timer,
      fail: (what: string, error: unknown) => this.fail(what, error),
      leave: () => this.ladder.focus(),
    };
    this.selection = new SelectionControl({
      ...parts,
      ladder: this.ladder,
      leaveEnd: () => this.follow.leave(),
      isChosen: () => !this.playback.underWay && !this.follow.on,
      restored: this.restored,
      onDidChange: () => this.keeper.save(),
      say: (text) => this.say(text),
    });
    this.playback = new PlaybackControl({
      ...parts,
      ladder: this.ladder,
      restored: this.restored,
      show: (stop) => this.selection.playTo(stop),
      setPosition: (time) => this.strip.setPosition(time),
      ended: () => this.follow.offered && this.follow.set(true),
      onDidChange: () => this.keeper.save(),
      say: (text) => this.say(text),
    });
    this.rowActions = new RowActions({
      ...parts,
      ladder: this.ladder,
      showFound: (found) => this.selection.showFound(found),
      say: (text) => void (this.status.textContent = text),
    });
    this.rowActions.offer((row) => this.selection.menuOf(row));
    const again = { ...parts, overview: () => this.overview };
    this.rowActions.offer((row) => sendAgainMenu(row, again));
    this.query = new QueryControl({
      ...parts,
      kept: () => this.selection.message,
      begin: () => this.ladder.deselect(),
      done: (row) => this.queryDone(row),
    });
    this.lifelines = new LifelineControl({
      ladder: this.ladder,
      restored: this.restored,
      hide: (hidden) => this.query.setHidden(hidden),
      onDidChange: () => this.keeper.save(),
    });
    this.toolbar.add(this.lifelines.menu.element);
    this.find = new FindControl({
      ...parts,
      place: this.layout.ladderPlace,
      from: () => this.selection.message,
      show: (found) => this.selection.showFound(found),
      clearFilter: () => this.query.unhide(),
    });
    this.strip = new StripControl({
      ...parts,
      goTo: (row) => this.selection.goToRow(row),
      limit: (range) => this.query.setRange(range),
      limited: () => this.query.query.range,
      seek: (time) => this.playback.seek(time),
      isPlaying: () => this.playback.playing,
    });
    this.statistics = new StatisticsControl({
      ...parts,
      container: this.layout.main,
      choose: (filter) => this.query.setFilter(filter),
      onDidToggle: (open) => this.toolbar.setStatistics(open),
    });
    this.opening = new TraceOpening({
      ...parts,
      screen: this.screen,
      ladder: this.ladder,
      follow: this.follow,
      restoring: this.restoring,
      query: this.query,
      restored: this.restored,
      show: (overview) => this.show(overview),
      queryDone: (row) => {
        const selected = this.restored?.selected;
        if (this.follow.on) {
          this.selection.expect(selected);
          this.ladder.revealEnd();
        } else {
          this.selection.restore(selected, row);
        }
        this.keeper.save();
      },
      close: (reason) => this.close(reason),
    });
    this.build(root);
    this.setTimes(this.restored?.times ?? 'elapsed');
    this.listen(peer);
    peer.onDidChange((overview) => this.opening.tell(overview));
    peer.onDidReveal(({ message }) => this.selection.reveal(message));
    peer.onDidPerform(({ command }) => this.rowActions.perform(command));
    peer.onDidClose(({ reason }) => this.close(reason));
  }

  /** Shows what the page has brought with it, then asks for the trace and shows that. */
  start(brought?: PageOpening): Promise<void> {
    return this.opening.start(brought).then(() => {
      if (!this.closed) {
        this.keeper.begin();
      }
    });
  }

  private build(root: HTMLElement): void {
    const splitter = new Splitter({
      container: this.layout.body,
      sized: this.selection.details.element,
      sizes: sizesOf(this.restored),
      onDidResize: (sizes) => this.keeper.setSizes(sizes),
    });
    this.layout.fill(root, {
      toolbar: this.toolbar.element,
      filter: this.query.bar.element,
      notices: [this.progress.element, this.problems.element, this.notice.element],
      play: this.playback.bar.element,
      strip: this.strip.view.element,
      screen: this.screen.element,
      ladder: this.ladder.element,
      pill: this.follow.pill.element,
      splitter: splitter.element,
      details: this.selection.details.element,
      status: this.status,
    });
    root.append(...this.rowActions.elements);
    this.selection.details.setNote(this.rowActions.noteOf);
  }

  private listen(peer: ViewPeer): void {
    this.ladder.onDidAct((action) =>
      act(action, {
        followOffered: this.follow.offered,
        setFollow: (on) => this.follow.set(on),
        toggleFollow: () => this.follow.toggle(),
        goToHeading: (step) => this.selection.goToHeading(step),
        toggleFold: (row) => this.selection.toggleFold(row),
        focusDetails: () => this.selection.details.focus(),
        copySelected: () => this.selection.copy(),
        selectForCompare: () => this.selection.selectForCompare(),
        compareWithSelected: () => this.selection.compareWithSelected(),
      }),
    );
    this.ladder.onDidArrange((arrangement) => this.lifelines.set(arrangement));
    this.ladder.onDidSee((view) => this.strip.setInView(view));
    const actions: ShortcutActions = {
      find: () => this.find.open(),
      findNext: () => this.find.next(1),
      findPrevious: () => this.find.next(-1),
      filter: () => this.query.bar.focus(),
      showKeys: () => this.keys.open(),
      ...playKeys(this.playback),
    };
    listenForShortcuts(actions);
    peer.onDidAskToAct(({ action }) => actions[action]());
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
    this.playback.setOverview(overview);
    this.lifelines.update(overview);
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
    this.ladder.drawBeside();
    this.toolbar.update(overview);
    this.progress.update(overview.indexing);
    this.problems.update(overview.problems);
    this.query.update(overview);
    const clear = (): void => this.query.clear();
    const clearAll = (): void => this.query.clearAll();
    this.layout.showNoMatch(noMatchState(overview, { clear, clearAll }));
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
    } else if (row !== undefined) {
      this.selection.showAgain(row);
    }
  }

  private followed(on: boolean): void {
    if (on) {
      // Who follows looks at the end, whatever is selected.
      this.selection.toEnd();
    }
    this.keeper.save();
  }

  private setTimes(times: TimesShown): void {
    this.times = times;
    this.toolbar.setTimes(times);
    this.ladder.setTimes(times);
    this.strip.setClock(times === 'clock');
  }

  private position(): ViewPosition {
    const { message } = this.selection;
    const { query } = this.query;
    const row = message === undefined ? this.ladder.keptRow : undefined;
    return {
      firstRow: this.ladder.firstVisible,
      follow: this.follow.on,
      times: this.times,
      ...this.playback.state,
      ...this.lifelines.state,
      ...this.selection.state,
      ...(message === undefined ? {} : { selected: message }),
      ...(row === undefined ? {} : { selectedRow: row }),
      ...(same(query, EVERYTHING) ? {} : { query }),
      ...this.restoring.wanted,
    };
  }

  /** Says something to those who do not see it. */
  private say(text: string): void {
    this.status.textContent = text;
  }

  private run(work: Promise<void>, failure: string): void {
    work.catch((error: unknown) => this.fail(failure, error));
  }

  private fail(what: string, error: unknown): void {
    this.notice.show(`${what}: ${messageOf(error)}`);
  }
}
