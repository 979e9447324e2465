/**
 * Reads the heads of all lines that begin in a range of a recording into a block of columns, without knowing what
 * stands before. Whatever it cannot read at a glance it hands over as it is; where it stops early the rest of the
 * range is left to the caller. So nothing depends on it but time.
 */
import { platformSdkHints } from '../../core/protocol/platformSdkHints';
import { blockOf, type ColumnBlock } from '../../core/trace/columnBlock';
import { MessageColumns } from '../../core/trace/messageColumns';
import { parseHinted } from '../../core/trace/recordLine';
import type { RecordHead } from '../../core/trace/records';
import { SLACK } from '../../core/base/textTable';
import { HeadScanner } from '../headScanner';

/** Stays in the processor's cache while its lines are read. A longer line is left to the caller. */
const BUFFER_SIZE = 256 * 1024;
/** What is read at once behind the end of the range, where only the rest of its last line is wanted. */
const BEYOND = 32 * 1024;
const LINE_END = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Handed over at most, for each range. */
const MAX_LINES = 4096;
const MAX_BYTES = 4 * 1024 * 1024;

/** A line that was not scanned. */
export interface OtherLine {
  /** Rows of the block that stand before it. */
  readonly row: number;
  /** Where it begins in the recording, in bytes. */
  readonly offset: number;
  /** Bytes, without the line end. */
  readonly length: number;
}

/** The lines that begin in a range. All numbers are bytes of the recording. */
export interface ScannedRange {
  /** Where the first of them begins. */
  readonly begin: number;
  /** Behind the last of them that was read: at or behind the end of the range, where none is left out. */
  readonly end: number;
  /** A frame to each line that is not in `others`. */
  readonly block: ColumnBlock;
  /**
   * First rows of frames that were not read at a glance, in order. Where such a frame has no hints, its rows hold
   * those that are right where its connection speaks the Platform SDK's JSON.
   */
  readonly supposed: Uint32Array;
  readonly others: readonly OtherLine[];
  /** The bytes of `others`, one after the other. */
  readonly otherBytes: Uint8Array;
}

/** Fills `target` from `offset` on; gives the number of bytes, fewer only at the end of the file. */
export type ReadAt = (target: Uint8Array, offset: number) => number;

export class RangeScanner {
  private readonly columns = new MessageColumns();
  private readonly scanner = new HeadScanner(this.columns);
  private readonly buffer: Buffer;
  private readonly size: number;
  /** Bytes of the file that the buffer holds, from `at` on. */
  private filled = 0;
  private at = 0;
  private supposed: number[] = [];
  private others: OtherLine[] = [];
  private otherBytes: Buffer[] = [];
  private otherLength = 0;

  /** `bufferSize` is for tests. */
  constructor(
    private readonly read: ReadAt,
    bufferSize = BUFFER_SIZE,
  ) {
    this.size = bufferSize;
    this.buffer = Buffer.alloc(bufferSize + SLACK);
  }

  /**
   * Scans the lines that begin at `from` or behind it and before `to`; undefined where none begins. `from` must
   * not be 0: a line begins behind a line end. The block takes `spare` where that is large enough. Throws what
   * reading throws.
   */
  scan(from: number, to: number, spare?: ArrayBuffer): ScannedRange | undefined {
    const begin = this.firstLine(from, to);
    if (begin === undefined) {
      return undefined;
    }
    this.columns.clear();
    this.supposed = [];
    this.others = [];
    this.otherBytes = [];
    this.otherLength = 0;
    const end = this.lines(begin, to);
    return {
      begin,
      end,
      block: blockOf(this.columns, spare),
      supposed: Uint32Array.from(this.supposed),
      others: this.others,
      otherBytes: new Uint8Array(Buffer.concat(this.otherBytes)),
    };
  }

  private firstLine(from: number, to: number): number | undefined {
    this.at = from - 1;
    this.filled = 0;
    while (this.at < to - 1 && this.fill(to)) {
      const found = this.find(0);
      if (found >= 0) {
        const begin = this.at + found + 1;
        return begin < to ? begin : undefined;
      }
      this.at += this.filled;
      this.filled = 0;
    }
    return undefined;
  }

  /** Reads line by line; returns where it stopped. */
  private lines(begin: number, to: number): number {
    let start = begin - this.at;
    // Bytes of the line that begins at `start` in which no line end was found yet.
    let searched = start;
    while (this.at + start < to) {
      const end = this.find(searched);
      if (end >= 0) {
        if (!this.line(start, end)) {
          break;
        }
        start = searched = end + 1;
        continue;
      }
      this.buffer.copyWithin(0, start, this.filled);
      this.at += start;
      this.filled -= start;
      searched = this.filled;
      start = 0;
      if (this.filled === this.size || !this.fill(to)) {
        break;
      }
    }
    return this.at + start;
  }

  /** False when too much was handed over already, and the line was not read. */
  private line(start: number, end: number): boolean {
    const { buffer, columns } = this;
    const offset = this.at + start;
    const last = buffer[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    if (last > start && this.scanner.scan(buffer, start, last, offset, end - start)) {
      columns.endFrame();
      return true;
    }
    const length = end - start;
    const head = headIn(buffer.toString('utf8', start, last));
    if (head?.kind === 'frame') {
      this.supposed.push(columns.count);
      columns.add(head, { offset, length });
      return true;
    }
    if (this.others.length === MAX_LINES || this.otherLength + length > MAX_BYTES) {
      return false;
    }
    this.others.push({ row: columns.count, offset, length });
    this.otherBytes.push(Buffer.from(buffer.subarray(start, end)));
    this.otherLength += length;
    return true;
  }

  /** Place of the next line end in the buffer; -1 without one. */
  private find(from: number): number {
    const found = this.buffer.indexOf(LINE_END, from);
    return found < this.filled ? found : -1;
  }

  /** Reads on behind what the buffer holds; false at the end of the file. */
  private fill(to: number): boolean {
    const offset = this.at + this.filled;
    const wanted = Math.max(to - offset, BEYOND);
    const most = Math.min(this.size, this.filled + wanted);
    const length = this.read(this.buffer.subarray(this.filled, most), offset);
    this.filled += length;
    return length > 0;
  }
}

function headIn(line: string): RecordHead | undefined {
  const parsed = parseHinted(line, ({ frame }, json) => platformSdkHints(frame, json));
  return parsed.ok ? parsed.value : undefined;
}
