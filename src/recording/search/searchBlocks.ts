/**
 * The bytes of a file in blocks for a search: whole lines as long as they fit, and otherwise pieces of a line that
 * overlap. While one block is searched the next is being read, so memory is bounded whatever the file holds.
 */
import type { CancellationSignal } from '../../core/base/cancellation';
import type { RecordingFile } from '../recordingFile';
import { createByteFinder, type ByteFinder } from './byteFinder';

/** Two of these stay in the processor's cache. */
const BLOCK_SIZE = 512 * 1024;
const LINE_END = 0x0a;

/** Bytes `start` to `end` of the finder's memory, valid until the next block is asked for. */
export interface SearchBlock {
  readonly finder: ByteFinder;
  readonly start: number;
  readonly end: number;
  /** Where in the file the byte at `start` stands. */
  readonly offset: number;
  /** Where in the file the line begins that the byte at `start` belongs to. */
  readonly lineOffset: number;
}

/**
 * Reads from `from`, the start of a line, to `to` or to the end of the file. Pieces of one line share `overlap`
 * bytes, at most half a block.
 */
export async function* searchBlocks(
  file: RecordingFile,
  from: number,
  to: number,
  overlap: number,
  signal: CancellationSignal,
): AsyncGenerator<SearchBlock, void> {
  const finder = createByteFinder(2 * BLOCK_SIZE);
  const begin = (start: number, offset: number): Promise<number> => {
    const size = Math.min(BLOCK_SIZE, to - offset);
    const reading = file.read(finder.bytes.subarray(start, start + size), offset);
    // Whoever awaits it hears of a failure; nobody may, when the caller stops early.
    reading.catch(() => undefined);
    return reading;
  };

  let start = 0;
  let offset = from;
  let lineOffset = from;
  let reading = begin(start, offset);
  for (;;) {
    const length = await reading;
    signal.throwIfAborted();
    if (length === 0) {
      return;
    }
    const isLast = offset + length >= to || length < BLOCK_SIZE;
    const lines = linesIn(finder.bytes, start, length);
    const end = start + (lines > 0 && !isLast ? lines : length);
    const block = { finder, start, end, offset, lineOffset };
    if (isLast) {
      yield block;
      return;
    }
    offset += lines > 0 ? lines : length - overlap;
    lineOffset = lines > 0 ? offset : lineOffset;
    start = BLOCK_SIZE - start;
    reading = begin(start, offset);
    yield block;
  }
}

/** Length of the whole lines among the bytes; 0 when no line ends there. */
function linesIn(bytes: Buffer, start: number, length: number): number {
  const last = bytes.subarray(start, start + length).lastIndexOf(LINE_END);
  return last + 1;
}
