/**
 * Lays the ladder out: which row shows what, in the order of the recording. Rows are only added; their
 * contents are made when somebody looks, from the columns of index and tracer.
 */
import { widen } from '../base/growing';
import { describeError } from '../protocol/errorCodes';
import type { Tracer } from '../phases/tracer';
import type { MessageColumns } from '../trace/messageColumns';
import type { CloseRecord, EndRecord, GapRecord, OpenRecord } from '../trace/records';
import type { Lifelines } from './lifelines';
import { foldRow, isQuiet, type Fold } from './folds';
import type { HeadingRow, LadderRow, MarkRow, MessageRow } from './rows';

const HEADING = 0;
const CONTINUED = 1;
const MESSAGE = 2;
const MARK = 3;
const FOLD = 4;
const NOTHING_YET = -2;
/** Stands for the message that a frame of web traffic does not have. */
const OTHER_FRAME = 'Other frame';

export class Ladder {
  private kinds = new Uint8Array(1024);
  private subjects = new Uint32Array(1024);
  private rowOfMessage = new Uint32Array(1024);
  private rowCount = 0;
  private readonly marks: MarkRow[] = [];
  private readonly folds: Fold[] = [];
  private changes = 0;
  /** Phase under whose heading the last row stands; -1: outside of any. */
  private current = NOTHING_YET;

  constructor(
    private readonly messages: MessageColumns,
    private readonly tracer: Tracer,
    private readonly lifelines: Lifelines,
  ) {}

  get count(): number {
    return this.rowCount;
  }

  /** Raised by one whenever a row that was there before shows something else. */
  get generation(): number {
    return this.changes;
  }

  /** Adds a message that has been traced, under its heading. */
  addMessage(message: number): void {
    if (isQuiet(this.messages, message)) {
      this.fold(message);
      return;
    }
    const phase = this.tracer.phaseOf(message);
    if (phase !== this.current) {
      if (phase >= 0) {
        const begins = this.tracer.phases.requestRow(phase) === message;
        this.push(begins ? HEADING : CONTINUED, phase);
      } else if (this.current >= 0) {
        this.addMark({
          kind: 'mark',
          mark: 'outside',
          time: this.messages.time(message),
          text: '',
        });
      }
      this.current = phase;
    }
    this.place(message, this.count);
    this.push(MESSAGE, message);
  }

  /** The fold that a row shows; undefined where it shows something else. */
  foldAt(row: number): Fold | undefined {
    return this.kinds[row] === FOLD ? this.folds[this.subjects[row] ?? -1] : undefined;
  }

  addRecord(record: OpenRecord | CloseRecord | GapRecord | EndRecord): void {
    this.addMark(markOf(record));
    this.current = NOTHING_YET;
  }

  /** Ladder row of a message. */
  rowOf(message: number): number {
    return this.rowOfMessage[message] ?? 0;
  }

  /** The nearest row after (`step` 1) or before another where a phase begins; a continued heading is none. */
  findHeading(row: number, step: 1 | -1): number | undefined {
    const kinds = this.kinds.subarray(0, this.rowCount);
    if (step < 0 && row <= 0) {
      return undefined;
    }
    const found = step > 0 ? kinds.indexOf(HEADING, row + 1) : kinds.lastIndexOf(HEADING, row - 1);
    return found < 0 ? undefined : found;
  }

  /** Rows from `first` on, as many as there are. */
  rows(first: number, count: number): readonly LadderRow[] {
    const rows: LadderRow[] = [];
    const end = Math.min(this.count, first + count);
    for (let row = Math.max(0, first); row < end; row++) {
      rows.push(this.row(row));
    }
    return rows;
  }

  /** A message as a row of its own, whatever stands for it. */
  messageRow(message: number): MessageRow {
    return this.message(message);
  }

  /** A quiet message joins the fold before it; it neither ends nor continues a phase. */
  private fold(message: number): void {
    const last = this.foldAt(this.count - 1);
    if (last === undefined) {
      this.folds.push({ first: message, count: 1 });
      this.push(FOLD, this.folds.length - 1);
    } else {
      last.count++;
      this.changes++;
    }
    this.place(message, this.count - 1);
  }

  private place(message: number, row: number): void {
    if (message >= this.rowOfMessage.length) {
      this.rowOfMessage = widen(this.rowOfMessage, message * 2);
    }
    this.rowOfMessage[message] = row;
  }

