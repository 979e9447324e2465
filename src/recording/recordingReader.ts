/**
 * Reads a recording that may still grow: a {@link TraceReader} over a file. It reads in blocks and looks only at
 * the beginning of each line; between slices of work other work runs.
 *
 * Owns the open file and, while somebody listens, the watch on it.
 */
import { setImmediate } from 'node:timers/promises';
import type { CancellationSignal } from '../core/base/cancellation';
import { toDisposable, type Disposable } from '../core/base/disposable';
import { Emitter, type Event } from '../core/base/event';
import { ExpectedError } from '../core/base/result';
import { DECODER_VERSION } from '../core/protocol/decoder';
import { MAX_LINE_LENGTH, parseHeader } from '../core/trace/recordLine';
import type { LinePosition, ReadSink, TraceReader } from '../session/ports';
import { watchFile } from './growth';
import { IndexKeeper, type IndexPlaces } from './indexKeeper';
import { lineBlocks, type LineBlock } from './lineBlocks';
import { LineReader } from './lineReader';
import { RecordingFile } from './recordingFile';
import { searchLines, type OnLines, type SearchRange } from './search/searchLines';

/** The first line must end within this many bytes; a file of something else is not searched for a line end. */
const MAX_HEADER = 64 * 1024;
const LINE_END = 0x0a;
/** Work between two turns of the event loop. */
const SLICE_MS = 8;
/** Lines between two looks at the time: few enough that they take no millisecond together. */
const LINES_PER_LOOK = 32;
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
  /** Where the first line that was not yet read begins. */
  private next = 0;
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
          await index.save({ bytes: this.next, snapshot }, isStill);
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
    const { size, modifiedAt } = await this.file.state();
    if (!(await this.readHeader(size, sink))) {
      return;
    }
    const lines = this.lines ?? (await this.begin(size, sink));
    lines.tell(sink);
    const blocks = lineBlocks(this.file, this.next, size, MAX_LINE_LENGTH, signal);
    for await (const block of blocks) {
      if (block.kind === 'lines') {
        await this.readLines(block, lines, signal);
      } else {
        this.next = block.offset + block.length + 1;
        lines.tooLong({ offset: block.offset, length: block.length });
      }
      sink.progress(Math.min(1, this.next / size));
    }
    if (this.next < size) {
      this.judgeTail(size, modifiedAt, lines);
    }
    sink.progress(1);
  }

  /** The reader of lines, behind what a kept index covers. */
  private async begin(size: number, sink: ReadSink): Promise<LineReader> {
    const lines = new LineReader(sink, this.hintsAreOld);
    const kept = sink.restore === undefined ? undefined : await this.index?.load(size);
    if (kept?.snapshot.values.has('reader') === true && sink.restore?.(kept.snapshot) === true) {
      lines.restore(kept.snapshot.value('reader'));
      this.next = kept.bytes;
    }
    this.lines = lines;
    return lines;
  }

  /** True when the header is read, false when it is still to come. Checks that the file is the one it was. */
  private async readHeader(size: number, sink: ReadSink): Promise<boolean> {
    if (size < this.next) {
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
    this.next = end + 1;
    this.hintsAreOld = header.value.decoder < DECODER_VERSION;
    sink.header(header.value);
    return true;
  }

  private async readLines(
    block: LineBlock,
    lines: LineReader,
    signal: CancellationSignal,
  ): Promise<void> {
    const { bytes, offset, length } = block;
    let sliceEnd = performance.now() + SLICE_MS;
    let count = 0;
    for (let start = 0; start < length;) {
      const end = bytes.indexOf(LINE_END, start);
      this.next = offset + end + 1;
      lines.line(bytes, start, end, offset + start);
      start = end + 1;
      if (++count % LINES_PER_LOOK === 0 && performance.now() > sliceEnd) {
        await setImmediate();
        signal.throwIfAborted();
        sliceEnd = performance.now() + SLICE_MS;
      }
    }
  }

  /** The file ends within a line: still being written, or torn. */
  private judgeTail(size: number, modifiedAt: number, lines: LineReader): void {
    const { writing, settleMs = SETTLE_MS } = this.options;
    const restsFor = Date.now() - modifiedAt;
    const settled = writing === undefined ? restsFor >= settleMs : !writing();
    if (settled && this.tornAt !== this.next) {
      this.tornAt = this.next;
      lines.torn({ offset: this.next, length: size - this.next });
    } else if (!settled && this.listeners > 0) {
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.poke(), settleMs);
      this.settling.unref();
    }
  }
}

/** Editors on some systems put a byte order mark in front. */
function headerText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
