/**
 * Makes recordings of any size that look like a day of agents at work: the same bytes for the same seed, in constant
 * memory. About 61 % notifications (1 kB), 20 % requests, 11 % acknowledgements, 5 % contents (15 kB), and what makes
 * tracing hard: many connections at once, references that are used again, answers that are early, late, doubled,
 * missing or not asked for, subscriptions that are cancelled or refused, batches, ids in nested objects and texts.
 */
import { headerLine } from '../../src/core/trace/recordLine';
import { FORMAT_VERSION, type TraceRecord } from '../../src/core/trace/records';
import { BlockWriter } from './traffic/blockWriter';
import { lineText } from './traffic/lineText';
import { Random } from './traffic/random';
import { trafficLines } from './traffic/trafficLines';
import { emptyTruth, factNumber, type TellFact, type TrafficTruth } from './traffic/truth';

export interface TrafficOptions {
  /** Share of the frames whose lines have no hints; 0 by default. */
  readonly unhinted?: number;
}

interface Traffic {
  readonly records: Generator<TraceRecord>;
  /** Complete when the records have been taken. */
  readonly truth: TrafficTruth;
}

/** The records of at least `frames` frames and of their connections. `tell` learns what a tracer must find. */
export function generateTraffic(
  frames: number,
  seed = 1,
  options: TrafficOptions = {},
  tell: TellFact = () => undefined,
): Traffic {
  const truth = emptyTruth();
  const { unhinted = 0 } = options;
  const lines = trafficLines(frames, { random: new Random(seed), truth, tell, unhinted });
  return { records: recordsOf(lines), truth };
}

/** Writes such traffic as a recording; returns what is in it. */
export function writeTraffic(
  path: string,
  frames: number,
  seed = 1,
  options: TrafficOptions = {},
  tell: TellFact = () => undefined,
): TrafficTruth {
  const truth = emptyTruth();
  const { unhinted = 0 } = options;
  const file = new BlockWriter(path);
  try {
    file.line(
      headerLine({
        kind: 'header',
        format: 'wbtrace',
        version: FORMAT_VERSION,
        startedAt: '2026-11-22T08:00:00.000Z',
        writer: 'traffic generator',
        decoder: 1,
      }),
    );
    const random = new Random(seed);
    for (const line of trafficLines(frames, { random, truth, tell, unhinted })) {
      file.line(lineText(line));
    }
  } finally {
    file.close();
  }
  return truth;
}

/** Writes such traffic, and into the file `facts` what a tracer must find: three 32-bit integers a fact. */
export function writeTrafficAndFacts(
  path: string,
  facts: string,
  frames: number,
  seed: number,
  options: TrafficOptions,
): TrafficTruth {
  const file = new BlockWriter(facts);
  try {
    return writeTraffic(path, frames, seed, options, (row, other, fact) => {
      file.int32(row);
      file.int32(other);
      file.int32(factNumber(fact));
    });
  } finally {
    file.close();
  }
}

function* recordsOf(lines: ReturnType<typeof trafficLines>): Generator<TraceRecord> {
  for (const { record } of lines) {
    yield record;
  }
}
