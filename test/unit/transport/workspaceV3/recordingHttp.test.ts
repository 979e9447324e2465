import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttps } from 'node:https';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Frame, HttpResponseFrame } from '../../../../src/core/protocol/frame';
import { systemClock } from '../../../../src/transport/systemClock';
import { RecordingHttp, type HttpCall } from '../../../../src/transport/workspaceV3/recordingHttp';

const NEVER = new AbortController().signal;

/** A plain TCP server: sees the bytes of a request, and answers with bytes. */
async function listen(answer: (socket: Socket, request: string) => void) {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (end >= 0 && text.length >= end + 4 + length) {
        seen.push(text);
        answer(socket, text);
        text = '';
      }
    });
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/some/path?q=1`,
    seen,
    stop: () => {
      server.close();
      for (const socket of sockets) {
        socket.destroy();
      }
    },
  };
}

function createClient(rejectUnauthorized = true) {
  const frames: Frame[] = [];
  const stamps: number[] = [];
  const http = new RecordingHttp({
    onFrame: (at, frame) => {
      stamps.push(at);
      frames.push(frame);
    },
    clock: systemClock,
    trust: { rejectUnauthorized },
  });
  return { http, frames, stamps };
}

async function answerTo(
  bytes: string | Buffer,
  options: {
    readonly ending?: 'keep' | 'end' | 'reset' | 'half-open';
    readonly limitMs?: number;
  } = {},
): Promise<HttpResponseFrame> {
  const server = await listen((socket) => {
    socket.write(bytes, () => {
      if (options.ending === 'end') {
        socket.end();
      } else if (options.ending === 'reset') {
        socket.resetAndDestroy();
      }
    });
  });
  const { http } = createClient();
  const response = await http.request(get(server.url, options.limitMs), NEVER);
  http.dispose();
  server.stop();
  return response;
}

function get(url: string, timeLimitMs = 3000): HttpCall {
  return { method: 'GET', url, headers: [['Accept', '*/*']], timeLimitMs };
}

function head(...fields: readonly string[]): string {
  return ['HTTP/1.1 200 Fine', ...fields, '', ''].join('\r\n');
}

describe('HTTP client that records', () => {
  it('tells a request and its response as a plain observer sees them on the wire', async () => {
    const server = await listen((socket) => {
      const body = '5\r\n{"a":\r\n5\r\n"é"}\r\n0\r\n\r\n';
      socket.write(
        'HTTP/1.1 201 Created  here\r\nsEt-CooKie: a=1\r\nX-Twice: 1\r\nx-twice: 2\r\n' +
          'content-type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n' +
          body,
      );
    });
    const { http, frames, stamps } = createClient();
    const before = systemClock.now();
    await http.request(
      {
        method: 'POST',
        url: server.url,
        headers: [
          ['X-Odd-CASE', 'a'],
          ['content-TYPE', 'application/json'],
        ],
        body: '{"ü":1}',
        timeLimitMs: 3000,
      },
      NEVER,
    );
    const [request, response] = frames;
    assert(request?.kind === 'http-request' && response?.kind === 'http-response');
    const written = [
      'POST /some/path?q=1 HTTP/1.1',
      ...request.headers.map(([name, value]) => `${name}: ${value}`),
      '',
      request.body.kind === 'text' ? request.body.text : '',
    ].join('\r\n');
    assert.deepEqual(server.seen, [Buffer.from(written).toString('latin1')]);
    assert.deepEqual(
      request.headers.map(([name]) => name),
      ['Host', 'Connection', 'X-Odd-CASE', 'content-TYPE', 'Content-Length'],
    );
    assert.deepEqual(response, {
      kind: 'http-response',
      direction: 'receive',
      exchange: 1,
      status: 201,
      statusText: 'Created  here',
      headers: [
        ['sEt-CooKie', 'a=1'],
        ['X-Twice', '1'],
        ['x-twice', '2'],
        ['content-type', 'application/json'],
        ['Transfer-Encoding', 'chunked'],
      ],
      body: { kind: 'text', text: '{"a":"é"}' },
    });
    assert(stamps[0]! >= before && stamps[1]! >= stamps[0]!);
    http.dispose();
    server.stop();
  });

  it('keeps a connection, and numbers its exchanges', async () => {
    const server = await listen((socket) => socket.write(head('Content-Length: 0')));
    const { http, frames } = createClient();
    await http.request(get(server.url), NEVER);
    await http.request(get(server.url), NEVER);
    assert.deepEqual(
      frames.map((frame) => frame.kind !== 'websocket' && frame.exchange),
      [1, 1, 2, 2],
    );
    http.dispose();
    server.stop();
  });

  it('decodes a compressed body and says so', async () => {
    const body = gzipSync('{"a":1}');
    const fields = ['Content-Type: application/json', 'Content-Encoding: gzip'];
    const bytes = Buffer.concat([
      Buffer.from(head(...fields, `Content-Length: ${body.length}`)),
      body,
    ]);
    const response = await answerTo(bytes);
    assert.deepEqual(response.body, { kind: 'text', text: '{"a":1}' });
    assert.equal(response.decoded, true);
  });

  it('keeps length and reason of a body that would be huge when decompressed', async () => {
    const body = gzipSync(Buffer.alloc(40 * 1024 * 1024));
    const bytes = Buffer.concat([
      Buffer.from(head('Content-Encoding: gzip', `Content-Length: ${body.length}`)),
      body,
    ]);
    const response = await answerTo(bytes);
    assert.deepEqual(response.body, { kind: 'none' });
    assert.equal(response.decoded, undefined);
    assert.match(response.error ?? '', /would be larger than 33554432 bytes when decoded/);
  });

  it('keeps length and reason of a body that cannot be decompressed', async () => {
    const response = await answerTo(`${head('Content-Encoding: gzip', 'Content-Length: 4')}oops`);
    assert.equal(response.body.kind, 'none');
    assert.match(response.error ?? '', /could not be decoded .*; its 4 bytes were not recorded$/);
  });

  it('cuts off a body that does not end', async () => {
    const server = await listen((socket) => {
      const chunk = Buffer.alloc(1024 * 1024, 'a');
      const more = (): void => {
        while (!socket.destroyed && socket.write(chunk)) {
          // Until the socket takes no more.
        }
      };
      socket.write(head('Content-Type: text/plain', 'Connection: close'));
      socket.on('drain', more);
      more();
    });
    const { http } = createClient();
    const response = await http.request(get(server.url, 10_000), NEVER);
    assert.match(response.error ?? '', /^The body is larger than 33554432 bytes/);
    assert.equal(response.body.kind === 'text' && response.body.text.length, 33554432);
    http.dispose();
    server.stop();
  });

  it('keeps what came of a body that breaks off, and says why', async () => {
    const fields = head('Content-Type: text/plain', 'Content-Length: 100');
    for (const ending of ['end', 'reset'] as const) {
      const response = await answerTo(`${fields}half`, { ending });
      assert.equal(response.status, 200);
      assert.match(response.error ?? '', /^The body broke off: /);
      if (ending === 'end') {
        assert.deepEqual(response.body, { kind: 'text', text: 'half' });
      }
    }
  });

  it('ends in time when a server sends nothing, or only half', async () => {
    const silent = await answerTo('', { limitMs: 50 });
    assert.deepEqual([silent.status, silent.error], [0, 'No complete response within 0.05 s.']);
    const half = await answerTo(`${head('Content-Length: 100')}half`, { limitMs: 1500 });
    assert.deepEqual([half.status, half.error], [200, 'No complete response within 1.5 s.']);
  });

  it('says what came instead of HTTP, and refuses a huge header', async () => {
    const other = await answerTo('SSH-2.0-OpenSSH_9.6\r\n', { ending: 'end' });
    assert.equal(other.status, 0);
    assert.match(other.error ?? '', /^What came is no HTTP response\. \(HPE_/);
    const huge = await answerTo(head(`X-Huge: ${'a'.repeat(100_000)}`));
    assert.match(huge.error ?? '', /^The header of the response is larger than is read/);
  });

  it('says that nothing listens', async () => {
    const server = await listen(() => undefined);
    server.stop();
    const { http, frames } = createClient();
    const response = await http.request(get(server.url), NEVER);
    assert.match(response.error ?? '', /^Nothing listens there\..*\(ECONNREFUSED\)$/);
    assert.equal(frames.length, 2);
  });

  it('gives up when told, and records nothing of what was never sent', async () => {
    const server = await listen(() => stop.abort());
    const stop = new AbortController();
    const { http, frames } = createClient();
    const response = await http.request(get(server.url), stop.signal);
    assert.equal(response.error, 'Given up before the response was complete.');
    const late = await http.request(get(server.url), stop.signal);
    assert.equal(late.error, 'Given up before it was sent.');
    assert.equal(frames.length, 2);
    http.dispose();
    server.stop();
  });

  it('trusts no unknown certificate, unless it is told to', async () => {
    const fixture = (name: string): Buffer =>
      readFileSync(`test/unit/transport/tap/fixtures/${name}.pem`);
    const server = createHttps(
      { key: fixture('key'), cert: fixture('certificate') },
      (_, response) => response.end('hello'),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const strict = createClient();
    const refused = await strict.http.request(get(url), NEVER);
    assert.equal(refused.status, 0);
    assert.match(refused.error ?? '', /certificate/i);
    const trusting = createClient(false);
    const taken = await trusting.http.request(get(url), NEVER);
    assert.equal(taken.status, 200);
    trusting.http.dispose();
    strict.http.dispose();
    server.close();
  });
});
