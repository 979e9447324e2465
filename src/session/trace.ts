/**
 * The read model over a session, live or recorded: index, phases, ladder, workbins. It reads a recording
 * through a {@link TraceReader} and follows it as it grows; views cannot tell a live session from a file.
 * Methods that read are asynchronous, so that indexing can move elsewhere without a caller noticing.
 *
 * Owns its reader. Knows no files, no editor and no clock.
 */
import { NEVER_CANCELLED, type CancellationSignal } from '../core/base/cancellation';
import { DisposableStore, type Disposable } from '../core/base/disposable';
import { Emitter } from '../core/base/event';
import { ExpectedError } from '../core/base/result';
import { listOf, type Snapshot } from '../core/base/snapshot';
import type { Ladder } from '../core/ladder/ladder';
import type { LadderRow, Lifeline } from '../core/ladder/rows';
import type { Outcome } from '../core/phases/model';
import type { Tracer, TracerOptions } from '../core/phases/tracer';
import type { FrameDecoder } from '../core/protocol/decoder';
import { createDecoder } from '../core/protocol/decoders';
import type { Frame } from '../core/protocol/frame';
import type { DecodeProblem, Message } from '../core/protocol/message';
import type { MessageColumns } from '../core/trace/messageColumns';
import { parseRecord } from '../core/trace/recordLine';
import type { FrameRecord, OpenRecord } from '../core/trace/records';
import type { WorkbinHistories } from '../core/workbins/history';
import { otherHalf } from './otherHalf';
import type { ReadProblem, ReadSink, TraceReader } from './ports';
import { TraceIndex } from './traceIndex';

/** A message with its frame, read from the recording. */
export interface TracedMessage {
  readonly row: number;
  readonly record: FrameRecord;
  /** Length of its line in bytes. */
  readonly lineLength: number;
  readonly message?: Message;
  readonly problems: readonly DecodeProblem[];
  /** First row of the request whose HTTP response this is, where it was found. */
  readonly requestRow?: number;
}

/** Where a trace stands. */
export interface TraceStatus {
  /** ISO 8601; empty until the header was read. */
  readonly startedAt: string;
  readonly writer: string;
  readonly rows: number;
  readonly messages: number;
  readonly frames: number;
  readonly phases: { readonly [outcome in Outcome]: number };
  readonly lifelines: readonly Lifeline[];
  /** 0..1 while a first reading runs. */
  readonly indexing?: number;
  /** True when the recording was ended in order. */
  readonly ended: boolean;
  readonly problems: readonly string[];
  /** Raised when something that was told about an earlier row has changed. */
  readonly generation: number;
}

/** The first guess of how many messages there are is made anew at four times this part of the file, and so on. */
const FIRST_GUESS = 0.0025;
/** An index of fewer messages is made again in no time. */
const LEAST_KEPT = 20_000;
/** More problems than this are counted, not told one by one. */
const TOLD_PROBLEMS = 20;

/** Somebody has ended the reading of a recording. */
class ReadingStopped extends Error {
  override readonly name = 'ReadingStopped';
}

export class Trace implements Disposable {
  private readonly index: TraceIndex;
  private readonly problems: string[] = [];
  private problemCount = 0;
  private header = { startedAt: '', writer: '' };
  /** How many messages the index had when it was kept last. */
  private kept = LEAST_KEPT;
  /** And when that was tried last: it may have failed, or been overtaken. */
  private tried = 0;
  private keeping: Promise<void> = Promise.resolve();
  private indexing: number | undefined = 0;
  /** At which part of the first reading room for the rest of it is made again. */
  private nextGuess = Number.MIN_VALUE;
  private reading: Promise<void> | undefined;
  private readAgain = false;
  /** Another file has taken the place of the recording, or it was cut: what comes is not followed. */
  private isLost = false;
  /** {@link stopReading} was called. */
  private stopped = false;
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private disposed = false;
  /** What the reader fills: one object for all readings, since frames are many. */
  private readonly sink: ReadSink;

