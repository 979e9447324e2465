import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createRecordingWriter,
  type FileRecordingWriter,
} from '../../../src/recording/recordingWriter';
import { LineQueue } from '../../../src/recording/lineQueue';
import { temporaryFolder } from '../../support/recordings';

/** Resolves at the next firing of `onDidWrite`. */
function nextWrite(writer: FileRecordingWriter): Promise<void> {
  return new Promise((resolve) => {
    const listening = writer.onDidWrite(() => {
      listening.dispose();
      resolve();
    });
  });
}

describe('recordingWriter', () => {
  const folder = temporaryFolder();
  let path: string;
  let count = 0;

  beforeEach(() => {
    path = join(folder.path, `recording ${++count}.wbtrace`);
  });
  after(() => folder.remove());

  it('creates a file that only its owner can read', async () => {
    const writer = await createRecordingWriter(path);
    assert.equal(statSync(path).size, 0);
    if (process.platform !== 'win32') {
      assert.equal(statSync(path).mode & 0o777, 0o600);
    }
    await writer.end();
  });

  it('never touches a file that is there, and says where it could not begin', async () => {
    writeFileSync(path, 'precious');
    await assert.rejects(createRecordingWriter(path), {
      code: 'recording-not-created',
      message: /could not be created: EEXIST/,
    });
    await assert.rejects(createRecordingWriter(join(path, 'below.wbtrace')), {
      code: 'recording-not-created',
    });
    assert.equal(readFileSync(path, 'utf8'), 'precious');
  });

  it('hands lines to the system soon, without being asked', async () => {
    const writer = await createRecordingWriter(path);
    const took: number[] = [];
    let all = '';
    for (const lines of [['first', 'zweite ü😀'], ['third'], ['fourth'], ['fifth'], ['sixth']]) {
      const began = performance.now();
      for (const line of lines) {
        writer.append(line);
        all += `${line}\n`;
      }
      await nextWrite(writer);
      took.push(performance.now() - began);
      assert.equal(readFileSync(path, 'utf8'), all);
    }
    // 21 ms on a machine with nothing else to do, where 50 are promised; a busy one has other things to do meanwhile,
    // but not each time.
    assert.ok(Math.min(...took) < 1000, `${took.join(', ')} ms`);
    await writer.end();
  });

  it('keeps the order of lines of all sizes, appended while others are being written', async () => {
    const writer = await createRecordingWriter(path);
    const expected: string[] = [];
    for (let round = 0; round < 50; round++) {
      for (let line = 0; line < 200; line++) {
        const length = line === 7 && round % 10 === 3 ? 3_000_000 : (line * 37 + round) % 900;
        const text = `${round}.${line} ${'ü'.repeat(length)}`;
        expected.push(text);
        assert.ok(writer.append(text));
      }
      await new Promise(setImmediate);
    }
    await writer.end();
    assert.ok(readFileSync(path, 'utf8') === `${expected.join('\n')}\n`);
    assert.equal(writer.dropped, 0);
  });

  it('loses nothing that was appended before the end, and takes nothing after it', async () => {
    const writer = await createRecordingWriter(path);
    writer.append('a');
    const ended = writer.end();
    assert.equal(writer.append('b'), false);
    await Promise.all([ended, writer.end()]);
    writer.dispose();
    assert.deepEqual([readFileSync(path, 'utf8'), writer.dropped], ['a\n', 1]);
  });

  it('takes what says that something was missed, however far the disk is behind', async () => {
    const writer = await createRecordingWriter(path, { maxPending: 100 });
    const lines = [
      [writer.append('a'.repeat(90)), 'a'],
      [writer.append('frame'.repeat(9)), 'frame'],
      [writer.append('note'.repeat(9), 'note'), 'note'],
      [writer.append('control'.repeat(9), 'control'), 'control'],
      [writer.append('c'.repeat(5_000_000), 'control'), 'too many of them'],
      [writer.append('last'.repeat(9), 'last'), 'last'],
    ] as const;
    const dropped = writer.dropped;
    await writer.end();
    assert.deepEqual(
      lines.flatMap(([taken, name]) => (taken ? [name] : [])),
      ['a', 'control', 'last'],
    );
    assert.equal(dropped, 2);
    assert.equal(readFileSync(path, 'utf8').split('\n').length, 4);
  });

  it('refuses and counts lines when the disk is too far behind, and takes them again later', async () => {
    const writer = await createRecordingWriter(path, { maxPending: 100 });
    const taken = ['a'.repeat(60), 'b'.repeat(60), 'c'.repeat(30)].map((line) =>
      writer.append(line),
    );
    await nextWrite(writer);
    taken.push(writer.append('d'.repeat(300)));
    await writer.end();
    assert.deepEqual([taken, writer.dropped], [[true, false, true, true], 1]);
    assert.equal(
      readFileSync(path, 'utf8'),
      `${'a'.repeat(60)}\n${'c'.repeat(30)}\n${'d'.repeat(300)}\n`,
    );
  });

  it('takes a line as quickly with a million behind it as at the beginning', async function () {
    this.timeout(60_000);
    const writer = await createRecordingWriter(path);
    const line = 'x'.repeat(100);
    const batches: number[] = [];
    for (let batch = 0; batch < 220; batch++) {
      const start = performance.now();
      for (let index = 0; index < 5000; index++) {
        writer.append(line);
      }
      batches.push(performance.now() - start);
      await writer.drained();
    }
    await writer.end();
    // The quickest of many: whatever else the machine does, it does not do in each of them.
    const early = Math.min(...batches.slice(10, 60));
    const late = Math.min(...batches.slice(-50));
    assert.equal(statSync(path).size, 220 * 5000 * 101);
    assert.ok(late < early * 4, `${late} ms after ${early} ms`);
  });

  it('tells once when nothing more can be written, and counts what is lost', async function () {
    if (process.platform === 'win32') {
      this.skip(); // There is no limit on the size of files to stand in for a full disk.
    }
    const script = join(__dirname, 'fullDisk.entry.js');
    const limited = ['-c', 'ulimit -f 64 && exec "$0" "$@"', process.execPath, script, path];
    const child = spawn('sh', limited, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const [told] = (await once(child, 'message')) as [unknown];
    assert.deepEqual(told, {
      failures: [`The recording ${path} can no longer be written: EFBIG: file too large, write`],
      taken: false,
      dropped: 4,
    });
  });

  it('tells when the file is deleted under it', async function () {
    if (process.platform === 'win32') {
      this.skip(); // An open file cannot be deleted there.
    }
    const writer = await createRecordingWriter(path);
    const failed = new Promise<Error>((resolve) => writer.onDidFail(resolve));
    writer.append('a');
    await nextWrite(writer);
    rmSync(path);
    const appending = setInterval(() => writer.append('b'), 30).unref();
    const { message } = await failed;
    clearInterval(appending);
    await writer.end();
    assert.match(message, /can no longer be written: the file was deleted$/);
  });

  it('has written all but the last moment when its process is killed', async () => {
    const child = fork(join(__dirname, 'killedWriter.entry.js'), [path]);
    const [lastWritten] = (await once(child, 'message')) as [number];
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lines = readFileSync(path, 'utf8').split('\n');
    assert.ok(lastWritten > 0);
    assert.ok(lines.length > lastWritten, `${lines.length} lines`);
    assert.deepEqual(
      lines.slice(0, lastWritten + 1),
      Array.from({ length: lastWritten + 1 }, (_, index) => `line ${index}`),
    );
  });
});

describe('LineQueue', () => {
  it('gives blocks that together are the lines, about 16 MiB of them at once', () => {
    const queue = new LineQueue();
    const lines = [
      '',
      'ü',
      'x'.repeat(400_000),
      '😀'.repeat(600_000),
      'y'.repeat(1024 * 1024),
      ...Array.from({ length: 40 }, (_, index) => String(index).repeat(300_000)),
      'z',
    ];
    // Every second one as bytes that are used again.
    const room = Buffer.alloc(4 * 1024 * 1024);
    lines.forEach((line, index) =>
      queue.push(index % 2 === 0 ? line : room.subarray(0, room.write(line))),
    );
    const taken: Buffer[] = [];
    for (let blocks = queue.take(); blocks.length > 0; blocks = queue.take()) {
      taken.push(Buffer.concat(blocks));
      queue.release();
    }
    assert.ok(taken.length > 1 && taken.every(({ length }) => length <= 16 * 1024 * 1024));
    assert.ok(Buffer.concat(taken).toString() === lines.map((line) => `${line}\n`).join(''));
    assert.deepEqual([queue.size, queue.count], [0, 0]);
  });

  it('counts what waits and what is taken, until that is released or forgotten', () => {
    const queue = new LineQueue();
    queue.push('abc');
    queue.push('de');
    const counts = [[queue.count, queue.size]];
    queue.take();
    queue.push('f');
    counts.push([queue.count, queue.size]);
    queue.release();
    counts.push([queue.count, queue.size], [queue.clear(), queue.count]);
    assert.deepEqual(counts, [
      [2, 7],
      [3, 9],
      [1, 2],
      [1, 0],
    ]);
  });

  it('never fills a block further that is being written', () => {
    const queue = new LineQueue();
    queue.push('abc');
    const [block] = queue.take();
    queue.push('def');
    queue.release();
    queue.push('ghi');
    assert.deepEqual(
      [block, ...queue.take()].map((bytes) => Buffer.from(bytes ?? []).toString()),
      ['abc\n', 'def\nghi\n'],
    );
  });
});
