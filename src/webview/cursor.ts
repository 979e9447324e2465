import type { Timer } from '../bridge/rpcChannel';
import { LatestWins } from './base/latest';
import { Throttled } from './base/throttled';

/** Milliseconds between two messages that the host is told of: the tree is drawn anew for each. */
const INTERVAL_MS = 100;

interface Move {
  readonly message: number | undefined;
  readonly chosen: boolean;
}

/** The message after which the Workbins tree stands; the host hears of it when it has moved. */
export class Cursor {
  /** Undefined: at the end. */
  private at: number | undefined;
  private readonly telling: LatestWins;
  private readonly throttled: Throttled<Move>;

  constructor(
    private readonly tell: (message: number | undefined, chosen: boolean) => Promise<void>,
    timer: Timer,
    onFail: (error: unknown) => void,
  ) {
    this.telling = new LatestWins(onFail);
    this.throttled = new Throttled(timer, INTERVAL_MS, ({ message, chosen }) =>
      this.telling.run(() => this.tell(message, chosen)),
    );
  }

  /** `chosen`: somebody has selected the message. */
  move(message: number | undefined, chosen: boolean): void {
    if (message !== this.at) {
      this.at = message;
      this.throttled.give({ message, chosen });
    }
  }
}
