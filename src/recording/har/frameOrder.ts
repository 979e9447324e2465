/**
 * The order in which the frames of a HAR file passed, kept as numbers only.
 *
 * A request passed when its entry starts, a response when it ends: entries stand in the order of their starts, so a
 * long poll and what it brought stand far before what happened meanwhile. Most files tell starts in whole
 * milliseconds and durations more finely. Within one millisecond a response is taken to come before the requests
 * that may follow from it, as a redirect and the request that it leads to (our reading).
 */
import type { Slices } from '../slices';

export type PassKind = 'request' | 'response' | 'message' | 'close';

/** A frame, or the end of a WebSocket, at its place in the file. */
export interface Pass {
  readonly kind: PassKind;
  /** Index of its entry among those that are kept. */
  readonly entry: number;
  /** Of a message: where it stands in the file, in bytes; else 0. */
  readonly start: number;
  readonly end: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const KINDS: readonly PassKind[] = ['request', 'response', 'message', 'close'];
/** Columns of a frame in `values`. */
const WIDTH = 7;
const [AT, MS, RANK, ENTRY, KIND, START, END] = [0, 1, 2, 3, 4, 5, 6] as const;
const RUN = 2048;
/** Frames in a block: growing by blocks never copies what is there. */
const BLOCK = 1 << 14;

export class FrameOrder {
  private readonly blocks: Float64Array[] = [];
  private length = 0;
  private sorted: Uint32Array = new Uint32Array();

  get count(): number {
    return this.length;
  }

  /** `entryStart` in ms since 1970; `isExact` where that is finer than in whole milliseconds. */
  add(pass: Pass, entryStart: number, isExact: boolean): void {
    const { at, kind, entry, start, end } = pass;
    const ms = isExact ? at : Math.floor(at);
    const rank = kind === 'request' ? 1 : ms > entryStart ? 0 : 2;
    const index = this.length++ % BLOCK;
    if (index === 0) {
      this.blocks.push(new Float64Array(BLOCK * WIDTH));
    }
    const row = [at, ms, rank, entry, KINDS.indexOf(kind), start, end];
    this.blocks.at(-1)?.set(row, index * WIDTH);
  }

  /** Sorts what was added; call once, at the end. */
  async sort(slices: Slices): Promise<void> {
    let from = new Uint32Array(this.count);
    for (let index = 0; index < from.length; index++) {
      from[index] = index;
    }
    const compare = (one: number, other: number): number => this.compare(one, other);
    for (let at = 0; at < from.length; at += RUN) {
      from.subarray(at, at + RUN).sort(compare);
      await slices.pause();
    }
    let to = new Uint32Array(from.length);
    for (let width = RUN; width < from.length; width *= 2) {
      for (let at = 0; at < from.length; at += 2 * width) {
        await this.merge(from, to, at, width, slices);
      }
      [from, to] = [to, from];
    }
    this.sorted = from;
  }

  /** The frame that passed as number `position`, counted from 0. */
  at(position: number): Pass {
    const index = this.sorted[position];
    if (index === undefined) {
      throw new RangeError(`No frame ${position} of ${this.count}`);
    }
    return {
      kind: KINDS[this.value(index, KIND)] ?? 'request',
      entry: this.value(index, ENTRY),
      start: this.value(index, START),
      end: this.value(index, END),
      at: this.value(index, AT),
    };
  }

  /** Merges two neighbouring sorted runs of `width` that begin at `first`. */
  private async merge(
    from: Uint32Array,
    to: Uint32Array,
    first: number,
    width: number,
    slices: Slices,
  ): Promise<void> {
    const middle = Math.min(first + width, from.length);
    const last = Math.min(first + 2 * width, from.length);
    let left = first;
    let right = middle;
    for (let at = first; at < last; at++) {
      const one = from[left] ?? 0;
      const other = from[right] ?? 0;
      const takeLeft = right >= last || (left < middle && this.compare(one, other) <= 0);
      to[at] = takeLeft ? one : other;
      if (takeLeft) {
        left++;
      } else {
        right++;
      }
      if (at % RUN === 0 && slices.isUsedUp) {
        await slices.rest();
      }
    }
  }

  private compare(one: number, other: number): number {
    return (
      this.value(one, MS) - this.value(other, MS) ||
      this.value(one, RANK) - this.value(other, RANK) ||
      this.value(one, AT) - this.value(other, AT) ||
      this.value(one, ENTRY) - this.value(other, ENTRY) ||
      this.value(one, KIND) - this.value(other, KIND) ||
      one - other
    );
  }

  private value(index: number, column: number): number {
    return this.blocks[Math.floor(index / BLOCK)]?.[(index % BLOCK) * WIDTH + column] ?? 0;
  }
}
