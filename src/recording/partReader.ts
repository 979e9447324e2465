/** Reads the lines of a recording up to where it ends at present, by itself or with workers that scan ahead. */
import type { CancellationSignal } from '../core/base/cancellation';
import { BlockRows } from '../core/trace/columnBlock';
import { MAX_LINE_LENGTH } from '../core/trace/recordLine';
import type { ReadSink } from '../session/ports';
import { lineBlocks, type BlockBuffers, type LineBlock } from './lineBlocks';
import type { LineReader } from './lineReader';
import type { RecordingFile } from './recordingFile';
import type { ScannedRange } from './scan/rangeScanner';
import type { ScannedParts } from './scan/scanAhead';
import { Slices } from './slices';

const LINE_END = 0x0a;
/** Lines between two looks at the time: few enough that they take no millisecond together. */
const LINES_PER_LOOK = 32;
/** The same of rows that were scanned before. */
const ROWS_PER_LOOK = 512;

/** Where the first line that was not yet read begins, in bytes; moved on with every line. */
export interface ReadPosition {
  next: number;
}

export class PartReader {
  private readonly slices: Slices;

  /** For the first `size` bytes of a file; `buffers` are its own until it has read. */
  constructor(
    private readonly file: RecordingFile,
    private readonly size: number,
    private readonly position: ReadPosition,
    private readonly lines: LineReader,
    private readonly sink: ReadSink,
    private readonly signal: CancellationSignal,
    private readonly buffers: BlockBuffers,
  ) {
    this.slices = new Slices(signal);
  }

  /** Reads the lines that begin before `until`, but a last one without an end. */
  async readUntil(until: number): Promise<void> {
    const { file, position, size, signal } = this;
    for await (const block of lineBlocks(
      file,
      position.next,
      size,
      MAX_LINE_LENGTH,
      signal,
      until,
      this.buffers,
    )) {
      if (block.kind === 'lines') {
        await this.readLines(block);
      } else {
        position.next = block.offset + block.length + 1;
        this.lines.tooLong({ offset: block.offset, length: block.length });
      }
      this.tellProgress();
    }
  }

  /** Reads all lines. What workers have scanned is checked to be just what comes next, and read here otherwise. */
  async readAhead(ahead: ScannedParts): Promise<void> {
    const { position } = this;
    while (position.next < this.size) {
      const { to, scanned } = await ahead.partAt(position.next);
      this.signal.throwIfAborted();
      if (scanned?.begin === position.next) {
        await this.take(scanned);
        ahead.release(scanned);
        this.tellProgress();
      }
      if (position.next < to) {
        await this.readUntil(to);
      }
      if (position.next < to) {
        return; // The file ends within a line.
      }
    }
  }

  private async take({ end, block, supposed, others, otherBytes }: ScannedRange): Promise<void> {
    const { lines, position, slices } = this;
    await slices.pause();
    const rows = new BlockRows(this.sink.columns, block);
    const doubtful = new RowList(supposed);
    const bytes = Buffer.from(otherBytes.buffer, otherBytes.byteOffset, otherBytes.length);
    let row = 0;
    let start = 0;
    for (const line of others) {
      if (!(await this.takeRows(rows, row, line.row, doubtful))) {
        return;
      }
      row = line.row;
      lines.line(bytes, start, start + line.length, line.offset);
      start += line.length;
      position.next = line.offset + line.length + 1;
    }
    if (await this.takeRows(rows, row, rows.count, doubtful)) {
      position.next = end;
    }
  }

  /**
   * Takes rows of whole frames: `from` to below `to`, up to one whose hints only who has read what stands before
   * knows: then false, and it and what follows is to be read here.
   */
  private async takeRows(
    rows: BlockRows,
    from: number,
    to: number,
    doubtful: RowList,
  ): Promise<boolean> {
    const { lines, position, slices } = this;
    // No record stands between these rows, so that the connections are what they are now.
    const end = doubtful.firstOf(to, (row) => this.sink.isPlain?.(rows.connection(row)) !== true);
    for (let first = from; first < end;) {
      let next = Math.min(first + ROWS_PER_LOOK, end);
      while (next < end && !rows.beginsFrame(next)) {
        next++;
      }
      lines.scanned(rows, first, next);
      position.next = rows.offset(next - 1) + rows.length(next - 1) + 1;
      first = next;
      await slices.pause();
    }
    return end === to;
  }

  private async readLines({ bytes, offset, length }: LineBlock): Promise<void> {
    const { lines, position, slices } = this;
    let count = 0;
    for (let start = 0; start < length;) {
      const end = bytes.indexOf(LINE_END, start);
      position.next = offset + end + 1;
      lines.line(bytes, start, end, offset + start);
      start = end + 1;
      if (++count % LINES_PER_LOOK === 0 && slices.isUsedUp) {
        await slices.rest();
      }
    }
  }

  private tellProgress(): void {
    this.sink.progress(Math.min(1, this.position.next / this.size));
  }
}

/** Rows in ascending order, gone through once. */
class RowList {
  private at = 0;

  constructor(private readonly rows: Uint32Array) {}

  /** The first of those below `to`, and not looked at before, that is meant; `to` without one. */
  firstOf(to: number, isMeant: (row: number) => boolean): number {
    for (; ; this.at++) {
      const row = this.rows[this.at] ?? to;
      if (row >= to || isMeant(row)) {
        return Math.min(row, to);
      }
    }
  }
}
