import assert from 'node:assert/strict';
import {
  appendFileSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disposable } from '../../../src/core/base/disposable';
import { headerLine, parseRecord, recordLine } from '../../../src/core/trace/recordLine';
import type { TraceRecord } from '../../../src/core/trace/records';
import {
  openRecordingReader,
  type RecordingReader,
  type RecordingReaderOptions,
} from '../../../src/recording/recordingReader';
import { generateTraffic, writeTraffic } from '../../support/generateTraffic';
import { Collected, readAll, temporaryFolder } from '../../support/recordings';

const HEADER = headerLine({
  kind: 'header',
  format: 'wbtrace',
  version: 1,
  startedAt: '2026-11-22T13:03:05.120Z',
  writer: 'test',
  decoder: 1,
});

function frame(seq: number, body = '{"a":"ü"}'): TraceRecord {
  return {
    kind: 'frame',
    seq,
    time: seq / 2,
    connection: 1,
    hints: [{ name: 'EventAck', reference: seq, workbin: 'Ablage@Jürgen' }],
    frame: { kind: 'websocket', direction: 'receive', body: { kind: 'text', text: body } },
    redacted: 0,
  };
}

const line = (seq: number, body?: string): string => recordLine(frame(seq, body));
const fileOf = (...lines: readonly string[]): string =>
  [HEADER, ...lines].map((text) => `${text}\n`).join('');

/** Code and words of the failure. */
async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return error instanceof Error && 'code' in error
      ? `${String(error.code)}: ${error.message}`
      : String(error);
  }
  return 'no failure';
}

