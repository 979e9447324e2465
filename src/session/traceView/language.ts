/** The filter language and the statistics, tied to traces for the views. */
import { ok } from '../../core/base/result';
import { compileFilter } from '../../core/filter/compileFilter';
import { completeFilter } from '../../core/filter/completeFilter';
import { problem, type FilterIndex } from '../../core/filter/filter';
import { FilterRun } from '../../core/filter/filterRun';
import { parseFilter } from '../../core/filter/parseFilter';
import { countPhases } from '../../core/statistics/countPhases';
import type { Trace } from '../trace';
import type { FilterLanguage } from './filterLanguage';

/** `isBookmarked` tells of the messages of the trace that the language is used on. */
export function filterLanguage(isBookmarked?: (message: number) => boolean): FilterLanguage {
  const indexOf = ({ messages, tracer, status }: Trace): FilterIndex => {
    const { startedAt } = status;
    return {
      messages,
      tracer,
      ...(startedAt === '' ? {} : { startedAt }),
      ...(isBookmarked === undefined ? {} : { isBookmarked }),
    };
  };
  return {
    open(trace, query, search) {
      const parsed = parseFilter(query.filter);
      if (!parsed.ok) {
        return parsed;
      }
      const { freeTexts, dependsOnPhases } = parsed.value;
      const bodies = freeTexts.length === 0 ? undefined : search(freeTexts);
      const inBody = (text: string): ((row: number) => boolean) => {
        const hits = bodies?.hits(freeTexts.indexOf(text));
        return (row) => hits?.has(row) ?? false;
      };
      const compiled = compileFilter(parsed.value, indexOf(trace), inBody);
      return ok({
        ...(bodies === undefined ? {} : { bodies }),
        dependsOnPhases,
        start: () => new FilterRun(compiled, indexOf(trace), query),
      });
    },
    complete: (trace, text, caret) => completeFilter(text, caret, indexOf(trace)),
    rule(trace, filter) {
      const parsed = parseFilter(filter);
      if (!parsed.ok) {
        return parsed;
      }
      const { freeTextAt } = parsed.value;
      return freeTextAt === undefined
        ? ok(compileFilter(parsed.value, indexOf(trace)).matches)
        : problem(
            freeTextAt,
            'A colour rule cannot look into bodies. Name a field, such as name:.',
          );
    },
    asksForBookmarks: (filter) => /\bis:/i.test(filter),
    statistics: countPhases,
  };
}

/** The language without bookmarks. */
export const FILTER_LANGUAGE: FilterLanguage = filterLanguage();
