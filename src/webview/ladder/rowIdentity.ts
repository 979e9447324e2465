import { assertNever } from '../../core/base/assert';
import type { LadderRow } from '../../core/ladder/rows';

/** {@link identityOf} the row of a message. */
export function messageIdentity(message: number): string {
  return `message ${message}`;
}

/**
 * Tells whether a row is the one that stood there before. A phase that goes on after others has several headings,
 * which are alike; their places tell them apart.
 */
export function identityOf(row: LadderRow): string {
  switch (row.kind) {
    case 'message':
      return messageIdentity(row.message);
    case 'heading':
      return `heading ${row.phase} ${row.continued ? 'continued' : 'begun'}`;
    case 'mark':
      return `mark ${row.mark} ${row.time}`;
    case 'fold':
      return `fold ${row.time}`;
    default:
      return assertNever(row);
  }
}
