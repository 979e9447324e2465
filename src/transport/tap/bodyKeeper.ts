import type { ObservationQueue } from './observationQueue';
import type { RawBody } from './observation';

/** Collects what is to be recorded of a body while it passes. */
export class BodyKeeper {
  private readonly slices: Buffer[] = [];
  private kept = 0;
  private length = 0;
  private full = false;

  constructor(
    private readonly queue: ObservationQueue,
    private readonly maxBytes: number,
  ) {}

  add(slice: Buffer): void {
    this.length += slice.length;
    const part = slice.subarray(0, this.maxBytes - this.kept);
    if (this.full || part.length === 0) {
      return;
    }
    if (!this.queue.reserve(part.length)) {
      this.full = true;
      return;
    }
    this.slices.push(part);
    this.kept += part.length;
  }

  /** The body, whose reserved bytes now belong to the caller. `error`: why the rest did not come. */
  take(error?: string): RawBody {
    const { slices, kept, length } = this;
    const cut =
      kept < length ? `Only the first ${kept} of ${length} bytes were recorded` : undefined;
    const why = [error, cut].filter((text) => text !== undefined).join('. ');
    return why === '' ? { slices, kept } : { slices, kept, error: why };
  }
}
