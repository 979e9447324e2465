/** Reads entries and WebSocket messages from where they stand in the file. */
import type { FileBlocks } from './fileBlocks';
import { readEntry, readSocketMessage, type HarEntry, type HarSocketMessage } from './harEntry';
import type { EntrySpan } from './harScanner';

/** An entry longer than this, without its WebSocket messages, is not read, in bytes; a message neither. */
const MAX_LENGTH = 64 * 1024 * 1024;
/** Reads an entry without its WebSocket messages, of which an empty list is left. */
export async function entryAt(file: FileBlocks, span: EntrySpan): Promise<HarEntry | undefined> {
  const { start, end, sockets } = span;
  const length = end - start - (sockets === undefined ? 0 : sockets.end - sockets.start);
  if (length > MAX_LENGTH) {
    return undefined;
  }
  const text =
    sockets === undefined
      ? await file.text(start, end)
      : `${await file.text(start, sockets.start)}[]${await file.text(sockets.end, end)}`;
  return readEntry(parse(text));
}

/** Reads a WebSocket message; undefined when it is none. */
export async function messageAt(
  file: FileBlocks,
  start: number,
  end: number,
): Promise<HarSocketMessage | undefined> {
  return end - start > MAX_LENGTH
    ? undefined
    : readSocketMessage(parse(await file.text(start, end)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Counted by whoever asked for it.
  }
}
