/**
 * Searches the lines of a recording for texts: all of a frame, as the file has it and as its strings read, in
 * either case (see matchNeedle.ts), but of what the recorder wrote ahead of it only names (see frameStart.ts). The bytes are never made into texts or objects; on one thread, in slices
 * between which other work runs.
 */
import { setImmediate } from 'node:timers/promises';
import type { CancellationSignal } from '../../core/base/cancellation';
import { widen } from '../../core/base/growing';
import type { RecordingFile } from '../recordingFile';
import type { BytePair } from './byteFinder';
import { frameStart, isInName } from './frameStart';
import { MAX_CHARACTER_BYTES, escapedPoint, matchesAt } from './matchNeedle';
import {
  MAX_NEEDLE_LENGTH,
  isBackslash,
  isCharacter,
  needleOf,
  type Anchor,
  type Needle,
} from './needle';
import { searchBlocks, type SearchBlock } from './searchBlocks';

/** Bytes of a recording: from the start of a line to the end of one, or of the file. */
export interface SearchRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Told once for every block of the file and each needle: `offsets` of the lines found in it, ascending and each
 * only once, none where the list is empty; the list is the listener's to keep. `done` is 0..1 of the range.
 */
export type OnLines = (offsets: Float64Array, needle: number, done: number) => void;

/** Enough for pieces of a line to share any match that spans them. */
const OVERLAP = MAX_NEEDLE_LENGTH * MAX_CHARACTER_BYTES * 2;
const LINE_END = 0x0a;
const QUOTE = 0x22;
/** The beginning of `\u00fc`: places where a character may stand that its own bytes do not show. */
const NUMBERED: BytePair = { first: [0x5c, 0x5c], second: [0x75, 0x75], distance: 1 };
/** Bytes in which anchors are tried, and places after which one is common enough. */
const SAMPLE_SIZE = 64 * 1024;
const MAX_PLACES = 200;
/** Work between two turns of the event loop. */
const SLICE_MS = 6;
/** Places between two looks at the time: they take no millisecond together. */
const PLACES_PER_LOOK = 32;

/**
 * Finds the lines of `range` that contain each of the `needles`. Rejects with an `ExpectedError`: `bad-search` for a
 * needle that is empty or longer than {@link MAX_NEEDLE_LENGTH}, `recording-changed` where the file ends before the
 * range does, or what reading it fails with; and with what `signal` throws, looked at
 * between slices.
 */
export async function searchLines(
  file: RecordingFile,
  needles: readonly string[],
  range: SearchRange,
  onLines: OnLines,
  signal: CancellationSignal,
): Promise<void> {
  const searches = needles.map((text) => new NeedleSearch(needleOf(text)));
  signal.throwIfAborted();
  const { from, to } = range;
  if (searches.length === 0 || from >= to) {
    return;
  }
  let reached = from;
  for await (const block of searchBlocks(file, from, to, OVERLAP, signal)) {
    let sliceEnd = performance.now() + SLICE_MS;
    reached = block.offset + block.end - block.start;
    const done = Math.min(1, (reached - from) / (to - from));
    for (const [index, search] of searches.entries()) {
      search.begin(block);
      while (!search.goOn(sliceEnd)) {
        await setImmediate();
        signal.throwIfAborted();
        sliceEnd = performance.now() + SLICE_MS;
      }
      onLines(search.found(), index, done);
    }
  }
  if (reached < to) {
    throw file.changed();
  }
}

/** One needle on its way through the blocks. */
class NeedleSearch {
  private block: SearchBlock | undefined;
  private anchor: Anchor | undefined;
  private offsets = new Float64Array(64);
  private count = 0;
  /** Offset of the line that was found last: its other pieces are of no interest. */
  private lastLine = -1;
  /** Start of a line in the block, and where its frame begins: places stand close together. */
  private knownLine = -1;
  private knownFrame = -1;
  /** The next places in the block to look at. */
  private anchorAt = 0;
  private numberAt = 0;

  /** Cannot reach beyond the string in which it begins. */
  private readonly isOneText: boolean;

  constructor(private readonly needle: Needle) {
    this.isOneText = !needle.points.includes(QUOTE);
  }

  begin(block: SearchBlock): void {
    if (this.block === undefined) {
      this.anchor = rarestAnchor(this.needle, block);
    }
    this.block = block;
    this.count = 0;
    this.knownLine = -1;
    this.findAnchor(block, block.start);
    this.findNumber(block, block.start);
  }

  /** Looks at places until `sliceEnd`; true when the block is done. */
  goOn(sliceEnd: number): boolean {
    const { block } = this;
    if (block === undefined) {
      return true;
    }
    for (let places = 1; ; places++) {
      const at = Math.min(this.anchorAt, this.numberAt);
      if (at >= block.end) {
        return true;
      }
      const found =
        (at === this.anchorAt && this.isAtAnchor(block, at)) ||
        (at === this.numberAt && this.isAtNumber(block, at));
      const next = found ? this.keepLine(block, at) : at + 1;
      if (this.anchorAt < next) {
        this.findAnchor(block, next);
      }
      if (this.numberAt < next) {
        this.findNumber(block, next);
      }
      if (places % PLACES_PER_LOOK === 0 && performance.now() > sliceEnd) {
        return false;
      }
    }
  }

