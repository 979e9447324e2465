/**
 * A filter language of three words, evaluated as plainly as can be: `text:x` looks into lines, an outcome looks at
 * phases, anything else is part of a name; `?` is a mistake.
 */
import { ok } from '../../../../src/core/base/result';
import type { LadderQuery } from '../../../../src/core/filter/query';
import type { Outcome } from '../../../../src/core/phases/model';
import type { BodySearch } from '../../../../src/session/traceView/bodySearch';
import type { FilterLanguage } from '../../../../src/session/traceView/filterLanguage';
import type { OpenedQuery } from '../../../../src/session/traceView/matches';
import { RowList } from '../../../../src/session/traceView/rowList';
import type { Trace } from '../../../../src/session/trace';

const OUTCOMES = ['open', 'completed', 'failed', 'unanswered', 'interrupted'];

/** Messages that a query lets through, by going through all of them. */
export function matching(
  trace: Trace,
  query: LadderQuery,
  inBody: (row: number) => boolean = () => true,
): readonly number[] {
  const rows = Array.from({ length: trace.messages.count }, (_, row) => row);
  const { filter, range, scope } = query;
  const phaseOf = (row: number) => trace.tracer.phaseOf(row);
  const isIn = (row: number) => {
    const time = trace.messages.time(row);
    return range === undefined || (time >= range.from && time < range.to);
  };
  const matches = (row: number) => {
    if (filter.startsWith('text:')) {
      return inBody(row);
    }
    const outcome = phaseOf(row) < 0 ? undefined : trace.tracer.phases.outcome(phaseOf(row));
    return OUTCOMES.includes(filter)
      ? outcome === (filter as Outcome)
      : trace.messages.name(row).includes(filter);
  };
  const found = rows.filter((row) => isIn(row) && matches(row));
  const phases = new Set(found.map(phaseOf).filter((phase) => phase >= 0));
  return scope === 'messages'
    ? found
    : rows.filter((row) => found.includes(row) || (isIn(row) && phases.has(phaseOf(row))));
}

export const SMALL_LANGUAGE: FilterLanguage = {
  open(trace, query, search) {
    const { filter } = query;
    if (filter === '?') {
      return { ok: false, error: { text: 'What?', at: 0, length: 1 } };
    }
    return ok(
      opened(trace, query, filter.startsWith('text:') ? search([filter.slice(5)]) : undefined),
    );
  },
  complete: (_, text, caret) => ({
    from: 0,
    to: caret,
    items: [{ text, detail: '', kind: 'value' }],
  }),
  rule: (trace, filter) =>
    filter === '?'
      ? { ok: false, error: { text: 'What?', at: 0, length: 1 } }
      : ok((row) => trace.messages.name(row).includes(filter)),
  asksForBookmarks: () => false,
  *statistics(trace, by, counts) {
    const { phases } = trace.tracer;
    const rows = Array.from({ length: phases.count }, (_, phase) => phases.requestRow(phase));
    const counted = rows.filter((row) => counts?.(row) ?? true).length;
    yield;
    const outcomes = { open: 0, completed: 0, failed: 0, unanswered: 0, interrupted: 0 };
    const total = {
      subject: '',
      filter: '',
      count: counted,
      outcomes,
      notifications: 0,
      overTime: [],
    };
    return { by, range: { from: 0, to: 0 }, rows: [], total, subjects: 0 };
  },
};

function opened(trace: Trace, query: LadderQuery, bodies: BodySearch | undefined): OpenedQuery {
  return {
    ...(bodies === undefined ? {} : { bodies }),
    dependsOnPhases: OUTCOMES.includes(query.filter),
    start() {
      const rows = new RowList();
      let seen = 0;
      let mustRestart = false;
      return {
        rows,
        get seen() {
          return seen;
        },
        get mustRestart() {
          return mustRestart;
        },
        *decide(end) {
          const list = matching(trace, query, (row) => bodies?.hits(0).has(row) ?? false);
          mustRestart ||=
            list.some((row) => row < seen && !rows.has(row)) && query.scope === 'phases';
          for (; seen < end; seen++) {
            if (list.includes(seen)) {
              rows.push(seen);
            }
            yield;
          }
        },
      };
    },
  };
}
