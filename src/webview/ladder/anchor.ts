import type { TraceOverview } from '../../bridge/traceView';
import { LatestWins } from '../base/latest';
import { same } from '../queryControl';

/** The row that is to stay where it is on the screen. */
export interface AnchorRow {
  readonly message: number;
  /** Number of the row that shows it on the screen at present. */
  readonly index: number;
}

export interface AnchorOptions {
  /** The row at which a message stands now. */
  readonly rowOf: (message: number) => Promise<number>;
  readonly ladder: {
    /** First row in the viewport. */
    readonly firstVisible: number;
    /** First message in the viewport, as it is drawn. */
    readonly topMessage: AnchorRow | undefined;
    /** Scrolls by so many rows. */
    shift(rows: number): void;
  };
  readonly fail: (error: unknown) => void;
}

/** Keeps the first message in the viewport in its place while a filter that is being evaluated adds rows above it. */
export class Anchor {
  private readonly asking: LatestWins;
  private kept: (AnchorRow & { readonly first: number }) | undefined;

  constructor(private readonly options: AnchorOptions) {
    this.asking = new LatestWins((error) => options.fail(error));
  }

  /** To be called before the ladder hears of the overview. Who follows looks at the end, whatever comes above. */
  update(before: TraceOverview | undefined, overview: TraceOverview, follows: boolean): void {
    const evaluated =
      before?.filter.evaluating !== undefined && same(before.filter.query, overview.filter.query);
    if (!evaluated || follows) {
      this.release();
    } else if (before.generation !== overview.generation) {
      this.hold();
    }
  }

  /** Rows may have moved; what is on the screen is still as it was. */
  hold(): void {
    const { firstVisible: first, topMessage } = this.options.ladder;
    if (this.kept?.first !== first) {
      // The reader has scrolled since: another message is the first. At the very top the top is what stays.
      this.kept = first === 0 || topMessage === undefined ? undefined : { ...topMessage, first };
    }
    this.asking.run(() => this.settle());
  }

  /** Nothing needs to be kept any more. */
  release(): void {
    this.kept = undefined;
  }

  private async settle(): Promise<void> {
    const { kept } = this;
    const { ladder, rowOf } = this.options;
    if (kept === undefined) {
      return;
    }
    const row = await rowOf(kept.message);
    if (this.kept === kept && ladder.firstVisible === kept.first && row !== kept.index) {
      ladder.shift(row - kept.index);
      this.kept = { message: kept.message, index: row, first: ladder.firstVisible };
    }
  }
}
