/**
 * Everything that is made of a recording's heads, row by row and in their order: the columns, phases, workbins,
 * lifelines and the ladder of a trace. Knows no files; can be kept and taken up again.
 */
import {
  countOf,
  listOf,
  Snapshot,
  SnapshotError,
  type PlainValue,
  type Restoring,
} from '../core/base/snapshot';
import { Ladder } from '../core/ladder/ladder';
import { Lifelines } from '../core/ladder/lifelines';
import { Tracer, type TracerOptions } from '../core/phases/tracer';
import type { BodyJson } from '../core/protocol/bodyJson';
import type { Dialect, FrameDecoder } from '../core/protocol/decoder';
import { createDecoder } from '../core/protocol/decoders';
import type { MessageHint } from '../core/protocol/message';
import { MessageColumns } from '../core/trace/messageColumns';
import { parseRecord, recordLine } from '../core/trace/recordLine';
import type { FrameRecord, OpenRecord, OtherRecord } from '../core/trace/records';
import { WorkbinHistories } from '../core/workbins/history';

/** Room for so many rows is made at once at most; more comes as rows do. */
const MAX_RESERVED = 16_000_000;

export class TraceIndex {
  readonly messages = new MessageColumns();
  readonly tracer: Tracer;
  readonly workbins: WorkbinHistories;
  readonly lifelines = new Lifelines();
  readonly ladder: Ladder;
  readonly connections = new Map<number, OpenRecord>();
  /** Of connections whose hints are made anew. */
  private readonly decoders = new Map<number, FrameDecoder>();
  /** What is no frame, as its line, and how many messages came before it. */
  private readonly others: (readonly [line: string, before: number])[] = [];
  private frameCount = 0;
  private isEnded = false;

  constructor(options: TracerOptions) {
    this.tracer = new Tracer(this.messages, options);
    this.workbins = new WorkbinHistories(this.messages, this.tracer);
    this.ladder = new Ladder(this.messages, this.tracer, this.lifelines);
  }

  /** How many records were added that are no frames. */
  get records(): number {
    return this.others.length;
  }

  get frames(): number {
    return this.frameCount;
  }

  /** True when the recording was ended in order. */
  get ended(): boolean {
    return this.isEnded;
  }

  /** Makes room for so many rows at once: columns that grow step by step cost a copy each time. */
  reserve(rows: number): void {
    const room = Math.min(MAX_RESERVED, rows);
    this.messages.reserve(room);
    this.tracer.reserve(room);
  }

  /** The messages of so many frames stand in the columns, from row `first` on. */
  addFrames(first: number, frames: number): void {
    this.frameCount += frames;
    const { count } = this.messages;
    for (let row = first; row < count; row++) {
      this.tracer.add(row);
      this.workbins.add(row);
      this.ladder.addMessage(row);
    }
  }

  addRecord(record: OtherRecord): void {
    this.others.push([recordLine(record), this.messages.count]);
    switch (record.kind) {
      case 'open':
        this.workbins.open(record.connection, record.server);
        break;
      case 'close':
        this.workbins.close(record.connection);
        this.tracer.close(record.connection, record.time);
        break;
      case 'end':
        this.tracer.advance(record.time);
        break;
      case 'gap':
        this.tracer.gap(record.connection, record.time);
        this.workbins.gap(record.connection);
        break;
    }
    this.meet(record);
    this.ladder.addRecord(record);
  }

  dialectOf(connection: number): Dialect {
    return this.connections.get(connection)?.dialect ?? 'platform-sdk-json';
  }

  /** Hints that a recording lacks, from a decoder that sees the frames of its connection in order. */
  hintsOf({ connection, frame }: FrameRecord, json?: BodyJson): readonly MessageHint[] {
    let decoder = this.decoders.get(connection);
    if (decoder === undefined) {
      decoder = createDecoder(this.dialectOf(connection));
      this.decoders.set(connection, decoder);
    }
    return decoder.hints?.(frame, json) ?? decoder.decode(frame).hints;
  }

  /** All of it, without copying columns; undefined where decoders remember what cannot be kept. */
  save(): Snapshot | undefined {
    for (const connection of this.decoders.keys()) {
      if (this.connections.get(connection)?.dialect === 'workspace-v3') {
        return undefined;
      }
    }
    const snapshot = new Snapshot();
    this.messages.save(snapshot);
    this.tracer.save(snapshot);
    this.workbins.save(snapshot);
    this.ladder.save(snapshot);
    // Records may come while it is being written: what is kept is what the columns have now.
    snapshot.putValue('others', [...this.others]);
    snapshot.putValue('frames', this.frameCount);
    snapshot.putValue('ended', this.isEnded);
    return snapshot;
  }

  /** Takes up what {@link save} has given, before anything was added. Throws `SnapshotError`, and then is as it was. */
  restore(snapshot: Snapshot): void {
    const restorings: readonly Restoring[] = [
      this.messages.restore(snapshot),
      this.tracer.restore(snapshot, snapshot.count('rows')),
      this.workbins.restore(snapshot),
      this.ladder.restore(snapshot),
    ];
    const others = snapshot.list('others').map((value) => savedRecord(value));
    const frames = snapshot.count('frames');
    for (const restore of restorings) {
      restore();
    }
    this.frameCount = frames;
    for (const [record, line, before] of others) {
      this.others.push([line, before]);
      if (record.kind === 'open') {
        this.workbins.open(record.connection, record.server);
      }
      this.meet(record);
      this.ladder.restoreMark(record, before);
    }
  }

  private meet(record: OtherRecord): void {
    if (record.kind === 'open') {
      this.connections.set(record.connection, record);
      this.lifelines.add(record);
    }
    this.isEnded ||= record.kind === 'end';
  }
}

function savedRecord(value: PlainValue): readonly [OtherRecord, string, number] {
  const [line, before] = listOf(value, 'others');
  const parsed = parseRecord(typeof line === 'string' ? line : '');
  if (!parsed.ok || parsed.value.kind === 'frame' || typeof line !== 'string') {
    throw new SnapshotError('a record is not as it was saved');
  }
  return [parsed.value, line, countOf(before, 'others')];
}
