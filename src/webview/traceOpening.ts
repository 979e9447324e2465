/**
 * From the empty page to the trace: what the page has brought with it, what the host tells meanwhile, and what an
 * earlier page has left. The first picture is drawn as early as it can be, and once.
 */
import { messageOf } from '../core/base/result';
import type { Timer } from '../bridge/rpcChannel';
import type {
  PageOpening,
  TraceOverview,
  TraceViewMethods,
  TraceViewState,
} from '../bridge/traceView';
import { EVERYTHING } from '../core/filter/query';
import { atMost } from './base/atMost';
import { OPENING } from './emptyState';
import type { FollowControl } from './ladder/followControl';
import type { LadderView } from './ladder/ladderView';
import { same, type QueryControl } from './queryControl';
import type { Restoring } from './restoring';
import type { StateScreen } from './toolbar/stateScreen';

/** Milliseconds after which the reader is told that the trace is being opened. */
const OPENING_DELAY_MS = 150;
/** Milliseconds for which the page waits for the first rows, so that it is not drawn twice. */
const FIRST_ROWS_MS = 100;

export interface OpeningOptions {
  readonly host: Pick<TraceViewMethods, 'open'>;
  readonly timer: Timer;
  readonly screen: StateScreen;
  readonly ladder: LadderView;
  readonly follow: FollowControl;
  readonly restoring: Restoring;
  readonly query: QueryControl;
  /** What an earlier page has left. */
  readonly restored: TraceViewState | undefined;
  readonly show: (overview: TraceOverview) => void;
  /** The query of an earlier page is in force again, and its selected message stands at a row. */
  readonly queryDone: (row: number | undefined) => void;
  readonly close: (reason: string) => void;
  readonly fail: (what: string, error: unknown) => void;
}

export class TraceOpening {
  /** The first rows are on their way; what is told meanwhile is shown with them. */
  private waiting = true;
  /** What the host has told last of its own accord. */
  private told: TraceOverview | undefined;

  constructor(private readonly options: OpeningOptions) {}

  /** The host tells of the trace. */
  tell(overview: TraceOverview): void {
    this.told = overview;
    if (!this.waiting) {
      this.options.show(overview);
    }
  }

  /** Shows what the page has brought with it, then asks for the trace and shows that. */
  async start(brought?: PageOpening): Promise<void> {
    const { host, timer, screen, ladder, query, restored, fail } = this.options;
    // Most traces open sooner than the words could be read.
    const slow = timer(OPENING_DELAY_MS, () => screen.show(OPENING));
    const wanted = restored?.query ?? EVERYTHING;
    const limited = !same(wanted, EVERYTHING);
    this.showBrought(brought);
    try {
      const asked = host.open();
      // Asked for together with what stands around them, the first rows are there one round earlier.
      const rows = limited || !this.waiting ? undefined : ladder.prefetch(restored?.firstRow ?? 0);
      const opened = await asked;
      await atMost(FIRST_ROWS_MS, rows, timer);
      this.waiting = false;
      // What the host has told meanwhile is newer.
      this.begin(this.told ?? opened, limited);
      if (!limited) {
        this.options.show(this.told ?? opened);
        // Rows that were asked for too early and could not be had: if that lasts, it is told now.
        ladder.retry();
        return;
      }
      const answer = await query.ask(wanted, restored?.selected).catch((error: unknown) => {
        // The trace is there all the same: a long search may outlast the wait for its answer.
        fail('What was shown before could not be limited again in time', error);
        return undefined;
      });
      this.options.show(this.told ?? opened);
      if (answer?.ok === true) {
        this.options.queryDone(answer.row);
      }
    } catch (error) {
      this.options.close(messageOf(error));
    } finally {
      slow.dispose();
    }
  }

  /** Begins where an earlier page has stood, or as befits the trace. */
  private begin(overview: TraceOverview, limited: boolean): void {
    const { follow, restoring, restored } = this.options;
    if (restored === undefined) {
      follow.begin(overview);
    } else if (!follow.on) {
      const { firstRow, selected, selectedRow } = restored;
      restoring.begin({
        firstRow,
        ...(limited || selected === undefined ? {} : { selected }),
        ...(selectedRow === undefined ? {} : { selectedRow }),
      });
    }
  }

  /** Shows what the page has brought with it, where it is shown for the first time. */
  private showBrought(brought: PageOpening | undefined): void {
    const { follow, ladder, restored, show } = this.options;
    if (restored === undefined && brought !== undefined && brought.overview.rows > 0) {
      this.waiting = false;
      follow.begin(brought.overview);
      ladder.begin(brought.page);
      show(brought.overview);
    }
  }
}
