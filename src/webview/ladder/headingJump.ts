import type { TraceViewMethods } from '../../bridge/traceView';
import { InTurn } from '../../core/base/inTurn';
import type { LadderView } from './ladderView';

/** Goes from phase to phase; each jump goes on from where the one before has led, however quickly they are asked for. */
export class HeadingJump {
  private readonly jumps = new InTurn();

  constructor(
    private readonly host: Pick<TraceViewMethods, 'findHeading'>,
    private readonly ladder: LadderView,
  ) {}

  /** Selects the next or previous heading. Returns what to tell the reader when there is none. */
  jump(step: 1 | -1): Promise<string | undefined> {
    return this.jumps.run(() => this.go(step));
  }

  private async go(step: 1 | -1): Promise<string | undefined> {
    const from = this.ladder.selection ?? this.ladder.firstVisible;
    const row = await this.host.findHeading(from, step);
    if (row === undefined) {
      return `No phase begins ${step > 0 ? 'after' : 'before'} this row`;
    }
    this.ladder.select(row);
    return undefined;
  }
}
