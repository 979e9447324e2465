import type { TraceOverview } from '../bridge/traceView';
import { same } from './queryControl';

/**
 * True where what has come is no news: a file that is being read, or a filter that is being evaluated, grows on the
 * screen and not in truth.
 */
export function growsQuietly(before: TraceOverview | undefined, overview: TraceOverview): boolean {
  return (
    before === undefined ||
    before.indexing !== undefined ||
    before.filter.evaluating !== undefined ||
    !same(before.filter.query, overview.filter.query)
  );
}
