/** How the host tests tell their result to the process that started VS Code. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type Counts, parseCounts } from './counts';

/** Environment variable that names the file for the result. */
export const hostResultVariable = 'WORKBIN_INSPECTOR_HOST_RESULT';

export interface HostResult {
  readonly counts: Counts;
  /** Mocha's report. */
  readonly report: string;
}

/** Writes the result whole or not at all. */
export function writeHostResult(file: string, { counts, report }: HostResult): void {
  writeFileSync(`${file}.partial`, JSON.stringify({ counts: JSON.stringify(counts), report }));
  renameSync(`${file}.partial`, file);
}

/** Undefined when the tests did not come to their end. */
export function readHostResult(file: string): HostResult | undefined {
  if (!existsSync(file)) {
    return undefined;
  }
  const value = JSON.parse(readFileSync(file, 'utf8')) as { counts: string; report: string };
  return { counts: parseCounts(value.counts), report: value.report };
}
