/** Where the lifelines stand, in pixels from the left of the ladder's column. */
export interface LadderGeometry {
  readonly width: number;
  /** By their positions in the trace; undefined for one that is hidden. */
  readonly lifelines: readonly (number | undefined)[];
}

/** Room for the title of the outermost lifelines, in pixels. */
const MARGIN = 72;

/** The ladder's column never gets narrower than this, or arrows would lose their names. */
export function minimumWidth(lifelines: number): number {
  return lifelines <= 2 ? 220 : 2 * MARGIN + (lifelines - 1) * 180;
}

/** Spreads lifelines evenly, with room for their titles at both sides. `shown`: positions from left to right. */
export function layOut(width: number, shown: readonly number[]): LadderGeometry {
  const count = shown.length;
  const margin = count <= 1 ? width / 2 : Math.min(MARGIN, width / (count * 2));
  const step = count <= 1 ? 0 : (width - 2 * margin) / (count - 1);
  const lifelines: (number | undefined)[] = [];
  for (const [place, position] of shown.entries()) {
    lifelines[position] = Math.round(margin + place * step);
  }
  return { width, lifelines: Array.from(lifelines) };
}

/** A span of the column in which an arrow runs and its name has room. */
export interface Span {
  readonly left: number;
  readonly width: number;
}

/** How far a long name may reach over the ends of its arrow, in pixels: nothing else stands in its row. */
const OVERHANG = 56;

/** Where an arrow's name has room, the arrow's middle in the middle. */
export function labelSpanOf(geometry: LadderGeometry, from: number, to: number): Span {
  const { left, width } = spanOf(geometry, from, to);
  const over = Math.max(0, Math.min(OVERHANG, left, geometry.width - left - width));
  return { left: left - over, width: width + 2 * over };
}

/** Between the two lifelines; for a message to oneself, the side of the lifeline with more room. */
export function spanOf({ width, lifelines }: LadderGeometry, from: number, to: number): Span {
  const start = lifelines[from] ?? 0;
  const end = lifelines[to] ?? width;
  if (start === end) {
    return start > width / 2 ? { left: 0, width: start } : { left: start, width: width - start };
  }
  return { left: Math.min(start, end), width: Math.abs(end - start) };
}
