import type { TraceOverview } from '../../bridge/traceView';

/**
 * Whether the ladder stays at its end while rows come in, and how many came since it was left. Pure: told
 * what happened, it says what to do.
 */
export class Follow {
  private following: boolean;
  private rows = 0;
  private seen = 0;

  constructor(following: boolean) {
    this.following = following;
  }

  get on(): boolean {
    return this.following;
  }

  /** Rows that came while the ladder did not follow. */
  get unseen(): number {
    return this.following ? 0 : this.rows - this.seen;
  }

  /**
   * The number of rows is now `rows`; `quietly` when the reader need not hear of new ones. True when the
   * ladder should go to its end.
   */
  grew(rows: number, quietly: boolean): boolean {
    if (this.following || quietly || rows < this.seen) {
      this.seen = rows;
    }
    this.rows = rows;
    return this.following;
  }

  /** The reader moved the ladder: following goes on at the end and stops elsewhere. */
  moved(atEnd: boolean): void {
    this.set(atEnd);
  }

  set(on: boolean): void {
    if (on || this.following) {
      this.seen = this.rows;
    }
    this.following = on;
  }
}

/** Rows without those of open folds, which come and go with nothing new in the trace. */
export function ownRows({ rows, inFolds }: TraceOverview): number {
  return rows - inFolds;
}

/** True while rows may still come. */
export function isLive({ recording }: TraceOverview): boolean {
  return recording === 'live' || recording === 'paused';
}
