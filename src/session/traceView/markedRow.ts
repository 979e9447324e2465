import type { LadderRow } from '../../core/ladder/rows';
import { colourOf, type ColourRule } from './colourRules';
import type { RowAnnotations } from './rowAnnotations';

/** What one view marks on the messages of a ladder that all share. */
export interface RowMarks {
  readonly colours: readonly ColourRule[];
  readonly hits: { has(message: number): boolean } | undefined;
  readonly annotations: RowAnnotations | undefined;
}

/** A row with its marks. */
export function markedRow(row: LadderRow, { colours, hits, annotations }: RowMarks): LadderRow {
  if (row.kind !== 'message') {
    return row;
  }
  const colour = colourOf(colours, row.message);
  return {
    ...row,
    ...(hits?.has(row.message) === true ? { found: true } : {}),
    ...(colour === undefined ? {} : { colour }),
    ...annotations?.of(row.message),
  };
}
