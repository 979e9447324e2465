/**
 * Questions to a million messages that have been read: filters, the contents of workbins at some moment, single
 * messages. Beside DuckDB's counts on its loaded table, and `JSON.parse` of the same lines.
 */
import path from 'node:path';
import { median, ratioFigure, plainFigure, type Report } from '../support/figures';
import { DUCKDB_VERSION, setUpDuckDb } from '../support/duckDb';
import { mixedTraffic } from '../support/mixedTraffic';
import { note, noteMachine } from '../support/notes';
import { wholeScript } from '../support/wholeProcess';
import type { AskedOfDuckDb } from './duckDb.entry';
import type { Asked } from './filter.entry';
import { PHASE_FILTER, TYPED_FILTER } from './questions';

const ROUNDS = 5;

export async function run(report: Report): Promise<void> {
  noteMachine({ duckdb: DUCKDB_VERSION });
  const manifest = await setUpDuckDb();
  const traffic = await mixedTraffic(1_000_000);
  const ours: Asked[] = [];
  const theirs: AskedOfDuckDb[] = [];
  const ask = async (): Promise<void> => {
    const script = path.join(__dirname, 'filter.entry.js');
    ours.push((await wholeScript(script, [traffic.path])).result as Asked);
  };
  const askDuckDb = async (): Promise<void> => {
    const script = path.join(__dirname, 'duckDb.entry.js');
    theirs.push((await wholeScript(script, [traffic.path, manifest])).result as AskedOfDuckDb);
  };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const turn of round % 2 === 0 ? [ask, askDuckDb] : [askDuckDb, ask]) {
        await turn();
      }
    }
  } finally {
    traffic.remove();
  }
  const [found] = ours;
  const [counted] = theirs;
  note(
    `${TYPED_FILTER}: ${found?.typedRows} rows, DuckDB ${counted?.typedRows}; ` +
      `phases with ${PHASE_FILTER}: ${found?.phaseRows} rows, DuckDB ${counted?.phaseRows} without notifications and early answers; ` +
      `DuckDB has no hints of ${traffic.truth.unhinted} lines`,
  );
  const inTheMiddle = (of: (asked: Asked) => readonly number[]): readonly number[] =>
    ours.map((asked) => median(of(asked)));
  const duckDb = (of: (asked: AskedOfDuckDb) => readonly number[]): Baseline => ({
    name: "DuckDB's count on its loaded table",
    values: theirs.map((asked) => median(of(asked))),
  });
  const parsed: Baseline = {
    name: 'JSON.parse of a page of 40 rows',
    values: inTheMiddle((asked) => asked.parsedPage),
  };
  const typed = inTheMiddle((asked) => asked.typed);
  const phase = inTheMiddle((asked) => asked.phase);
  const state = inTheMiddle((asked) => asked.state);
  report(
    ratioFigure(
      'filter.1m.typed-ms',
      'ms',
      typed,
      duckDb((asked) => asked.typed),
    ),
  );
  report(
    ratioFigure(
      'filter.1m.phase-ms',
      'ms',
      phase,
      duckDb((asked) => asked.phase),
    ),
  );
  report(ratioFigure('state.1m.ms', 'ms', state, parsed));
  report(
    plainFigure(
      'state.1m.slowest-ms',
      'ms',
      ours.map((asked) => Math.max(...asked.state)),
    ),
  );
  report(
    ratioFigure(
      'seek.1m.p99-ms',
      'ms',
      ours.map(({ seek }) => at(seek, 0.99)),
      parsed,
    ),
  );
  report(
    ratioFigure(
      'seek.1m.page-ms',
      'ms',
      inTheMiddle(({ page }) => page),
      parsed,
    ),
  );
}

interface Baseline {
  readonly name: string;
  readonly values: readonly number[];
}

/** The value below which a share of all lies. */
function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
}
