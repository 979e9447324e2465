import type { TraceViewState } from '../bridge/traceView';
import type { DetailsSizes } from './details/splitter';
import type { Environment } from './vscodeApi';

/** Milliseconds between two savings: scrolling asks for one with every frame. */
const SAVE_DELAY_MS = 200;

/** Where the reader is. */
export type ViewPosition = Pick<
  TraceViewState,
  | 'firstRow'
  | 'follow'
  | 'selected'
  | 'times'
  | 'query'
  | 'playSpeed'
  | 'skipPauses'
  | 'lifelineOrder'
  | 'detailsTab'
  | 'frameForm'
>;

/** Saves where the reader is and how the view is divided, at most five times a second. */
export class StateKeeper {
  private due = false;

  constructor(
    private readonly environment: Environment,
    private sizes: DetailsSizes,
    private readonly position: () => ViewPosition,
  ) {}

  save(): void {
    if (!this.due) {
      this.due = true;
      this.environment.timer(SAVE_DELAY_MS, () => this.write());
    }
  }

  setSizes(sizes: DetailsSizes): void {
    this.sizes = sizes;
    this.save();
  }

  private write(): void {
    this.due = false;
    const { width, height } = this.sizes;
    this.environment.saveState({
      ...this.position(),
      ...(width === undefined ? {} : { detailsWidth: width }),
      ...(height === undefined ? {} : { detailsHeight: height }),
    });
  }
}

/** The sizes that an earlier page left. */
export function sizesOf(state: TraceViewState | undefined): DetailsSizes {
  return { width: state?.detailsWidth, height: state?.detailsHeight };
}
