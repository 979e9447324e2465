/**
 * What the model of a phase expects beside what came of it in a trace: made when somebody looks at one phase, from
 * the columns of index and tracer, in small steps, since a phase may go through the whole of a trace.
 */
import { STEP, type Work } from '../base/work';
import { messageByName } from '../protocol/catalogue';
import type { Reference } from '../protocol/message';
import type { MessageColumns } from '../trace/messageColumns';
import type { Outcome, PhaseModel, Precondition } from './model';
import { PRECONDITIONS } from './preconditions';
import type { Tracer } from './tracer';

/** A message of a phase. Times in milliseconds. */
export interface PhaseMessage {
  readonly message: number;
  /** Sequence number of its frame: what the ladder shows. */
  readonly seq: number;
  readonly name: string;
  readonly time: number;
  readonly sinceRequestMs: number;
}

/** An event that the model expects, and what it means. */
export interface ExpectedEvent {
  readonly name: string;
  readonly means: 'success' | 'failure';
  /** When a failure is due, in the words of the model. */
  readonly when?: string;
  /** Set where the source of the model does not name it: where our reading comes from. */
  readonly reading?: string;
}

/** Messages of one kind: how many, the first and the last of them. */
export interface PhaseMessages {
  readonly count: number;
  readonly first?: PhaseMessage;
  readonly last?: PhaseMessage;
}

/** `met`, `ended`: by a phase of this trace, whose request is `message`. `unseen`: this trace does not tell. */
export interface PhaseNeed {
  readonly need: Precondition;
  readonly words: string;
  /** What of it is our reading. */
  readonly reading?: string;
  readonly standing: 'met' | 'ended' | 'unseen';
  readonly message?: number;
  readonly seq?: number;
}

export interface PhaseReport {
  readonly phase: number;
  /** Title exactly as Genesys gives it; the request's name where no documented model begins with it. */
  readonly title: string;
  readonly undocumented?: true;
  /** Where the model is documented. */
  readonly source: string;
  readonly outcome: Outcome;
  readonly late: boolean;
  readonly workbin?: string;
  readonly reference?: Reference;
  readonly request: PhaseMessage;
  /** What may answer the request; empty where any event with its reference does. */
  readonly expected: readonly ExpectedEvent[];
  readonly accepted: PhaseMessages;
  readonly answer?: PhaseMessage;
  /** Further answers that the model expects, and what came of them. */
  readonly moreAnswers: readonly ExpectedEvent[];
  readonly more: PhaseMessages;
  /** Answers that no model expects. */
  readonly duplicates: PhaseMessages;
  /** Events that may follow completion, and the title of the phase that ends them. */
  readonly followedBy: readonly ExpectedEvent[];
  readonly endedBy?: string;
  readonly live: boolean;
  readonly notifications: PhaseMessages;
  /** Milliseconds after the request when it counts as unanswered: a setting, not the server's. */
  readonly timeLimitMs: number;
  /** When it ended, in milliseconds of the recording; absent while open. */
  readonly endTime?: number;
  readonly needs: readonly PhaseNeed[];
}

export interface ReportedTrace {
  readonly messages: MessageColumns;
  readonly tracer: Tracer;
}

/** The most rows that an answer is looked for before its request. */
const EARLY_ROWS = 4096;

/** `isWeb`: the phase stands on a web tier's connection, where events of other names may answer. */
export function* phaseReport(
  trace: ReportedTrace,
  phase: number,
  isWeb: boolean,
): Work<PhaseReport> {
  const { messages, tracer } = trace;
  const { phases, table } = tracer;
  const isDocumented = table.isDocumented(phases.model(phase));
  const model = table.model(phases.model(phase));
  const request = phases.requestRow(phase);
  const answer = phases.answerRow(phase);
  const endTime = phases.endTime(phase);
  const workbin = messages.workbin(request);
  const reference = messages.reference(request);
  const came = yield* messagesOf(trace, phase);
  const ender = model.endedBy === undefined ? undefined : table.indexOf(model.endedBy);
  const known = (name: string): boolean => isWeb || messageByName(name) !== undefined;
  return {
    phase,
    title: isDocumented ? model.title : messages.name(request),
    ...(isDocumented ? {} : { undocumented: true }),
    source: model.source,
    outcome: phases.outcome(phase),
    late: phases.late(phase),
    ...(workbin === '' ? {} : { workbin }),
    ...(reference === undefined ? {} : { reference }),
    request: placeOf(trace, phase, request),
    expected: expectedEvents(model).filter(({ name }) => known(name)),
    accepted: came.accepted,
    ...(answer < 0 ? {} : { answer: placeOf(trace, phase, answer) }),
    moreAnswers: successes(model, model.moreAnswers ?? []).filter(({ name }) => known(name)),
    more: came.more,
    duplicates: came.duplicates,
    followedBy: successes(model, model.followedBy ?? []).filter(({ name }) => known(name)),
    ...(ender === undefined ? {} : { endedBy: table.model(ender).title }),
    live: phases.live(phase),
    notifications: came.notifications,
    timeLimitMs: tracer.answerTimeLimitMs,
    ...(endTime < 0 ? {} : { endTime }),
    needs: yield* needsOf(trace, phase, model),
  };
}

