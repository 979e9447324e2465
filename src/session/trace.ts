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
import { Ladder } from '../core/ladder/ladder';
import { Lifelines } from '../core/ladder/lifelines';
import type { LadderRow, Lifeline } from '../core/ladder/rows';
import type { Outcome } from '../core/phases/model';
import { Tracer, type TracerOptions } from '../core/phases/tracer';
import type { FrameDecoder } from '../core/protocol/decoder';
import { createDecoder } from '../core/protocol/decoders';
import type { DecodeProblem, Message, MessageHint } from '../core/protocol/message';
import { MessageColumns } from '../core/trace/messageColumns';
import { parseRecord } from '../core/trace/recordLine';
import type { FrameRecord, OpenRecord, OtherRecord } from '../core/trace/records';
import { WorkbinHistories } from '../core/workbins/history';
import { ExpectedError } from '../core/base/result';
import type { ReadProblem, ReadSink, TraceReader } from './ports';

/** A message with its frame, read from the recording. */
export interface TracedMessage {
  readonly row: number;
  readonly record: FrameRecord;
  /** Length of its line in bytes. */
  readonly lineLength: number;
  readonly message?: Message;
  readonly problems: readonly DecodeProblem[];
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

/** Room for so many rows is made at once at most; more comes as rows do. */
const MAX_RESERVED = 16_000_000;
/** More problems than this are counted, not told one by one. */
const TOLD_PROBLEMS = 20;

export class Trace implements Disposable {
  readonly messages = new MessageColumns();
  readonly tracer: Tracer;
  readonly workbins: WorkbinHistories;
  private readonly lifelines = new Lifelines();
  readonly ladder: Ladder;
  private readonly connections = new Map<number, OpenRecord>();
  /** Of connections whose hints are made anew. */
  private readonly decoders = new Map<number, FrameDecoder>();
  private readonly problems: string[] = [];
  private problemCount = 0;
  private header = { startedAt: '', writer: '' };
  private frames = 0;
  private ended = false;
  private indexing: number | undefined = 0;
  private reading: Promise<void> | undefined;
  private readAgain = false;
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private disposed = false;
  /** What the reader fills: one object for all readings, since frames are many. */
  private readonly sink: ReadSink = {
    columns: this.messages,
    header: (header) => {
      this.header = { startedAt: header.startedAt, writer: header.writer };
    },
    hintsOf: (record) => this.hintsOf(record),
    frame: (first) => this.addFrame(first),
    record: (record) => this.addOther(record),
    problem: (problem) => this.tell(describeProblem(problem)),
    progress: (done) => this.advanceTo(done),
  };

  /** Rows were added, or something told has changed. Fires after each slice of reading. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly reader: TraceReader,
    options: TracerOptions,
  ) {
    this.tracer = new Tracer(this.messages, options);
    this.workbins = new WorkbinHistories(this.messages, this.tracer);
    this.ladder = new Ladder(this.messages, this.tracer, this.lifelines);
    this.store.add(reader);
    this.store.add(reader.onDidGrow(() => void this.follow()));
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
      frames: this.frames,
      phases: this.tracer.phases.byOutcome(),
      lifelines: [...this.lifelines.all],
      ...(this.indexing === undefined ? {} : { indexing: this.indexing }),
      ended: this.ended,
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
    this.reading = this.readAll(signal).finally(() => {
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
    return this.connections.get(this.messages.connection(message));
  }

  /** Address of the server of each connection, and whether it is open. */
  get servers(): readonly OpenRecord[] {
    return [...this.connections.values()];
  }

  /** One message with its frame. Rejects with an `ExpectedError` when its line cannot be read. */
  async message(row: number): Promise<TracedMessage> {
    if (!Number.isInteger(row) || row < 0 || row >= this.messages.count) {
      throw new ExpectedError('no-such-message', `There is no message ${row} in this trace.`);
    }
    const record = await this.frame(row);
    const decoder = createDecoder(this.connectionOf(row)?.dialect ?? 'platform-sdk-json');
    const phase = this.tracer.phaseOf(row);
    const request = phase < 0 ? row : this.tracer.phases.requestRow(phase);
    if (request !== row && record.frame.kind === 'http-response') {
      // A response is read by its request.
      decoder.decode((await this.frame(request)).frame);
    }
    const decoded = decoder.decode(record.frame);
    const message = decoded.messages[this.messages.place(row)];
    return {
      row,
      record,
      lineLength: this.messages.position(row).length,
      ...(message === undefined ? {} : { message }),
      problems: decoded.problems,
    };
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
    try {
      await this.read();
    } catch (error) {
      this.tell(error instanceof Error ? error.message : String(error));
      this.changed.fire();
    }
  }

  private takeReadAgain(): boolean {
    return this.readAgain && !this.disposed;
  }

  private async readAll(signal: CancellationSignal): Promise<void> {
    do {
      this.readAgain = false;
      await this.reader.read(this.sink, signal);
    } while (this.takeReadAgain());
    this.indexing = undefined;
    this.fire();
  }

  /** 0..1 of the file's present size has been read. */
  private advanceTo(done: number): void {
    if (this.indexing !== undefined) {
      if (this.indexing === 0 && done > 0) {
        // Memory that is not written to costs nothing; columns that grow step by step cost a copy each time.
        const rows = Math.min(MAX_RESERVED, Math.ceil((this.messages.count / done) * 1.1));
        this.messages.reserve(rows);
        this.tracer.reserve(rows);
      }
      this.indexing = done;
    }
    this.fire();
  }

  private addFrame(first: number): void {
    this.frames++;
    const { count } = this.messages;
    for (let row = first; row < count; row++) {
      this.tracer.add(row);
      this.workbins.add(row);
      this.ladder.addMessage(row);
    }
  }

  /** Hints that a recording lacks, from a decoder that sees the frames of its connection in order. */
  private hintsOf({ connection, frame }: FrameRecord): readonly MessageHint[] {
    let decoder = this.decoders.get(connection);
    if (decoder === undefined) {
      decoder = createDecoder(this.connections.get(connection)?.dialect ?? 'platform-sdk-json');
      this.decoders.set(connection, decoder);
    }
    return decoder.hints?.(frame) ?? decoder.decode(frame).hints;
  }

  private addOther(head: OtherRecord): void {
    switch (head.kind) {
      case 'open':
        this.connections.set(head.connection, head);
        this.lifelines.add(head);
        this.workbins.open(head.connection, head.server);
        break;
      case 'close':
        this.workbins.close(head.connection);
        this.tracer.close(head.connection, head.time);
        break;
      case 'end':
        this.ended = true;
        this.tracer.advance(head.time);
        break;
      case 'gap':
        this.tracer.gap(head.connection, head.time);
        this.workbins.gap(head.connection);
        break;
    }
    this.ladder.addRecord(head);
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
