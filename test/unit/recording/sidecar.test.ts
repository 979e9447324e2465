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
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
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
      Buffer.from(sidecar.toString('latin1').replace('"version":2', '"version":9'), 'latin1'),
      Buffer.from(sidecar.toString('latin1').replace('"rows",', '"rowz",'), 'latin1'),
      Buffer.from(sidecar.toString('latin1').replace('["rows",25000]', '["rows",25001]'), 'latin1'),
      Buffer.from(sidecar.toString('latin1').replace('"covered":', '"covered":9'), 'latin1'),
      ...[0.3, 0.5, 0.7, 0.9].map((part) => flipped(sidecar, part)),
      ...['reader', 'others', 'problems', 'frames', 'stretches', 'currentPhase'].map((name) =>
        rewritten(sidecar, ({ values }) => values.set(name, { lines: 'many' })),
      ),
      ...[
        ['nameIds', 60_000],
        ['interactionNumbers', 4_000_000_000],
        ['offsets', 1e12],
        ['phaseOfRow', 2_000_000_000],
        ['phase requests', -7],
        ['phase outcomes', 77],
        ['stretch rows', 4_000_000_000],
        ['stretch slots', 4_000_000_000],
        ['stretch kinds', 200],
      ].map(([name, value]) =>
        rewritten(sidecar, ({ columns }) => columns.get(String(name))?.(50, Number(value))),
      ),
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

  it('is taken up again after it was written anew byte for byte', async () => {
    const cold = await read(true);
    const sidecar = readFileSync(sidecarPath(path));
    const again = rewritten(sidecar, () => undefined);
    assert.deepEqual(again, sidecar);
    writeFileSync(sidecarPath(path), again);
    const warm = await read(true);
    assert.ok(warm.steps <= 2);
    assert.deepEqual(await toldOf(warm.trace), await toldOf(cold.trace));
  });

  it('is not used for a recording that was edited in place, wherever that was', async () => {
    await read(true);
    const bytes = readFileSync(path);
    const name = Buffer.from('"n":"EventWorkbinContentChanged"');
    const at = bytes.indexOf(name, Math.floor(bytes.length / 3));
    bytes.write('"n":"EventWorkbinContentChangex"', at, 'latin1');
    const later = new Date(statSync(path).mtimeMs + 5000);
    writeFileSync(path, bytes);
    utimesSync(path, later, later);
    const { trace, steps } = await read(true);
    assert.ok(steps > 10);
    assert.notEqual(trace.messages.names.find('EventWorkbinContentChangex'), undefined);
  });

  it('is not used for a growing recording that was written anew behind its first lines', async () => {
    const long = join(folder.path, 'long.wbtrace');
    writeTraffic(long, 4 * MESSAGES);
    path = long;
    truncateSync(path, lineEndBefore(path, 0.9));
    await read(true);
    const bytes = readFileSync(path);
    const [from, to] = [bytes.length >> 2, bytes.length >> 1].map((at) => bytes.indexOf(0x0a, at));
    bytes.set(
      Buffer.from(bytes.toString('latin1', from, to).replaceAll('Workbin', 'Workbox'), 'latin1'),
      from,
    );
    writeFileSync(path, bytes);
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

interface SidecarParts {
  readonly values: Map<string, unknown>;
  /** Puts a value at a place of a column. */
  readonly columns: ReadonlyMap<string, (at: number, value: number) => void>;
}

const KINDS = {
  u8: Uint8Array,
  u16: Uint16Array,
  i16: Int16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
} as const;

/** A sidecar with something else in it, and a checksum that is right: as somebody would make it who means harm. */
function rewritten(sidecar: Buffer, change: (parts: SidecarParts) => void): Buffer {
  const headerLength = sidecar.readUInt32LE(8);
  const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;
  const header = JSON.parse(sidecar.toString('utf8', 16, 16 + headerLength)) as {
    values: (readonly [string, unknown])[];
    readonly columns: readonly (readonly [string, keyof typeof KINDS, number])[];
  };
  let at = 16 + aligned(headerLength);
  const pieces: Buffer[] = [];
  const setters = new Map<string, (at: number, value: number) => void>();
  for (const [name, kind, length] of header.columns) {
    const column = new KINDS[kind](length);
    const bytes = Buffer.from(column.buffer);
    sidecar.copy(bytes, 0, at, at + bytes.length);
    at += aligned(bytes.length);
    pieces.push(bytes);
    setters.set(name, (place, value) => (column[place] = value));
  }
  const values = new Map(header.values);
  change({ values, columns: setters });
  const text = Buffer.from(JSON.stringify({ ...header, values: [...values] }));
  const prefix = Buffer.from(sidecar.subarray(0, 16));
  prefix.writeUInt32LE(text.length, 8);
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(pieces.reduce((before, bytes) => crc32(bytes, before), crc32(text)));
  const padded = (bytes: Buffer): Buffer[] => [
    bytes,
    Buffer.alloc(aligned(bytes.length) - bytes.length),
  ];
  return Buffer.concat([prefix, ...padded(text), ...pieces.flatMap(padded), sum]);
}

/** With one bit of it changed. */
function flipped(sidecar: Buffer, part: number): Buffer {
  const bytes = Buffer.from(sidecar);
  const at = Math.floor(bytes.length * part);
  bytes[at] = (bytes[at] ?? 0) ^ 4;
  return bytes;
}

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
