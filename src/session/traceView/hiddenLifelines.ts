/** Leaves out the messages that begin or end at lifelines that the reader has hidden. */
import { STEP, type Work } from '../../core/base/work';
import type { MessageList } from '../../core/ladder/layout';
import type { Lifelines } from '../../core/ladder/lifelines';
import type { MessageColumns } from '../../core/trace/messageColumns';
import type { Matches, OpenedQuery } from './matches';
import { RowList } from './rowList';

/** `opened`: what else the query asks for; undefined: nothing. `hidden`: positions of lifelines. */
export function hideLifelines(
  messages: MessageColumns,
  lifelines: Lifelines,
  hidden: readonly number[],
  opened: OpenedQuery | undefined,
): OpenedQuery {
  return {
    ...(opened?.bodies === undefined ? {} : { bodies: opened.bodies }),
    dependsOnPhases: opened?.dependsOnPhases ?? false,
    start: () => new RowsBetweenShown(messages, lifelines, new Set(hidden), opened?.start()),
  };
}

class RowsBetweenShown implements Matches {
  readonly rows = new RowList();
  private decided = 0;
  /** How many of the other matches were looked at. */
  private taken = 0;

  constructor(
    private readonly messages: MessageColumns,
    private readonly lifelines: Lifelines,
    private readonly hidden: ReadonlySet<number>,
    private readonly others: Matches | undefined,
  ) {}

  get seen(): number {
    return this.others?.seen ?? this.decided;
  }

  get mustRestart(): boolean {
    return this.others?.mustRestart ?? false;
  }

  *decide(end: number): Work<void> {
    const { others } = this;
    if (others === undefined) {
      yield* this.take({ length: end, at: (index) => index });
      this.decided = end;
      return;
    }
    yield* others.decide(end);
    yield* this.take(others.rows);
  }

  private *take(list: MessageList): Work<void> {
    while (this.taken < list.length) {
      const row = list.at(this.taken++) ?? 0;
      const [application, server] = this.lifelines.of(this.messages.connection(row));
      if (!this.hidden.has(application) && !this.hidden.has(server)) {
        this.rows.push(row);
      }
      if (this.taken % STEP === 0) {
        yield;
      }
    }
  }
}
