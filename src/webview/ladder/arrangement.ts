/** Which lifelines are shown, and in which order. Positions are those of the trace, which never move. Pure. */
export interface Arrangement {
  /** Positions that the reader has put in order; those that are missing follow as they are. */
  readonly order: readonly number[];
  readonly hidden: readonly number[];
}

export const AS_RECORDED: Arrangement = { order: [], hidden: [] };

/** All positions of `count` lifelines in the order of an arrangement, hidden ones as well. */
export function ordered({ order }: Arrangement, count: number): readonly number[] {
  const known = [...new Set(order)].filter((position) => position < count);
  const others = Array.from({ length: count }, (_, position) => position).filter(
    (position) => !known.includes(position),
  );
  return [...known, ...others];
}

/** The positions that are shown, from left to right. */
export function shownInOrder(arrangement: Arrangement, count: number): readonly number[] {
  return ordered(arrangement, count).filter((position) => !arrangement.hidden.includes(position));
}

/** Moves a lifeline to a place among those that are shown, from 0; beyond the ends: to the end. */
export function movedTo(
  arrangement: Arrangement,
  count: number,
  position: number,
  place: number,
): Arrangement {
  const others = shownInOrder(arrangement, count).filter((other) => other !== position);
  const at = Math.min(Math.max(place, 0), others.length);
  const shown = [...others.slice(0, at), position, ...others.slice(at)];
  const hidden = ordered(arrangement, count).filter((other) => arrangement.hidden.includes(other));
  return { ...arrangement, order: [...shown, ...hidden] };
}

/** Hides or shows a lifeline. */
export function withHidden(
  arrangement: Arrangement,
  position: number,
  isHidden: boolean,
): Arrangement {
  const others = arrangement.hidden.filter((other) => other !== position);
  return {
    ...arrangement,
    hidden: isHidden ? [...others, position].sort((one, other) => one - other) : others,
  };
}
