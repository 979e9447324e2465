/**
 * Reads a recording that may still grow: a {@link TraceReader} over a file. It reads in blocks and looks only at
 * the beginning of each line; between slices of work other work runs.
 *
 * Owns the open file and, while somebody listens, the watch on it.
 */
import type { CancellationSignal } from '../core/base/cancellation';
import { toDisposable, type Disposable } from '../core/base/disposable';
import { Emitter, type Event } from '../core/base/event';
import { ExpectedError } from '../core/base/result';
import { DECODER_VERSION } from '../core/protocol/decoder';
import { MAX_LINE_LENGTH, parseHeader } from '../core/trace/recordLine';
import type { LinePosition, ReadSink, TraceReader } from '../session/ports';
import { watchFile } from './growth';
import { IndexKeeper, type IndexPlaces } from './indexKeeper';
import { newBlockBuffers, type BlockBuffers } from './lineBlocks';
import { LineReader } from './lineReader';
import { PartReader, type ReadPosition } from './partReader';
import { RecordingFile } from './recordingFile';
import { ScanAhead } from './scan/scanAhead';
import type { ScanFile } from './scan/scanMessages';
import { searchLines, type OnLines, type SearchRange } from './search/searchLines';
import type { Covered } from './sidecar';
import { Slices } from './slices';

/** The first line must end within this many bytes; a file of something else is not searched for a line end. */
const MAX_HEADER = 64 * 1024;
const LINE_END = 0x0a;
/** Read before anybody else is asked to help. */
const FIRST_BYTES = 1024 * 1024;
/** Less is read in a moment, and a thread needs time to start and to become quick. */
const LEAST_FOR_WORKERS = 256 * 1024 * 1024;
const SETTLE_MS = 2000;

export interface RecordingReaderOptions {
  /** True while this process still writes the file: a last line without an end is then merely unfinished. */
  readonly writing?: () => boolean;
  /**
   * How long a file must have been left alone before a last line without an end counts as torn, where
   * `writing` is not given. Milliseconds; 2000 unless told.
   */
  readonly settleMs?: number;
  /** Where indexes are kept for the next opening: see {@link IndexKeeper}. Absent: none are. */
  readonly index?: IndexPlaces;
  /** Threads that scan large recordings. Absent: all is read in this one. */
  readonly workers?: ScanWorkers;
}

export interface ScanWorkers {
  /** Path of the built `scan/scanWorker.ts`. */
  readonly script: string;
  /** Bytes for which they are worth starting; 256 MiB unless told. */
  readonly leastBytes?: number;
  /** Bytes that one of them scans at once; 2 MiB unless told. */
  readonly partBytes?: number;
}

/** A {@link TraceReader} that can be told of growth, which is quicker than noticing it. */
export interface RecordingReader extends TraceReader {
  /** Says that lines have been appended by this process. */
  poke(): void;
}

/** Nothing is opened or read before the first call of `read` or `line`. Whoever calls this disposes the reader. */
export function openRecordingReader(
  path: string,
  options: RecordingReaderOptions = {},
): RecordingReader {
  return new FileReader(path, options);
}

