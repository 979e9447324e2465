/** What a view needs of the filter language, and of the statistics that speak it. */
import type { Result } from '../../core/base/result';
import type { Completions, FilterProblem, LadderQuery } from '../../core/filter/query';
import type { Work } from '../../core/base/work';
import type { Statistics, StatisticsBy } from '../../core/statistics/statistics';
import type { Trace } from '../trace';
import type { BodySearch } from './bodySearch';
import type { OpenedQuery } from './matches';

export interface FilterLanguage {
  /** Understands a query; `search` makes the search for texts in bodies. */
  open(
    trace: Trace,
    query: LadderQuery,
    search: (texts: readonly string[]) => BodySearch,
  ): Result<OpenedQuery, FilterProblem>;
  /** Ways to go on with a filter at the caret. */
  complete(trace: Trace, text: string, caret: number): Completions;
  /** Understands a filter that is asked row by row; free text is a problem there. */
  rule(trace: Trace, filter: string): Result<(message: number) => boolean, FilterProblem>;
  /** True where other bookmarks may mean other messages. */
  asksForBookmarks(filter: string): boolean;
  /** Counts the phases whose request is counted; all without `counts`. */
  statistics(
    trace: Trace,
    by: StatisticsBy,
    counts: ((requestRow: number) => boolean) | undefined,
  ): Work<Statistics>;
}
