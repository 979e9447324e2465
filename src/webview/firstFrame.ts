import type { Timer } from '../bridge/rpcChannel';

/**
 * Lets the first rows be painted before what stands around them is filled in and laid out: its place is kept free
 * for that one frame.
 */
export class FirstFrame {
  private state: 'before' | 'painting' | 'painted' = 'before';

  /** `around` fills in what stands around the rows. */
  constructor(
    private readonly root: HTMLElement,
    private readonly timer: Timer,
    private readonly around: () => void,
  ) {
    root.classList.add('wi-app--first');
  }

  /** There is something to show; without rows nothing has to wait. */
  show(rows: boolean): void {
    if (this.state === 'painted' || !rows) {
      this.finish();
    } else if (this.state === 'before') {
      this.state = 'painting';
      // A timer that is set while a frame is prepared comes after it was painted.
      requestAnimationFrame(() => this.timer(0, () => this.finish()));
    }
  }

  /** Also for a page that will never have rows. */
  finish(): void {
    if (this.state !== 'painted') {
      this.state = 'painted';
      this.root.classList.remove('wi-app--first');
    }
    this.around();
  }
}