class FileReader implements RecordingReader {
  private readonly file: RecordingFile;
  private readonly index: IndexKeeper | undefined;
  private lines: LineReader | undefined;
  private hintsAreOld = false;
  private readonly grew = new Emitter<void>();
  readonly saveIndex: TraceReader['saveIndex'];
  private listeners = 0;
  private watch: Disposable | undefined;
  private settling: NodeJS.Timeout | undefined;
  /** The first line, byte for byte: how a file that was written anew in place is recognised. */
  private header: Buffer | undefined;
  /** Of a recording that is being written: it is read again many times a second. */
  private buffers: BlockBuffers | undefined;
  private readonly position: ReadPosition = { next: 0 };
  /** When the file had been changed last before it was read last. */
  private modifiedAt = 0;
  /** Where the last line began that was told to be torn. */
  private tornAt: number | undefined;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    readonly path: string,
    private readonly options: RecordingReaderOptions,
  ) {
    this.file = new RecordingFile(path);
    const index = options.index && new IndexKeeper(this.file, options.index);
    this.index = index;
    this.saveIndex =
      index &&
      (async (snapshot, isStill) => {
        if (this.lines !== undefined) {
          snapshot.putValue('reader', this.lines.save());
          const { modifiedAt } = this;
          await index.save({ bytes: this.position.next, modifiedAt, snapshot }, isStill);
        }
      });
  }

  /** The file is watched while there are listeners. */
  readonly onDidGrow: Event<void> = (listener) => {
    const listening = this.grew.event(listener);
    this.listeners++;
    this.watch ??= watchFile(this.path, () => this.poke());
    return toDisposable(() => {
      listening.dispose();
      if (--this.listeners === 0) {
        this.stopWatching();
      }
    });
  };

  poke(): void {
    this.grew.fire();
  }

  /** A call while another is under way begins when that has ended. */
  read(sink: ReadSink, signal: CancellationSignal): Promise<void> {
    const turn = this.reading.then(() => this.readOn(sink, signal));
    this.reading = turn.catch(() => undefined); // Its caller hears of it.
    return turn;
  }

  async line({ offset, length }: LinePosition): Promise<string> {
    if (
      !Number.isSafeInteger(offset) ||
      offset < 0 ||
      !(length >= 0 && length <= MAX_LINE_LENGTH)
    ) {
      throw new ExpectedError('bad-position', `${this.file.name} has no line at ${offset}.`);
    }
    const bytes = Buffer.allocUnsafe(length);
    if ((await this.file.read(bytes, offset)) < length) {
      throw this.file.changed();
    }
    return bytes.toString('utf8');
  }

  search(
    needles: readonly string[],
    range: SearchRange,
    onLines: OnLines,
    signal: CancellationSignal,
  ): Promise<void> {
    return searchLines(this.file, needles, range, onLines, signal);
  }

  dispose(): void {
    this.stopWatching();
    this.grew.dispose();
    this.file.close();
  }

  private stopWatching(): void {
    this.watch?.dispose();
    this.watch = undefined;
    clearTimeout(this.settling);
  }

  private async readOn(sink: ReadSink, signal: CancellationSignal): Promise<void> {
    signal.throwIfAborted();
    const { size, modifiedAt, device, inode } = await this.file.state();
    this.modifiedAt = modifiedAt;
    if (!(await this.readHeader(size, sink))) {
      return;
    }
    const lines = this.lines ?? (await this.begin(size, sink));
    lines.tell(sink);
    if (this.position.next < size) {
      await makeReady(sink, signal);
    }
    const buffers = this.buffers ?? newBlockBuffers();
    // After a failure a reading may still be under way: then these are not used again.
    this.buffers = undefined;
    const reader = new PartReader(this.file, size, this.position, lines, sink, signal, buffers);
    // First rows come as soon as they can.
    await reader.readUntil(Math.min(size, this.position.next + FIRST_BYTES));
    const ahead = this.scanAhead(size, { path: this.path, device, inode });
    try {
      await (ahead === undefined ? reader.readUntil(size) : reader.readAhead(ahead));
    } finally {
      ahead?.dispose();
    }
    if (this.options.writing?.() === true) {
      this.buffers = buffers;
    }
    if (this.position.next < size) {
      this.judgeTail(size, modifiedAt, lines);
    }
    sink.progress(1);
  }

  /** The reader of lines, behind what a kept index covers. */
  private async begin(size: number, sink: ReadSink): Promise<LineReader> {
    const state = { size, modifiedAt: this.modifiedAt };
    const kept = sink.restore === undefined ? undefined : await this.index?.load(state);
    this.lines = (kept && this.takeUp(kept, sink)) ?? new LineReader(sink, this.hintsAreOld);
    return this.lines;
  }

  /** The reader of lines where a kept index ends; undefined, and nothing changed, where that is not as it was kept. */
  private takeUp({ bytes, snapshot }: Covered, sink: ReadSink): LineReader | undefined {
    const lines = new LineReader(sink, this.hintsAreOld);
    try {
      lines.restore(snapshot.value('reader'));
    } catch {
      return undefined; // Not as it was kept: the recording is read.
    }
    if (sink.restore?.(snapshot) !== true) {
      return undefined;
    }
    this.position.next = bytes;
    return lines;
  }

  /** True when the header is read, false when it is still to come. Checks that the file is the one it was. */
  private async readHeader(size: number, sink: ReadSink): Promise<boolean> {
    if (size < this.position.next) {
      throw this.file.changed();
    }
    const bytes = Buffer.allocUnsafe(this.header?.length ?? Math.min(size, MAX_HEADER));
    const length = await this.file.read(bytes, 0);
    if (this.header !== undefined) {
      if (!this.header.equals(bytes)) {
        throw this.file.changed();
      }
      return true;
    }
    const end = bytes.subarray(0, length).indexOf(LINE_END);
    if (end < 0 && length < MAX_HEADER && this.options.writing?.() === true) {
      return false;
    }
    if (length === 0) {
      throw new ExpectedError(
        'empty-recording',
        `${this.file.name} is empty: nothing was recorded.`,
      );
    }
    const header = parseHeader(headerText(bytes.subarray(0, end < 0 ? length : end)));
    if (!header.ok) {
      throw new ExpectedError(header.error.code, `${this.file.name} ${header.error.message}.`);
    }
    if (end < 0) {
      throw new ExpectedError(
        'empty-recording',
        `${this.file.name} ends in its first line: nothing was recorded.`,
      );
    }
    this.header = Buffer.from(bytes.subarray(0, end + 1));
    this.position.next = end + 1;
    this.hintsAreOld = header.value.decoder < DECODER_VERSION;
    sink.header(header.value);
    return true;
  }

  /** Workers, where they are wanted and there is enough to do for them. */
  private scanAhead(size: number, file: ScanFile): ScanAhead | undefined {
    const { workers } = this.options;
    const { next } = this.position;
    return workers === undefined ||
      this.hintsAreOld ||
      size - next < (workers.leastBytes ?? LEAST_FOR_WORKERS)
      ? undefined
      : new ScanAhead(workers.script, file, next, size, workers.partBytes);
  }

  /** The file ends within a line: still being written, or torn. */
  private judgeTail(size: number, modifiedAt: number, lines: LineReader): void {
    const { writing, settleMs = SETTLE_MS } = this.options;
    const restsFor = Date.now() - modifiedAt;
    const settled = writing === undefined ? restsFor >= settleMs : !writing();
    if (settled && this.tornAt !== this.position.next) {
      this.tornAt = this.position.next;
      lines.torn({ offset: this.position.next, length: size - this.position.next });
    } else if (!settled && this.listeners > 0) {
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.poke(), settleMs);
      this.settling.unref();
    }
  }
}

/** Texts of a kept index are many, and what finds them is made when lines are read behind it. */
async function makeReady({ columns }: ReadSink, signal: CancellationSignal): Promise<void> {
  const slices = new Slices(signal);
  for (const texts of [columns.interactions, columns.referenceTexts]) {
    const work = texts.prepare();
    while (work.next().done !== true) {
      await slices.pause();
    }
  }
}

/** Editors on some systems put a byte order mark in front. */
function headerText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
