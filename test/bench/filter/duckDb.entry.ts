/** The same questions to DuckDB's loaded table: `FILE MANIFEST`; prints a {@link AskedOfDuckDb}. */
import { loadMessages, openDuckDb } from '../support/duckDb';
import { PHASE_SQL, PHASES_SQL, TYPED_SQL } from './questions';

const REPETITIONS = 15;

/** Milliseconds of single questions, and the last count. */
export interface AskedOfDuckDb {
  readonly typed: readonly number[];
  readonly typedRows: number;
  readonly phase: readonly number[];
  readonly phaseRows: number;
}

async function main([file = '', manifest = '']: readonly string[]): Promise<void> {
  const database = await openDuckDb(manifest);
  await loadMessages(database, file);
  await database.run(PHASES_SQL);
  const ask = async (
    sql: string,
  ): Promise<{ readonly ms: readonly number[]; readonly rows: number }> => {
    const ms: number[] = [];
    let rows = 0;
    for (let repetition = 0; repetition < REPETITIONS; repetition++) {
      const start = performance.now();
      const [found] = await database.rows(sql);
      ms.push(performance.now() - start);
      rows = Number(found?.['rows']);
    }
    return { ms, rows };
  };
  const typed = await ask(TYPED_SQL);
  const phase = await ask(PHASE_SQL);
  const asked: AskedOfDuckDb = {
    typed: typed.ms,
    typedRows: typed.rows,
    phase: phase.ms,
    phaseRows: phase.rows,
  };
  process.stdout.write(`${JSON.stringify(asked)}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
