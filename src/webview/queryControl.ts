/**
 * What the view is limited to and how it is ordered: hears of it from all parts, asks the host for it, and keeps
 * the reader's place. The newest query wins.
 */
import type { QueryAnswer, TraceOverview, TraceViewMethods } from '../bridge/traceView';
import type { Timer } from '../bridge/rpcChannel';
import { EVERYTHING, type LadderQuery, type TimeRange } from '../core/filter/query';
import { FilterBar } from './filter/filterBar';

export interface QueryOptions {
  readonly host: Pick<
    TraceViewMethods,
    'setQuery' | 'completeFilter' | 'getFilterMemory' | 'rememberFilter' | 'saveFilter'
  >;
  readonly timer: Timer;
  /** The message to keep in sight. */
  readonly kept: () => number | undefined;
  /** Another query was asked for: rows will move. Returns what to do when it is refused, and they will not. */
  readonly begin: () => () => void;
  /** The query is in force, and the kept message, or the nearest one, stands at a row. */
  readonly done: (row: number | undefined) => void;
  readonly leave: () => void;
  readonly fail: (what: string, error: unknown) => void;
}

export class QueryControl {
  readonly bar: FilterBar;
  private asked: LadderQuery = EVERYTHING;
  /** The last query that was evaluated to its end: where cancelling leads back to. */
  private settled: LadderQuery = EVERYTHING;
  private turn = 0;

  constructor(private readonly options: QueryOptions) {
    this.bar = new FilterBar({
      host: options.host,
      timer: options.timer,
      actions: {
        apply: (filter) => this.change({ ...this.asked, filter: filter.trim() }, filter),
        setScope: (scope) => this.change({ ...this.asked, scope }),
        setOrder: (order) => this.change({ ...this.asked, order }),
        cancel: () => this.change(this.settled),
        leave: options.leave,
        fail: options.fail,
      },
    });
    this.bar.setQuery(this.asked);
  }

  /** What was asked for last. */
  get query(): LadderQuery {
    return this.asked;
  }

  /** Replaces the filter; order and range stay. */
  setFilter(filter: string): void {
    this.change({ ...this.asked, filter });
    this.bar.settle(filter);
  }

  setRange(range: TimeRange | undefined): void {
    const { filter, scope, order, hidden } = this.asked;
    const others = { filter, scope, order, ...(hidden === undefined ? {} : { hidden }) };
    this.change({ ...others, ...(range === undefined ? {} : { range }) });
  }

  /** Leaves out what begins or ends at lifelines. */
  setHidden(hidden: readonly number[]): void {
    const { filter, scope, order, range } = this.asked;
    const others = { filter, scope, order, ...(range === undefined ? {} : { range }) };
    this.change({ ...others, ...(hidden.length === 0 ? {} : { hidden }) });
  }

  /** Shows all messages and times again, in the same order; what is hidden by its lifeline stays so. */
  clear(): void {
    const { scope, order, hidden } = this.asked;
    this.change({ filter: '', scope, order, ...(hidden === undefined ? {} : { hidden }) });
  }

  /** Shows what is hidden: by filter and range first, by lifelines where these hide nothing. */
  unhide(): void {
    const { filter, range } = this.asked;
    if (filter === '' && range === undefined) {
      this.clearAll();
    } else {
      this.clear();
    }
  }

  /** Shows everything again, hidden lifelines as well. */
  clearAll(): void {
    const { scope, order } = this.asked;
    this.change({ filter: '', scope, order });
  }

  update({ filter, messages }: TraceOverview): void {
    this.bar.update(filter, messages);
    if (filter.evaluating === undefined && same(filter.query, this.asked)) {
      this.settled = this.asked;
    }
  }

  /** Asks for a query, and resolves when it is in force or was refused. Rejects when the host fails. */
  async ask(query: LadderQuery, kept: number | undefined): Promise<QueryAnswer | undefined> {
    const turn = ++this.turn;
    this.asked = query;
    this.bar.setQuery(query);
    const answer = await this.options.host.setQuery(query, kept);
    if (turn !== this.turn) {
      return undefined;
    }
    this.bar.showProblem(answer.ok ? undefined : answer.problem);
    return answer;
  }

  /** `line` is the filter as it stands in the bar, where it was written there. */
  private change(query: LadderQuery, line: string = query.filter): void {
    if (same(query, this.asked) && line === query.filter) {
      this.bar.setQuery(query);
      return;
    }
    const stay = this.options.begin();
    this.ask(query, this.options.kept()).then(
      (answer) => {
        if (answer?.ok === true) {
          this.options.done(answer.row);
        } else if (answer !== undefined) {
          stay();
          this.options.done(undefined);
        }
      },
      (error: unknown) => this.options.fail('The filter could not be applied', error),
    );
  }
}

/** True when both queries show the same. */
export function same(one: LadderQuery, other: LadderQuery): boolean {
  return (
    one.filter === other.filter &&
    one.scope === other.scope &&
    one.order === other.order &&
    one.range?.from === other.range?.from &&
    one.range?.to === other.range?.to &&
    (one.hidden ?? []).join() === (other.hidden ?? []).join()
  );
}
