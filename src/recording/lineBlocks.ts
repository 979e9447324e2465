/**
 * Whole lines of a file, block by block. A block is 512 KiB, which stays in the processor's cache while its lines
 * are read; a line longer than that comes alone. While one block is looked at the next is being read.
 */
import type { CancellationSignal } from '../core/base/cancellation';
import type { RecordingFile } from './recordingFile';

const BLOCK_SIZE = 512 * 1024;
/** For a line that is longer than a block, of which only the end is looked for. */
const SEARCH_SIZE = 4 * 1024 * 1024;
const LINE_END = 0x0a;

/** Bytes of the file: whole lines with their ends, valid until the next block is asked for. */
export interface LineBlock {
  readonly kind: 'lines';
  readonly bytes: Buffer;
  readonly offset: number;
  readonly length: number;
}

/** A line that is longer than was allowed, and was not read. `length` is without the line end. */
export interface LongLine {
  readonly kind: 'too-long';
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads from `start` to the last line end before `size`. What stands behind it is the caller's to judge: it is
 * not part of any block. `maxLength` bounds the memory for a single line.
 */
export async function* lineBlocks(
  file: RecordingFile,
  start: number,
  size: number,
  maxLength: number,
  signal: CancellationSignal,
): AsyncGenerator<LineBlock | LongLine, void> {
  let current = Buffer.allocUnsafe(BLOCK_SIZE);
  let spare = Buffer.allocUnsafe(BLOCK_SIZE);
  const begin = (target: Buffer, at: number): Promise<number> => {
    const reading = file.read(target.subarray(0, Math.min(BLOCK_SIZE, size - at)), at);
    // Whoever awaits it hears of a failure; nobody may, when the caller stops early.
    reading.catch(() => undefined);
    return reading;
  };

  let offset = start;
  let reading = begin(current, offset);
  while (offset < size) {
    signal.throwIfAborted();
    const available = await reading;
    const last = available === 0 ? -1 : current.lastIndexOf(LINE_END, available - 1);
    if (last >= 0) {
      const block = { kind: 'lines', bytes: current, offset, length: last + 1 } as const;
      offset += last + 1;
      [current, spare] = [spare, current];
      reading = begin(current, offset);
      yield block;
    } else {
      const end = await findLineEnd(file, offset + available, size, signal);
      if (end === undefined) {
        return;
      }
      yield await longLine(file, offset, end - offset, maxLength);
      offset = end + 1;
      reading = begin(current, offset);
    }
  }
}

/** Offset of the next line end at or behind `from`. */
async function findLineEnd(
  file: RecordingFile,
  from: number,
  size: number,
  signal: CancellationSignal,
): Promise<number | undefined> {
  const buffer = Buffer.allocUnsafe(Math.min(SEARCH_SIZE, size - from));
  for (let offset = from; offset < size;) {
    signal.throwIfAborted();
    const length = await file.read(
      buffer.subarray(0, Math.min(buffer.length, size - offset)),
      offset,
    );
    const found = buffer.subarray(0, length).indexOf(LINE_END);
    if (found >= 0) {
      return offset + found;
    }
    if (length === 0) {
      return undefined;
    }
    offset += length;
  }
  return undefined;
}

async function longLine(
  file: RecordingFile,
  offset: number,
  length: number,
  maxLength: number,
): Promise<LineBlock | LongLine> {
  if (length > maxLength) {
    return { kind: 'too-long', offset, length };
  }
  const bytes = Buffer.allocUnsafe(length + 1);
  if ((await file.read(bytes, offset)) < bytes.length) {
    throw file.changed();
  }
  return { kind: 'lines', bytes, offset, length: length + 1 };
}
