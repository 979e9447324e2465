/**
 * One way to open a recording, as a whole process; prints an {@link Opened}.
 *
 *     trace FILE            index and phases, as the product makes them
 *     parse FILE            the baseline: JSON.parse of every line; keeps nothing
 *     duckdb FILE MANIFEST  DuckDB reads the same columns and joins answers with requests
 *     keep FILE             as `trace`, and keeps its index beside the recording
 *     again FILE FACTS      with the index that was kept; checked like `verify` where facts are named
 *     verify FILE FACTS     as `trace`, and holds every message against what the generator meant
 */
import fs from 'node:fs';
import path from 'node:path';
import { openRecordingReader } from '../../../src/recording/recordingReader';
import { Trace } from '../../../src/session/trace';
import { differences } from '../../support/traffic/checkTrace';
import { ANSWERED_REQUESTS, loadMessages, openDuckDb } from '../support/duckDb';

export interface Opened {
  readonly messages: number;
  /** Requests with an answer, where they were looked for. */
  readonly answered?: number;
  readonly unanswered?: number;
  readonly interrupted?: number;
  /** Most memory that was resident, in millions of bytes. */
  readonly peakMb: number;
}

const LINE_END = 0x0a;

async function read(file: string, withIndex = false): Promise<Trace> {
  const index = { folder: `${file}.indexes` };
  const workers = { script: path.join(process.cwd(), 'dist', 'scanWorker.js') };
  const reader = openRecordingReader(file, withIndex ? { index, workers } : { workers });
  const trace = new Trace(reader, { answerTimeLimitMs: 10_000 });
  await trace.read();
  return trace;
}

async function traced(file: string, withIndex = false): Promise<Omit<Opened, 'peakMb'>> {
  const trace = await read(file, withIndex);
  const { messages, phases } = trace.status;
  trace.dispose();
  const { completed, failed, unanswered, interrupted } = phases;
  return { messages, answered: completed + failed, unanswered, interrupted };
}

/** Fast, plain Node: blocks that fit the cache, each line made a string by itself, nothing kept. */
function parsed(file: string): Omit<Opened, 'peakMb'> {
  let block = Buffer.allocUnsafe(256 * 1024);
  let used = 0;
  let messages = 0;
  const descriptor = fs.openSync(file, 'r');
  for (;;) {
    const got = fs.readSync(descriptor, block, used, block.length - used, null);
    if (got === 0) {
      break;
    }
    const filled = block.subarray(0, used + got);
    let start = 0;
    for (let end = filled.indexOf(LINE_END); end >= 0; end = filled.indexOf(LINE_END, start)) {
      const line = JSON.parse(filled.toString('utf8', start, end)) as {
        readonly kind: string;
        readonly m?: readonly unknown[];
      };
      messages += line.kind === 'frame' ? (line.m?.length ?? 1) : 0;
      start = end + 1;
    }
    used = filled.length - start;
    const next = used === block.length ? Buffer.allocUnsafe(used * 2) : block;
    filled.copy(next, 0, start);
    block = next;
  }
  fs.closeSync(descriptor);
  return { messages };
}

async function joined(file: string, manifest: string): Promise<Omit<Opened, 'peakMb'>> {
  const database = await openDuckDb(manifest);
  await loadMessages(database, file);
  const [found] = await database.rows(ANSWERED_REQUESTS);
  return { messages: Number(found?.['messages']), answered: Number(found?.['answered']) };
}

async function kept(file: string): Promise<Omit<Opened, 'peakMb'>> {
  const trace = await read(file, true);
  await trace.settled();
  const { messages } = trace.status;
  trace.dispose();
  return { messages };
}

async function verified(
  file: string,
  facts: string,
  withIndex = false,
): Promise<Omit<Opened, 'peakMb'>> {
  const trace = await read(file, withIndex);
  const bytes = fs.readFileSync(facts);
  const wanted = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const { problems } = trace.status;
  const found = [...problems, ...differences(trace, wanted)];
  if (found.length > 0) {
    throw new Error(`The trace is not what was generated:\n${found.join('\n')}`);
  }
  return { messages: trace.messages.count };
}

async function main([what = '', file = '', more = '']: readonly string[]): Promise<void> {
  const ways: { readonly [name: string]: () => Promise<Omit<Opened, 'peakMb'>> } = {
    trace: () => traced(file),
    parse: () => Promise.resolve(parsed(file)),
    duckdb: () => joined(file, more),
    keep: () => kept(file),
    again: () => (more === '' ? traced(file, true) : verified(file, more, true)),
    verify: () => verified(file, more),
  };
  const way = ways[what];
  if (way === undefined) {
    throw new Error(`There is no way to open called "${what}".`);
  }
  const found = await way();
  const peakMb = (process.resourceUsage().maxRSS * 1024) / 1e6;
  process.stdout.write(`${JSON.stringify({ ...found, peakMb })}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
