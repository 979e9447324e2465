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
 * A focused test (`.only`) is an error.
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
      const stats = runner.stats;
      resolve(
        stats === undefined
          ? oneFailure
          : { passed: stats.passes, failed: stats.failures, skipped: stats.pending },
      );
    });
  });
}