  private row(row: number): LadderRow {
    const subject = this.subjects[row] ?? 0;
    switch (this.kinds[row]) {
      case HEADING:
        return this.heading(subject, false);
      case CONTINUED:
        return this.heading(subject, true);
      case MARK: {
        const mark = this.marks[subject];
        if (mark === undefined) {
          throw new RangeError(`No mark ${subject}`);
        }
        return mark;
      }
      case FOLD:
        return foldRow(this.messages, this.foldAt(row) ?? { first: 0, count: 0 });
      default:
        return this.message(subject);
    }
  }

  private heading(phase: number, continued: boolean): HeadingRow {
    const { phases, table } = this.tracer;
    const request = phases.requestRow(phase);
    const answer = phases.answerRow(phase);
    const end = phases.endTime(phase);
    const workbin = this.messages.workbin(request);
    const model = table.model(phases.model(phase));
    return {
      kind: 'heading',
      phase,
      title: model.request === '' ? this.messages.name(request) : model.title,
      ...(workbin === '' ? {} : { workbin }),
      outcome: phases.outcome(phase),
      ...(answer >= 0 ? this.error(answer) : {}),
      late: phases.late(phase),
      live: phases.live(phase),
      ...(end < 0 ? {} : { durationMs: between(this.messages.time(request), end) }),
      notifications: phases.notifications(phase),
      continued,
    };
  }

  private message(message: number): MessageRow {
    const { messages, tracer } = this;
    const phase = tracer.phaseOf(message);
    const direction = messages.direction(message);
    const [application, server] = this.lifelines.of(messages.connection(message));
    const reference = messages.reference(message);
    const workbin = tracer.workbin(message);
    const interactionId = messages.interactionId(message);
    const role = tracer.role(message);
    const isWeb = this.lifelines.isWeb(messages.connection(message));
    const name = messages.name(message) || (isWeb ? OTHER_FRAME : '');
    return {
      kind: 'message',
      message,
      seq: messages.seq(message),
      time: messages.time(message),
      connection: messages.connection(message),
      direction,
      from: direction === 'send' ? application : server,
      to: direction === 'send' ? server : application,
      name,
      role,
      ...(reference === undefined ? {} : { reference }),
      ...(workbin === '' ? {} : { workbin }),
      ...(interactionId === '' ? {} : { interactionId }),
      ...this.error(message),
      ...(phase < 0 || role === 'request'
        ? {}
        : {
            sinceRequestMs: between(
              messages.time(tracer.phases.requestRow(phase)),
              messages.time(message),
            ),
          }),
      ...(phase < 0 ? {} : { phase, outcome: tracer.phases.outcome(phase) }),
      ...(name === '' ? { problem: 'No message could be read' } : {}),
    };
  }

  private error(message: number): { readonly error?: string } {
    const code = this.messages.errorCode(message);
    if (code === undefined) {
      return {};
    }
    const isGenesys = this.messages.name(message) === 'EventError';
    return { error: isGenesys ? describeError(code) : `HTTP ${code}` };
  }

  private addMark(mark: MarkRow): void {
    this.marks.push(mark);
    this.push(MARK, this.marks.length - 1);
  }

  private push(kind: number, subject: number): void {
    if (this.rowCount === this.kinds.length) {
      this.kinds = widen(this.kinds, this.rowCount * 2);
      this.subjects = widen(this.subjects, this.rowCount * 2);
    }
    this.kinds[this.rowCount] = kind;
    this.subjects[this.rowCount++] = subject;
  }
}

/** Milliseconds from one time to another, to the microsecond that recordings keep. */
function between(from: number, to: number): number {
  return Math.round((to - from) * 1000) / 1000;
}

function markOf(record: OpenRecord | CloseRecord | GapRecord | EndRecord): MarkRow {
  const base = { kind: 'mark', mark: record.kind, time: record.time } as const;
  switch (record.kind) {
    case 'open':
      return {
        ...base,
        connection: record.connection,
        text: `${record.application} connected to ${record.server}`,
      };
    case 'close': {
      const who = {
        application: 'the application',
        server: 'the server',
        network: 'the network',
        inspector: 'Workbin Inspector',
      }[record.by];
      const why = record.reason === '' ? '' : `: ${record.reason}`;
      return { ...base, connection: record.connection, text: `Connection closed by ${who}${why}` };
    }
    case 'gap': {
      const missed = record.missed === undefined ? '' : ` (${record.missed} frames missed)`;
      const text = `${record.reason}${missed}`;
      return record.connection === undefined
        ? { ...base, text }
        : { ...base, connection: record.connection, text };
    }
    case 'end':
      return {
        ...base,
        text: `Recording ended: ${record.frames} frames, ${record.messages} messages`,
      };
  }
}
