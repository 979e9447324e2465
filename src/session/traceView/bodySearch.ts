/**
 * Which messages stand in lines that contain a text. A line is a frame: where it holds several messages, all of
 * them count. What was searched is not read again; a growing trace is searched on from there.
 */
import type { CancellationSignal } from '../../core/base/cancellation';
import { lowerBound } from '../../core/ladder/pages';
import type { MessageColumns } from '../../core/trace/messageColumns';
import { RowList } from './rowList';

/**
 * Searches the lines of a recording that begin between two offsets (bytes; `to` is not inside) for texts, letters
 * of either case alike. `onLines` is told offsets of lines, ascending for each needle, and 0..1 of the way. See
 * `TraceReader.search`.
 */
export type LineSearch = (
  needles: readonly string[],
  range: { readonly from: number; readonly to: number },
  onLines: (offsets: Float64Array, needle: number, done: number) => void,
  signal: CancellationSignal,
) => Promise<void>;

/** Longer texts are not searched for. */
export const MAX_NEEDLE = 1000;

/** A growing file is searched on after so many milliseconds, not for every line of it. */
export const SEARCH_AGAIN_MS = 200;

export class BodySearch {
  private readonly found: readonly RowList[];
  private rows = 0;

  /** `texts` are searched for in one go; none is empty or above {@link MAX_NEEDLE}. */
  constructor(
    private readonly messages: MessageColumns,
    private readonly search: LineSearch,
    private readonly texts: readonly string[],
  ) {
    this.found = texts.map(() => new RowList());
  }

  /** Messages before this one have been searched to the end. */
  get searched(): number {
    return this.rows;
  }

  /** Nothing more will be found before this message: up to there also a search that still runs is complete. */
  get settled(): number {
    const reached = this.found.map((hits) => (hits.at(hits.length - 1) ?? -1) + 1);
    return Math.max(this.rows, Math.min(...reached));
  }

  /** Messages found so far with a text, by its place among the texts; ascending, perhaps beyond `searched`. */
  hits(text: number): RowList {
    return this.found[text] ?? NOTHING;
  }

  /**
   * Searches the messages before `end` that were not searched yet. `onProgress` is told 0..1 of this call
   * whenever something was found or read. What was found stays when it is given up; it is then found again.
   */
  async searchTo(
    end: number,
    onProgress: (done: number) => void,
    signal: CancellationSignal,
  ): Promise<void> {
    if (end <= this.rows || this.texts.length === 0) {
      this.rows = Math.max(this.rows, end);
      return;
    }
    const last = this.messages.position(end - 1);
    const range = {
      from: this.messages.offset(this.rows),
      to: last.offset + last.length,
    };
    await this.search(
      this.texts,
      range,
      (offsets, needle, done) => {
        this.take(offsets, this.hits(needle), end);
        onProgress(done);
      },
      signal,
    );
    signal.throwIfAborted();
    this.rows = end;
  }

  private take(offsets: Float64Array, into: RowList, end: number): void {
    let row = Math.max(this.rows, (into.at(into.length - 1) ?? -1) + 1);
    for (const offset of offsets) {
      row = lowerBound(end, (at) => this.messages.offset(at) >= offset, row);
      for (; row < end && this.messages.offset(row) === offset; row++) {
        into.push(row);
      }
    }
  }
}

const NOTHING = new RowList();
