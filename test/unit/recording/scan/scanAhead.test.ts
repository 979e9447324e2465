import assert from 'node:assert/strict';
import { copyFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NEVER_CANCELLED } from '../../../../src/core/base/cancellation';
import type { Disposable } from '../../../../src/core/base/disposable';
import { headerLine, recordLine } from '../../../../src/core/trace/recordLine';
import { openRecordingReader } from '../../../../src/recording/recordingReader';
import { Collected, temporaryFolder } from '../../../support/recordings';

const HEADER = headerLine({
  kind: 'header',
  format: 'wbtrace',
  version: 1,
  startedAt: '2026-11-22T13:03:05.120Z',
  writer: 'test',
  decoder: 1,
});
const WORKER = join(__dirname, 'scanWorker.entry.js');

/** Four million bytes: frames, and every hundredth line something else. */
function recording(): string {
  const lines = Array.from({ length: 6000 }, (_, index) => {
    const seq = index + 1;
    const text = recordLine({
      kind: 'frame',
      seq,
      time: seq / 2,
      connection: 1 + (seq % 7),
      hints: [{ name: `Event${seq % 50}`, reference: seq, interactionId: `0000${seq}` }],
      frame: {
        kind: 'websocket',
        direction: 'receive',
        body: { kind: 'text', text: JSON.stringify({ text: 'ü'.repeat(seq % 500) }) },
      },
      redacted: 0,
    });
    return seq % 100 === 0 ? ['no record', text.replace('"n"', '"z":1,"n"')][seq % 200 && 1] : text;
  });
  return [HEADER, ...lines].map((text) => `${text}\n`).join('');
}

describe('workers that scan ahead', () => {
  const folder = temporaryFolder();
  const opened: Disposable[] = [];
  const path = join(folder.path, 'a.wbtrace');
  after(() => {
    opened.forEach((reader) => reader.dispose());
    folder.remove();
  });

  async function read(script?: string, sink = new Collected()): Promise<Collected> {
    const workers =
      script === undefined ? {} : { workers: { script, leastBytes: 0, partBytes: 50_000 } };
    const reader = openRecordingReader(path, { writing: () => false, ...workers });
    opened.push(reader);
    await reader.read(sink, NEVER_CANCELLED);
    return sink;
  }

  it('change nothing in what is found', async () => {
    writeFileSync(path, recording());
    const [alone, helped] = [await read(), await read(WORKER)];
    assert.ok(alone.problems.length > 20 && alone.records.length > 5900);
    assert.deepEqual(helped.records, alone.records);
    assert.deepEqual(helped.told, alone.told);
  });

  it('are done without where they cannot start, or end at once', async () => {
    writeFileSync(path, recording());
    const alone = await read();
    const broken = join(folder.path, 'broken.js');
    writeFileSync(broken, 'throw new Error("broken")');
    const silent = join(folder.path, 'silent.js');
    writeFileSync(
      silent,
      `const { parentPort } = require('node:worker_threads');
       parentPort.on('message', () => process.exit(1));
       parentPort.postMessage({ kind: 'ready' });`,
    );
    for (const script of [broken, silent, join(folder.path, 'not there.js')]) {
      assert.deepEqual((await read(script)).records, alone.records);
    }
  });

  it('refuse another file that has taken the place of the one that is read', async () => {
    writeFileSync(path, recording());
    const alone = await read();
    const other = join(folder.path, 'other');
    copyFileSync(path, other);
    const sink = new Collected();
    const add = sink.header.bind(sink);
    sink.header = (header) => {
      add(header);
      writeFileSync(other, recording().replaceAll('Event', 'Other'));
      renameSync(other, path);
    };
    assert.deepEqual((await read(WORKER, sink)).records, alone.records);
  });
});
