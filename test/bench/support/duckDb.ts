/** DuckDB as something to be measured against: installed once into the ignored folder of tools, never a dependency. */
import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { freshFolder, removeFolder } from '../../environment/freshFolder';
import { inCache } from '../../environment/paths';
import { npmScript, runOrThrow } from '../../environment/processes';

const NAME = '@duckdb/node-api';
/** The package's version; that of DuckDB stands before the dash. */
export const DUCKDB_VERSION = '1.5.6-r.1';

/** Installs it where it is missing. Resolves with the file of a module to load it from. */
export async function setUpDuckDb(): Promise<string> {
  const place = inCache(`duckdb-${DUCKDB_VERSION}`);
  const manifest = path.join(place, 'package.json');
  if (!existsSync(manifest)) {
    const folder = freshFolder('unfinished-duckdb');
    const wanted = { private: true, dependencies: { [NAME]: DUCKDB_VERSION } };
    await writeFile(path.join(folder, 'package.json'), JSON.stringify(wanted));
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await runOrThrow(process.execPath, [npmScript(), ...args], { cwd: folder });
    if (existsSync(manifest)) {
      removeFolder(folder); // Another process was quicker.
    } else {
      await rename(folder, place);
    }
  }
  const entry = path.join(place, 'node_modules', ...NAME.split('/'), 'package.json');
  const { version } = JSON.parse(readFileSync(entry, 'utf8')) as { readonly version: string };
  if (version !== DUCKDB_VERSION) {
    throw new Error(`Expected ${NAME} ${DUCKDB_VERSION}, found ${version}.`);
  }
  return manifest;
}

/** What is used of a connection. */
export interface DuckDb {
  run(sql: string): Promise<unknown>;
  /** The rows of an answer, values by name; whole numbers are `bigint`. */
  rows(sql: string): Promise<readonly { readonly [column: string]: unknown }[]>;
}

interface NodeApi {
  readonly DuckDBInstance: {
    create(
      path: string,
      options: { readonly threads: string },
    ): Promise<{
      connect(): Promise<{
        run(sql: string): Promise<unknown>;
        runAndReadAll(sql: string): Promise<{
          getRowObjects(): readonly { readonly [column: string]: unknown }[];
        }>;
      }>;
    }>;
  };
}

/** A database in memory, with two threads. `manifest` as {@link setUpDuckDb} gives it. */
export async function openDuckDb(manifest: string): Promise<DuckDb> {
  const { DuckDBInstance } = createRequire(manifest)(NAME) as NodeApi;
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  return {
    run: (sql) => connection.run(sql),
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowObjects(),
  };
}

/** Reads a recording into the table `messages`: the columns that our index has of hints. */
export async function loadMessages(database: DuckDb, recording: string): Promise<void> {
  const hint = 'STRUCT(n VARCHAR, r VARCHAR, p INTEGER, w VARCHAR, i VARCHAR, e INTEGER)[]';
  const columns = `{kind: 'VARCHAR', seq: 'BIGINT', t: 'DOUBLE', c: 'INTEGER', d: 'VARCHAR', m: '${hint}'}`;
  await database.run(
    `CREATE TABLE messages AS
     SELECT seq, t, c, d, hint.n, hint.r, hint.p, hint.w, hint.i, hint.e
     FROM (SELECT seq, t, c, d, unnest(m) AS hint
           FROM read_json('${recording.replaceAll("'", "''")}', format = 'newline_delimited', columns = ${columns})
           WHERE kind = 'frame')`,
  );
}

/** Joins each answer with the last request before it that has its connection, proxy client and reference. */
export const ANSWERED_REQUESTS = `
  SELECT count(DISTINCT request.seq) AS answered, (SELECT count(*) FROM messages) AS messages
  FROM (SELECT * FROM messages WHERE d = 'receive' AND r IS NOT NULL AND n <> 'Accepted') AS answer
  ASOF JOIN (SELECT * FROM messages WHERE d = 'send' AND r IS NOT NULL) AS request
    ON answer.c = request.c AND answer.r = request.r
    AND answer.p IS NOT DISTINCT FROM request.p AND answer.seq >= request.seq`;
