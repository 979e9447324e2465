import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NEVER_CANCELLED } from '../../../../src/core/base/cancellation';
import { MessageColumns } from '../../../../src/core/trace/messageColumns';
import { BodySearch, type LineSearch } from '../../../../src/session/traceView/bodySearch';

/** An index of lines of ten bytes, each with so many messages. */
function indexOf(messagesPerLine: readonly number[]): MessageColumns {
  const messages = new MessageColumns();
  messagesPerLine.forEach((count, line) => addLine(messages, line, count));
  return messages;
}

function addLine(messages: MessageColumns, line: number, count: number): void {
  const hints = Array.from({ length: count }, () => ({ name: 'EventX' }));
  const frame = { kind: 'frame', seq: line + 1, time: line, connection: 1 } as const;
  messages.add({ ...frame, direction: 'send', hints }, { offset: line * 10, length: 10 });
}

/** Finds lines by their numbers, told in pieces of two. */
const searchFor =
  (lines: readonly number[], ranges: unknown[] = []): LineSearch =>
  (_, range, onLines) => {
    ranges.push(range);
    const offsets = lines
      .map((line) => line * 10)
      .filter((at) => at >= range.from && at < range.to);
    for (let at = 0; at < offsets.length; at += 2) {
      onLines(Float64Array.from(offsets.slice(at, at + 2)), 0, at / offsets.length);
    }
    return Promise.resolve();
  };

const rowsOf = (search: BodySearch) => {
  const hits = search.hits(0);
  return Array.from({ length: hits.length }, (_, at) => hits.at(at));
};

describe('the search for texts in bodies', () => {
  it('finds every message of the lines that contain the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 3 })), fc.func(fc.boolean()), async (sizes, has) => {
        // A line of no messages at all has one row too.
        const messages = indexOf(sizes);
        const lines = sizes.flatMap((_, line) => (has(line) ? [line] : []));
        const search = new BodySearch(messages, searchFor(lines), ['x']);
        await search.searchTo(messages.count, () => undefined, NEVER_CANCELLED);
        const rows = Array.from({ length: messages.count }, (_, row) => row);
        const expected = rows.filter((row) => lines.includes(messages.offset(row) / 10));
        assert.deepEqual(rowsOf(search), expected);
      }),
    );
  });

  it('reads on where it stopped, and passes over lines that are no messages', async () => {
    const messages = indexOf([1, 2]);
    const ranges: unknown[] = [];
    const search = new BodySearch(messages, searchFor([1, 2, 3], ranges), ['x']);
    await search.searchTo(messages.count, () => undefined, NEVER_CANCELLED);
    addLine(messages, 3, 1);
    await search.searchTo(messages.count, () => undefined, NEVER_CANCELLED);
    await search.searchTo(messages.count, () => undefined, NEVER_CANCELLED);
    assert.deepEqual(
      { rows: rowsOf(search), ranges },
      {
        rows: [1, 2, 3],
        ranges: [
          { from: 0, to: 20 },
          { from: 30, to: 40 },
        ],
      },
    );
  });

  it('finds nothing twice when it is begun again after it failed', async () => {
    const messages = indexOf([1, 1, 1]);
    const whole = searchFor([0, 1, 2]);
    let fails = true;
    const search = new BodySearch(
      messages,
      async (...asked) => {
        await whole(...asked);
        if (fails) {
          throw new Error('disk gone');
        }
      },
      ['x'],
    );
    await assert.rejects(
      search.searchTo(3, () => undefined, NEVER_CANCELLED),
      /disk gone/,
    );
    fails = false;
    await search.searchTo(3, () => undefined, NEVER_CANCELLED);
    assert.deepEqual([rowsOf(search), search.searched], [[0, 1, 2], 3]);
  });
});
