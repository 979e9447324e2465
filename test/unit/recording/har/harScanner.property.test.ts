import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HarScanner, type EntrySpan } from '../../../../src/recording/har/harScanner';

function scan(
  bytes: Uint8Array,
  sizes: readonly number[],
): { readonly scanner: HarScanner; readonly spans: EntrySpan[] } {
  const spans: EntrySpan[] = [];
  const scanner = new HarScanner((span) => spans.push(span));
  let at = 0;
  for (const size of sizes) {
    scanner.feed(bytes.subarray(at, at + size));
    at += size;
  }
  scanner.feed(bytes.subarray(at));
  return { scanner, spans };
}

const json = fc.jsonValue({ maxDepth: 4 });
const tricky = fc.oneof(
  json,
  fc.constantFrom<unknown>('entries', '_webSocketMessages', '"[{', '\\', '\\"', '}]}', 'ä€😀', {
    log: { entries: [{}] },
  }),
  fc.constantFrom<unknown>({ entries: [{ a: 1 }] }, { _webSocketMessages: [{ type: 'send' }] }, [
    [{}],
  ]),
);
const members = fc.dictionary(fc.constantFrom('a', 'entries', 'log', '__proto__', 'é'), tricky, {
  maxKeys: 3,
  noNullPrototype: true,
});
const message = fc.record({
  type: fc.constant('send'),
  data: fc.string({ unit: 'binary' }),
  rest: tricky,
});
const entry = fc
  .tuple(members, fc.option(fc.array(message, { maxLength: 4 }), { nil: undefined }), members)
  .map(([before, messages, after]) => ({
    ...before,
    ...(messages === undefined ? {} : { _webSocketMessages: messages }),
    request: after,
  }));
const har = fc
  .tuple(members, fc.array(entry, { maxLength: 5 }), members)
  .map(([before, entries, after]) => ({
    entries: [{ not: 'these' }],
    ...before,
    log: { ...before, pages: [{ entries: [{}] }], entries, comment: after },
  }));
const sizes = fc.array(fc.integer({ min: 0, max: 17 }), { maxLength: 200 });

describe('HAR scanner', () => {
  it('finds every entry and every WebSocket message, wherever chunks end', () => {
    fc.assert(
      fc.property(har, sizes, fc.constantFrom(undefined, 2), (file, chunks, space) => {
        const bytes = Buffer.from(JSON.stringify(file, undefined, space));
        const { scanner, spans } = scan(bytes, chunks);
        const parse = (start: number, end: number): unknown =>
          JSON.parse(bytes.toString('utf8', start, end)) as unknown;
        const expected = JSON.parse(bytes.toString()) as {
          readonly log: { readonly entries: readonly { readonly _webSocketMessages?: unknown }[] };
        };
        assert.deepEqual(
          [
            spans.map(({ start, end }) => parse(start, end)),
            spans.map(({ sockets }) => sockets && parse(sockets.start, sockets.end)),
            spans.map(({ messages }) =>
              messages.flatMap((start, index) =>
                index % 2 === 0 ? [parse(start, messages[index + 1] ?? 0)] : [],
              ),
            ),
            scanner.isHar,
            scanner.isCut,
          ],
          [
            expected.log.entries,
            expected.log.entries.map((each) => each._webSocketMessages),
            expected.log.entries.map((each) => each._webSocketMessages ?? []),
            true,
            false,
          ],
        );
      }),
      { numRuns: 300 },
    );
  });

  it('never throws on any bytes, and finds a prefix of the entries when a file is cut', () => {
    fc.assert(
      fc.property(
        har,
        fc.nat(),
        sizes,
        fc.uint8Array({ maxLength: 50 }),
        (file, cut, chunks, noise) => {
          const bytes = Buffer.from(JSON.stringify(file));
          const whole = scan(bytes, []).spans;
          const length = cut % (bytes.length + 1);
          const { spans } = scan(bytes.subarray(0, length), chunks);
          scan(Buffer.concat([bytes.subarray(0, length), noise, bytes.subarray(length)]), chunks);
          assert.deepEqual(spans, whole.slice(0, spans.length));
          assert.ok(whole.slice(spans.length).every(({ end }) => end > length));
        },
      ),
    );
  });
});
