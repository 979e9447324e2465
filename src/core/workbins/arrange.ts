/** How the interactions of a workbin can be put in order, and by what they are compared. */
import type { InteractionSummary } from './interaction';

/** `told`: as the server told them. `age`: by how long they lie in the workbin. */
export const INTERACTION_ORDERS = ['told', 'subject', 'age', 'received', 'sender', 'id'] as const;
export type InteractionOrder = (typeof INTERACTION_ORDERS)[number];

/** What an interaction is compared by; those without one come last, whatever the direction. */
export type SortKey = string | number | undefined;

export function sortKey(summary: InteractionSummary, order: InteractionOrder): SortKey {
  switch (order) {
    case 'told':
      return undefined;
    case 'subject':
      return summary.subject ?? summary.id;
    case 'age':
      return negative(timeOf(summary.movedAt));
    case 'received':
      return timeOf(summary.receivedAt);
    case 'sender':
      return summary.from;
    case 'id':
      return summary.id;
  }
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Below 0 where `one` comes first. */
export function compareKeys(one: SortKey, other: SortKey, descending: boolean): number {
  if (one === undefined || other === undefined) {
    return one === other ? 0 : one === undefined ? 1 : -1;
  }
  const ascending =
    typeof one === 'number' && typeof other === 'number'
      ? one - other
      : collator.compare(String(one), String(other));
  return descending ? -ascending : ascending;
}

/** The youngest first is ascending: what came last has the lowest age. */
function negative(time: number | undefined): number | undefined {
  return time === undefined ? undefined : -time;
}

/** Milliseconds since 1970 of a wire's point in time. */
export function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}
