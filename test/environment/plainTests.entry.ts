/**
 * Runs compiled test files with Mocha in this process: `plainTests.entry.js RESULT TIMEOUT FILE…`.
 * Writes the counts to the file RESULT. A process of its own for each kind, so that none disturbs another.
 */
import { writeFileSync } from 'node:fs';
import { runMocha } from './mochaRun';

async function main(): Promise<void> {
  const [result = '', timeout = '', ...files] = process.argv.slice(2);
  const counts = await runMocha(files, {
    timeoutMs: Number(timeout),
    colour: process.stdout.isTTY,
    print: (text) => console.log(text),
  });
  writeFileSync(result, JSON.stringify(counts));
}

// A test that leaves something open must not keep the run from ending.
main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
