import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bodyText, CleanUp, collected, MemorySink, requestText, until } from './tapHarness';

const FIXTURES = join(process.cwd(), 'test/unit/transport/tap/fixtures');

describe('A tap passes on how connections end', () => {
  let cleanUp: CleanUp;
  let sink: MemorySink;
  beforeEach(() => {
    cleanUp = new CleanUp();
    sink = new MemorySink();
  });
  afterEach(() => cleanUp.run());

  it('keeps a half-open connection: the answer comes after the application has ended its side', async () => {
    const port = await cleanUp.raw((socket) => {
      socket.resume();
      socket.on('end', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate'));
    });
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    const got = collected(socket);
    socket.end(requestText('/'));
    await until(() => got.ended, 'the end');
    assert.match(got.bytes.toString(), /late$/);
    await until(() => tap.summary.openSockets === 0, 'both sides to close');
  });

  it('ends the other side of a WebSocket only when its own has ended', async () => {
    const sides: Socket[] = [];
    const port = await cleanUp.raw((socket) => {
      sides.push(socket);
      socket.once('data', () => socket.write(SWITCHING));
    });
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    const got = collected(socket);
    socket.write(UPGRADE);
    await until(() => got.bytes.length > 0, 'the upgrade');
    sides[0]?.end(Buffer.from([0x81, 2, 0x68, 0x69]));
    await until(() => got.ended, 'the end from the server');
    const atServer = collected(sides[0]!);
    socket.end(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x6f]));
    await until(() => atServer.ended, 'the end from the application');
    assert.equal(atServer.bytes.toString('hex'), '818200000000686f');
    await until(() => sink.of('close').length === 1, 'the close');
    assert.deepEqual(sink.told.slice(-3), [
      {
        kind: 'frame',
        connection: 1,
        frame: { kind: 'websocket', direction: 'receive', body: { kind: 'text', text: 'hi' } },
      },
      {
        kind: 'frame',
        connection: 1,
        frame: { kind: 'websocket', direction: 'send', body: { kind: 'text', text: 'ho' } },
      },
      { kind: 'close', connection: 1, by: 'server', reason: 'The server closed the connection' },
    ]);
  });

  it('resets the application when the server resets in the middle of a body, and records what came', async () => {
    const port = await cleanUp.raw((socket) => {
      socket.on('data', () => {
        socket.write(
          'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nhalf',
          () => {
            setImmediate(() => setTimeout(() => socket.resetAndDestroy(), 20));
          },
        );
      });
    });
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    const got = collected(socket);
    socket.write(requestText('/'));
    await until(() => got.error !== '', 'the reset');
    assert.equal(got.error, 'ECONNRESET');
    await until(() => sink.frames.length === 2, 'both frames');
    const [, response] = sink.frames;
    assert.equal(bodyText(response), 'half');
    assert.ok(response?.kind === 'http-response');
    assert.equal(response.error, 'The connection to the server broke: read ECONNRESET');
  });

  it('resets the server when the application resets in the middle of a body', async () => {
    const errors: string[] = [];
    let received = 0;
    const port = await cleanUp.raw((socket) => {
      socket.on('data', (bytes: Buffer) => (received += bytes.length));
      socket.on('error', (error: NodeJS.ErrnoException) => errors.push(error.code ?? ''));
    });
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    socket.write(
      requestText('/', ['Content-Type: text/plain', 'Content-Length: 100'], 'POST') + 'part',
    );
    await until(() => received > 50, 'the beginning');
    socket.resetAndDestroy();
    await until(() => errors.length === 1, 'the reset at the server');
    assert.deepEqual(errors, ['ECONNRESET']);
    await until(() => sink.frames.length === 2, 'both frames');
    assert.deepEqual(
      sink.frames.map((frame) => [
        frame.kind,
        bodyText(frame),
        'error' in frame ? frame.error : '',
      ]),
      [
        ['http-request', 'part', 'The connection to the application broke: read ECONNRESET'],
        ['http-response', undefined, 'The connection to the application broke: read ECONNRESET'],
      ],
    );
  });

  it('records that the server closed without an answer', async () => {
    const port = await cleanUp.raw((socket) => socket.on('data', () => socket.end()));
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    const got = collected(socket);
    socket.write(requestText('/'));
    await until(() => got.ended, 'the end');
    assert.equal(got.bytes.length, 0);
    await until(() => sink.frames.length === 2, 'both frames');
    const [, response] = sink.frames;
    assert.ok(response?.kind === 'http-response');
    assert.deepEqual(
      [response.status, response.error],
      [0, 'The server closed the connection without an answer'],
    );
  });

  it('slows the server down when the application reads slowly, within bounded memory', async () => {
    const size = 200 * 1024 * 1024;
    let written = 0;
    const port = await cleanUp.raw((socket) => {
      socket.on('data', () => {
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
        const block = Buffer.alloc(1024 * 1024, 'x');
        const pour = (): void => {
          while (written < size) {
            written += block.length;
            if (!socket.write(block)) {
              socket.once('drain', pour);
              return;
            }
          }
        };
        pour();
      });
    });
    const tap = await cleanUp.tap(port, sink, { limits: { bodyBytes: 1024 } });
    const socket = await cleanUp.socket(tap.port);
    socket.write(requestText('/'));
    await until(() => written > 0, 'the server to begin');
    let last = -1;
    await until(() => {
      const still = tap.summary.bytes === last;
      last = tap.summary.bytes;
      return still && last > 0;
    }, 'the server to be stopped');
    assert.ok(written < 60 * 1024 * 1024, `${written} bytes were taken from the server`);
    let received = 0;
    socket.on('data', (bytes: Buffer) => (received += bytes.length));
    await until(() => received > size, 'all of it');
    await until(() => sink.frames.length === 2, 'both frames');
    const [, response] = sink.frames;
    assert.ok(response?.kind === 'http-response');
    assert.equal(response.error, `Only the first 1024 of ${size} bytes were recorded`);
  });

  it('passes what it does not understand, and says that it does not', async () => {
    const port = await cleanUp.raw((socket) => {
      socket.on('data', () => socket.write('ICY 200 OK\r\n\r\nmusic'));
    });
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    const got = collected(socket);
    socket.write(requestText('/'));
    await until(() => got.bytes.toString() === 'ICY 200 OK\r\n\r\nmusic', 'the music');
    await until(() => sink.of('gap').length === 1, 'a gap');
    assert.equal(
      sink.of('gap')[0]?.reason,
      'What the server sends is passed on but cannot be read: its first line is no status line',
    );
  });

  it('answers 502 in words when the server is down, and records that there was no answer', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const address = closed.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    closed.close();
    await once(closed, 'close');
    const tap = await cleanUp.tap(port, sink);
    const response = await fetch(`${tap.address}/x`);
    const sentence = `The server http://127.0.0.1:${port} refused the connection: nothing listens there (ECONNREFUSED).`;
    assert.deepEqual([response.status, await response.text()], [502, `${sentence}\n`]);
    await until(() => sink.frames.length === 2, 'both frames');
    const [, recorded] = sink.frames;
    assert.ok(recorded?.kind === 'http-response');
    assert.deepEqual(
      [recorded.status, recorded.error],
      [0, `${sentence} The tap answered 502 in its place`],
    );
  });

  it('answers 504 when the server does not accept a TLS connection in time, and waits for slow answers', async () => {
    const port = await cleanUp.raw(() => undefined);
    const tap = await cleanUp.tap(port, sink, {
      target: `https://127.0.0.1:${port}`,
      limits: { connectMs: 50 },
    });
    const response = await fetch(tap.address);
    assert.deepEqual(
      [response.status, await response.text()],
      [
        504,
        `The server https://127.0.0.1:${port} did not accept a connection within 0.05 seconds.\n`,
      ],
    );
  });

  for (const [what, host, fields, status] of [
    ['a foreign Host', 'evil.example', [], 403],
    ['a foreign Origin', 'localhost', ['Origin: https://evil.example'], 403],
    ['a second Host', 'localhost', ['Host: localhost'], 400],
    ['a second Content-Length', 'localhost', ['Content-Length: 1', 'Content-Length: 2'], 400],
    ['a line that is no field', 'localhost', ['what is this'], 400],
    ['a name that ends with a space', 'localhost', ['Origin : https://evil.example'], 400],
  ] as const) {
    it(`answers ${status} to a request with ${what}, which never reaches the server`, async () => {
      let sockets = 0;
      const port = await cleanUp.raw(() => sockets++);
      const tap = await cleanUp.tap(port, sink);
      const socket = await cleanUp.socket(tap.port);
      const got = collected(socket);
      socket.write(['POST / HTTP/1.1', `Host: ${host}`, ...fields, '', 'body'].join('\r\n'));
      await until(() => got.ended, 'the answer');
      assert.match(got.bytes.toString(), new RegExp(`^HTTP/1.1 ${status} [\\s\\S]+\\.\\n$`));
      assert.deepEqual(
        [sockets, sink.told.length, tap.summary.refused],
        [0, 0, status === 403 ? 1 : 0],
      );
    });
  }

  it('answers requests before a refused one first', async () => {
    const port = await cleanUp.http((_, outgoing) => setImmediate(() => outgoing.end('first')));
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    const got = collected(socket);
    socket.write(
      requestText('/') + requestText('/', ['Origin: https://evil.example']) + requestText('/'),
    );
    await until(() => got.ended, 'the answers');
    assert.match(
      got.bytes.toString(),
      /200 OK[\s\S]*first[\s\S]*403 Forbidden[\s\S]*evil\.example/,
    );
    await until(() => sink.frames.length === 2, 'the one exchange');
  });

  it('refuses a head without end', async () => {
    const port = await cleanUp.raw(() => undefined);
    const tap = await cleanUp.tap(port, sink, { limits: { headBytes: 1000 } });
    const socket = await cleanUp.socket(tap.port);
    const got = collected(socket);
    socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(2000)}`);
    await until(() => got.ended, 'the answer');
    assert.match(got.bytes.toString(), /^HTTP\/1.1 431 .*its head is longer than 1000 bytes\.\n$/s);
  });

  it('speaks TLS to the server, and does not trust a certificate that nobody vouches for', async () => {
    const certificate = readFileSync(join(FIXTURES, 'certificate.pem'));
    const tls = createTlsServer({
      key: readFileSync(join(FIXTURES, 'key.pem')),
      cert: certificate,
    });
    tls.on('tlsClientError', () => undefined);
    const port = await cleanUp.http((_, outgoing) => {
      outgoing.setHeader('Set-Cookie', 'a=1; Secure; SameSite=None');
      outgoing.end('private');
    }, tls);
    const target = `https://127.0.0.1:${port}`;

    const strict = await cleanUp.tap(port, new MemorySink(), { target });
    const refused = await fetch(strict.address);
    assert.deepEqual(
      [refused.status, await refused.text()],
      [
        502,
        `The certificate of the server ${target} cannot be trusted: it signed it itself ` +
          '(DEPTH_ZERO_SELF_SIGNED_CERT).\n',
      ],
    );

    for (const tlsOptions of [{ rejectUnauthorized: false }, { ca: certificate }]) {
      const tap = await cleanUp.tap(port, sink, { target, tlsOptions });
      const answer = await fetch(tap.address);
      assert.deepEqual(
        [answer.status, await answer.text(), answer.headers.get('set-cookie')],
        [200, 'private', 'a=1'],
      );
    }
  });

  it('breaks connections off when stopped, records what had come, and sums up', async () => {
    const port = await cleanUp.raw((socket) => {
      socket.on('data', () =>
        socket.write(
          'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nhalf',
        ),
      );
    });
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    const got = collected(socket);
    socket.write(requestText('/'));
    await until(() => got.bytes.toString().endsWith('half'), 'the first half');
    const [summary, again] = await Promise.all([tap.stop(), tap.stop()]);
    assert.equal(again, summary);
    const { bytes, ...rest } = summary;
    assert.ok(bytes > 0);
    assert.deepEqual(rest, {
      connections: 1,
      sockets: 1,
      openSockets: 0,
      frames: 2,
      missed: 0,
      refused: 0,
      recorderFailures: 0,
      decodeFailures: 0,
    });
    assert.deepEqual(sink.told.at(-1), {
      kind: 'close',
      connection: 1,
      by: 'inspector',
      reason: 'The tap was stopped',
    });
    await until(() => got.ended || got.error !== '', 'the application to notice');
    await assert.rejects(fetch(tap.address));
  });

  it('says that its port is taken', async () => {
    const port = await cleanUp.raw(() => undefined);
    await assert.rejects(cleanUp.tap(port, sink, { port }), {
      name: 'ExpectedError',
      code: 'cannot-listen',
    });
  });
});

const UPGRADE = requestText('/', ['Upgrade: websocket', 'Connection: Upgrade']);
const SWITCHING =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