  /** The lines found in the block. */
  found(): Float64Array {
    return this.offsets.slice(0, this.count);
  }

  /** The next place, not before `from`, where the anchor's part of the needle may begin. */
  private findAnchor({ finder, end }: SearchBlock, from: number): void {
    const { anchor } = this;
    if (anchor === undefined) {
      this.anchorAt = end;
      return;
    }
    const { pair, offset } = anchor;
    const to = end - pair.distance;
    const place = finder.find(pair, from + offset, to);
    this.anchorAt = place < to ? place - offset : end;
  }

  private findNumber({ finder, end }: SearchBlock, from: number): void {
    const to = end - 1;
    const place = finder.find(NUMBERED, from, to);
    this.numberAt = place < to ? place : end;
  }

  private isAtAnchor(block: SearchBlock, at: number): boolean {
    const { bytes } = block.finder;
    if (matchesAt(bytes, at, block.end, this.needle)) {
      return this.isOneText && isInName(bytes, at) ? true : at >= this.startOfFrame(block, at);
    }
    const first = this.anchor?.first ?? 0;
    return first > 0 || isBackslash(bytes[at - 1]) ? this.isBefore(block, at, first) : false;
  }

  /** Whether the needle stands around a numbered character, which must be one of the anchor's part. */
  private isAtNumber(block: SearchBlock, at: number): boolean {
    const { needle } = this;
    const { first, last } = this.anchor ?? { first: 0, last: needle.length - 1 };
    const point = escapedPoint(block.finder.bytes, at + 1, block.end);
    for (let index = last; point >= 0 && index >= first; index--) {
      if (isCharacter(needle, index, point)) {
        return this.isBefore(block, at + 1, index);
      }
    }
    return false;
  }

  /** Whether the needle begins at or before a place within its line, up to `characters` before. */
  private isBefore(block: SearchBlock, at: number, characters: number): boolean {
    const { bytes } = block.finder;
    const start = this.startOfFrame(block, at);
    let lowest = Math.max(start, at - characters * MAX_CHARACTER_BYTES);
    while (lowest > start && isBackslash(bytes[lowest - 1])) {
      lowest--;
    }
    for (let place = at; place >= lowest; place--) {
      if (matchesAt(bytes, place, block.end, this.needle)) {
        return true;
      }
    }
    return false;
  }

  /** Where in the line of a place the frame begins: of a later piece of a line, the piece. */
  private startOfFrame(block: SearchBlock, at: number): number {
    const line = this.startOfLine(block, at);
    if (line !== this.knownLine) {
      const { finder, start, end, offset, lineOffset } = block;
      const isWithin = line === start && offset !== lineOffset;
      this.knownLine = line;
      this.knownFrame = isWithin ? line : frameStart(finder, line, end);
    }
    return this.knownFrame;
  }

  private startOfLine({ finder, start }: SearchBlock, at: number): number {
    const before = at > start ? finder.bytes.lastIndexOf(LINE_END, at - 1) : -1;
    return Math.max(start, before + 1);
  }

  /** Notes the line of a place; returns where the next line begins. */
  private keepLine(block: SearchBlock, at: number): number {
    const { finder, start, end, offset, lineOffset } = block;
    const line = this.startOfLine(block, at);
    const found = line === start ? lineOffset : offset + line - start;
    if (found !== this.lastLine) {
      this.lastLine = found;
      if (this.count === this.offsets.length) {
        this.offsets = widen(this.offsets, this.count * 2);
      }
      this.offsets[this.count++] = found;
    }
    const lineEnd = finder.bytes.indexOf(LINE_END, at);
    return lineEnd < 0 || lineEnd >= end ? end : lineEnd + 1;
  }
}

/** The anchor that gives the least to look at in a sample of the block: what is rare differs between recordings. */
function rarestAnchor(
  { anchors }: Needle,
  { finder, start, end }: SearchBlock,
): Anchor | undefined {
  let rarest: Anchor | undefined;
  let fewest = Infinity;
  for (const anchor of anchors) {
    const { pair, first } = anchor;
    const to = Math.min(start + SAMPLE_SIZE, end) - pair.distance;
    let places = 0;
    for (let at = start; places < MAX_PLACES && (at = finder.find(pair, at, to)) < to; at++) {
      places++;
    }
    // Those further on in the needle are followed by a look at what is before them.
    const work = places * (first + 4);
    if (work < fewest) {
      fewest = work;
      rarest = anchor;
    }
  }
  return rarest;
}
