import assert from 'node:assert/strict';
import { once } from 'node:events';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { WebSocket, WebSocketServer } from 'ws';
import type { TrafficSink } from '../../../../src/session/ports';
import { bodyText, CleanUp, collected, MemorySink, requestText, until } from './tapHarness';

describe('A tap records', () => {
  let cleanUp: CleanUp;
  let sink: MemorySink;
  beforeEach(() => {
    cleanUp = new CleanUp();
    sink = new MemorySink();
  });
  afterEach(() => cleanUp.run());

  for (const [coding, encode] of [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['gzip, br', (bytes: Buffer): Buffer => brotliCompressSync(gzipSync(bytes))],
  ] as const) {
    it(`decodes a body compressed by ${coding} (${encode.name}) on the copy`, async () => {
      const text = JSON.stringify({ hello: 'x'.repeat(10_000) });
      const encoded = encode(Buffer.from(text));
      const port = await answering(encoded, {
        'Content-Encoding': coding,
        'Content-Type': 'application/json',
      });
      const tap = await cleanUp.tap(port, sink);
      const got = await exchange(tap.port);
      assert.ok(got.subarray(-encoded.length).equals(encoded));
      const [, response] = sink.frames;
      assert.ok(response?.kind === 'http-response');
      assert.deepEqual(
        [bodyText(response), response.decoded, response.error],
        [text, true, undefined],
      );
    });
  }

  it('keeps length and reason of a gzip bomb, and lets it pass', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    const port = await answering(bomb, {
      'Content-Encoding': 'gzip',
      'Content-Type': 'application/json',
    });
    const tap = await cleanUp.tap(port, sink, { limits: { bodyBytes: 1_000_000 } });
    const got = await exchange(tap.port);
    assert.ok(got.subarray(-bomb.length).equals(bomb));
    const [, response] = sink.frames;
    assert.ok(response?.kind === 'http-response');
    assert.deepEqual(
      [response.body, response.decoded, response.error],
      [
        { kind: 'none' },
        undefined,
        'The body is compressed (gzip) and would be larger than 1000000 bytes when decoded; ' +
          `its ${bomb.length} bytes were not recorded`,
      ],
    );
    assert.equal(tap.summary.decodeFailures, 1);
  });

  for (const [title, headers, codings] of [
    ['a coding that is not known', { 'Content-Encoding': 'zstd' }, 'zstd'],
    ['a known coding of something else', { 'Content-Encoding': 'gzip' }, 'gzip'],
    [
      'a coding of the transfer that is not known',
      { 'Transfer-Encoding': 'zstd, chunked' },
      'zstd',
    ],
  ] as const) {
    it(`keeps nothing of a body in ${title}: nobody could find the secrets in it`, async () => {
      const secret = '{"password":"hunter2"}';
      const port = await answering(Buffer.from(secret), headers);
      const tap = await cleanUp.tap(port, sink);
      assert.match(String(await exchange(tap.port)), /hunter2/);
      const [, response] = sink.frames;
      assert.deepEqual(response?.body, { kind: 'none' });
      assert.match(
        response.error ?? '',
        new RegExp(
          `^The body is compressed \\(${codings}\\) and could not be decoded .*; its 22 bytes were not recorded$`,
        ),
      );
    });
  }

  it('asks the server only for codings that it can decode, and records both forms', async () => {
    const asked: unknown[] = [];
    const port = await cleanUp.http((incoming, outgoing) => {
      asked.push(incoming.headers['accept-encoding']);
      outgoing.end('fine');
    });
    const tap = await cleanUp.tap(port, sink);
    await exchange(tap.port, true, 'Accept-Encoding: gzip, deflate, br, zstd');
    assert.deepEqual(asked, ['gzip, deflate, br']);
    const [request] = sink.frames;
    assert.deepEqual(request?.kind === 'http-request' && request.mapped?.slice(-1), [
      ['Accept-Encoding', 'gzip, deflate, br, zstd', 'gzip, deflate, br'],
    ]);
  });

  for (const [what, body, type, expected] of [
    ['JSON of the wrong type as text', '{"a":1}', 'application/octet-stream', 'text'],
    ['JSON without a type as text', ' [1]', undefined, 'text'],
    ['a form as text', 'a=1&b=2', 'application/x-www-form-urlencoded', 'text'],
    ['problem details as text', 'none', 'application/problem+json; charset=utf-8', 'text'],
    ['a picture as bytes', '\x89PNG', 'image/png', 'bytes'],
    ['text that is not UTF-8 as bytes', '\xe4', 'text/plain; charset=iso-8859-1', 'bytes'],
  ] as const) {
    it(`records ${what}`, async () => {
      const port = await answering(
        Buffer.from(body, 'latin1'),
        type === undefined ? {} : { 'Content-Type': type },
      );
      const tap = await cleanUp.tap(port, sink);
      await exchange(tap.port);
      assert.equal(sink.frames[1]?.body.kind, expected);
    });
  }

  it('goes on when the sink throws, and says what was missed when it takes frames again', async () => {
    let broken = true;
    const failing: TrafficSink = {
      open: (at, connection) => guarded(() => sink.open(at, connection)),
      frame: (at, connection, frame) => guarded(() => sink.frame(at, connection, frame)),
      close: (at, connection, by, reason) => guarded(() => sink.close(at, connection, by, reason)),
      gap: (at, gap) => guarded(() => sink.gap(at, gap)),
    };
    function guarded<T>(call: () => T): T {
      if (broken) {
        throw new Error('the disk is full');
      }
      return call();
    }
    const port = await answering(Buffer.from('fine'), {});
    const tap = await cleanUp.tap(port, failing);
    for (let count = 0; count < 3; count++) {
      assert.match(String(await exchange(tap.port, false)), /fine$/);
    }
    await until(() => tap.summary.missed === 6, 'six missed frames');
    broken = false;
    await exchange(tap.port, false);
    await until(() => sink.frames.length === 2, 'two frames');
    assert.deepEqual(
      sink.told.map((one) =>
        one.kind === 'gap' ? { reason: one.reason, missed: one.missed } : one.kind,
      ),
      ['open', { reason: 'The recorder did not take the connection', missed: 6 }, 'frame', 'frame'],
    );
    assert.ok(tap.summary.recorderFailures > 0);
  });

  it('lets traffic flow past a slow sink, and counts what it had no room for', async () => {
    const slow: TrafficSink = {
      open: (at, connection) => sink.open(at, connection),
      frame: (at, connection, frame) => {
        const end = performance.now() + 20;
        while (performance.now() < end);
        sink.frame(at, connection, frame);
      },
      close: (at, connection, by, reason) => sink.close(at, connection, by, reason),
      gap: (at, gap) => sink.gap(at, gap),
    };
    const port = await answering(Buffer.alloc(1000, 'x'), {});
    const tap = await cleanUp.tap(port, slow, { limits: { queueBytes: 10_000 } });
    const socket = await cleanUp.socket(tap.port);
    const got = collected(socket);
    const count = 200;
    socket.write(requestText('/').repeat(count));
    await until(
      () => got.bytes.toString().split('HTTP/1.1 200').length === count + 1,
      'all answers',
    );
    const { frames, missed } = await tap.stop();
    assert.equal(frames, sink.frames.length);
    assert.ok(missed > count, `${missed} missed`);
    assert.equal(frames + missed, 2 * count);
    assert.equal(
      sink.of('gap').reduce((sum, gap) => sum + (gap.missed ?? 0), 0),
      missed,
    );
  });

  it('counts the messages of a WebSocket that it had no room for, and reads on behind them', async () => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    let received = 0;
    server.on('connection', (socket) => socket.on('message', () => received++));
    await once(server, 'listening');
    cleanUp.add(() => server.close());
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const tap = await cleanUp.tap(port, sink, { limits: { queueBytes: 150_000 } });
    const socket = new WebSocket(tap.address.replace('http', 'ws'));
    cleanUp.add(() => socket.terminate());
    await once(socket, 'open');
    const count = 300;
    for (let index = 0; index < count; index++) {
      socket.send(
        JSON.stringify({ messageName: 'EventAck', index, padding: 'x'.repeat(index * 7) }),
      );
    }
    await until(() => received === count, 'all messages at the server');
    await until(
      () => tap.summary.frames + tap.summary.missed === count + 2,
      'all to be recorded or missed',
    );
    socket.send('{"messageName":"Last"}');
    await until(
      () => bodyText(sink.frames.at(-1)) === '{"messageName":"Last"}',
      'the last message',
    );
    const indexes = sink.frames.slice(2, -1).map((frame) => {
      const { index, padding } = JSON.parse(bodyText(frame) ?? '') as {
        index: number;
        padding: string;
      };
      assert.equal(padding.length, index * 7);
      return index;
    });
    assert.deepEqual(
      indexes,
      [...indexes].sort((one, other) => one - other),
    );
    const { missed, decodeFailures } = tap.summary;
    assert.ok(missed > 0);
    assert.deepEqual([indexes.length + missed, decodeFailures], [count, 0]);
  });

  it('tells of changes at most ten times a second', async () => {
    const port = await answering(Buffer.from('fine'), {});
    const tap = await cleanUp.tap(port, sink);
    let told = 0;
    tap.onDidChange(() => told++);
    const start = performance.now();
    for (let count = 0; count < 30; count++) {
      await exchange(tap.port, false);
    }
    await until(() => told > 0 && tap.summary.frames === 60, 'a change');
    assert.ok(told <= 2 + (performance.now() - start) / 100, `${told} times`);
  });

  async function answering(body: Buffer, headers: Record<string, string>): Promise<number> {
    return cleanUp.http((_, outgoing) => {
      const length = 'Transfer-Encoding' in headers ? {} : { 'Content-Length': body.length };
      outgoing.writeHead(200, { ...headers, ...length });
      outgoing.end(body);
    });
  }

  /** One exchange on a socket of its own; returns all bytes of the response. */
  async function exchange(
    port: number,
    waitForFrames = true,
    ...fields: readonly string[]
  ): Promise<Buffer> {
    const before = sink.frames.length;
    const socket = await cleanUp.socket(port);
    const got = collected(socket);
    socket.write(requestText('/', ['Connection: close', ...fields]));
    await until(() => got.ended, 'the end of the response');
    socket.end();
    if (waitForFrames) {
      await until(() => sink.frames.length === before + 2, 'both frames');
    }
    return got.bytes;
  }
});
