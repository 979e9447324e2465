import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ratioFigure, takeTurns, type Report } from '../support/figures';
import { runMeasured } from '../support/measuredChild';

const ROUNDS = 15;

/** Loading the host bundle, with a stand-in for `vscode`, against loading an empty module. */
export async function run(report: Report): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbin-inspector-bench-'));
  try {
    const empty = path.join(folder, 'empty.js');
    fs.writeFileSync(empty, '"use strict";\n');
    const script = path.join(__dirname, 'load.entry.js');
    const first = path.join(folder, 'first.js');
    fs.writeFileSync(first, '"use strict";\n');
    const load = async (file: string): Promise<number> =>
      (await runMeasured<{ ms: number }>(script, [file, first])).ms;
    const dist = path.join(process.cwd(), 'dist');
    const values = await takeTurns(ROUNDS, {
      bundle: () => load(path.join(dist, 'extension.js')),
      main: () => load(path.join(dist, 'main.js')),
      empty: () => load(empty),
    });
    report(
      ratioFigure('load.vs-empty-module', 'ms', values.bundle, {
        name: 'an empty module',
        values: values.empty,
      }),
    );
    // What activation loads: the rest of the host bundle in one file.
    report(
      ratioFigure('load.activated-vs-empty-module', 'ms', values.main, {
        name: 'an empty module',
        values: values.empty,
      }),
    );
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
