/**
 * Whole lines of a file, block by block. A block is 256 KiB, which stays in the processor's cache while its lines
 * are read; a line longer than that comes alone. While one block is looked at the next is being read.
 */
import type { CancellationSignal } from '../core/base/cancellation';
import type { RecordingFile } from './recordingFile';

const BLOCK_SIZE = 256 * 1024;
/** For a line that is longer than a block, of which only the end is looked for: at first, and in the end. */
const FIRST_SEARCH = 32 * 1024;
const SEARCH_SIZE = 4 * 1024 * 1024;
const LINE_END = 0x0a;

/** Bytes of the file: whole lines with their ends, valid until the next block is asked for. */
export interface LineBlock {
  readonly kind: 'lines';
  readonly bytes: Buffer;
  readonly offset: number;
  readonly length: number;
}

/** What blocks are read into, one after the other. */
export type BlockBuffers = readonly [Buffer, Buffer];

export function newBlockBuffers(): BlockBuffers {
  return [Buffer.allocUnsafe(BLOCK_SIZE), Buffer.allocUnsafe(BLOCK_SIZE)];
}

/** A line that is longer than was allowed, and was not read. `length` is without the line end. */
export interface LongLine {
  readonly kind: 'too-long';
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads from `start` to the last line end before `size`. What stands behind it is the caller's to judge: it is
 * not part of any block. `maxLength` bounds the memory for a single line. Lines that begin at `until` or behind it
 * are not wanted. Whoever calls this often gives the same `buffers` again, but not after a failure: then a reading
 * may still be under way.
 */
export async function* lineBlocks(
  file: RecordingFile,
  start: number,
  size: number,
  maxLength: number,
  signal: CancellationSignal,
  until = size,
  buffers = newBlockBuffers(),
): AsyncGenerator<LineBlock | LongLine, void> {
  let [current, spare] = buffers;
  const begin = (target: Buffer, at: number): Promise<number> => {
    const length = Math.max(0, Math.min(BLOCK_SIZE, until - at));
    const reading = file.read(target.subarray(0, length), at);
    // Whoever awaits it hears of a failure; nobody may, when the caller stops early.
    reading.catch(() => undefined);
    return reading;
  };

  let offset = start;
  let reading = begin(current, offset);
  while (offset < until) {
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
  let buffer = Buffer.allocUnsafe(FIRST_SEARCH);
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
    buffer = buffer.length < SEARCH_SIZE ? Buffer.allocUnsafe(SEARCH_SIZE) : buffer;
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
