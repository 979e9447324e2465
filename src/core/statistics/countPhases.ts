/** Counts the phases of a trace by what they have in common, in steps: see {@link countPhases}. */
import { widen } from '../base/growing';
import { quoteValue } from '../filter/quoteValue';
import { ownerOf } from '../filter/workbinParts';
import type { Outcome } from '../phases/model';
import type { Tracer } from '../phases/tracer';
import type { MessageColumns } from '../trace/messageColumns';
import { sortGroups, type SortedGroups } from './sortedGroups';
import type { Latencies, Statistics, StatisticsBy, StatisticsRow } from './statistics';

/** Parts of the time that `overTime` tells of. */
const PARTS = 60;
/** Subjects that are listed. */
const MAX_ROWS = 500;
/** Cheap things that are done between two looks at the clock. */
const STEP = 2048;
const MICROSECONDS = 1000;
const LARGEST = 0xffffffff;

export interface CountedTrace {
  readonly messages: MessageColumns;
  readonly tracer: Tracer;
}

/**
 * Counts the phases whose request row is counted; all without `counts`. Latencies are exact to the microsecond,
 * percentiles by nearest rank. Whoever runs it goes on after each step for as long as there is time.
 */
export function* countPhases(
  trace: CountedTrace,
  by: StatisticsBy,
  counts: (requestRow: number) => boolean = () => true,
): Generator<undefined, Statistics> {
  const { messages, tracer } = trace;
  const { phases } = tracer;
  const range = {
    from: messages.count === 0 ? 0 : messages.time(0),
    to: messages.count === 0 ? 0 : messages.time(messages.count - 1),
  };
  const width = Math.max(Number.MIN_VALUE, range.to - range.from);
  const subjects = new Subjects(trace, by);
  const tallies: Tally[] = [];
  const total = new Tally();
  let latencies = new Uint32Array(1024);
  let groups = new Uint32Array(1024);
  let answered = 0;
  for (let phase = 0; phase < phases.count; phase++) {
    if (phase % STEP === STEP - 1) {
      yield;
    }
    const request = phases.requestRow(phase);
    if (!counts(request)) {
      continue;
    }
    const subject = subjects.of(phase);
    const tally = (tallies[subject] ??= new Tally());
    const time = messages.time(request);
    const part = Math.min(PARTS - 1, Math.floor(((time - range.from) / width) * PARTS));
    for (const each of [tally, total]) {
      each.add(phases.outcome(phase), phases.notifications(phase), part);
    }
    if (phases.answerRow(phase) >= 0) {
      if (answered === latencies.length) {
        latencies = widen(latencies, answered * 2);
        groups = widen(groups, answered * 2);
      }
      const microseconds = Math.round((phases.endTime(phase) - time) * MICROSECONDS);
      latencies[answered] = Math.min(LARGEST, Math.max(0, microseconds));
      groups[answered++] = subject;
    }
  }
  const all = latencies.slice(0, answered);
  const bySubject = yield* sortGroups(
    latencies.subarray(0, answered),
    groups.subarray(0, answered),
    tallies.length,
  );
  const inOne = yield* sortGroups(all, new Uint32Array(answered), 1);
  const listed = [...tallies.entries()]
    .sort(([, one], [, other]) => other.count - one.count)
    .slice(0, MAX_ROWS);
  return {
    by,
    range,
    rows: listed.map(([subject, tally]) => {
      const name = subjects.name(subject);
      return tally.row(name, `${by}:${quoteValue(name)}`, latenciesOf(bySubject, subject));
    }),
    total: total.row('', '', latenciesOf(inOne, 0)),
    subjects: tallies.length,
  };
}

/** What phases are counted by, as numbers from 0 in the order of appearance. */
class Subjects {
  private readonly names: string[] = [];
  private readonly byName = new Map<string, number>();
  /** By number of the model, or id of the workbin: names are made once. */
  private readonly known: (number | undefined)[] = [];

  constructor(
    private readonly trace: CountedTrace,
    private readonly by: StatisticsBy,
  ) {}

  of(phase: number): number {
    const { tracer, messages } = this.trace;
    const key =
      this.by === 'phase'
        ? tracer.phases.model(phase)
        : messages.workbinId(tracer.phases.requestRow(phase));
    const known = this.known[key];
    if (known !== undefined) {
      return known;
    }
    const subject = this.number(this.nameOf(key));
    this.known[key] = subject;
    return subject;
  }

  name(subject: number): string {
    return this.names[subject] ?? '';
  }

  private nameOf(key: number): string {
    const { tracer, messages } = this.trace;
    if (this.by === 'phase') {
      return tracer.table.model(key).title;
    }
    const workbin = messages.workbins.text(key);
    return this.by === 'workbin' ? workbin : ownerOf(workbin);
  }

  private number(name: string): number {
    let subject = this.byName.get(name);
    if (subject === undefined) {
      subject = this.names.push(name) - 1;
      this.byName.set(name, subject);
    }
    return subject;
  }
}

class Tally {
  count = 0;
  private notifications = 0;
  private readonly outcomes: { [outcome in Outcome]: number } = {
    open: 0,
    completed: 0,
    failed: 0,
    unanswered: 0,
    interrupted: 0,
  };
  private readonly overTime = new Uint32Array(PARTS);

  add(outcome: Outcome, notifications: number, part: number): void {
    this.count++;
    this.outcomes[outcome]++;
    this.notifications += notifications;
    this.overTime[part] = (this.overTime[part] ?? 0) + 1;
  }

  row(subject: string, filter: string, latency: Latencies | undefined): StatisticsRow {
    const { count, outcomes, notifications } = this;
    return {
      subject,
      filter,
      count,
      outcomes: { ...outcomes },
      notifications,
      ...(latency === undefined ? {} : { latency }),
      overTime: [...this.overTime],
    };
  }
}

function latenciesOf({ values, starts }: SortedGroups, group: number): Latencies | undefined {
  const sorted = values.subarray(starts[group] ?? 0, starts[group + 1] ?? 0);
  if (sorted.length === 0) {
    return undefined;
  }
  const rank = (part: number): number =>
    (sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0) / MICROSECONDS;
  return { p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), max: rank(1) };
}
