/** Keeps the time strip up to date, and moves the ladder to the times that are pointed at in it. */
import type { TraceOverview, TraceViewMethods } from '../../bridge/traceView';
import type { Timer } from '../../bridge/rpcChannel';
import type { TimeRange } from '../../core/filter/query';
import { setHidden } from '../base/dom';
import { formatClock, formatElapsed } from '../base/format';
import { LatestWins } from '../base/latest';
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
  private inView: TimeRange | undefined;
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
    this.refresh();
  }

  setClock(clock: boolean): void {
    this.clock = clock;
    this.view.draw();
  }

  /** The times of the rows on the screen. */
  setInView(view: TimeRange | undefined): void {
    this.inView = view;
    this.view.setView(view);
    if (view !== undefined && !this.ready) {
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
      this.options.seek(time);
      return;
    }
    this.looking.run(async () => this.options.goTo(await this.options.host.rowAtTime(time)));
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
      view.setView(this.inView);
    });
  }
}
