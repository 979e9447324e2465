/**
 * The index of a recording on disk, so that reopening reads no line twice: columns as they are in memory, behind a
 * header that says which bytes of which recording they cover. A sidecar that is missing, old, of another
 * recording or damaged is no error: the recording is read and another one is made.
 */
import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { Column } from '../core/base/growing';
import { countOf, listOf, recordOf, Snapshot, SnapshotError } from '../core/base/snapshot';
import type { PlainValue } from '../core/base/snapshot';
import { DECODER_VERSION } from '../core/protocol/decoder';
import type { RecordingFile } from './recordingFile';

/** To be raised when what columns mean has changed. */
const INDEX_VERSION = 2;
const MAGIC = 'wbindex\n';
const MAX_HEADER = 256 * 1024 * 1024;
/** What is compared of the recording: so many bytes at the beginning and the end of what is covered. */
const COMPARED = 64 * 1024;
/** And so many samples of so many bytes between them. */
const SAMPLES = 64;
const SAMPLE = 4 * 1024;
/** Columns are written piece by piece, so that a change is noticed before much is written for nothing. */
const PIECE = 4 * 1024 * 1024;
/** Systems take so many pieces in one call at most. */
const MOST_PIECES = 1000;
const ALIGNMENT = 8;
/** Magic, length of the header, four bytes of nothing. */
const PREFIX = 16;
/** The checksum of header and columns, at the end. */
const CHECKSUM = 4;

const KINDS = {
  u8: Uint8Array,
  u16: Uint16Array,
  i16: Int16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
} as const;
type Kind = keyof typeof KINDS;

export interface RecordingState {
  /** Bytes. */
  readonly size: number;
  /** When it was changed last; milliseconds, with fractions. */
  readonly modifiedAt: number;
}

export interface Covered {
  /** Bytes of the recording that the snapshot covers, from its beginning. */
  readonly bytes: number;
  /** When the recording had been changed last before it was read; milliseconds. */
  readonly modifiedAt: number;
  readonly snapshot: Snapshot;
}

/**
 * Writes a sidecar at `path`, in place of the one that is there. Gives up, and leaves nothing, as soon as `isStill`
 * says that the columns have changed. Rejects when the file cannot be written.
 */
export async function writeSidecar(
  path: string,
  recording: RecordingFile,
  { bytes, modifiedAt, snapshot }: Covered,
  isStill: () => boolean,
): Promise<void> {
  // Two windows may show one recording.
  const partial = `${path}.${randomUUID().slice(0, 8)}.part`;
  const columns = [...snapshot.columns];
  const header = Buffer.from(
    JSON.stringify({
      version: INDEX_VERSION,
      decoder: DECODER_VERSION,
      covered: bytes,
      // Nobody appends to a recording that has ended: a change of it is one of what is covered.
      modifiedAt: snapshot.values.get('ended') === true ? modifiedAt : null,
      hash: await hashOf(recording, bytes),
      values: [...snapshot.values],
      columns: columns.map(([name, pieces]) => [name, kindOf(pieces[0]), lengthOf(pieces)]),
    }),
  );
  try {
    const file = await open(partial, 'w', 0o600);
    try {
      await write(file, header, columns, isStill);
    } finally {
      await file.close();
    }
    if (isStill()) {
      await rename(partial, path);
    }
  } finally {
    await rm(partial, { force: true });
  }
}

/** What a sidecar holds, where it fits the recording as it is now; undefined where it does not or there is none. */
export async function readSidecar(
  path: string,
  recording: RecordingFile,
  state: RecordingState,
): Promise<Covered | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch {
    return undefined; // None was made yet, or it may not be read: the recording is.
  }
  try {
    return await read(file, recording, state);
  } catch {
    return undefined; // Damaged, or not readable: should the recording be so too, its own reading tells.
  } finally {
    await file.close();
  }
}

async function write(
  file: FileHandle,
  header: Buffer,
  columns: readonly (readonly [string, readonly Column[]])[],
  isStill: () => boolean,
): Promise<void> {
  const prefix = Buffer.alloc(PREFIX);
  prefix.write(MAGIC, 'latin1');
  prefix.writeUInt32LE(header.length, MAGIC.length);
  await file.appendFile(Buffer.concat([prefix, header, padding(header.length)]));
  let sum = crc32(header);
  for (const [, pieces] of columns) {
    let length = 0;
    for (const batch of batches(pieces)) {
      if (!isStill()) {
        return;
      }
      sum = batch.reduce((before, bytes) => crc32(bytes, before), sum);
      await file.writev(batch);
      length += batch.reduce((sum, bytes) => sum + bytes.length, 0);
    }
    await file.appendFile(padding(length));
  }
  const end = Buffer.alloc(CHECKSUM);
  end.writeUInt32LE(sum);
  await file.appendFile(end);
}

