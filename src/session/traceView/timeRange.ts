/** Messages of a range of time, without a filter: they stand side by side, so that none has to be looked at. */
import type { TimeRange } from '../../core/filter/query';
import type { Work } from '../../core/base/work';
import type { MessageList } from '../../core/ladder/layout';
import { lowerBound } from '../../core/ladder/pages';
import type { MessageColumns } from '../../core/trace/messageColumns';
import type { Matches, OpenedQuery } from './matches';

export function openRange(messages: MessageColumns, range: TimeRange): OpenedQuery {
  return { dependsOnPhases: false, start: () => new RowsInRange(messages, range) };
}

class RowsInRange implements Matches, MessageList {
  readonly rows = this;
  readonly mustRestart = false;
  length = 0;
  seen = 0;
  private first = 0;

  constructor(
    private readonly messages: MessageColumns,
    private readonly range: TimeRange,
  ) {}

  at(index: number): number | undefined {
    return index < this.length ? this.first + index : undefined;
  }

  *decide(end: number): Work<void> {
    const { from, to } = this.range;
    const time = (row: number): number => this.messages.time(row);
    // Where rows were found, those before them are known not to be inside.
    this.first = this.length > 0 ? this.first : lowerBound(end, (row) => time(row) >= from);
    this.length = lowerBound(end, (row) => time(row) >= to, this.first) - this.first;
    this.seen = end;
    yield;
  }
}
