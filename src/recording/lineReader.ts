/** Turns the lines of a recording, one after the other, into records and problems for a sink. */
import { MAX_LINE_LENGTH, parseHead, parseRecord } from '../core/trace/recordLine';
import type { FrameHead, RecordHead } from '../core/trace/records';
import type { LinePosition, ReadSink } from '../session/ports';
import { HeadScanner } from './headScanner';

/** A file that is no recording at all would otherwise give a problem for each of its lines. */
const MAX_PROBLEMS = 1000;
const CARRIAGE_RETURN = 0x0d;

export class LineReader {
  /** Set when an older decoder made the hints of this recording: then every body is read for new ones. */
  hintsAreOld = false;
  private readonly scanner = new HeadScanner();
  /** The header is line 1. */
  private lines = 1;
  private problems = 0;
  private lastSeq = 0;
  /** Lines since the last record that may have been the records that are missing. */
  private unread = 0;

  /** Reads the line `bytes` from `start` to `end`, its line end not included. */
  line(bytes: Buffer, start: number, end: number, position: LinePosition, sink: ReadSink): void {
    this.lines++;
    const last = bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    if (last <= start) {
      return; // A line without anything in it takes nothing away.
    }
    const head = this.hintsAreOld ? undefined : this.scanner.scan(bytes, start, last);
    if (head !== undefined) {
      this.record(head, position, sink);
      return;
    }
    const text = bytes.toString('utf8', start, last);
    const parsed = parseHead(text);
    if (parsed.ok) {
      this.record(this.withHints(parsed.value, text, sink), position, sink);
    } else {
      this.unread++;
      this.problem(`${capitalised(parsed.error.message)}. It was skipped.`, position, sink);
    }
  }

  tooLong(position: LinePosition, sink: ReadSink): void {
    this.lines++;
    this.unread++;
    const limit = `${MAX_LINE_LENGTH / 1024 / 1024} MiB`;
    this.problem(`The line is longer than ${limit}. It was skipped.`, position, sink);
  }

  /** Tells of a last line whose end was never written. It is read again should it be completed. */
  torn(position: LinePosition, sink: ReadSink): void {
    const text = 'The last line is not complete: writing stopped in its middle. It was skipped.';
    this.problem(text, position, sink, this.lines + 1);
  }

  /** The head with its hints made anew, where it has none or old ones and its body can be read. */
  private withHints(head: RecordHead, text: string, sink: ReadSink): RecordHead {
    if (head.kind !== 'frame' || !(this.hintsAreOld || head.withoutHints === true)) {
      return head;
    }
    const parsed = parseRecord(text);
    if (!parsed.ok || parsed.value.kind !== 'frame') {
      return head;
    }
    const { kind, seq, time, connection, direction } = head;
    const hints = sink.hintsOf(parsed.value);
    return { kind, seq, time, connection, direction, hints } satisfies FrameHead;
  }

  private record(head: RecordHead, position: LinePosition, sink: ReadSink): void {
    const expected = this.lastSeq + 1;
    if (head.seq < expected) {
      this.problem(`Record ${head.seq} stands behind record ${this.lastSeq}.`, position, sink);
    } else if (head.seq - expected > this.unread) {
      const missing =
        head.seq - 1 === expected
          ? `Record ${expected} is missing`
          : `Records ${expected} to ${head.seq - 1} are missing`;
      this.problem(`${missing} before this line.`, position, sink);
    }
    this.lastSeq = Math.max(this.lastSeq, head.seq);
    this.unread = 0;
    sink.record({ offset: position.offset, length: position.length, head });
  }

  private problem(text: string, position: LinePosition, sink: ReadSink, line = this.lines): void {
    this.problems++;
    if (this.problems <= MAX_PROBLEMS) {
      sink.problem({ ...position, line, text });
    }
    if (this.problems === MAX_PROBLEMS) {
      sink.problem({ ...position, line, text: 'Problems behind this line are not listed.' });
    }
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
