/** Keeps the time strip up to date, and moves the ladder to the times that are pointed at in it. */
import type { TraceOverview, TraceViewMethods } from '../../bridge/traceView';
import type { Timer } from '../../bridge/rpcChannel';
import type { TimeRange } from '../../core/filter/query';
import { setHidden } from '../base/dom';
import { formatClock, formatElapsed } from '../base/format';
import { LatestWins } from '../base/latest';
import type { RowsInView } from '../ladder/shownRows';
import { TimeStripView } from './timeStripView';

/** Milliseconds between two askings for the strip of a trace that grows. */
const REFRESH_MS = 500;

export interface StripOptions {
  readonly host: Pick<TraceViewMethods, 'getTimeStrip' | 'rowAtTime'>;
  readonly timer: Timer;
  /** Shows a row of the ladder. */
  readonly goTo: (row: number) => void;
  readonly limit: (range: TimeRange | undefined) => void;
  /** The range that was asked for last. */
  readonly limited: () => TimeRange | undefined;
  /** Moves playback to a time (ms). */
  readonly seek: (time: number) => void;
  readonly isPlaying: () => boolean;
  readonly fail: (what: string, error: unknown) => void;
}

export class StripControl {
  readonly view: TimeStripView;
  private readonly looking: LatestWins;
  private readonly fetching: LatestWins;
  private overview: TraceOverview | undefined;
  private clock = false;
  /** What the strip shows, in short: the same needs no asking. */
  private shown = '';
  private resting = false;
  private inView: RowsInView | undefined;
  /** The row to which the strip has led, while the ladder shows it. */
  private led: number | 'asked' | undefined;
  /** True from the moment when the first rows are on the screen: before, they need the time. */
  private ready = false;

  constructor(private readonly options: StripOptions) {
    this.looking = new LatestWins((error) => options.fail('The time could not be shown', error));
    this.fetching = new LatestWins((error) => options.fail('The time strip', error));
    this.view = new TimeStripView({
      goTo: (time) => this.goTo(time),
      limit: options.limit,
      limited: options.limited,
      seek: (time) => this.options.seek(time),
      resized: () => this.refresh(),
      format: (time) => this.format(time),
    });
  }

  update(overview: TraceOverview): void {
    this.overview = overview;
    setHidden(this.view.element, overview.messages === 0);
    this.view.setRange(overview.filter.query.range);
    // Where there are no rows, none need the time.
    this.ready ||= overview.rows === 0;
    this.refresh();
  }

  setClock(clock: boolean): void {
    this.clock = clock;
    this.view.draw();
  }

  /** The ladder shows these rows. */
  setInView(view: RowsInView): void {
    this.inView = view;
    this.showInView();
    if (view.times !== undefined && !this.ready) {
      requestAnimationFrame(() => {
        this.options.timer(0, () => {
          this.ready = true;
          this.refresh();
        });
      });
    }
  }

  private format(time: number): string {
    const startedAt = this.overview?.startedAt ?? '';
    return (this.clock ? formatClock(startedAt, time) : undefined) ?? formatElapsed(time);
  }

  /** Where playback stands (ms). */
  setPosition(time: number): void {
    this.view.setPosition(time);
  }

  private goTo(time: number): void {
    if (this.options.isPlaying()) {
      this.led = undefined;
      this.options.seek(time);
      return;
    }
    this.led = 'asked';
    this.looking.run(async () => {
      let row: number | undefined;
      try {
        row = await this.options.host.rowAtTime(time);
        this.options.goTo(row);
      } finally {
        this.led = row;
      }
    });
  }

  /**
   * The time that was chosen in the strip stands as long as the ladder shows the row to which it led, or is on its
   * way there: rows may come and move meanwhile.
   */
  private showInView(): void {
    const { inView, led } = this;
    if (inView === undefined) {
      return;
    }
    const { first, last, times } = inView;
    if (typeof led === 'number' && (led < first || led > last)) {
      this.led = undefined;
    }
    this.view.setView(times, this.led === undefined);
  }

  private refresh(): void {
    const { overview, view } = this;
    const { parts } = view;
    if (
      overview === undefined ||
      overview.messages === 0 ||
      parts === 0 ||
      this.resting ||
      !this.ready
    ) {
      return;
    }
    const { messages, generation, filter } = overview;
    const key = JSON.stringify([parts, messages, generation, filter]);
    if (key === this.shown) {
      return;
    }
    this.shown = key;
    this.resting = true;
    this.options.timer(REFRESH_MS, () => {
      this.resting = false;
      this.refresh();
    });
    this.fetching.run(async () => {
      view.show(await this.options.host.getTimeStrip(parts));
      this.showInView();
    });
  }
}
