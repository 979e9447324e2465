import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MessageCounter } from '../../../../src/transport/tap/messageCounter';
import {
  unmasked,
  WebSocketReader,
  type RawMessage,
} from '../../../../src/transport/tap/webSocketReader';

describe('A WebSocket reader', () => {
  it('finds the same messages however they are fragmented, masked and cut into chunks', () => {
    const fragment = fc.record({
      payload: fc.uint8Array({ maxLength: 300 }),
      mask: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined }),
      pingBefore: fc.boolean(),
    });
    const message = fc.record({
      text: fc.boolean(),
      fragments: fc.array(fragment, { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 40 })),
        (messages, cuts) => {
          const bytes = Buffer.concat(
            messages.flatMap(({ text, fragments }) =>
              fragments.flatMap(({ payload, mask, pingBefore }, index) => {
                const fin = index === fragments.length - 1 ? 0x80 : 0;
                const opcode = index > 0 ? 0 : text ? 1 : 2;
                const ping = pingBefore ? [frameBytes(0x89, Buffer.from('hi'), mask)] : [];
                return [...ping, frameBytes(fin | opcode, Buffer.from(payload), mask)];
              }),
            ),
          );
          const found = read(bytes, cuts);
          assert.equal(count(bytes, cuts), messages.length);
          assert.deepEqual(
            found.map((one) => ({
              opcode: one.opcode,
              content: unmasked(one.parts).toString('hex'),
            })),
            messages.map(({ text, fragments }) => ({
              opcode: text ? 1 : 2,
              content: Buffer.concat(fragments.map(({ payload }) => payload)).toString('hex'),
            })),
          );
        },
      ),
    );
  });

  it('reads all three forms of length', () => {
    for (const length of [0, 125, 126, 65_535, 65_536, 200_000]) {
      const payload = Buffer.alloc(length, 'ab');
      const [found] = read(frameBytes(0x82, payload, Buffer.from([1, 2, 3, 4])), [10_000]);
      assert.ok(found && unmasked(found.parts).equals(payload), `${length} bytes`);
    }
  });

  for (const [title, bytes] of [
    ['an unknown opcode', [0x83, 0]],
    ['a continuation of nothing', [0x80, 0]],
    ['a new message within another', [0x01, 0, 0x81, 0]],
    ['a fragmented control frame', [0x09, 0]],
    ['a control frame that is too long', [0x89, 126, 1, 0]],
    ['a length beyond all reason', [0x82, 127, 255, 255, 255, 255, 255, 255, 255, 255]],
  ] as const) {
    it(`refuses ${title}`, () => {
      assert.throws(() => read(Buffer.from(bytes), []));
    });
  }
});

/** Counts, and checks that a reader that begins at each boundary finds what was not counted before it. */
function count(bytes: Buffer, cuts: readonly number[]): number {
  const counter = new MessageCounter();
  let at = 0;
  for (const cut of [...cuts, bytes.length]) {
    counter.read(bytes.subarray(at, at + cut));
    if (counter.boundary >= 0) {
      const behind = read(bytes.subarray(Math.min(bytes.length, at) + counter.boundary), []);
      assert.equal(counter.endedAtBoundary + behind.length, read(bytes, []).length);
    }
    at += cut;
  }
  return counter.ended;
}

function read(bytes: Buffer, cuts: readonly number[]): readonly RawMessage[] {
  const found: RawMessage[] = [];
  const reader = new WebSocketReader(
    {
      message: (message) => found.push(message),
      close: () => undefined,
    },
    1_000_000,
  );
  let at = 0;
  for (const cut of cuts) {
    reader.read(bytes.subarray(at, at + cut));
    at += cut;
  }
  reader.read(bytes.subarray(at));
  return found;
}

function frameBytes(first: number, payload: Buffer, mask: Uint8Array | undefined): Buffer {
  const { length } = payload;
  const bit = mask === undefined ? 0 : 0x80;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = first;
  if (length < 126) {
    head[1] = bit | length;
  } else if (length < 65_536) {
    head[1] = bit | 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = bit | 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  const masked =
    mask === undefined ? payload : payload.map((byte, at) => byte ^ (mask[at & 3] ?? 0));
  return Buffer.concat([head, mask ?? Buffer.alloc(0), masked]);
}
