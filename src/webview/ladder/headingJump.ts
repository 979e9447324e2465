import type { TraceViewMethods } from '../../bridge/traceView';
import type { LadderView } from './ladderView';

/** Goes from phase to phase. The newest jump wins; what an older one finds is dropped. */
export class HeadingJump {
  private turn = 0;

  constructor(
    private readonly host: Pick<TraceViewMethods, 'findHeading'>,
    private readonly ladder: LadderView,
  ) {}

  /** Selects the next or previous heading. Returns what to tell the reader when there is none. */
  async jump(step: 1 | -1): Promise<string | undefined> {
    const turn = ++this.turn;
    const from = this.ladder.selection ?? this.ladder.firstVisible;
    const row = await this.host.findHeading(from, step);
    if (turn !== this.turn) {
      return undefined;
    }
    if (row === undefined) {
      return `No phase begins ${step > 0 ? 'after' : 'before'} this row`;
    }
    this.ladder.select(row);
    return undefined;
  }
}