  /** Rows were added, or something told has changed. Fires after each slice of reading. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly reader: TraceReader,
    options: TracerOptions,
  ) {
    const index = new TraceIndex(options);
    this.index = index;
    this.sink = {
      columns: index.messages,
      header: (header) => {
        this.header = { startedAt: header.startedAt, writer: header.writer };
      },
      hintsOf: (record, json) => index.hintsOf(record, json),
      isPlain: (connection) => index.dialectOf(connection) === 'platform-sdk-json',
      frames: (first, count) => index.addFrames(first, count),
      record: (record) => index.addRecord(record),
      problem: (problem) => this.tell(describeProblem(problem)),
      progress: (done) => this.advanceTo(done),
      restore: (snapshot) => this.restore(snapshot),
    };
    this.store.add(reader);
    this.store.add(reader.onDidGrow(() => void this.follow()));
  }

  get messages(): MessageColumns {
    return this.index.messages;
  }

  get tracer(): Tracer {
    return this.index.tracer;
  }

  get workbins(): WorkbinHistories {
    return this.index.workbins;
  }

  get ladder(): Ladder {
    return this.index.ladder;
  }

  get path(): string {
    return this.reader.path;
  }

  get status(): TraceStatus {
    const more = this.problemCount - this.problems.length;
    return {
      ...this.header,
      rows: this.ladder.count,
      messages: this.messages.count,
      frames: this.index.frames,
      phases: this.tracer.phases.byOutcome(),
      lifelines: [...this.index.lifelines.all],
      ...(this.indexing === undefined ? {} : { indexing: this.indexing }),
      ended: this.index.ended,
      problems: more > 0 ? [...this.problems, `… and ${more} more.`] : [...this.problems],
      generation: this.tracer.generation + this.ladder.generation,
    };
  }

  /**
   * Reads what the recording holds at present. Calls that come while one runs share it and what grew
   * meanwhile. Rejects as {@link TraceReader.read} does.
   */
  read(signal: CancellationSignal = NEVER_CANCELLED): Promise<void> {
    if (this.reading !== undefined) {
      this.readAgain = true;
      return this.reading;
    }
    if (this.stopped) {
      return Promise.resolve();
    }
    this.reading = this.readAll(this.stoppable(signal)).finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  /** Recorded time has reached `time` (ms) although nothing came: marks what is unanswered by then. */
  advance(time: number): void {
    const before = this.tracer.generation;
    this.tracer.advance(time);
    if (this.tracer.generation !== before) {
      this.changed.fire();
    }
  }

  /** Rows of the ladder from `first` on, as many as there are. */
  rows(first: number, count: number): Promise<readonly LadderRow[]> {
    return Promise.resolve(this.ladder.rows(first, count));
  }

  rowOf(message: number): Promise<number> {
    return Promise.resolve(this.ladder.rowOf(message));
  }

  /** Connection of a message, where its `open` record was read. */
  connectionOf(message: number): OpenRecord | undefined {
    return this.index.connections.get(this.messages.connection(message));
  }

  /** Address of the server of each connection, and whether it is open. */
  get servers(): readonly OpenRecord[] {
    return [...this.index.connections.values()];
  }

  /** Searches the lines of the recording: see {@link TraceReader.search}. */
  search(...search: Parameters<TraceReader['search']>): Promise<void> {
    return this.reader.search(...search);
  }

  /**
   * Ends the reading that is under way: what was read stays, and a problem says that it is not all. Nothing more
   * is read of this recording until it is opened anew.
   */
  stopReading(): void {
    if (this.indexing !== undefined && !this.stopped) {
      this.stopped = true;
      const percent = Math.floor(this.indexing * 100);
      this.tell(
        `Reading was stopped at ${percent} %: what follows is not shown. Close the recording and open it again to read all of it.`,
      );
    }
  }

  /** Whether a reading has come to the end of the recording, as it was then. */
  get isWhole(): boolean {
    return this.indexing === undefined && !this.stopped;
  }

  /** Resolves when what goes on behind a reading, such as keeping the index, has ended. */
  settled(): Promise<void> {
    return this.keeping;
  }

  /** One message with its frame. Rejects with an `ExpectedError` when its line cannot be read. */
  async message(row: number): Promise<TracedMessage> {
    if (!Number.isInteger(row) || row < 0 || row >= this.messages.count) {
      throw new ExpectedError('no-such-message', `There is no message ${row} in this trace.`);
    }
    const record = await this.frame(row);
    const decoder = createDecoder(this.connectionOf(row)?.dialect ?? 'platform-sdk-json');
    const requestRow = await this.readRequest(row, record.frame, decoder);
    const decoded = decoder.decode(record.frame);
    const message = decoded.messages[this.messages.place(row)];
    return {
      row,
      record,
      lineLength: this.messages.position(row).length,
      ...(message === undefined ? {} : { message }),
      problems: decoded.problems,
      ...(requestRow === undefined ? {} : { requestRow }),
    };
  }

  /** A response is read by its request, and by that of its phase, which may have been another exchange. */
  private async readRequest(
    row: number,
    frame: Frame,
    decoder: FrameDecoder,
  ): Promise<number | undefined> {
    if (frame.kind !== 'http-response') {
      return undefined;
    }
    const phase = this.tracer.phaseOf(row);
    const ofPhase = phase < 0 ? row : this.tracer.phases.requestRow(phase);
    const ofExchange = await otherHalf(this, row, frame);
    for (const request of new Set([ofPhase, ofExchange])) {
      if (request !== undefined && request !== row) {
        decoder.decode((await this.frame(request)).frame);
      }
    }
    return ofExchange;
  }

  /**
   * The frame of a message, read from the recording and checked against the index. Rejects with an
   * `ExpectedError` when its line cannot be read, or is another one by now.
   */
  async frame(row: number): Promise<FrameRecord> {
    const parsed = parseRecord(await this.reader.line(this.messages.position(row)));
    if (!parsed.ok) {
      throw new ExpectedError(parsed.error.code, parsed.error.message);
    }
    const record = parsed.value;
    if (record.kind !== 'frame' || record.seq !== this.messages.seq(row)) {
      throw new ExpectedError(
        'changed',
        'The recording was changed on disk after it was indexed. Close and reopen it.',
      );
    }
    return record;
  }

  dispose(): void {
    this.disposed = true;
    this.store.dispose();
  }

  /** Reads on because the file grew; a failure becomes a problem of the trace, since nobody waits for it. */
  private async follow(): Promise<void> {
    if (this.isLost) {
      return;
    }
    try {
      await this.read();
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.isLost = error instanceof ExpectedError && error.code === 'recording-changed';
      // What is wrong with a file is so at each look at it.
      if (!this.problems.includes(text)) {
        this.tell(text);
        this.changed.fire();
      }
    }
  }

  private takeReadAgain(): boolean {
    return this.readAgain && !this.disposed && !this.stopped;
  }

  /** A signal of `read` that also tells of {@link stopReading}. */
  private stoppable(signal: CancellationSignal): CancellationSignal {
    const isStopped = (): boolean => this.stopped;
    return {
      get aborted() {
        return signal.aborted || isStopped();
      },
      throwIfAborted: () => {
        signal.throwIfAborted();
        if (isStopped()) {
          throw new ReadingStopped();
        }
      },
    };
  }

  private async readAll(signal: CancellationSignal): Promise<void> {
    try {
      do {
        this.readAgain = false;
        await this.reader.read(this.sink, signal);
      } while (this.takeReadAgain());
    } catch (error) {
      if (!(error instanceof ReadingStopped)) {
        throw error;
      }
    }
    this.indexing = undefined;
    this.fire();
    this.keeping = this.keeping.then(() => this.keepIndex());
  }

  /** Keeps the index for the next time: after the first reading, when it has doubled, and at the end. */
  private async keepIndex(): Promise<void> {
    const { count } = this.messages;
    const { generation } = this.tracer;
    const { records } = this.index;
    const isStill = (): boolean =>
      this.messages.count === count &&
      this.index.records === records &&
      this.tracer.generation === generation &&
      !this.disposed;
    const least = this.index.ended ? this.kept : Math.max(this.kept * 2, this.tried * 1.5);
    const isDue = !this.stopped && count > least;
    const keeps = this.reader.saveIndex !== undefined && isDue && isStill();
    const snapshot = keeps ? this.index.save() : undefined;
    if (this.reader.saveIndex === undefined || snapshot === undefined) {
      return;
    }
    this.tried = count;
    snapshot.putValue('problems', [...this.problems]);
    snapshot.putValue('problemCount', this.problemCount);
    try {
      await this.reader.saveIndex(snapshot, isStill);
      this.kept = isStill() ? count : this.kept;
    } catch {
      // It is for the next time only; of a disk that is full whoever writes recordings tells.
    }
  }

  /** 0..1 of the file's present size has been read. */
  private advanceTo(done: number): void {
    if (this.indexing !== undefined) {
      // Early, while a copy is small, and again when the guess has become better.
      if (done >= this.nextGuess && done < 1) {
        this.nextGuess = Math.max(done, FIRST_GUESS) * 4;
        this.index.reserve(Math.ceil((this.messages.count / done) * 1.1));
      }
      this.indexing = done;
    }
    this.fire();
  }

  /** Takes up what an earlier reading has kept; false, and nothing changed, when that does not fit. */
  private restore(snapshot: Snapshot): boolean {
    try {
      const told = listOf(snapshot.value('problems'), 'problems').slice(0, TOLD_PROBLEMS);
      const count = snapshot.count('problemCount');
      this.index.restore(snapshot);
      this.problems.push(...told.map(String));
      this.problemCount = count;
      this.kept = this.messages.count;
      return true;
    } catch {
      return false; // Damaged in a way that was not thought of: as good as none.
    }
  }

  private tell(problem: string): void {
    this.problemCount++;
    if (this.problems.length < TOLD_PROBLEMS) {
      this.problems.push(problem);
    }
  }

  private fire(): void {
    if (!this.disposed) {
      this.changed.fire();
    }
  }
}

function describeProblem(problem: ReadProblem): string {
  return `Line ${problem.line}: ${problem.text}`;
}
