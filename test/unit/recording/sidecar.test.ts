import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { recordLine } from '../../../src/core/trace/recordLine';
import type { TraceRecord } from '../../../src/core/trace/records';
import { sidecarPath } from '../../../src/recording/indexKeeper';
import { openRecordingReader } from '../../../src/recording/recordingReader';
import { Trace } from '../../../src/session/trace';
import { generateTraffic, writeTraffic } from '../../support/generateTraffic';
import { temporaryFolder } from '../../support/recordings';

const MESSAGES = 25_000;

/** The number of the last text of each table, as it is found at the first time that somebody asks. */
function foundIn({ messages }: Trace): readonly unknown[] {
  const { names, workbins, interactions, referenceTexts } = messages;
  return [names, workbins, interactions, referenceTexts].map((texts) => {
    const text = texts.text(texts.size - 1);
    return [text, texts.find(text)];
  });
}

/** All that a trace tells, in one value that can be compared. */
async function toldOf(trace: Trace): Promise<unknown> {
  const { messages, tracer, workbins, ladder } = trace;
  const found = foundIn(trace);
  const rows = [];
  for (let row = 0; row < messages.count; row++) {
    rows.push([tracer.phaseOf(row), tracer.role(row), tracer.workbin(row), messages.offset(row)]);
  }
  const phases = [];
  for (let phase = 0; phase < tracer.phases.count; phase++) {
    const { phases: all } = tracer;
    phases.push([all.outcome(phase), all.answerRow(phase), all.endTime(phase), all.live(phase)]);
  }
  const end = messages.count;
  return {
    found,
    status: { ...trace.status, generation: 0 },
    rows,
    phases,
    first: ladder.rows(0, 50),
    last: ladder.rows(ladder.count - 50, 50),
    workbins: workbins.all(end).map(({ key, firstRow }) => {
      const { content, count, stale } = workbins.rowsFor(key, end);
      return { key, firstRow, content, count, stale, subscribed: workbins.subscribed(key, end) };
    }),
    message: await trace.message(end - 1),
  };
}

