import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { NEVER_CANCELLED } from '../../../../src/core/base/cancellation';
import type { BodyJson } from '../../../../src/core/protocol/bodyJson';
import type { MessageHint } from '../../../../src/core/protocol/message';
import { platformSdkHints } from '../../../../src/core/protocol/platformSdkHints';
import { recordLine } from '../../../../src/core/trace/recordLine';
import type { FrameRecord } from '../../../../src/core/trace/records';
import { newBlockBuffers } from '../../../../src/recording/lineBlocks';
import { LineReader } from '../../../../src/recording/lineReader';
import { PartReader } from '../../../../src/recording/partReader';
import { RecordingFile } from '../../../../src/recording/recordingFile';
import { RangeScanner } from '../../../../src/recording/scan/rangeScanner';
import type { ScannedParts } from '../../../../src/recording/scan/scanAhead';
import { anyRecord } from '../../../support/arbitraryRecords';
import { Collected, temporaryFolder } from '../../../support/recordings';

/** Every other connection speaks the Platform SDK's JSON. */
class Half extends Collected {
  isPlain(connection: number): boolean {
    return connection % 2 === 0;
  }

  override hintsOf(record: FrameRecord, json?: BodyJson): readonly MessageHint[] {
    return this.isPlain(record.connection)
      ? platformSdkHints(record.frame, json)
      : [{ name: `${record.frame.kind} of another dialect` }];
  }
}

const withoutHints = anyRecord.map((record) => recordLine(record).replace(/"m":\[.*?\],/, ''));
const inOrder = fc
  .tuple(fc.nat(9), fc.nat(30))
  .map(
    ([connection, length]) =>
      `{"kind":"frame","seq":1,"t":1.5,"c":${connection},"d":"send","m":[{"n":"EventAck","r":7,"e":70000}],` +
      `"v":"ws","json":{"a":"${'x'.repeat(length)}"}}`,
  );
const manyNames = fc
  .array(fc.nat(70_000), { minLength: 1, maxLength: 5 })
  .map(
    (names) =>
      `{"kind":"frame","seq":2,"t":2,"c":70000,"d":"receive","m":[${names
        .map((name) => `{"n":"N${name}","r":"${name}","w":"w${name}"}`)
        .join()}],"v":"ws"}`,
  );
const anyLine = fc.oneof(
  { weight: 3, arbitrary: anyRecord.map((record) => Buffer.from(recordLine(record))) },
  { weight: 3, arbitrary: inOrder.map((text) => Buffer.from(text)) },
  manyNames.map((text) => Buffer.from(text)),
  withoutHints.map((text) => Buffer.from(text)),
  fc.string({ unit: 'binary' }).map((text) => Buffer.from(text.replaceAll('\n', ' '))),
  fc.uint8Array().map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 10))),
  fc.constantFrom('', '\r', '\0', '{', '}', '{"kind":"frame"}').map((text) => Buffer.from(text)),
);
const anyFile = fc
  .tuple(fc.array(fc.tuple(anyLine, fc.constantFrom('\n', '\r\n'))), fc.constantFrom('', '{"ki'))
  .map(([lines, rest]) =>
    Buffer.concat([
      Buffer.from('header\n'),
      ...lines.flatMap(([line, end]) => [line, Buffer.from(end)]),
      Buffer.from(rest),
    ]),
  );

/** Scans parts at once when they are asked for. */
function partsOf(
  bytes: Buffer,
  start: number,
  partSize: number,
  bufferSize: number,
  lies: (part: number) => boolean,
): ScannedParts {
  const scanner = new RangeScanner((target, offset) => {
    target.set(bytes.subarray(offset, offset + target.length));
    return Math.max(0, Math.min(target.length, bytes.length - offset));
  }, bufferSize);
  const spare: ArrayBuffer[] = [];
  return {
    partAt(offset) {
      const part = Math.floor((offset - start) / partSize);
      const from = start + part * partSize;
      const to = Math.min(bytes.length, from + partSize);
      const begin = lies(part) ? Math.max(start, from - 7) : from;
      return Promise.resolve({ to, scanned: scanner.scan(begin, to, spare.pop()) });
    },
    release: ({ block }) => spare.push(block.buffer),
  };
}

describe('PartReader', () => {
  const folder = temporaryFolder();
  const path = join(folder.path, 'file');
  after(() => folder.remove());

  async function read(bytes: Buffer, parts?: ScannedParts): Promise<unknown> {
    const file = new RecordingFile(path);
    const sink = new Half();
    const position = { next: 'header\n'.length };
    const lines = new LineReader(sink, false);
    const size = bytes.length;
    const buffers = newBlockBuffers();
    const reader = new PartReader(file, size, position, lines, sink, NEVER_CANCELLED, buffers);
    await (parts === undefined ? reader.readUntil(size) : reader.readAhead(parts));
    file.close();
    return { records: sink.records, told: sink.told, next: position.next, lines: lines.save() };
  }

  it('finds the same in parts that were scanned apart, whatever they are and wherever they begin', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyFile,
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 2, max: 3000 }),
        fc.func(fc.boolean()),
        async (bytes, partSize, bufferSize, lies) => {
          writeFileSync(path, bytes);
          const parts = partsOf(bytes, 'header\n'.length, partSize, bufferSize, lies);
          assert.deepEqual(await read(bytes, parts), await read(bytes));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads up to any place line by line', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, fc.nat(3000), async (bytes, until) => {
        writeFileSync(path, bytes);
        const file = new RecordingFile(path);
        const sink = new Half();
        const position = { next: 'header\n'.length };
        const lines = new LineReader(sink, false);
        const { length } = bytes;
        const buffers = newBlockBuffers();
        const reader = new PartReader(
          file,
          length,
          position,
          lines,
          sink,
          NEVER_CANCELLED,
          buffers,
        );
        await reader.readUntil(Math.min(until, bytes.length));
        const end = bytes.lastIndexOf(10) + 1;
        assert.ok(position.next >= Math.min(until, end));
        await reader.readUntil(bytes.length);
        file.close();
        const found = {
          records: sink.records,
          told: sink.told,
          next: position.next,
          lines: lines.save(),
        };
        assert.deepEqual(found, await read(bytes));
      }),
      { numRuns: 100 },
    );
  });

  it('takes ids of four bytes from a part where two were enough before', async () => {
    const names = Array.from({ length: 70_000 }, (_, at) => `{"n":"N${at}","e":${at - 35_000}}`);
    const lines = ['', ...names.keys()].map(
      (_, at) =>
        `{"kind":"frame","seq":${at + 1},"t":1,"c":1,"d":"send","m":[${names[at] ?? '{"n":"Last"}'}],"v":"ws"}\n`,
    );
    const bytes = Buffer.from(`header\n${lines.join('')}`);
    writeFileSync(path, bytes);
    const parts = partsOf(bytes, 'header\n'.length, 1024 * 1024, 64 * 1024, () => false);
    assert.deepEqual(await read(bytes, parts), await read(bytes));
  });
});
