/** The kinds of test that `npm test` runs, in order. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { buildProducts, buildTests, packageVsix } from './build';
import { type Counts, noTests, oneFailure, parseCounts, sum } from './counts';
import { runHostTestsOnDesktop, runHostTestsServed } from './hostTests';
import { inProject, projectRoot } from './paths';
import { run } from './processes';
import { compiledTests } from './testFiles';
import { setUpTools } from './tools';
import { testedVsix } from './vsixUnderTest';

export interface KindOptions {
  /** Host tests in a desktop VS Code that is downloaded, instead of the served one. */
  readonly desktop: boolean;
  /** Host tests in the lowest VS Code that package.json promises to run in. */
  readonly lowest: boolean;
}

/** A kind of test: its name on the command line, and how to run all of it. */
export interface Kind {
  readonly name: string;
  readonly run: (options: KindOptions) => Promise<Counts>;
}

export const kinds: readonly Kind[] = [
  { name: 'check', run: runChecks },
  { name: 'architecture', run: () => runPlain('test/architecture.test.ts') },
  { name: 'unit', run: () => runPlain('test/unit') },
  { name: 'golden', run: () => runPlain('test/golden') },
  { name: 'format', run: () => runPlain('test/format') },
  { name: 'host', run: runHost },
  { name: 'endToEnd', run: runEndToEnd },
];

/** Types, lint and layout of the sources: each counts as one test. */
async function runChecks(): Promise<Counts> {
  const checks = [
    ['types', 'typescript/bin/tsc', '-b'],
    ['lint', 'eslint/bin/eslint.js', '.'],
    ['format', 'prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  ] as const;
  const counts: Counts[] = [];
  for (const [name, script, ...args] of checks) {
    const file = inProject('node_modules', ...script.split('/'));
    const { code } = await run(process.execPath, [file, ...args], {
      cwd: projectRoot(),
      output: 'inherit',
    });
    console.log(`  ${name}: ${code === 0 ? 'in order' : 'NOT in order'}`);
    counts.push(code === 0 ? { ...noTests, passed: 1 } : oneFailure);
  }
  return sum(counts);
}

/** Mocha over what lies at `place`, in a plain Node of its own. */
async function runPlain(place: string, timeoutMs = 20_000): Promise<Counts> {
  if (!(await buildTests(place))) {
    return oneFailure;
  }
  const files = compiledTests(place);
  const result = inProject('out', 'results', `${path.basename(place)}.json`);
  mkdirSync(path.dirname(result), { recursive: true });
  rmSync(result, { force: true });
  const runner = inProject('out', 'test', 'environment', 'plainTests.entry.js');
  await run(process.execPath, [runner, result, String(timeoutMs), ...files], {
    cwd: projectRoot(),
    output: 'inherit',
  });
  // No result: the process broke down, for example while it loaded a file.
  return existsSync(result) ? parseCounts(readFileSync(result, 'utf8')) : oneFailure;
}

async function runHost({ desktop, lowest }: KindOptions): Promise<Counts> {
  if (!(await buildProducts('development')) || !(await buildTests('test/host'))) {
    return oneFailure;
  }
  if (desktop) {
    return runHostTestsOnDesktop();
  }
  await setUpTools();
  const version = lowest ? 'lowest' : 'newest';
  await setUpTools(version);
  return runHostTestsServed(version);
}

async function runEndToEnd(): Promise<Counts> {
  await setUpTools();
  await packageVsix(testedVsix());
  return runPlain('test/endToEnd', 120_000);
}
