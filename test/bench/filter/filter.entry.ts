/**
 * Questions to a recording that has been read: `FILE`; prints a {@link Asked}. Every question is asked anew each
 * time: a filter is parsed, compiled and run, a workbin's contents are worked out without what is remembered of it.
 */
import fs from 'node:fs';
import { ensure } from '../../../src/core/base/assert';
import { compileFilter } from '../../../src/core/filter/compileFilter';
import { FilterRun } from '../../../src/core/filter/filterRun';
import { parseFilter } from '../../../src/core/filter/parseFilter';
import type { FilterScope } from '../../../src/core/filter/query';
import { openRecordingReader } from '../../../src/recording/recordingReader';
import { Trace } from '../../../src/session/trace';
import { WorkbinTree } from '../../../src/session/workbinTree';
import { Random } from '../../support/traffic/random';
import { PHASE_FILTER, TYPED_FILTER } from './questions';

const REPETITIONS = 15;
const SEEKS = 1000;
const PAGES = 100;
const PAGE_ROWS = 40;
const WORKBINS = 20;

/** Milliseconds of single questions, unless said otherwise. */
export interface Asked {
  readonly typed: readonly number[];
  readonly typedRows: number;
  readonly phase: readonly number[];
  readonly phaseRows: number;
  /** The contents of a workbin in the middle and at the end. */
  readonly state: readonly number[];
  /** One message read and decoded. */
  readonly seek: readonly number[];
  /** A page of rows read and decoded. */
  readonly page: readonly number[];
  /** The lines of the same pages read and parsed by `JSON.parse` alone. */
  readonly parsedPage: readonly number[];
}

async function main([file = '']: readonly string[]): Promise<void> {
  const trace = new Trace(openRecordingReader(file), { answerTimeLimitMs: 10_000 });
  await trace.read();
  const random = new Random(1);
  const { messages, tracer } = trace;
  const typed = filtered(trace, TYPED_FILTER, 'messages');
  const phase = filtered(trace, PHASE_FILTER, 'phases');
  agree(TYPED_FILTER, typed.rows, trace, (row) => {
    const isNamed = messages.name(row) === 'EventWorkbinContentChanged';
    return isNamed && messages.workbin(row).startsWith('email-draft@A10');
  });
  agree(PHASE_FILTER, phase.rows, trace, (row) => {
    const its = tracer.phaseOf(row);
    return its >= 0 && tracer.phases.outcome(its) === 'failed';
  });
  const asked: Asked = {
    typed: typed.ms,
    typedRows: typed.rows,
    phase: phase.ms,
    phaseRows: phase.rows,
    state: await states(trace),
    seek: await seeks(trace, random),
    ...(await pages(trace, file, random)),
  };
  trace.dispose();
  process.stdout.write(`${JSON.stringify(asked)}\n`);
}

function filtered(
  trace: Trace,
  line: string,
  scope: FilterScope,
): { readonly ms: readonly number[]; readonly rows: number } {
  const { messages, tracer } = trace;
  const ms: number[] = [];
  let rows = 0;
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const start = performance.now();
    const parsed = parseFilter(line);
    if (!parsed.ok) {
      throw new Error(`${line}: ${parsed.error.text}`);
    }
    const index = { messages, tracer };
    const run = new FilterRun(compileFilter(parsed.value, index), index, { scope });
    const work = run.decide(messages.count);
    while (work.next().done !== true) {
      // In one go: what it costs, not how it is shared out.
    }
    ms.push(performance.now() - start);
    rows = run.rows.length;
  }
  return { ms, rows };
}

/** A figure counts only when as many rows are found as a plain look at each of them finds. */
function agree(line: string, found: number, trace: Trace, matches: (row: number) => boolean): void {
  let rows = 0;
  for (let row = 0; row < trace.messages.count; row++) {
    rows += matches(row) ? 1 : 0;
  }
  if (rows !== found) {
    throw new Error(`${line}: found ${found} rows, there are ${rows}.`);
  }
}

async function states(trace: Trace): Promise<readonly number[]> {
  const middle = trace.messages.count >> 1;
  const keys = new WorkbinTree(trace).workbins(middle).slice(0, WORKBINS);
  const ms: number[] = [];
  for (const { key } of keys) {
    const start = performance.now();
    const tree = new WorkbinTree(trace);
    await tree.contents(key, middle);
    await tree.contents(key);
    ms.push(performance.now() - start);
  }
  return ms;
}

async function seeks(trace: Trace, random: Random): Promise<readonly number[]> {
  const ms: number[] = [];
  for (let seek = 0; seek < SEEKS; seek++) {
    const row = random.below(trace.messages.count);
    const start = performance.now();
    await trace.message(row);
    ms.push(performance.now() - start);
  }
  return ms;
}

async function pages(
  trace: Trace,
  file: string,
  random: Random,
): Promise<Pick<Asked, 'page' | 'parsedPage'>> {
  const page: number[] = [];
  const parsedPage: number[] = [];
  const descriptor = fs.openSync(file, 'r');
  for (let count = 0; count < PAGES; count++) {
    const first = random.below(trace.messages.count - PAGE_ROWS);
    const rows = Array.from({ length: PAGE_ROWS }, (_, at) => first + at);
    let start = performance.now();
    await Promise.all(rows.map((row) => trace.message(row)));
    page.push(performance.now() - start);
    start = performance.now();
    for (const row of rows) {
      const { offset, length } = trace.messages.position(row);
      const line = Buffer.allocUnsafe(length);
      fs.readSync(descriptor, line, 0, length, offset);
      ensure(JSON.parse(line.toString('utf8')) as object, 'a line is an object');
    }
    parsedPage.push(performance.now() - start);
  }
  fs.closeSync(descriptor);
  return { page, parsedPage };
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