function expectedEvents(model: PhaseModel): readonly ExpectedEvent[] {
  return [
    ...successes(model, model.success),
    ...model.failure.map(({ event, when }) => ({
      name: event,
      means: 'failure' as const,
      when,
      ...readingOf(model, event),
    })),
  ];
}

function successes(model: PhaseModel, names: readonly string[]): readonly ExpectedEvent[] {
  return names.map((name) => ({ name, means: 'success', ...readingOf(model, name) }));
}

function readingOf({ readings }: PhaseModel, event: string): { readonly reading?: string } {
  const reading = readings?.[event];
  return reading === undefined ? {} : { reading };
}

function placeOf({ messages, tracer }: ReportedTrace, phase: number, message: number) {
  const time = messages.time(message);
  const since = time - messages.time(tracer.phases.requestRow(phase));
  return {
    message,
    seq: messages.seq(message),
    name: messages.name(message),
    time,
    sinceRequestMs: Math.round(since * 1000) / 1000,
  };
}

/** Counts messages of one kind as they are met. */
class Counted {
  private count = 0;
  private first = -1;
  private last = -1;

  add(message: number): void {
    this.first = this.count === 0 ? message : this.first;
    this.last = message;
    this.count++;
  }

  told(place: (message: number) => PhaseMessage): PhaseMessages {
    return this.count === 0
      ? { count: 0 }
      : { count: this.count, first: place(this.first), last: place(this.last) };
  }
}

function* messagesOf(trace: ReportedTrace, phase: number) {
  const { tracer } = trace;
  const { phases } = tracer;
  const request = phases.requestRow(phase);
  const answer = phases.answerRow(phase);
  const accepted = new Counted();
  const more = new Counted();
  const duplicates = new Counted();
  const notifications = new Counted();
  const end = tracer.count;
  let row = Math.max(0, request - EARLY_ROWS);
  while (row < end) {
    const until = Math.min(end, row + STEP * 16);
    for (let at = tracer.nextOf(phase, row, until); at >= 0;) {
      switch (tracer.role(at)) {
        case 'accepted':
          accepted.add(at);
          break;
        case 'answer':
          if (at !== answer) {
            more.add(at);
          }
          break;
        case 'duplicate':
          duplicates.add(at);
          break;
        case 'notification':
          notifications.add(at);
          break;
        case 'request':
        case 'unmatched':
        case 'none':
          break;
      }
      at = tracer.nextOf(phase, at + 1, until);
    }
    row = until;
    yield;
  }
  const told = (kind: Counted): PhaseMessages =>
    kind.told((message) => placeOf(trace, phase, message));
  return {
    accepted: told(accepted),
    more: told(more),
    duplicates: told(duplicates),
    notifications: told(notifications),
  };
}

function* needsOf(
  trace: ReportedTrace,
  phase: number,
  model: PhaseModel,
): Work<readonly PhaseNeed[]> {
  // A phase that failed may have become another model's, which needs the same.
  const { table, phases } = trace.tracer;
  const name = trace.messages.name(phases.requestRow(phase));
  const begun = model.needs.length > 0 ? undefined : table.begunBy(name);
  const { needs } = begun === undefined ? model : table.model(begun);
  const told: PhaseNeed[] = [];
  for (const need of needs) {
    const { words, reading } = PRECONDITIONS[need];
    const seen = yield* lastSign(trace, phase, need);
    told.push({
      need,
      words,
      ...(reading === undefined ? {} : { reading }),
      standing: seen?.standing ?? 'unseen',
      ...(seen === undefined
        ? {}
        : { message: seen.message, seq: trace.messages.seq(seen.message) }),
    });
  }
  return told;
}

/** The latest phase before this one that tells how a precondition stood. */
function* lastSign(
  { messages, tracer }: ReportedTrace,
  phase: number,
  need: Precondition,
): Work<{ readonly standing: 'met' | 'ended'; readonly message: number } | undefined> {
  const { phases, table } = tracer;
  const { madeBy, endedBy, scope } = PRECONDITIONS[need];
  const numbers = (ids: readonly string[]): readonly number[] =>
    ids.flatMap((id) => table.indexOf(id) ?? []);
  const makers = numbers(madeBy);
  const enders = numbers(endedBy);
  const request = phases.requestRow(phase);
  const isBefore = (other: number): boolean =>
    phases.outcome(other) === 'completed' && phases.endTime(other) <= messages.time(request);
  const isAlike = (row: number): boolean =>
    messages.connection(row) === messages.connection(request) &&
    (scope === 'connection' || messages.proxyClientId(row) === messages.proxyClientId(request)) &&
    (scope !== 'workbin' || messages.workbinId(row) === messages.workbinId(request));
  for (let other = phase - 1; other >= 0; other--) {
    const kind = phases.model(other);
    const standing = makers.includes(kind) ? 'met' : enders.includes(kind) ? 'ended' : undefined;
    const row = phases.requestRow(other);
    if (standing !== undefined && isAlike(row) && isBefore(other)) {
      return { standing, message: row };
    }
    if (other % STEP === 0) {
      yield;
    }
  }
  return undefined;
}
