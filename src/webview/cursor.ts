import { LatestWins } from './base/latest';

/** The message after which the Workbins tree stands; the host hears of it when it has moved. */
export class Cursor {
  /** Undefined: at the end. */
  private at: number | undefined;
  private readonly telling: LatestWins;

  constructor(
    private readonly tell: (message: number | undefined) => Promise<void>,
    onFail: (error: unknown) => void,
  ) {
    this.telling = new LatestWins(onFail);
  }

  move(message: number | undefined): void {
    if (message !== this.at) {
      this.at = message;
      this.telling.run(() => this.tell(message));
    }
  }
}
