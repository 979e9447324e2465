import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeTraffic } from '../../support/generateTraffic';
import { ratioFigure, takeTurns, type Report } from '../support/figures';
import { runMeasured } from '../support/measuredChild';
import { countLines, findRipgrep } from './ripgrep';

const FRAMES = 1_000_000;
const ROUNDS = 5;
/** Of a text in no line, in a few, and in more than half of them; none has a character that JSON escapes. */
const TEXTS = [
  ['search.1m.time-vs-rg', 'customer2330918@example'],
  ['search.1m.absent.time-vs-rg', 'eventRefusedByAgent'],
  ['search.1m.frequent.time-vs-rg', 'eventWorkbinContentChanged'],
] as const;

/** Searching every body of a recording of 1.2 GB, in whole processes, against ripgrep. */
export async function run(report: Report): Promise<void> {
  const ripgrep = findRipgrep();
  if (ripgrep === undefined) {
    process.stderr.write('search: VS Code and its ripgrep are not set up; nothing was measured.\n');
    return;
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbin-inspector-bench-'));
  try {
    const file = path.join(folder, 'mixed.wbtrace');
    writeTraffic(file, FRAMES);
    for (const [name, text] of TEXTS) {
      report(await compare(name, file, text, ripgrep));
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

async function compare(
  name: string,
  file: string,
  text: string,
  ripgrep: string,
): Promise<Parameters<Report>[0]> {
  const script = path.join(__dirname, 'search.entry.js');
  const expected = await countLines(ripgrep, file, text);
  const timed = async (count: () => Promise<number>): Promise<number> => {
    const start = performance.now();
    const lines = await count();
    const ms = performance.now() - start;
    if (lines !== expected) {
      throw new Error(`${name}: ${lines} lines were found where there are ${expected}.`);
    }
    return ms;
  };
  const values = await takeTurns(ROUNDS, {
    ours: () =>
      timed(async () => (await runMeasured<{ lines: number }>(script, [file, text])).lines),
    ripgrep: () => timed(() => countLines(ripgrep, file, text)),
  });
  const baseline = { name: 'rg --count --ignore-case', values: values.ripgrep };
  return ratioFigure(name, 'ms', values.ours, baseline);
}