describe('the index beside a recording', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const storage = join(folder.path, 'storage');
  const source = join(folder.path, 'source.wbtrace');
  let path: string;
  let count = 0;
  const opened: Trace[] = [];

  before(() => {
    writeTraffic(source, MESSAGES);
  });
  beforeEach(() => {
    path = join(folder.path, `${++count}.wbtrace`);
    copyFileSync(source, path);
  });
  afterEach(() => {
    for (const trace of opened.splice(0)) {
      trace.dispose();
    }
  });
  after(() => folder.remove());

  /** A trace of the recording, read, and how often its reading came on: once where nothing was left to read. */
  async function read(
    index: boolean,
    answerTimeLimitMs = 10_000,
  ): Promise<{ readonly trace: Trace; readonly steps: number }> {
    const options = index ? { index: { folder: storage, leastBytes: 0 } } : {};
    const reader = openRecordingReader(path, { writing: () => false, ...options });
    const trace = new Trace(reader, { answerTimeLimitMs });
    opened.push(trace);
    let steps = 0;
    trace.onDidChange(() => steps++);
    await trace.read();
    await trace.settled();
    return { trace, steps };
  }

  it('gives the same trace without reading a line of it again', async () => {
    const cold = await read(true);
    const kept = readFileSync(sidecarPath(path));
    const warm = await read(true);
    assert.deepEqual(await toldOf(warm.trace), await toldOf(cold.trace));
    assert.ok(cold.steps > 10, `${cold.steps} steps`);
    assert.ok(warm.steps <= 2, `${warm.steps} steps`);
    assert.deepEqual(readFileSync(sidecarPath(path)), kept, 'nothing was written again');
  });

  it('goes on with what came after it', async () => {
    truncateSync(path, lineEndBefore(path, 0.6));
    await read(true);
    const rest = readFileSync(source).subarray(statSync(path).size);
    appendFileSync(path, rest);
    const warm = await read(true);
    const cold = await read(false);
    assert.deepEqual(await toldOf(warm.trace), await toldOf(cold.trace));
  });

  it('goes on with what comes while it is shown', async () => {
    truncateSync(path, lineEndBefore(path, 0.6));
    await read(true);
    const warm = await read(true);
    appendFileSync(path, readFileSync(source).subarray(statSync(path).size));
    await warm.trace.read();
    const cold = await read(false);
    assert.deepEqual(await toldOf(warm.trace), await toldOf(cold.trace));
  });

  it('is not used for another recording, another time limit, or when it is damaged', async () => {
    await read(true);
    const sidecar = readFileSync(sidecarPath(path));
    const expected = await toldOf((await read(false)).trace);
    const damages: readonly Buffer[] = [
      Buffer.alloc(0),
      sidecar.subarray(0, 10),
      sidecar.subarray(0, sidecar.length >> 1),
      sidecar.subarray(0, sidecar.length - 64),
      Buffer.from(sidecar.toString('latin1').replace('"version":1', '"version":9'), 'latin1'),
      Buffer.from(sidecar.toString('latin1').replace('"rows",', '"rowz",'), 'latin1'),
      Buffer.from(sidecar.toString('latin1').replace('["rows",25000]', '["rows",25001]'), 'latin1'),
      Buffer.from(sidecar.toString('latin1').replace('"covered":', '"covered":9'), 'latin1'),
    ];
    for (const [at, damaged] of damages.entries()) {
      writeFileSync(sidecarPath(path), damaged);
      const { trace, steps } = await read(true);
      assert.deepEqual(await toldOf(trace), expected, `damage ${at}`);
      assert.ok(steps > 10, `damage ${at} was taken for an index`);
    }
    const other = await read(true, 5000);
    assert.ok(other.steps > 10);
    writeTraffic(path, MESSAGES, 2);
    const { steps } = await read(true);
    assert.ok(steps > 10);
  });

  it('is kept in a folder of ours where the recording’s may not be written to', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) {
      // Nothing is read-only there: a folder in the sidecar's place stands for it.
      mkdirSync(join(sidecarPath(path), 'x'), { recursive: true });
    } else {
      const readOnly = join(folder.path, 'read-only');
      mkdirSync(readOnly);
      copyFileSync(path, join(readOnly, 'recording.wbtrace'));
      path = join(readOnly, 'recording.wbtrace');
      chmodSync(readOnly, 0o500);
    }
    const cold = await read(true);
    assert.equal(readdirSync(storage).length, 1);
    const warm = await read(true);
    assert.ok(warm.steps <= 2);
    assert.deepEqual(await toldOf(warm.trace), await toldOf(cold.trace));
  });

  it('is not left half written when the recording grows meanwhile', async () => {
    const trace = new Trace(
      openRecordingReader(path, { index: { folder: storage, leastBytes: 0 } }),
      { answerTimeLimitMs: 10_000 },
    );
    opened.push(trace);
    await trace.read();
    const seq = trace.messages.seq(trace.messages.count - 1) + 2;
    appendFileSync(path, `${recordLine(lateFrame(seq))}\n`);
    await trace.read();
    await trace.settled();
    const left = readdirSync(folder.path).filter((name) => name.endsWith('.part'));
    assert.deepEqual(left, []);
    const again = await read(true);
    assert.deepEqual(await toldOf(again.trace), await toldOf(trace));
  });
});

/** The end of the last line within a part of a file. */
function lineEndBefore(path: string, part: number): number {
  const bytes = readFileSync(path);
  return bytes.lastIndexOf(0x0a, Math.floor(bytes.length * part)) + 1;
}

/** A frame of the generator's, with another number. */
function lateFrame(seq: number): TraceRecord {
  for (const record of generateTraffic(3).records) {
    if (record.kind === 'frame') {
      return { ...record, seq };
    }
  }
  throw new Error('The generator gives no frame.');
}
