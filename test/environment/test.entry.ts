/**
 * `npm test`: runs every kind of test, or those that are named (`npm test -- unit golden`), and prints
 * the counts. The last line sums up all kinds.
 */
import { type Counts, describeCounts, oneFailure, sum } from './counts';
import { type Kind, type KindOptions, kinds } from './kinds';

async function main(args: readonly string[]): Promise<boolean> {
  const names = args.filter((arg) => !arg.startsWith('--'));
  const unknown = names.filter((name) => !kinds.some((kind) => kind.name === name));
  const known = kinds.map(({ name }) => name).join(', ');
  if (unknown.length > 0) {
    console.error(`There is no kind of test called ${unknown.join(', ')}. There are: ${known}.`);
    return false;
  }
  const options = { desktop: args.includes('--desktop'), lowest: args.includes('--lowest') };
  const results: (readonly [name: string, counts: Counts])[] = [];
  for (const kind of kinds.filter(({ name }) => names.length === 0 || names.includes(name))) {
    console.log(`\n== ${kind.name}`);
    results.push([kind.name, await runKind(kind, options)]);
  }
  console.log('');
  for (const [name, counts] of results) {
    console.log(`${name}: ${describeCounts(counts)}`);
  }
  const total = sum(results.map(([, counts]) => counts));
  console.log(describeCounts(total));
  return total.failed === 0;
}

/** A kind that breaks down, or has no test at all, has failed. */
async function runKind(kind: Kind, options: KindOptions): Promise<Counts> {
  try {
    const counts = await kind.run(options);
    if (counts.passed + counts.failed > 0) {
      return counts;
    }
    console.error(`No ${kind.name} test ran.`);
  } catch (error) {
    console.error(error);
  }
  return oneFailure;
}

main(process.argv.slice(2)).then(
  (ok) => (process.exitCode = ok ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
