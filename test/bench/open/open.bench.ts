/**
 * Opening a recording: index, phases, every answer with its request, every notification with its subscription.
 * Whole processes, from start to end, beside others that read the same file. A figure counts only when what was
 * found is exactly what the generator meant.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { median, plainFigure, ratioFigure, takeTurns, type Report } from '../support/figures';
import { DUCKDB_VERSION, setUpDuckDb } from '../support/duckDb';
import { mixedTraffic, type MixedTraffic } from '../support/mixedTraffic';
import { note, noteMachine, versionOf } from '../support/notes';
import { wholeProcess, wholeScript } from '../support/wholeProcess';
import type { Opened } from './open.entry';

const ROUNDS = 5;
const GB = 1e9;
/** Ten million messages are 13 GB; what else happens on the disk meanwhile needs room as well. */
const LARGE_NEEDS = 20 * GB;

export async function run(report: Report): Promise<void> {
  noteMachine({ duckdb: DUCKDB_VERSION, wc: await versionOf('wc') });
  await withTraffic(100_000, (traffic) => small(traffic, report));
  await withTraffic(1_000_000, (traffic) => million(traffic, report));
  if (!process.argv.includes('--large')) {
    note('open.10m.peak-mb: left out, it takes minutes and 13 GB of disk; give --large');
  } else if (freeBytes() < LARGE_NEEDS) {
    note(`open.10m.peak-mb: left out, the disk has less than ${LARGE_NEEDS / GB} GB free`);
  } else {
    await withTraffic(10_000_000, (traffic) => large(traffic, report));
  }
}

async function small(traffic: MixedTraffic, report: Report): Promise<void> {
  const values = await takeTurns(ROUNDS, {
    trace: async () => (await cold(traffic)).ms,
    parse: async () => (await parse(traffic)).ms,
  });
  report(
    ratioFigure('open.100k.time-vs-json-parse', 'ms', values.trace, {
      name: 'JSON.parse of every line',
      values: values.parse,
    }),
  );
}

async function million(traffic: MixedTraffic, report: Report): Promise<void> {
  const manifest = await setUpDuckDb();
  const peaks: number[] = [];
  let counted = '';
  const values = await takeTurns(ROUNDS, {
    trace: async () => {
      const { ms, peakMb } = await cold(traffic);
      peaks.push(peakMb);
      return ms;
    },
    parse: async () => (await parse(traffic)).ms,
    duckdb: async () => {
      const { ms, result } = await open('duckdb', traffic.path, manifest);
      counted = `${result.answered} answered requests in ${result.messages} messages`;
      return ms;
    },
    wc: async () => (await wholeProcess('wc', ['-l', traffic.path])).ms,
  });
  const { answered, messages, unhinted } = traffic.truth;
  note(`DuckDB found ${counted}; there are ${answered} in ${messages}, ${unhinted} without hints`);
  for (const [way, times] of Object.entries(values)) {
    note(`open.1m, ${way}: ${(median(times) / 1000).toFixed(3)} s`);
  }
  const against = (name: string, baseline: string, others: readonly number[]): void =>
    report(
      ratioFigure(`open.1m.time-vs-${name}`, 'ms', values.trace, {
        name: baseline,
        values: others,
      }),
    );
  against('duckdb', 'DuckDB, read_json and join', values.duckdb);
  against('json-parse', 'JSON.parse of every line', values.parse);
  against('wc', 'wc -l', values.wc);
  report(plainFigure('open.1m.peak-mb', 'MB', peaks));
  await reopened(traffic, report);
}

/** With the index that the product keeps beside a recording, against reading it. */
async function reopened(traffic: MixedTraffic, report: Report): Promise<void> {
  await open('keep', traffic.path);
  // What it gives is what was generated, message by message, as without it.
  await open('again', traffic.path, traffic.facts);
  const values = await takeTurns(ROUNDS, {
    cold: async () => (await exact(traffic)).ms,
    warm: async () => (await exact(traffic, 'again')).ms,
  });
  if (traffic.removeSidecars() === 0) {
    throw new Error('Nothing was kept beside the recording.');
  }
  report(
    ratioFigure('open.1m.sidecar-vs-cold', 'ms', values.warm, {
      name: 'the same without it',
      values: values.cold,
    }),
  );
}

async function large(traffic: MixedTraffic, report: Report): Promise<void> {
  note(`open.10m: ${(traffic.bytes / GB).toFixed(1)} GB, ${traffic.truth.messages} messages`);
  report(plainFigure('open.10m.peak-mb', 'MB', [(await cold(traffic)).peakMb]));
}

interface Measured {
  readonly ms: number;
  readonly peakMb: number;
}

/** Opens it as for the first time. */
async function cold(traffic: MixedTraffic): Promise<Measured> {
  traffic.removeSidecars();
  return exact(traffic);
}

/** The counts are checked each time; every single message once, by {@link withTraffic}. */
async function exact(
  { path: file, truth }: MixedTraffic,
  way: 'trace' | 'again' = 'trace',
): Promise<Measured> {
  const { ms, result } = await open(way, file);
  const { peakMb, ...found } = result;
  const { messages, answered, unanswered, interrupted } = truth;
  const wanted = { messages, answered, unanswered, interrupted };
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    throw new Error(`Found ${JSON.stringify(found)}, there are ${JSON.stringify(wanted)}.`);
  }
  return { ms, peakMb };
}

/** Lines without hints are one message each, so that this counts them all. */
async function parse({ path: file, truth }: MixedTraffic): Promise<Measured> {
  const { ms, result } = await open('parse', file);
  if (result.messages !== truth.messages) {
    throw new Error(`JSON.parse found ${result.messages} of ${truth.messages} messages.`);
  }
  return { ms, peakMb: result.peakMb };
}

async function open(
  what: 'trace' | 'parse' | 'duckdb' | 'verify' | 'keep' | 'again',
  file: string,
  more = '',
): Promise<{ readonly ms: number; readonly result: Opened }> {
  const { ms, result } = await wholeScript(path.join(__dirname, 'open.entry.js'), [
    what,
    file,
    more,
  ]);
  return { ms, result: result as Opened };
}

/** Traffic of which every message is found as it was meant; throws where one is not. */
async function withTraffic(
  frames: number,
  use: (traffic: MixedTraffic) => Promise<void>,
): Promise<void> {
  const traffic = await mixedTraffic(frames);
  try {
    await open('verify', traffic.path, traffic.facts);
    await use(traffic);
  } finally {
    traffic.remove();
  }
}

function freeBytes(): number {
  const { bavail, bsize } = fs.statfsSync(os.tmpdir());
  return bavail * bsize;
}
