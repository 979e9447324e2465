/** Turns the lines of a recording, one after the other, into records and problems for a sink. */
import { countOf, recordOf, type PlainValue } from '../core/base/snapshot';
import type { BlockRows } from '../core/trace/columnBlock';
import { MAX_LINE_LENGTH, parseHinted } from '../core/trace/recordLine';
import type { LinePosition, ReadSink } from '../session/ports';
import { HeadScanner } from './headScanner';

/** A file that is no recording at all would otherwise give a problem for each of its lines. */
const MAX_PROBLEMS = 1000;
const CARRIAGE_RETURN = 0x0d;

export class LineReader {
  private scanner: HeadScanner;
  /** The header is line 1. */
  private lines = 1;
  private problems = 0;
  private lastSeq = 0;
  /** Lines since the last record that may have been the records that are missing. */
  private unread = 0;

  /** `hintsAreOld`: an older decoder made the hints of this recording, so every body is read for new ones. */
  constructor(
    private sink: ReadSink,
    private readonly hintsAreOld: boolean,
  ) {
    this.scanner = new HeadScanner(sink.columns);
  }

  /** Where it stands, to go on from with {@link restore}. */
  save(): PlainValue {
    const { lines, problems, lastSeq, unread } = this;
    return { lines, problems, lastSeq, unread };
  }

  restore(value: PlainValue): void {
    const saved = recordOf(value, 'the reader');
    this.lines = countOf(saved['lines'], 'lines');
    this.problems = countOf(saved['problems'], 'problems');
    this.lastSeq = countOf(saved['lastSeq'], 'lastSeq');
    this.unread = countOf(saved['unread'], 'unread');
  }

  /** What is read from here on goes to another sink. */
  tell(sink: ReadSink): void {
    if (sink !== this.sink) {
      this.sink = sink;
      this.scanner = new HeadScanner(sink.columns);
    }
  }

  /** Reads the line `bytes` from `start` to `end`, its line end not included. */
  line(bytes: Buffer, start: number, end: number, offset: number): void {
    this.lines++;
    const last = bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    if (last <= start) {
      return; // A line without anything in it takes nothing away.
    }
    const length = end - start;
    const { columns } = this.sink;
    const first = columns.count;
    if (!this.hintsAreOld && this.scanner.scan(bytes, start, last, offset, length)) {
      this.follow(this.scanner.seq, offset, length);
      columns.endFrame();
      this.sink.frames(first, 1);
      return;
    }
    const text = bytes.toString('utf8', start, last);
    const parsed = parseHinted(
      text,
      (record, json) => this.sink.hintsOf(record, json),
      this.hintsAreOld,
    );
    if (!parsed.ok) {
      this.unread++;
      const problem = `${capitalised(parsed.error.message)}. It was skipped.`;
      this.problem(problem, { offset, length });
      return;
    }
    const head = parsed.value;
    this.follow(head.seq, offset, length);
    if (head.kind === 'frame') {
      columns.add(head, { offset, length });
      this.sink.frames(first, 1);
    } else {
      this.sink.record(head, { offset, length });
    }
  }

  /** Reads frames that were scanned into `rows`: those whose rows are `from` to below `to`, whole ones. */
  scanned(rows: BlockRows, from: number, to: number): void {
    const { columns } = this.sink;
    const first = columns.count;
    let frames = 0;
    for (let row = from; row < to; row++) {
      if (!rows.beginsFrame(row)) {
        continue;
      }
      frames++;
      this.lines++;
      const seq = rows.seq(row);
      // Numbers above 2^31 that are handed on become objects: only where they are wanted.
      if (seq === this.lastSeq + 1) {
        this.lastSeq = seq;
        this.unread = 0;
      } else {
        this.follow(seq, rows.offset(row), rows.length(row));
      }
    }
    rows.add(from, to);
    this.sink.frames(first, frames);
  }

  tooLong(position: LinePosition): void {
    this.lines++;
    this.unread++;
    const limit = `${MAX_LINE_LENGTH / 1024 / 1024} MiB`;
    this.problem(`The line is longer than ${limit}. It was skipped.`, position);
  }

  /** Tells of a last line whose end was never written. It is read again should it be completed. */
  torn(position: LinePosition): void {
    const text = 'The last line is not complete: writing stopped in its middle. It was skipped.';
    this.problem(text, position, this.lines + 1);
  }

  /** Checks that a record stands behind the one before it. */
  private follow(seq: number, offset: number, length: number): void {
    const expected = this.lastSeq + 1;
    if (seq !== expected) {
      this.outOfOrder(seq, expected, { offset, length });
    }
    this.lastSeq = Math.max(this.lastSeq, seq);
    this.unread = 0;
  }

  private outOfOrder(seq: number, expected: number, position: LinePosition): void {
    if (seq < expected) {
      this.problem(`Record ${seq} stands behind record ${this.lastSeq}.`, position);
    } else if (seq - expected > this.unread) {
      const missing =
        seq - 1 === expected
          ? `Record ${expected} is missing`
          : `Records ${expected} to ${seq - 1} are missing`;
      this.problem(`${missing} before this line.`, position);
    }
  }

  private problem(text: string, position: LinePosition, line = this.lines): void {
    this.problems++;
    if (this.problems <= MAX_PROBLEMS) {
      this.sink.problem({ ...position, line, text });
    }
    if (this.problems === MAX_PROBLEMS) {
      this.sink.problem({ ...position, line, text: 'Problems behind this line are not listed.' });
    }
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
