/**
 * `npm run bench [-- [--json] [NAME …]]`: builds for production, then runs every `*.bench.ts` whose path
 * contains a NAME. With --json it prints one JSON object a figure, and nothing else on standard output.
 */
import type { Bench, Figure } from '../bench/support/figures';
import { buildProducts, buildTests } from './build';
import { compiledTests } from './testFiles';

async function main(args: readonly string[]): Promise<boolean> {
  const json = args.includes('--json');
  const names = args.filter((arg) => !arg.startsWith('--'));
  if (!(await buildProducts('production')) || !(await buildTests('test/bench'))) {
    return false;
  }
  const files = compiledTests('test/bench', '.bench').filter(
    (file) => names.length === 0 || names.some((name) => file.includes(name)),
  );
  if (files.length === 0) {
    console.error(`No bench is called ${names.join(', ')}.`);
    return false;
  }
  let failed = 0;
  for (const file of files) {
    try {
      const { run } = (await import(file)) as { readonly run: Bench };
      await run((figure) => console.log(json ? JSON.stringify(figure) : inWords(figure)));
    } catch (error) {
      failed++;
      console.error(`${file} failed:`, error);
    }
  }
  return failed === 0;
}

function inWords({ name, value, unit, baseline, ratio, runs }: Figure): string {
  const against = ratio === null ? '' : `, ${ratio.toFixed(2)} × ${baseline}`;
  const single = runs.map((run) => run.toPrecision(4)).join(' ');
  return `${name}: ${value.toPrecision(4)} ${unit}${against}  [${single}]`;
}

main(process.argv.slice(2)).then(
  (ok) => (process.exitCode = ok ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
