import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { Agent, request, type IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { bodyText, CleanUp, collected, MemorySink, requestText, until } from './tapHarness';

describe('A tap forwards HTTP', () => {
  let cleanUp: CleanUp;
  let sink: MemorySink;
  beforeEach(() => {
    cleanUp = new CleanUp();
    sink = new MemorySink();
  });
  afterEach(() => cleanUp.run());

  it('gives byte-identical bodies in both directions, whatever their size and framing', async () => {
    const received: string[] = [];
    let answer: Answer = { body: Buffer.alloc(0), chunks: [], gzip: false };
    const port = await cleanUp.http((incoming, outgoing) => {
      void bytesOf(incoming).then((bytes) => {
        received.push(bytes.toString('latin1'));
        const body = answer.gzip ? gzipSync(answer.body) : answer.body;
        outgoing.setHeader('Content-Type', 'application/octet-stream');
        if (answer.gzip) {
          outgoing.setHeader('Content-Encoding', 'gzip');
        }
        if (answer.chunks.length === 0) {
          outgoing.setHeader('Content-Length', body.length);
        }
        for (const slice of slicesOf(body, answer.chunks)) {
          outgoing.write(slice);
        }
        outgoing.end();
      });
    });
    const tap = await cleanUp.tap(port, sink);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    cleanUp.add(() => agent.destroy());

    await fc.assert(
      fc.asyncProperty(exchanges, async (exchange) => {
        answer = exchange.answer;
        const direct = await send(port, agent, exchange.question);
        const tapped = await send(tap.port, agent, exchange.question);
        assert.equal(tapped.toString('latin1'), direct.toString('latin1'));
        assert.equal(received.at(-1), received.at(-2));
        assert.equal(received.at(-1), exchange.question.body.toString('latin1'));
      }),
      { numRuns: 60 },
    );
    const summary = await tap.stop();
    assert.deepEqual(
      { frames: summary.frames, missed: summary.missed, failures: summary.decodeFailures },
      { frames: sink.frames.length, missed: 0, failures: 0 },
    );
    assert.equal(sink.frames.length % 2, 0);
  });

  it('passes heads, chunk framing and trailers as the bytes that they were, but for what it maps', async () => {
    const response =
      'HTTP/1.1 200 Fine by me\r\nX-Odd:   spaced  \r\ntransfer-encoding: chunked\r\n\r\n' +
      '5;ext=1\r\nhello\r\n0\r\nX-Trailer: yes\r\n\r\n';
    let seen = '';
    const port = await cleanUp.raw((socket) => {
      socket.on('data', (bytes: Buffer) => {
        seen += bytes.toString('latin1');
        if (seen.endsWith('0\r\n\r\n')) {
          socket.write(response);
        }
      });
    });
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    const got = collected(socket);
    const request = (host: string): string =>
      `POST /p?q=%20 HTTP/1.1\r\nx-lower: 1\r\nHost: ${host}\r\nX-Lower: 2\r\n` +
      'Transfer-Encoding: chunked\r\n\r\n2 \r\nab\r\n1\r\nc\r\n0\r\n\r\n';
    for (const letter of request(`localhost:${tap.port}`)) {
      socket.write(letter);
    }
    await until(() => got.bytes.length >= response.length, 'the response');
    assert.equal(seen, request(`127.0.0.1:${port}`));
    assert.equal(got.bytes.toString('latin1'), response);
    await until(() => sink.frames.length === 2, 'both frames');
    assert.deepEqual(sink.frames, [
      {
        kind: 'http-request',
        direction: 'send',
        exchange: 1,
        method: 'POST',
        url: `http://127.0.0.1:${port}/p?q=%20`,
        headers: [
          ['x-lower', '1'],
          ['Host', `127.0.0.1:${port}`],
          ['X-Lower', '2'],
          ['Transfer-Encoding', 'chunked'],
        ],
        mapped: [['Host', `localhost:${tap.port}`, `127.0.0.1:${port}`]],
        body: { kind: 'bytes', bytes: Buffer.from('abc') },
      },
      {
        kind: 'http-response',
        direction: 'receive',
        exchange: 1,
        status: 200,
        statusText: 'Fine by me',
        headers: [
          ['X-Odd', 'spaced'],
          ['transfer-encoding', 'chunked'],
        ],
        body: { kind: 'bytes', bytes: Buffer.from('hello') },
      },
    ]);
  });

  it('keeps pipelined requests and their responses in order and numbers them', async () => {
    const port = await cleanUp.http((incoming, outgoing) =>
      outgoing.end(`answer to ${incoming.url ?? ''}`),
    );
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    const got = collected(socket);
    socket.write(['/a', '/b', '/c'].map((path) => requestText(path)).join(''));
    await until(() => sink.frames.length === 6, 'six frames');
    assert.ok(/answer to \/a.*answer to \/b.*answer to \/c/s.test(got.bytes.toString()));
    assert.deepEqual(
      sink.frames.map((frame) =>
        frame.kind === 'http-request'
          ? [frame.exchange, new URL(frame.url).pathname]
          : frame.kind === 'http-response'
            ? [frame.exchange, frame.status]
            : [],
      ),
      [
        [1, '/a'],
        [2, '/b'],
        [3, '/c'],
        [1, 200],
        [2, 200],
        [3, 200],
      ],
    );
    assert.ok(
      sink.times.every((time, index) => index === 0 || time >= (sink.times[index - 1] ?? 0)),
    );
  });

  it('knows responses without a body: to HEAD, 204 and 304, and interim ones', async () => {
    const port = await cleanUp.raw((socket) => {
      let answered = 0;
      socket.on('data', (bytes: Buffer) => {
        for (let left = bytes.toString().split('HTTP/1.1\r\n').length; left > 1; left--) {
          socket.write(
            [
              'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n',
              'HTTP/1.1 204 No Content\r\n\r\n',
              'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n',
              'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
            ][answered++] ?? '',
          );
        }
      });
    });
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    socket.write(
      requestText('/', [], 'HEAD') + requestText('/1') + requestText('/2') + requestText('/3'),
    );
    await until(() => sink.frames.length === 8, 'eight frames');
    assert.deepEqual(
      sink.frames.flatMap((frame) => (frame.kind === 'http-response' ? [frame.status] : [])),
      [200, 204, 304, 200],
    );
  });

  it('lets an application wait for 100 Continue', async () => {
    const port = await cleanUp.http((incoming, outgoing) => {
      void bytesOf(incoming).then((bytes) => outgoing.end(`got ${bytes.length}`));
    });
    const tap = await cleanUp.tap(port, sink);
    const body = await new Promise<Buffer>((resolve, reject) => {
      const outgoing = request({
        port: tap.port,
        method: 'POST',
        headers: { Expect: '100-continue' },
      });
      outgoing.on('continue', () => outgoing.end('x'.repeat(1000)));
      outgoing.on('response', (incoming) => resolve(bytesOf(incoming)));
      outgoing.on('error', reject);
      outgoing.flushHeaders();
    });
    assert.equal(body.toString(), 'got 1000');
  });

  it('records a body that lasts until the connection closes', async () => {
    const port = await cleanUp.raw((socket) => {
      socket.on('data', () =>
        socket.end('HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nall of it'),
      );
    });
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    const got = collected(socket);
    socket.write(requestText('/'));
    await until(() => got.ended, 'the end');
    socket.end();
    await until(() => sink.frames.length === 2, 'both frames');
    assert.equal(bodyText(sink.frames[1]), 'all of it');
  });

  it('understands an application that uses it as a proxy to the server', async () => {
    let seen = '';
    const port = await cleanUp.http((incoming, outgoing) => {
      seen = `${incoming.url ?? ''} ${incoming.headers.host ?? ''}`;
      outgoing.end();
    });
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    socket.write(requestText(`http://127.0.0.1:${port}/path?x=1`));
    await until(() => seen !== '', 'the request');
    assert.equal(seen, `/path?x=1 127.0.0.1:${port}`);
  });

  it('goes on with HTTP when the server does not want to upgrade', async () => {
    const paths: string[] = [];
    const port = await cleanUp.http((incoming, outgoing) => {
      paths.push(incoming.url ?? '');
      outgoing.end('plain');
    });
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    socket.write(requestText('/a', ['Connection: Upgrade', 'Upgrade: h2c']) + requestText('/b'));
    await until(() => sink.frames.length === 4, 'four frames');
    assert.deepEqual(paths, ['/a', '/b']);
  });
});

interface Answer {
  readonly body: Buffer;
  /** Lengths of chunks; none: one body with a length. */
  readonly chunks: readonly number[];
  readonly gzip: boolean;
}

interface Question {
  readonly body: Buffer;
  readonly chunks: readonly number[];
}

const bodies = fc
  .tuple(fc.constantFrom(0, 1, 10, 1000, 70_000, 300_000), fc.nat({ max: 255 }))
  .map(([length, seed]) =>
    Buffer.from(Uint8Array.from({ length }, (_, at) => (at * 31 + seed) & 255)),
  );
const chunks = fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 5 });
const exchanges = fc.record({
  question: fc.record({ body: bodies, chunks }),
  answer: fc.record({ body: bodies, chunks, gzip: fc.boolean() }),
});

function slicesOf(body: Buffer, lengths: readonly number[]): readonly Buffer[] {
  const slices: Buffer[] = [];
  let at = 0;
  for (const length of lengths) {
    slices.push(body.subarray(at, at + length));
    at += length;
  }
  return [...slices, body.subarray(at)].filter((slice) => slice.length > 0);
}

function send(port: number, agent: Agent, question: Question): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers =
      question.chunks.length === 0
        ? { 'Content-Length': question.body.length }
        : { 'Transfer-Encoding': 'chunked' };
    const outgoing = request({
      host: '127.0.0.1',
      port,
      agent,
      method: 'POST',
      path: '/x',
      headers,
    });
    outgoing.on('response', (incoming) => resolve(bytesOf(incoming)));
    outgoing.on('error', reject);
    for (const slice of slicesOf(question.body, question.chunks)) {
      outgoing.write(slice);
    }
    outgoing.end();
  });
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const slices: Buffer[] = [];
  for await (const slice of stream) {
    slices.push(slice as Buffer);
  }
  return Buffer.concat(slices);
}
