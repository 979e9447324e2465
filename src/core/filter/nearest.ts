/** The candidate that a mistyped word most likely meant; undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const lower = word.toLowerCase().slice(0, 40);
  const far = Math.max(1, Math.floor(lower.length / 3));
  let best: string | undefined;
  let least = far + 1;
  for (const candidate of candidates) {
    const small = candidate.toLowerCase();
    const begins = lower.length > 1 && (small.startsWith(lower) || lower.startsWith(small));
    const steps = begins ? 0.5 : distance(lower, small);
    if (steps < least) {
      least = steps;
      best = candidate;
    }
  }
  return best;
}

/** How many letters must be added, left out, replaced or swapped with their neighbour. */
function distance(from: string, to: string): number {
  const width = to.length + 1;
  const steps = new Uint16Array((from.length + 1) * width);
  const at = (row: number, column: number): number => steps[row * width + column] ?? 0;
  for (let row = 0; row <= from.length; row++) {
    for (let column = 0; column < width; column++) {
      if (row === 0 || column === 0) {
        steps[row * width + column] = row + column;
        continue;
      }
      const same = from[row - 1] === to[column - 1] ? 0 : 1;
      const swaps =
        row > 1 &&
        column > 1 &&
        from[row - 1] === to[column - 2] &&
        from[row - 2] === to[column - 1];
      steps[row * width + column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + same,
        swaps ? at(row - 2, column - 2) + 1 : Infinity,
      );
    }
  }
  return at(from.length, to.length);
}
