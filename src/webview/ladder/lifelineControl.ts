import type { TraceOverview, TraceViewState } from '../../bridge/traceView';
import type { Lifeline } from '../../core/ladder/rows';
import { LifelineMenu } from '../toolbar/lifelineMenu';
import { AS_RECORDED, type Arrangement } from './arrangement';
import type { LadderView } from './ladderView';

export interface LifelineOptions {
  readonly ladder: Pick<LadderView, 'arrange'>;
  /** What an earlier page has left. */
  readonly restored: TraceViewState | undefined;
  /** Leaves out what begins or ends at lifelines. */
  readonly hide: (hidden: readonly number[]) => void;
  readonly onDidChange: () => void;
}

/** Lifelines as the reader wants them: their order is the view's own affair, what is hidden is part of its query. */
export class LifelineControl {
  readonly menu = new LifelineMenu((arrangement) => this.set(arrangement));
  private arrangement: Arrangement;
  private lifelines: readonly Lifeline[] = [];

  constructor(private readonly options: LifelineOptions) {
    const { ladder, restored } = options;
    this.arrangement = { ...AS_RECORDED, order: restored?.lifelineOrder ?? [] };
    ladder.arrange(this.arrangement);
  }

  /** What is to be remembered. */
  get state(): Pick<TraceViewState, 'lifelineOrder'> {
    const { order } = this.arrangement;
    return order.length === 0 ? {} : { lifelineOrder: order };
  }

  /** The reader wants them so. */
  set(arrangement: Arrangement): void {
    const before = this.arrangement;
    this.show(arrangement);
    if (arrangement.hidden.join() !== before.hidden.join()) {
      this.options.hide(arrangement.hidden);
    }
    this.options.onDidChange();
  }

  /** What is hidden is what the query in force says. */
  update({ lifelines, filter }: TraceOverview): void {
    const { hidden = [] } = filter.query;
    this.lifelines = lifelines;
    if (hidden.join() !== this.arrangement.hidden.join()) {
      this.show({ ...this.arrangement, hidden });
    } else {
      this.menu.update(lifelines, this.arrangement);
    }
  }

  private show(arrangement: Arrangement): void {
    this.arrangement = arrangement;
    this.options.ladder.arrange(arrangement);
    this.menu.update(this.lifelines, arrangement);
  }
}
