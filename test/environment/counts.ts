/** How many tests of a kind passed, failed and were skipped. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const noTests: Counts = { passed: 0, failed: 0, skipped: 0 };

/** One thing that failed as a whole. */
export const oneFailure: Counts = { passed: 0, failed: 1, skipped: 0 };

export function sum(counts: readonly Counts[]): Counts {
  return counts.reduce(
    (a, b) => ({
      passed: a.passed + b.passed,
      failed: a.failed + b.failed,
      skipped: a.skipped + b.skipped,
    }),
    noTests,
  );
}

/** `3 passed, 0 failed`, and `, 1 skipped` where there is one. */
export function describeCounts({ passed, failed, skipped }: Counts): string {
  const rest = skipped > 0 ? `, ${String(skipped)} skipped` : '';
  return `${String(passed)} passed, ${String(failed)} failed${rest}`;
}

/** Checks counts that another process wrote. */
export function parseCounts(text: string): Counts {
  const value = JSON.parse(text) as Partial<Counts>;
  const { passed, failed, skipped } = value;
  if (![passed, failed, skipped].every(Number.isSafeInteger)) {
    throw new Error(`These are no counts: ${text.slice(0, 200)}`);
  }
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
}
