/**
 * What VS Code calls to run the host tests, inside its extension host: served in a browser or started by
 * @vscode/test-electron. Rejects when a test fails.
 */
import { describeCounts } from '../environment/counts';
import { hostResultVariable, writeHostResult } from '../environment/hostResult';
import { runMocha } from '../environment/mochaRun';
import { compiledTests } from '../environment/testFiles';

export async function run(): Promise<void> {
  const files = compiledTests('test/host');
  const report: string[] = [];
  const print = (text: string): unknown => report.push(text);
  const counts = await runMocha(files, { timeoutMs: 30_000, colour: false, print });
  const file = process.env[hostResultVariable];
  if (file !== undefined) {
    writeHostResult(file, { counts, report: report.join('\n') });
  }
  if (counts.failed > 0) {
    throw new Error(describeCounts(counts));
  }
}
