import type { TraceOverview } from '../bridge/traceView';
import { same } from './queryControl';

/**
 * True where what has come is no news: a file that is being read, or a filter that is being evaluated, grows on the
 * screen and not in truth.
 */
export function growsQuietly(before: TraceOverview | undefined, overview: TraceOverview): boolean {
  return (
    before === undefined ||
    // A file that was looked at before the first of it was read.
    before.rows === 0 ||
    before.indexing !== undefined ||
    before.filter.evaluating !== undefined ||
    !same(before.filter.query, overview.filter.query)
  );
}
