import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MessageColumns } from '../../../src/core/trace/messageColumns';
import { parseHead, recordLine } from '../../../src/core/trace/recordLine';
import type { FrameHead, RecordHead } from '../../../src/core/trace/records';
import { HeadScanner } from '../../../src/recording/headScanner';
import { anyRecord } from '../../support/arbitraryRecords';
import { headOfRows } from '../../support/frameHeads';

const LINE =
  '{"kind":"frame","seq":3,"t":1.25,"c":2,"d":"receive","m":[{"n":"EventAck","r":7}],"v":"ws","json":{}}';

function scan(
  line: string,
  columns = new MessageColumns(),
  scanner = new HeadScanner(columns),
): FrameHead | undefined {
  const bytes = Buffer.from(`before\n${line}\nbehind`);
  const first = columns.count;
  if (!scanner.scan(bytes, 7, bytes.length - 7, 7, bytes.length - 14)) {
    assert.equal(columns.count, first);
    return undefined;
  }
  columns.endFrame();
  return headOfRows(columns, first);
}

describe('HeadScanner', () => {
  it('reads the head of every frame that our recorder writes, as the careful parser does', () => {
    const columns = new MessageColumns();
    const scanner = new HeadScanner(columns);
    fc.assert(
      fc.property(anyRecord, (record) => {
        const line = recordLine(record);
        const parsed = parseHead(line);
        assert.ok(parsed.ok);
        const scanned = scan(line, columns, scanner);
        const expected = ours(parsed.value) ? inColumns(parsed.value) : undefined;
        assert.deepEqual(scanned, expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves to the careful parser what is not exactly in our order', () => {
    const lines = [
      LINE.replace('"t":1.25,"c":2', '"c":2,"t":1.25'),
      LINE.replace('"seq":3', '"seq": 3'),
      LINE.replace('"n":"EventAck","r":7', '"r":7,"n":"EventAck"'),
      LINE.replace('"r":7', '"r":7,"z":1'),
      LINE.replace('"r":7', '"r":"7'),
      LINE.replace('"r":7', '"r":null'),
      LINE.replace('"r":7', '"r":07'),
      LINE.replace('"r":7', '"r":12345678901234567890'),
      LINE.replace('1.25', '1.'),
      LINE.replace('1.25', '1.25e3'),
      LINE.replace('1.25', '-1.25'),
      LINE.replace('"seq":3', '"seq":0'),
      LINE.replace('"receive"', '"up"'),
      LINE.replace('EventAck', '\\q'),
      LINE.replace('],"v"', '] ,"v"'),
      LINE.replace('{"n":"EventAck","r":7}', '{"n":"EventAck","r":7},'),
      LINE.slice(0, -2),
      LINE.slice(0, 40),
      '}',
      '',
      '{"kind":"end","seq":1,"t":0,"frames":0,"messages":0}',
    ];
    assert.deepEqual(
      lines.map((line) => scan(line)),
      lines.map(() => undefined),
    );
  });

  it('never reads beyond its line', () => {
    const bytes = Buffer.from(LINE);
    for (let end = 0; end < bytes.length; end++) {
      // A closing brace where the line is cut, so that only the head can tell.
      const cut = Buffer.concat([bytes.subarray(0, end), Buffer.from('}'), bytes.subarray(end)]);
      const found = new HeadScanner(new MessageColumns()).scan(cut, 0, end + 1, 0, end + 1);
      assert.ok(!found || end >= LINE.indexOf('ws'), `cut at ${end}`);
    }
  });
});

/** Whether numbers are written as digits that a column holds, which is what the scanner reads. */
function ours(head: RecordHead): head is FrameHead {
  const isPlain = (value: unknown): boolean =>
    typeof value !== 'number' || (/^\d{1,15}$/.test(String(value)) && value <= 0x7fffffff);
  return (
    head.kind === 'frame' &&
    head.hints.every((hint) => [hint.reference, hint.proxyClientId, hint.errorCode].every(isPlain))
  );
}

/** An empty text is what columns hold where there is none. */
function inColumns(head: FrameHead): FrameHead {
  const hints = head.hints.map(({ workbin, interactionId, ...hint }) => ({
    ...hint,
    ...(workbin === undefined || workbin === '' ? {} : { workbin }),
    ...(interactionId === undefined || interactionId === '' ? {} : { interactionId }),
  }));
  const isEmpty = hints.length === 1 && JSON.stringify(hints) === '[{"name":""}]';
  return { ...head, hints: isEmpty ? [] : hints };
}
