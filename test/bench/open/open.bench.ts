import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeTraffic } from '../../support/generateTraffic';
import { ratioFigure, takeTurns, type Report } from '../support/figures';
import { runMeasured } from '../support/measuredChild';

const MESSAGES = 100_000;
const ROUNDS = 5;

/** Indexing and tracing a recording, against the engine's own `JSON.parse` of every line of it. */
export async function run(report: Report): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbin-inspector-bench-'));
  try {
    const file = path.join(folder, 'mixed.wbtrace');
    const truth = writeTraffic(file, MESSAGES);
    const script = path.join(__dirname, 'open.entry.js');
    const measured = async (what: string): Promise<number> => {
      const { ms, messages } = await runMeasured<{ ms: number; messages: number }>(script, [
        what,
        file,
      ]);
      if (messages !== truth.messages) {
        throw new Error(`${what} found ${messages} of ${truth.messages} messages.`);
      }
      return ms;
    };
    const values = await takeTurns(ROUNDS, {
      trace: () => measured('trace'),
      parse: () => measured('parse'),
    });
    report(
      ratioFigure('open.100k.time-vs-json-parse', 'ms', values.trace, {
        name: 'JSON.parse of every line',
        values: values.parse,
      }),
    );
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
