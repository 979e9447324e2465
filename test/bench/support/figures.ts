/** One measured figure, as `npm run bench -- --json` prints it. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is compared with, in the same run; empty where it stands alone. */
  readonly baseline: string;
  /** Ours divided by the baseline's. */
  readonly ratio: number | null;
  /** The single values, in the order in which they were measured. */
  readonly runs: readonly number[];
}

/** Takes what a bench has measured. */
export type Report = (figure: Figure) => void;

/** What every `*.bench.ts` exports as `run`. */
export type Bench = (report: Report) => Promise<void>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/**
 * Measures several cases so that each has its turn in every round: what the machine does meanwhile falls on
 * all of them. Each case returns its value; the result has the values of every case, by round.
 */
export async function takeTurns<K extends string>(
  rounds: number,
  cases: { readonly [name in K]: () => Promise<number> },
): Promise<{ readonly [name in K]: readonly number[] }> {
  const names = Object.keys(cases) as K[];
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as {
    [name in K]: number[];
  };
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length];
      if (name !== undefined) {
        values[name].push(await cases[name]());
      }
    }
  }
  return values;
}

/** A figure that is a ratio: the median of ours over that of the baseline. */
export function ratioFigure(
  name: string,
  unit: string,
  ours: readonly number[],
  baseline: { readonly name: string; readonly values: readonly number[] },
): Figure {
  const value = median(ours);
  const ratio = value / median(baseline.values);
  return { name, value, unit, baseline: baseline.name, ratio, runs: ours };
}

/** A figure that stands alone. */
export function plainFigure(name: string, unit: string, values: readonly number[]): Figure {
  return { name, value: median(values), unit, baseline: '', ratio: null, runs: values };
}
