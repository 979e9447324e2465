import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { deflateRawSync } from 'node:zlib';
import { WebSocket, WebSocketServer, type ServerOptions } from 'ws';
import type { Frame } from '../../../../src/core/protocol/frame';
import { CleanUp, collected, MemorySink, requestText, until } from './tapHarness';

describe('A tap reads WebSockets', () => {
  let cleanUp: CleanUp;
  let sink: MemorySink;
  beforeEach(() => {
    cleanUp = new CleanUp();
    sink = new MemorySink();
  });
  afterEach(() => cleanUp.run());

  async function echoServer(
    options: ServerOptions = {},
  ): Promise<{ port: number; server: WebSocketServer }> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, ...options });
    server.on('connection', (socket) => {
      socket.on('message', (data: Buffer, isBinary) => socket.send(data, { binary: isBinary }));
      socket.on('error', () => socket.terminate());
    });
    await once(server, 'listening');
    cleanUp.add(() => {
      server.clients.forEach((client) => client.terminate());
      return new Promise((resolve) => server.close(resolve));
    });
    const address = server.address();
    return { port: typeof address === 'object' && address ? address.port : 0, server };
  }

  async function open(
    port: number,
    path = '/',
    deflate: object | boolean = false,
  ): Promise<WebSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: deflate });
    socket.on('error', () => socket.terminate());
    cleanUp.add(() => socket.terminate());
    await once(socket, 'open');
    return socket;
  }

  for (const [title, deflate] of [
    ['without compression', false],
    ['with permessage-deflate and its context taken over', { threshold: 0 }],
    [
      'with permessage-deflate without context and with small windows',
      {
        threshold: 0,
        serverNoContextTakeover: true,
        clientNoContextTakeover: true,
        serverMaxWindowBits: 9,
        clientMaxWindowBits: 10,
      },
    ],
  ] as const) {
    it(`records text and binary messages both ways ${title}`, async () => {
      const { port } = await echoServer({ perMessageDeflate: deflate });
      const tap = await cleanUp.tap(port, sink);
      const socket = await open(tap.port, '/', deflate);
      const answers: string[] = [];
      socket.on('message', (data: Buffer, isBinary) =>
        answers.push(`${isBinary} ${data.toString('latin1')}`),
      );
      const texts = [
        '{"messageName":"RequestPing","n":1}',
        'Grüße ✓',
        'x'.repeat(130),
        'y'.repeat(70_000),
        '',
      ];
      const messages = [
        ...texts.map((text) => ({ data: Buffer.from(text), binary: false })),
        { data: Buffer.from([0, 255, 1, 254, 2]), binary: true },
        ...Array.from({ length: 40 }, (_, index) => ({
          data: Buffer.from(
            JSON.stringify({ messageName: 'EventAck', referenceId: index, same: 'z'.repeat(50) }),
          ),
          binary: false,
        })),
      ];
      for (const { data, binary } of messages) {
        socket.send(data, { binary });
      }
      await until(() => answers.length === messages.length, 'all answers');
      assert.deepEqual(
        answers,
        messages.map(({ data, binary }) => `${binary} ${data.toString('latin1')}`),
      );
      await until(() => sink.frames.length === 2 + 2 * messages.length, 'all frames');
      for (const direction of ['send', 'receive'] as const) {
        assert.deepEqual(
          sink.frames.filter(
            (frame) => frame.kind === 'websocket' && frame.direction === direction,
          ),
          messages.map(({ data, binary }): Frame => ({
            kind: 'websocket',
            direction,
            body: binary ? { kind: 'bytes', bytes: data } : { kind: 'text', text: data.toString() },
          })),
        );
      }
      assert.equal(tap.summary.decodeFailures, 0);
    });
  }

  it('joins fragments, with control frames between them, cut anywhere', async () => {
    const { port } = await echoServer();
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    const got = collected(socket);
    socket.write(upgrade('/'));
    await until(() => got.bytes.includes('\r\n\r\n'), 'the upgrade');
    const bytes = Buffer.concat([
      frame(0x01, 'Hello, '),
      frame(0x89, 'ping'),
      frame(0x00, 'frag'),
      frame(0x00, ''),
      frame(0x80, 'ments ✓'),
    ]);
    for (const byte of bytes) {
      socket.write(Buffer.from([byte]));
    }
    await until(() => sink.frames.length === 4, 'request, response and both messages');
    assert.deepEqual(sink.frames.slice(2), [
      { kind: 'websocket', direction: 'send', body: { kind: 'text', text: 'Hello, fragments ✓' } },
      {
        kind: 'websocket',
        direction: 'receive',
        body: { kind: 'text', text: 'Hello, fragments ✓' },
      },
    ]);
  });

  it('passes pings, and closing with its code and reason, which end the connection in the recording', async () => {
    const { port, server } = await echoServer();
    const tap = await cleanUp.tap(port, sink);
    const accepted = once(server, 'connection') as Promise<[WebSocket]>;
    const socket = await open(tap.port);
    const [peer] = await accepted;
    const ponged = once(peer, 'pong');
    peer.ping('are you there');
    assert.equal(String((await ponged)[0]), 'are you there');
    peer.close(4001, 'Enough');
    const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
    assert.deepEqual([code, reason.toString()], [4001, 'Enough']);
    await until(() => sink.of('close').length === 1, 'the close');
    assert.deepEqual(sink.of('close'), [
      { kind: 'close', connection: 1, by: 'server', reason: '4001 Enough' },
    ]);
  });

  it('gives every Platform SDK JSON socket its own connection', async () => {
    const { port } = await echoServer();
    const tap = await cleanUp.tap(port, sink, { target: `ws://127.0.0.1:${port}/ixn` });
    assert.equal(tap.address, `ws://127.0.0.1:${tap.port}/ixn`);
    const sockets = [await open(tap.port, '/ixn'), await open(tap.port, '/ixn')];
    sockets.forEach((socket) => socket.send('{"messageName":"RequestPing"}'));
    await until(() => sink.frames.length === 8, 'eight frames');
    assert.deepEqual(
      sink.of('open').map(({ connection, opened }) => ({ connection, ...opened })),
      [1, 2].map((connection) => ({
        connection,
        dialect: 'platform-sdk-json',
        server: `ws://127.0.0.1:${port}/ixn`,
        application: 'Application',
      })),
    );
  });

  it('records Bayeux over WebSocket on the connection of its application', async () => {
    const http = createServer((_, outgoing) => outgoing.end());
    const server = new WebSocketServer({ server: http });
    server.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => socket.send(data, { binary: false }));
    });
    const port = await cleanUp.listening(http, () =>
      server.clients.forEach((one) => one.terminate()),
    );
    const tap = await cleanUp.tap(port, sink);
    const agent = { headers: { 'User-Agent': 'desk/2.1 (test)' } };
    await fetch(`http://127.0.0.1:${tap.port}/workspace/v3/x`, agent);
    const socket = new WebSocket(`ws://127.0.0.1:${tap.port}/anything`, agent);
    cleanUp.add(() => socket.terminate());
    await once(socket, 'open');
    socket.send('[{"channel":"/meta/handshake","id":"1"}]');
    await until(() => sink.frames.length === 6, 'six frames');
    assert.deepEqual(
      sink.told.map((one) =>
        one.kind === 'open' ? one.opened.application : `${one.kind} ${one.connection}`,
      ),
      ['desk/2.1', ...Array.from({ length: 6 }, () => 'frame 1')],
    );
    assert.equal(sink.of('open')[0]?.opened.dialect, 'workspace-v3');
  });

  it('goes on passing what it cannot read, and says so once', async () => {
    const port = await rawWebSocketServer();
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    const got = collected(socket);
    socket.write(upgrade('/'));
    await until(() => got.bytes.includes('\r\n\r\n'), 'the upgrade');
    const before = got.bytes.length;
    const nonsense = Buffer.from([0xff, 0xff, 0x12, 0x34, ...Buffer.from('not a frame at all')]);
    socket.write(nonsense);
    socket.write(nonsense);
    await until(() => got.bytes.length >= before + 2 * nonsense.length, 'the echo');
    assert.deepEqual(got.bytes.subarray(before), Buffer.concat([nonsense, nonsense]));
    await until(() => sink.of('gap').length === 2, 'a gap for each side');
    assert.deepEqual(
      sink.of('gap').map(({ reason }) => reason),
      ['application', 'server'].map(
        (side) =>
          `What the ${side} sends on its WebSocket is passed on but cannot be read any more: a frame has ` +
          'reserved bits set',
      ),
    );
    assert.equal(tap.summary.decodeFailures, 2);
  });

  it('cuts what it records of a large message and says so, but not the message', async () => {
    const { port } = await echoServer();
    const tap = await cleanUp.tap(port, sink, { limits: { bodyBytes: 1000 } });
    const socket = await open(tap.port);
    const answer = once(socket, 'message');
    socket.send('a'.repeat(5000));
    assert.equal(String((await answer)[0]).length, 5000);
    await until(() => sink.frames.length === 4, 'four frames');
    assert.deepEqual(sink.frames[2], {
      kind: 'websocket',
      direction: 'send',
      body: { kind: 'text', text: 'a'.repeat(1000) },
      error: 'Only the first 1000 of 5000 bytes were recorded',
    });
  });

  it('does not inflate a deflate bomb, and says why later messages cannot be read', async () => {
    const { port } = await echoServer({ perMessageDeflate: { threshold: 0 } });
    const tap = await cleanUp.tap(port, sink, { limits: { bodyBytes: 100_000 } });
    const socket = await open(tap.port, '/', { threshold: 0 });
    let answers = 0;
    socket.on('message', () => answers++);
    socket.send('0'.repeat(1_000_000));
    socket.send('after');
    await until(() => answers === 2, 'both answers');
    await until(() => sink.frames.length === 6, 'six frames');
    const sent = sink.frames.filter((one) => one.kind === 'websocket' && one.direction === 'send');
    assert.deepEqual(
      sent.map((one) => [one.body.kind, one.error?.replace(/its \d+ bytes/, 'its N bytes')]),
      [
        [
          'none',
          'It is compressed and would be larger than 100000 bytes; its N bytes were not recorded',
        ],
        [
          'none',
          'It is compressed and needs an earlier message that was not read; its N bytes were not recorded',
        ],
      ],
    );
  });

  it('keeps nothing of what is not compressed as was agreed: nobody could find the secrets in it', async () => {
    const port = await rawWebSocketServer('permessage-deflate');
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    socket.write(upgrade('/'));
    socket.write(frame(0xc1, '\xff"password":"hunter2"'));
    await until(() => sink.frames.length >= 3, 'three frames');
    const [sent] = sink.frames.filter((one) => one.kind === 'websocket');
    assert.deepEqual(sent?.body, { kind: 'none' });
    assert.match(
      sent.error ?? '',
      /^It is not compressed as was agreed .* bytes were not recorded$/,
    );
  });

  it('offers the server only the compression that it can read, and records both forms', async () => {
    const asked: unknown[] = [];
    const { port, server } = await echoServer();
    server.on('connection', (_, { headers }) => asked.push(headers['sec-websocket-extensions']));
    const tap = await cleanUp.tap(port, sink);
    for (const offer of [
      'x-webkit-deflate-frame, permessage-deflate; client_max_window_bits',
      'permessage-bzip2',
    ]) {
      const socket = await cleanUp.socket(tap.port);
      const got = collected(socket);
      socket.write(upgrade('/', offer));
      await until(() => got.bytes.includes('\r\n\r\n'), 'the upgrade');
      socket.write(frame(0x81, '{}'));
    }
    await until(
      () => sink.frames.filter(({ kind }) => kind === 'http-request').length === 2,
      'both',
    );
    assert.deepEqual(asked, ['permessage-deflate; client_max_window_bits', undefined]);
    assert.deepEqual(
      sink.frames.flatMap((one) => (one.kind === 'http-request' ? one.mapped?.slice(-1) : [])),
      [
        [
          'Sec-WebSocket-Extensions',
          'x-webkit-deflate-frame, permessage-deflate; client_max_window_bits',
          'permessage-deflate; client_max_window_bits',
        ],
        ['Sec-WebSocket-Extensions', 'permessage-bzip2', ''],
      ],
    );
  });

  it('is stopped in the middle of traffic: what came before is recorded whole and in order', async () => {
    const { port } = await echoServer();
    const tap = await cleanUp.tap(port, sink);
    const socket = await open(tap.port);
    let sent = 0;
    let received = 0;
    const pour = setInterval(() => {
      for (let count = 0; count < 20 && socket.readyState === WebSocket.OPEN; count++) {
        socket.send(JSON.stringify({ messageName: 'RequestPing', index: sent++ }));
      }
    }, 1);
    cleanUp.add(() => clearInterval(pour));
    socket.on('message', () => received++);
    await until(() => received > 500, 'traffic');
    const { frames, missed } = await tap.stop();
    assert.deepEqual([frames, missed], [sink.frames.length, 0]);
    for (const direction of ['send', 'receive']) {
      const indexes = sink.frames.flatMap((one) =>
        one.kind === 'websocket' && one.direction === direction && one.body.kind === 'text'
          ? [(JSON.parse(one.body.text) as { index: number }).index]
          : [],
      );
      assert.ok(indexes.length > 500);
      assert.deepEqual(
        indexes,
        indexes.map((_, index) => index),
      );
    }
    assert.deepEqual(sink.told.at(-1), {
      kind: 'close',
      connection: 1,
      by: 'inspector',
      reason: 'The tap was stopped',
    });
  });

  it('says of text that is not UTF-8 what it is', async () => {
    const port = await rawWebSocketServer();
    const tap = await cleanUp.tap(port, sink);
    const socket = await cleanUp.socket(tap.port);
    socket.write(upgrade('/'));
    socket.write(
      Buffer.concat([frame(0x81, Buffer.from([0xc3, 0x28])), frame(0xc1, deflateRawSync('x'))]),
    );
    await until(() => sink.frames.length >= 4, 'four frames');
    const sent = sink.frames.filter((one) => one.kind === 'websocket' && one.direction === 'send');
    assert.deepEqual(
      sent.map((one) => [one.body.kind, one.error]),
      [
        ['bytes', 'It says to be text and is not UTF-8'],
        ['none', 'It says to be compressed, which was not agreed; its 3 bytes were not recorded'],
      ],
    );
  });

  async function rawWebSocketServer(extensions?: string): Promise<number> {
    const agreed = extensions === undefined ? '' : `Sec-WebSocket-Extensions: ${extensions}\r\n`;
    return cleanUp.raw((socket) => {
      socket.once('data', (bytes: Buffer) => {
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
            `${agreed}\r\n`,
        );
        socket.write(bytes.subarray(bytes.indexOf('\r\n\r\n') + 4));
        socket.pipe(socket);
      });
    });
  }
});

function upgrade(path: string, extensions?: string): string {
  return requestText(path, [
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(extensions === undefined ? [] : [`Sec-WebSocket-Extensions: ${extensions}`]),
  ]);
}

/** A masked frame of an application. */
function frame(first: number, content: string | Buffer): Buffer {
  const payload = Buffer.from(content);
  const mask = Buffer.from([0x12, 0xfe, 0x80, 0x01]);
  const masked = payload.map((byte, at) => byte ^ (mask[at & 3] ?? 0));
  return Buffer.concat([Buffer.from([first, 0x80 | payload.length]), mask, masked]);
}
