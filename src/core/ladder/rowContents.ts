/** Makes what ladder rows show, when somebody looks, from the columns of index and tracer. */
import { describeError } from '../protocol/errorCodes';
import { foldRow } from './folds';
import type { LadderSources } from './layout';
import type { Lifelines } from './lifelines';
import type { FoldRow, HeadingRow, MarkRow, MessageRow } from './rows';

/** Stands for the message that a frame of web traffic does not have. */
const OTHER_FRAME = 'Other frame';

export class RowContents {
  constructor(
    private readonly sources: LadderSources,
    private readonly lifelines: Lifelines,
  ) {}

  heading(phase: number, continued: boolean): HeadingRow {
    const { messages, tracer } = this.sources;
    const { phases, table } = tracer;
    const request = phases.requestRow(phase);
    const answer = phases.answerRow(phase);
    const end = phases.endTime(phase);
    const workbin = messages.workbin(request);
    const reference = messages.reference(request);
    const model = phases.model(phase);
    const isDocumented = table.isDocumented(model);
    return {
      kind: 'heading',
      phase,
      title: isDocumented ? table.model(model).title : messages.name(request),
      ...(isDocumented ? {} : { undocumented: true }),
      ...(reference === undefined ? {} : { reference }),
      ...(workbin === '' ? {} : { workbin }),
      outcome: phases.outcome(phase),
      ...(answer >= 0 ? this.error(answer) : {}),
      late: phases.late(phase),
      live: phases.live(phase),
      ...(end < 0 ? {} : { durationMs: between(messages.time(request), end) }),
      notifications: phases.notifications(phase),
      continued,
    };
  }

  message(message: number): MessageRow {
    const { messages, tracer } = this.sources;
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
      ...this.since(message, phase < 0 || role === 'request' ? -1 : phase),
      ...(phase < 0 ? {} : { phase, outcome: tracer.phases.outcome(phase) }),
      ...(name === '' ? { problem: 'No message could be read' } : {}),
    };
  }

  mark(mark: number): MarkRow {
    return this.sources.marks.row(mark);
  }

  /** The line above messages that belong to no phase, of which the first is given. */
  outside(message: number): MarkRow {
    return { kind: 'mark', mark: 'outside', time: this.sources.messages.time(message), text: '' };
  }

  /** The line of `count` quiet messages. */
  fold(count: number, messageAt: (index: number) => number): FoldRow {
    return foldRow(this.sources.messages, count, messageAt);
  }

  /** How long after what: after the request of its phase, or (`phase` -1) after the message before it. */
  private since(
    message: number,
    phase: number,
  ): Pick<MessageRow, 'sinceRequestMs' | 'sincePreviousMs'> {
    const { messages, tracer } = this.sources;
    const time = messages.time(message);
    if (phase >= 0) {
      return { sinceRequestMs: between(messages.time(tracer.phases.requestRow(phase)), time) };
    }
    return message === 0 ? {} : { sincePreviousMs: between(messages.time(message - 1), time) };
  }

  /** Only Interaction Server's own codes have Platform SDK's names: a web tier's may mean something else. */
  private error(message: number): { readonly error?: string } {
    const { messages } = this.sources;
    const code = messages.errorCode(message);
    if (code === undefined) {
      return {};
    }
    if (messages.name(message) !== 'EventError') {
      return { error: `HTTP ${code}` };
    }
    const isWeb = this.lifelines.isWeb(messages.connection(message));
    return { error: isWeb ? `Error ${code}` : describeError(code) };
  }
}

/** Milliseconds from one time to another, to the microsecond that recordings keep. */
function between(from: number, to: number): number {
  return Math.round((to - from) * 1000) / 1000;
}
