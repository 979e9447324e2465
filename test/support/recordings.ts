import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEVER_CANCELLED, type CancellationSignal } from '../../src/core/base/cancellation';
import type { MessageHint } from '../../src/core/protocol/message';
import { MessageColumns } from '../../src/core/trace/messageColumns';
import type { FrameRecord, OtherRecord, RecordHead } from '../../src/core/trace/records';
import type { LinePosition, ReadProblem, ReadSink, TraceReader } from '../../src/session/ports';
import { headOfRows } from './frameHeads';

/** A folder of its own for each test; `remove` ends it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'wbtrace-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

interface ReadRecord extends LinePosition {
  readonly head: RecordHead;
}

/** Keeps what a reader gives. */
export class Collected implements ReadSink {
  readonly columns = new MessageColumns();
  readonly headers: { readonly startedAt: string; readonly writer: string }[] = [];
  readonly records: ReadRecord[] = [];
  readonly problems: ReadProblem[] = [];
  readonly progressed: number[] = [];

  get heads(): readonly RecordHead[] {
    return this.records.map((record) => record.head);
  }

  /** Sequence numbers of the records. */
  get seqs(): readonly number[] {
    return this.heads.map((head) => head.seq);
  }

  /** The problems in one line each. */
  get told(): readonly string[] {
    return this.problems.map((problem) => `${problem.line}: ${problem.text}`);
  }

  header(header: { readonly startedAt: string; readonly writer: string }): void {
    this.headers.push(header);
  }

  /** Frames whose hints had to be made anew. */
  readonly remade: number[] = [];

  hintsOf(record: FrameRecord): readonly MessageHint[] {
    this.remade.push(record.seq);
    return [{ name: 'made anew' }];
  }

  frames(first: number, count: number): void {
    const { columns } = this;
    const before = this.records.length;
    for (let row = first, end = first + 1; row < columns.count; row = end++) {
      while (end < columns.count && columns.place(end) > 0) {
        end++;
      }
      const { offset, length } = columns.position(row);
      this.records.push({ offset, length, head: headOfRows(columns, row, end) });
    }
    assert.equal(this.records.length, before + count);
  }

  record(head: OtherRecord, { offset, length }: LinePosition): void {
    this.records.push({ offset, length, head });
  }

  problem(problem: ReadProblem): void {
    this.problems.push(problem);
  }

  progress(done: number): void {
    this.progressed.push(done);
  }
}

/** Everything that the reader can read now. */
export async function readAll(
  reader: TraceReader,
  signal: CancellationSignal = NEVER_CANCELLED,
): Promise<Collected> {
  const collected = new Collected();
  await reader.read(collected, signal);
  return collected;
}
