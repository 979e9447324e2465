import type { HeldInteraction } from '../core/workbins/interaction';

/** Changes between two frames at least; more where a workbin holds much, so that frames cost less than changes. */
const LEAST_DISTANCE = 512;
/** Changes for each interaction that a frame copies. */
const CHANGES_PER_COPY = 4;

/** What a workbin held at some point, to go on from. */
interface Frame {
  /** How many changes after the content event were applied. */
  readonly applied: number;
  readonly interactions: ReadonlyMap<string, HeldInteraction>;
}

/**
 * Keyframes of one workbin after one content event: going back in a trace begins at the nearest one, not at the
 * content event. Their memory is bounded by a quarter of the changes that were gone through.
 */
export class WorkbinFrames {
  /** By `applied`, ascending. */
  private readonly frames: Frame[];
  /** Where the last walk stopped: the next one mostly goes on from there. */
  private last: Frame;

  constructor(
    /** Row of the content event; undefined: none was seen, and only changes are known. */
    readonly content: number | undefined,
    interactions: ReadonlyMap<string, HeldInteraction>,
  ) {
    this.last = { applied: 0, interactions };
    this.frames = [this.last];
  }

  /** The nearest point that is known at or before so many changes. */
  before(applied: number): Frame {
    let found = this.frames[0] ?? this.last;
    for (const frame of this.frames) {
      if (frame.applied > applied) {
        break;
      }
      found = frame;
    }
    const isNearer = this.last.applied <= applied && this.last.applied >= found.applied;
    return isNearer ? this.last : found;
  }

  /** A walk has come this far; `interactions` is copied where a frame is due. */
  pass(applied: number, interactions: ReadonlyMap<string, HeldInteraction>): void {
    const newest = this.frames.at(-1)?.applied ?? 0;
    const distance = Math.max(LEAST_DISTANCE, interactions.size * CHANGES_PER_COPY);
    if (applied - newest >= distance) {
      this.frames.push({ applied, interactions: new Map(interactions) });
    }
  }

  /** A walk ends here; `interactions` is not changed any more. */
  rest(applied: number, interactions: ReadonlyMap<string, HeldInteraction>): void {
    this.last = { applied, interactions };
  }
}