describe('recordingReader', () => {
  const folder = temporaryFolder();
  const opened: Disposable[] = [];
  let path: string;
  let count = 0;

  const openReader = (
    options: RecordingReaderOptions = { writing: () => false },
  ): RecordingReader => {
    const reader = openRecordingReader(path, options);
    opened.push(reader);
    return reader;
  };

  beforeEach(() => {
    path = join(folder.path, `recording ${++count}.wbtrace`);
  });
  afterEach(() => {
    for (const reader of opened.splice(0)) {
      reader.dispose();
    }
  });
  after(() => folder.remove());

  it('gives the header, the heads and where their lines stand', async () => {
    const end: TraceRecord = { kind: 'end', seq: 2, time: 1, frames: 1, messages: 1 };
    writeFileSync(path, fileOf(line(1), recordLine(end)));
    const read = await readAll(openReader());

    const first = Buffer.byteLength(`${HEADER}\n`);
    const length = Buffer.byteLength(line(1));
    assert.deepEqual(read.headers, [
      {
        kind: 'header',
        format: 'wbtrace',
        version: 1,
        startedAt: '2026-11-22T13:03:05.120Z',
        writer: 'test',
        decoder: 1,
      },
    ]);
    assert.deepEqual(read.records, [
      {
        offset: first,
        length,
        head: {
          kind: 'frame',
          seq: 1,
          time: 0.5,
          connection: 1,
          direction: 'receive',
          hints: [{ name: 'EventAck', reference: 1, workbin: 'Ablage@Jürgen' }],
        },
      },
      { offset: first + length + 1, length: recordLine(end).length, head: end },
    ]);
    assert.deepEqual([read.problems, read.progressed.at(-1)], [[], 1]);
  });

  it('gives single lines by their position', async () => {
    writeFileSync(path, fileOf(line(1), line(2, '{"b":"😀"}')));
    const reader = openReader();
    const { records } = await readAll(reader);
    assert.deepEqual(await Promise.all(records.map((record) => reader.line(record))), [
      line(1),
      line(2, '{"b":"😀"}'),
    ]);
    const outside = [
      { offset: -1, length: 1 },
      { offset: 0, length: 65 * 1024 * 1024 },
      { offset: 0.5, length: 1 },
    ].map((position) => failureOf(reader.line(position)));
    assert.deepEqual(
      (await Promise.all(outside)).map((failure) => failure.split(':')[0]),
      ['bad-position', 'bad-position', 'bad-position'],
    );
  });

  it('reads generated traffic whole, block by block', async () => {
    const truth = writeTraffic(path, 3000, 7);
    const reader = openReader();
    const read = await readAll(reader);
    const names = new Map<string, number>();
    for (const head of read.heads) {
      for (const { name } of head.kind === 'frame' ? head.hints : []) {
        names.set(name, (names.get(name) ?? 0) + 1);
      }
    }
    assert.deepEqual(names, truth.names);
    assert.deepEqual(read.problems, []);
    assert.ok(read.progressed.length > 5, 'many blocks');

    const expected = [...generateTraffic(3000, 7).records];
    const shown = [0, 1500, read.records.length - 1].map(async (index) => {
      const parsed = parseRecord(await reader.line(read.records[index]!));
      return parsed.ok ? parsed.value : parsed.error;
    });
    assert.deepEqual(await Promise.all(shown), [expected[0], expected[1500], expected.at(-1)]);
  });

  it('finds lines wherever the borders of its blocks fall', async () => {
    // Lines of many lengths around the block size, alone and after others.
    const block = 256 * 1024;
    const lengths = [10, block - 500, block - 200, block - 100, block, block + 1, 3 * block, 10];
    const lines = lengths.map((length, index) =>
      line(index + 1, JSON.stringify('x'.repeat(length))),
    );
    writeFileSync(path, fileOf(...lines));
    const reader = openReader();
    const read = await readAll(reader);
    assert.deepEqual([read.seqs, read.problems], [[1, 2, 3, 4, 5, 6, 7, 8], []]);
    assert.equal(await reader.line(read.records[6]!), lines[6]);
  });

  it('reads foreign lines: other order, blanks, carriage returns, empty lines, a byte order mark', async () => {
    const foreign =
      '{"seq":2, "kind":"frame", "d":"send", "c":1, "t":9, "v":"ws", "m":[{"n":"Ü"}]}';
    writeFileSync(path, `\ufeff${HEADER}\r\n${line(1)}\r\n\n\r\n${foreign}\n`);
    const read = await readAll(openReader());
    assert.deepEqual([read.seqs, read.problems], [[1, 2], []]);
    assert.deepEqual(read.heads[1], {
      kind: 'frame',
      seq: 2,
      time: 9,
      connection: 1,
      direction: 'send',
      hints: [{ name: 'Ü' }],
    });
  });

  it('tells of lines that are broken and reads on behind them', async () => {
    writeFileSync(path, fileOf(line(1), '{"kind":"frame","seq":2', '{"kind":"odd"}', line(4)));
    const read = await readAll(openReader());
    assert.deepEqual(read.seqs, [1, 4]);
    assert.deepEqual(
      read.told.map((text) => text.replace(/ \(.*\)/, '')),
      [
        '3: Not JSON. It was skipped.',
        '4: "kind" of the line is "odd", not "frame" or "open" or "close" or "gap" or "end". It was skipped.',
      ],
    );
    const { offset, length } = read.problems[1]!;
    assert.equal(readFileSync(path).toString('utf8', offset, offset + length), '{"kind":"odd"}');
  });

  it('tells of records that are missing or out of order, and gives the others', async () => {
    writeFileSync(path, fileOf(...[1, 3, 3, 2, 7, 8].map((seq) => line(seq))));
    const read = await readAll(openReader());
    assert.deepEqual(read.seqs, [1, 3, 3, 2, 7, 8]);
    assert.deepEqual(read.told, [
      '3: Record 2 is missing before this line.',
      '4: Record 3 stands behind record 3.',
      '5: Record 2 stands behind record 3.',
      '6: Records 4 to 6 are missing before this line.',
    ]);
  });

  it('does not list problems without end', async () => {
    writeFileSync(path, fileOf(...Array.from({ length: 2000 }, () => 'x')));
    const read = await readAll(openReader());
    assert.equal(read.problems.length, 1001);
    assert.equal(read.told.at(-1), '1001: Problems behind this line are not listed.');
  });

  it('skips a line that is longer than 64 MiB without holding it', async () => {
    const file = await open(path, 'w');
    await file.write(fileOf(line(1)));
    const { size } = await file.stat();
    // A hole in the file: much length, no disk.
    await file.write(`\n${line(3)}\n`, size + 70 * 1024 * 1024);
    await file.close();
    const read = await readAll(openReader());
    assert.deepEqual(read.seqs, [1, 3]);
    assert.deepEqual(read.problems, [
      {
        offset: size,
        length: 70 * 1024 * 1024,
        line: 3,
        text: 'The line is longer than 64 MiB. It was skipped.',
      },
    ]);
  });

  describe('on files that cannot be read', () => {
    const cases: readonly (readonly [string, string | Buffer, string])[] = [
      ['is empty', '', 'empty-recording: NAME is empty: nothing was recorded.'],
      [
        'ends in its header',
        HEADER.slice(0, 30),
        'not-a-recording: NAME is not a recording of Workbin Inspector.',
      ],
      [
        'has a header and no more',
        HEADER,
        'empty-recording: NAME ends in its first line: nothing was recorded.',
      ],
      [
        'is something else',
        '{"log":{}}\n',
        'not-a-recording: NAME is not a recording of Workbin Inspector.',
      ],
      [
        'is binary',
        Buffer.alloc(1024 * 1024, 7),
        'not-a-recording: NAME is not a recording of Workbin Inspector.',
      ],
      [
        'is from the future',
        `${HEADER.replace('"version":1', '"version":2')}\n`,
        'newer-recording: NAME was written by a newer version of Workbin Inspector (format 2; this one reads up to 1). Update the extension to open it.',
      ],
    ];
    for (const [title, content, expected] of cases) {
      it(`says so when one ${title}`, async () => {
        writeFileSync(path, content);
        const failure = await failureOf(readAll(openReader()));
        assert.equal(failure.replaceAll(`recording ${count}.wbtrace`, 'NAME'), expected);
      });
    }

    it('says so when one is not there, or is a folder', async () => {
      const missing = await failureOf(readAll(openReader()));
      path = folder.path;
      const isFolder = await failureOf(readAll(openReader()));
      assert.match(missing, /^recording-unreadable: recording \d+\.wbtrace is not there/);
      assert.match(isFolder, /^recording-unreadable: .* cannot be read: EISDIR/);
    });
  });

  describe('on a file that grows', () => {
    it('goes on where it stopped, and waits for the end of a line', async () => {
      const text = line(2);
      writeFileSync(path, fileOf(line(1)) + text.slice(0, 30));
      const reader = openReader({ writing: () => true });
      const first = await readAll(reader);
      appendFileSync(path, text.slice(30));
      const second = await readAll(reader);
      appendFileSync(path, `\n${line(3)}\n`);
      const third = await readAll(reader);
      assert.deepEqual(
        [first, second, third].map((read) => [read.headers.length, read.seqs, read.problems]),
        [
          [1, [1], []],
          [0, [], []],
          [0, [2, 3], []],
        ],
      );
    });

    it('waits for a header that is not yet written', async () => {
      writeFileSync(path, '');
      const reader = openReader({ writing: () => true });
      const before = await readAll(reader);
      writeFileSync(path, fileOf(line(1)));
      const after = await readAll(reader);
      assert.deepEqual([before.headers, after.headers.length, after.seqs], [[], 1, [1]]);
    });

    it('tells once of a last line that is torn when nobody writes any more', async () => {
      let writing = true;
      writeFileSync(path, `${fileOf(line(1))}{"kind":"fr`);
      const reader = openReader({ writing: () => writing });
      const told = [(await readAll(reader)).told];
      writing = false;
      told.push((await readAll(reader)).told, (await readAll(reader)).told);
      assert.deepEqual(told, [
        [],
        ['3: The last line is not complete: writing stopped in its middle. It was skipped.'],
        [],
      ]);
    });

    it('judges by the age of the file where it does not know who writes', async () => {
      writeFileSync(path, `${fileOf(line(1))}{"kind":"fr`);
      const young = await readAll(openReader({ settleMs: 60_000 }));
      const before = Date.now() / 1000 - 61;
      utimesSync(path, before, before);
      const old = await readAll(openReader({ settleMs: 60_000 }));
      assert.deepEqual([young.problems.length, old.problems.length], [0, 1]);
    });

    it('asks to be read again when a young file may turn out to be torn', async () => {
      writeFileSync(path, `${fileOf(line(1))}{"kind":"fr`);
      const reader = openReader({ settleMs: 20 });
      const problems = await new Promise<number>((resolve) => {
        const listening = reader.onDidGrow(() => void look());
        const look = async (): Promise<void> => {
          const { length } = (await readAll(reader)).problems;
          if (length > 0) {
            listening.dispose();
            resolve(length);
          }
        };
        void look();
      });
      assert.equal(problems, 1);
    });

    it('tells of growth by another process, until nobody listens', async () => {
      writeFileSync(path, fileOf(line(1)));
      const reader = openReader();
      await readAll(reader);
      const grown = new Promise<void>((resolve) => {
        const listening = reader.onDidGrow(() => {
          listening.dispose();
          resolve();
        });
      });
      appendFileSync(path, `${line(2)}\n`);
      await grown;
      assert.deepEqual((await readAll(reader)).seqs, [2]);
    });

    it('tells of growth when poked', () => {
      writeFileSync(path, fileOf());
      const reader = openReader();
      let heard = 0;
      opened.push(reader.onDidGrow(() => heard++));
      reader.poke();
      assert.equal(heard, 1);
    });

    it('reads one after the other when asked twice at once', async () => {
      writeTraffic(path, 2000);
      const reader = openReader();
      const [first, second] = await Promise.all([readAll(reader), readAll(reader)]);
      assert.deepEqual([first.seqs.length > 2000, second.seqs], [true, []]);
    });
  });

  describe('on a file that changes otherwise', () => {
    const changed = (): string =>
      `recording-changed: recording ${count}.wbtrace has been replaced or cut on disk. Close it and open it again.`;

    it('says so when it is shorter than before', async () => {
      writeFileSync(path, fileOf(line(1), line(2)));
      const reader = openReader();
      const { records } = await readAll(reader);
      truncateSync(path, HEADER.length + 10);
      assert.deepEqual(
        [await failureOf(readAll(reader)), await failureOf(reader.line(records[1]!))],
        [changed(), changed()],
      );
    });

    it('says so when another file has its name', async () => {
      writeFileSync(path, fileOf(line(1)));
      const reader = openReader();
      await readAll(reader);
      writeFileSync(`${path}.new`, fileOf(line(1), line(2)));
      renameSync(`${path}.new`, path);
      assert.equal(await failureOf(readAll(reader)), changed());
    });

    it('says so when another recording was written into it', async () => {
      writeFileSync(path, fileOf(line(1)));
      const reader = openReader();
      await readAll(reader);
      writeFileSync(path, fileOf(line(1), line(2)).replace('2026', '2027'));
      assert.equal(await failureOf(readAll(reader)), changed());
    });

    it('says so when it is deleted', async () => {
      writeFileSync(path, fileOf(line(1)));
      const reader = openReader();
      await readAll(reader);
      rmSync(path);
      assert.match(await failureOf(readAll(reader)), /^recording-unreadable: .* is not there/);
    });
  });

  it('stops when cancelled, and goes on later', async () => {
    writeTraffic(path, 3000);
    const reader = openReader();
    const stop = new AbortController();
    const collected = new Collected();
    const progress = collected.progress.bind(collected);
    collected.progress = (done) => {
      progress(done);
      stop.abort();
    };
    const failure = await failureOf(reader.read(collected, stop.signal));
    const rest = await readAll(reader);
    assert.match(failure, /abort/i);
    assert.ok(collected.records.length > 0 && rest.records.length > 0);
    assert.equal(rest.seqs[0], collected.seqs.at(-1)! + 1);
    assert.equal(rest.problems.length, 0);
  });

  it('lets other work run between slices of eight milliseconds', async () => {
    writeFileSync(path, fileOf(...Array.from({ length: 600 }, (_, index) => line(index + 1))));
    let most = 0;
    let sinceTurn = 0;
    const turn = setInterval(() => (sinceTurn = 0), 1);
    const slow = new Collected();
    const take = slow.frames.bind(slow);
    slow.frames = (first, count) => {
      const until = performance.now() + 0.5;
      while (performance.now() < until);
      most = Math.max(most, ++sinceTurn);
      take(first, count);
    };
    await openReader().read(slow, { aborted: false, throwIfAborted: () => undefined });
    clearInterval(turn);
    // Sixteen records take 8 ms, more where the machine is slow; a slice ends at most 32 of them behind that.
    assert.equal(slow.records.length, 600);
    assert.ok(most <= 96, `${most} records without a turn`);
  });

  it('reads no more once disposed', async () => {
    writeFileSync(path, fileOf(line(1)));
    const reader = openReader();
    await readAll(reader);
    reader.dispose();
    assert.equal(
      await failureOf(readAll(reader)),
      `recording-closed: recording ${count}.wbtrace has been closed.`,
    );
  });
});
