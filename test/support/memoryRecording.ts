import { Emitter } from '../../src/core/base/event';
import { parseHeader, parseRecord } from '../../src/core/trace/recordLine';
import type { FrameHead, FrameRecord } from '../../src/core/trace/records';
import type {
  LinePosition,
  LineWorth,
  ReadSink,
  RecordingWriter,
  TraceReader,
} from '../../src/session/ports';

/** A recording in memory: what is appended can be read at once. */
export class MemoryRecording implements RecordingWriter, TraceReader {
  readonly lines: string[] = [];
  private readonly failed = new Emitter<Error>();
  private readonly wrote = new Emitter<void>();
  private next = 0;

  readonly onDidFail = this.failed.event;
  readonly onDidWrite = this.wrote.event;
  readonly onDidGrow = this.wrote.event;

  constructor(readonly path = 'memory.wbtrace') {}

  /** False: the disk is behind and takes no frames. */
  taking = true;

  append(line: string | Uint8Array, worth: LineWorth = 'frame'): boolean {
    const taken = this.taking || worth === 'control' || worth === 'last';
    if (taken) {
      this.lines.push(typeof line === 'string' ? line : Buffer.from(line).toString('utf8'));
      this.wrote.fire();
    }
    return taken;
  }

  end(): Promise<void> {
    return Promise.resolve();
  }

  read(sink: ReadSink): Promise<void> {
    for (; this.next < this.lines.length; this.next++) {
      const line = this.lines[this.next]!;
      if (this.next === 0) {
        const header = parseHeader(line);
        if (!header.ok) {
          return Promise.reject(new Error(header.error.message));
        }
        sink.header(header.value);
        continue;
      }
      const record = parseRecord(line);
      if (!record.ok) {
        return Promise.reject(new Error(record.error.message));
      }
      const position = { offset: this.next, length: line.length };
      if (record.value.kind === 'frame') {
        const first = sink.columns.count;
        sink.columns.add(headOf(record.value), position);
        sink.frames(first, 1);
      } else {
        sink.record(record.value, position);
      }
    }
    sink.progress(1);
    return Promise.resolve();
  }

  line({ offset }: LinePosition): Promise<string> {
    return Promise.resolve(this.lines[offset]!);
  }

  search(
    needles: readonly string[],
    { from, to }: { readonly from: number; readonly to: number },
    onLines: (offsets: Float64Array, needle: number, done: number) => void,
  ): Promise<void> {
    const last = Math.min(to, this.lines.length);
    for (const [at, needle] of needles.entries()) {
      const found = this.lines
        .map((line, offset) => ({ line, offset }))
        .filter(({ offset }) => offset >= from && offset < last)
        .filter(({ line }) => line.toLowerCase().includes(needle.toLowerCase()));
      onLines(
        Float64Array.from(found, ({ offset }) => offset),
        at,
        1,
      );
    }
    return Promise.resolve();
  }

  /** The write side failed, as a full disk makes it. */
  fail(error: Error): void {
    this.failed.fire(error);
  }

  dispose(): void {
    this.wrote.dispose();
    this.failed.dispose();
  }
}

function headOf({ kind, seq, time, connection, hints, frame }: FrameRecord): FrameHead {
  return { kind, seq, time, connection, direction: frame.direction, hints };
}
