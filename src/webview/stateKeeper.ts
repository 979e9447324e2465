import type { TraceViewState } from '../bridge/traceView';
import { Throttled } from './base/throttled';
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
  | 'selectedRow'
  | 'times'
  | 'query'
  | 'playSpeed'
  | 'skipPauses'
  | 'lifelineOrder'
  | 'detailsTab'
  | 'frameForm'
>;

/**
 * Saves where the reader is and how the view is divided: at once, then at most five times a second. Before the view
 * stands where an earlier page has left it, there is nothing to save: it would take the place of what is brought back.
 */
export class StateKeeper {
  private readonly writing: Throttled<void>;
  private begun = false;
  private asked = false;

  constructor(
    private readonly environment: Environment,
    private sizes: DetailsSizes,
    private readonly position: () => ViewPosition,
  ) {
    this.writing = new Throttled(environment.timer, SAVE_DELAY_MS, () => this.write());
  }

  /** The view stands where it is to begin. */
  begin(): void {
    this.begun = true;
    if (this.asked) {
      this.save();
    }
  }

  save(): void {
    this.asked = true;
    if (this.begun) {
      this.writing.give();
    }
  }

  setSizes(sizes: DetailsSizes): void {
    this.sizes = sizes;
    this.save();
  }

  private write(): void {
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
