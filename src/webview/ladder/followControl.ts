import type { TraceOverview } from '../../bridge/traceView';
import { Follow, isLive, ownRows } from './follow';
import { NewRowsPill } from './newRowsPill';

export interface FollowOptions {
  /** Shows the last rows. */
  readonly revealEnd: () => void;
  readonly isAtEnd: () => boolean;
  /** Whether it is on, and whether there is something to follow. */
  readonly show: (on: boolean, offered: boolean) => void;
  /** The reader has turned it on or off. */
  readonly onDidSet: (on: boolean) => void;
}

/** Following what comes: the switch, the hint of new rows, and when scrolling turns it on and off. */
export class FollowControl {
  readonly pill = new NewRowsPill(() => this.set(true));
  private follow: Follow;
  private overview: TraceOverview | undefined;
  private grown = false;

  constructor(
    private readonly options: FollowOptions,
    on: boolean,
  ) {
    this.follow = new Follow(on);
  }

  get on(): boolean {
    return this.follow.on;
  }

  /** True where something may still come. */
  get offered(): boolean {
    return this.overview !== undefined && (isLive(this.overview) || this.grown);
  }

  /** Begins with what the trace is, where nothing was remembered. What was shown already has begun. */
  begin(overview: TraceOverview): void {
    if (this.overview === undefined) {
      this.follow = new Follow(isLive(overview));
    }
  }

  /** `quietly`: what has come is no news, such as rows of a file that is still being read. */
  update(overview: TraceOverview, quietly: boolean): void {
    const before = this.overview;
    this.grown ||= !quietly && before !== undefined && ownRows(overview) > ownRows(before);
    this.overview = overview;
    if (this.follow.grew(ownRows(overview), quietly)) {
      this.options.revealEnd();
    }
    this.show();
  }

  set(on: boolean): void {
    this.follow.set(on);
    if (on) {
      this.options.revealEnd();
    }
    this.show();
    this.options.onDidSet(on);
  }

  toggle(): void {
    this.set(!this.follow.on);
  }

  /** Whoever looks at something does not follow. */
  leave(): void {
    if (this.follow.on) {
      this.set(false);
    }
  }

  /** The reader has scrolled. */
  moved(): void {
    this.follow.moved(this.options.isAtEnd());
    this.show();
  }

  private show(): void {
    this.options.show(this.follow.on && this.offered, this.offered);
    this.pill.update(this.follow.unseen);
  }
}
