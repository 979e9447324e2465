/** Numbers as if by chance, the same for the same seed. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
}

/** A source that is as good as its own for every combination of numbers. */
export function seededRandom(...seeds: readonly number[]): Random {
  // Whatever the numbers, they are mixed to 32 bits, each in its turn.
  let state = seeds.reduce((mixed, seed) => mix(mixed ^ Math.trunc(seed)), 0x2545f491);
  return {
    next() {
      state = (state + 0x9e3779b9) | 0;
      return (mix(state) >>> 0) / 0x1_0000_0000;
    },
  };
}

/** One of several; undefined when there is none. */
export function pick<T>(random: Random, from: readonly T[]): T | undefined {
  return from[Math.floor(random.next() * from.length)];
}

/** Spreads every bit over all others. */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
