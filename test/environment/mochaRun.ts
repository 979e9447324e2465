import { format } from 'node:util';
import { type Counts, oneFailure } from './counts';

/** What Mocha may do. */
export interface MochaOptions {
  /** A test that takes longer has failed. */
  readonly timeoutMs: number;
  readonly colour: boolean;
  /** Takes the report, line by line. */
  readonly print: (text: string) => void;
}

/**
 * Runs Mocha on compiled test files and tells its report: in plain Node and in the extension host alike.
 * A focused test (`.only`) is an error, and a test that was left out without being skipped counts as failed.
 */
export async function runMocha(
  files: readonly string[],
  { timeoutMs, colour, print }: MochaOptions,
): Promise<Counts> {
  const { default: Mocha } = await import('mocha');
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => print(format(...args));
  const mocha = new Mocha({ ui: 'bdd', timeout: timeoutMs, color: colour, forbidOnly: true });
  for (const file of files) {
    mocha.addFile(file);
  }
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      const { stats, total } = runner;
      if (stats === undefined) {
        resolve(oneFailure);
        return;
      }
      const { passes, failures, pending } = stats;
      // A hook that fails takes tests with it; so does a suite that bails out, which Mocha does not tell.
      const notRun = Math.max(0, total - passes - failures - pending);
      if (notRun > 0) {
        print(`${notRun} tests were not run.\n`);
      }
      resolve({ passed: passes, failed: failures + notRun, skipped: pending });
    });
  });
}