/** The bytes of a column, so many at once that a change is noticed soon and calls are few. */
function* batches(pieces: readonly Column[]): Generator<Buffer[]> {
  let batch: Buffer[] = [];
  let size = 0;
  for (const { buffer, byteOffset, byteLength } of pieces) {
    for (let at = 0; at < byteLength; at += PIECE) {
      const bytes = Buffer.from(buffer, byteOffset + at, Math.min(PIECE, byteLength - at));
      batch.push(bytes);
      size += bytes.length;
      if (size >= PIECE || batch.length === MOST_PIECES) {
        yield batch;
        batch = [];
        size = 0;
      }
    }
  }
  if (batch.length > 0) {
    yield batch;
  }
}

async function read(
  file: FileHandle,
  recording: RecordingFile,
  { size, modifiedAt }: RecordingState,
): Promise<Covered | undefined> {
  const prefix = await fill(file, Buffer.alloc(PREFIX), 0);
  const length = prefix.readUInt32LE(MAGIC.length);
  if (prefix.toString('latin1', 0, MAGIC.length) !== MAGIC || length > MAX_HEADER) {
    return undefined;
  }
  const bytes = await fill(file, Buffer.alloc(length), PREFIX);
  const header = recordOf(JSON.parse(bytes.toString('utf8')) as PlainValue, 'the header');
  const covered = countOf(header['covered'], 'covered');
  const mustBeUntouched = header['modifiedAt'] !== null;
  if (
    header['version'] !== INDEX_VERSION ||
    header['decoder'] !== DECODER_VERSION ||
    covered > size ||
    (mustBeUntouched && (covered !== size || header['modifiedAt'] !== modifiedAt)) ||
    header['hash'] !== (await hashOf(recording, covered))
  ) {
    return undefined;
  }
  const snapshot = new Snapshot();
  for (const entry of listOf(header['values'], 'values')) {
    const [name, value] = listOf(entry, 'values');
    snapshot.putValue(textOf(name), value ?? null);
  }
  const columns = listOf(header['columns'], 'columns');
  const start = PREFIX + aligned(length);
  const end = await readColumns(file, columns, start, crc32(bytes), snapshot);
  const told = await fill(file, Buffer.alloc(CHECKSUM), end.at);
  if (told.readUInt32LE() !== end.sum) {
    return undefined;
  }
  return { bytes: covered, modifiedAt, snapshot };
}

async function readColumns(
  file: FileHandle,
  columns: readonly PlainValue[],
  start: number,
  sumBefore: number,
  snapshot: Snapshot,
): Promise<{ readonly at: number; readonly sum: number }> {
  const { size } = await file.stat();
  let at = start;
  let sum = sumBefore;
  for (const entry of columns) {
    const [name, kind, length] = listOf(entry, 'columns');
    if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind)) {
      throw new SnapshotError('a column is of no kind');
    }
    const make = KINDS[kind as Kind];
    const bytes = countOf(length, 'columns') * make.BYTES_PER_ELEMENT;
    // Before memory is taken for it: a column cannot be larger than its file.
    if (at + bytes > size) {
      throw new SnapshotError('the sidecar was cut');
    }
    const column = new make(countOf(length, 'columns'));
    const letters = await fill(file, Buffer.from(column.buffer), at);
    for (let from = 0; from < letters.length; from += PIECE) {
      sum = crc32(letters.subarray(from, from + PIECE), sum);
      await setImmediate();
    }
    snapshot.putPieces(textOf(name), [column]);
    at += aligned(bytes);
  }
  return { at, sum };
}

/** Of samples of what is covered, its beginning and its end: a recording that was cut or replaced has another one. */
async function hashOf(recording: RecordingFile, covered: number): Promise<string> {
  const length = Math.min(COMPARED, covered);
  const places = Array.from({ length: SAMPLES }, (_, index) => ({
    at: Math.floor(((index + 1) * covered) / (SAMPLES + 1)),
    bytes: Buffer.alloc(Math.min(SAMPLE, covered)),
  }));
  const all = [
    { at: 0, bytes: Buffer.alloc(length) },
    ...places.map(({ at, bytes }) => ({ at: Math.min(at, covered - bytes.length), bytes })),
    { at: covered - length, bytes: Buffer.alloc(length) },
  ];
  await Promise.all(all.map(({ at, bytes }) => recording.read(bytes, at)));
  const hash = createHash('sha256');
  all.forEach(({ bytes }) => hash.update(bytes));
  return hash.digest('hex');
}

async function fill(file: FileHandle, target: Buffer, position: number): Promise<Buffer> {
  for (let at = 0; at < target.length;) {
    const { bytesRead } = await file.read(target, at, target.length - at, position + at);
    if (bytesRead === 0) {
      throw new SnapshotError('the sidecar was cut');
    }
    at += bytesRead;
  }
  return target;
}

function textOf(value: PlainValue | undefined): string {
  if (typeof value !== 'string') {
    throw new SnapshotError('a name is no text');
  }
  return value;
}

function lengthOf(pieces: readonly Column[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

function kindOf(column: Column | undefined): Kind {
  const found = Object.entries(KINDS).find(([, make]) => column?.constructor === make);
  return (found?.[0] ?? 'u8') as Kind;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

function padding(bytes: number): Buffer {
  return Buffer.alloc(aligned(bytes) - bytes);
}
