import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { ExpectedError } from '../../../../src/core/base/result';
import {
  collect,
  entry,
  framesOf,
  harFile,
  instant,
  START,
  textFile,
  type Imported,
} from './collect';

const BASE = 'http://desk.example:8080';
const WB = `${BASE}/workspace/v3/workbins/w1`;
const POLL = `${BASE}/workspace/v3/notifications/connect`;
const ack = (operationId: string): object => ({
  channel: '/workspace/v3/workbins',
  data: { name: 'EventAck', operationId },
});
const accepted = (operationId: string): object => ({ status: { code: 1 }, operationId });

/** Time since the start, direction, and names of the messages of each frame. */
function story(imported: Imported): readonly string[] {
  return framesOf(imported).map(
    ({ at, frame, hints }) =>
      `${Math.round((at - START) * 1000) / 1000} ${frame.direction === 'send' ? '→' : '←'} ${hints.map(({ name }) => name).join()}`,
  );
}

async function rejection(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof ExpectedError, String(error));
    return error.code;
  }
  return 'none';
}

describe('HAR import: order', () => {
  it('puts a response where it ended, so that a long poll comes after what happened meanwhile', async () => {
    const path = await harFile([
      entry(
        0,
        30_000.5,
        POLL,
        [{ channel: '/meta/connect' }],
        [ack('op'), { channel: '/meta/connect' }],
      ),
      entry(100, 8.25, `${WB}/subscribe`, { operationId: 'op' }, accepted('op')),
    ]);
    assert.deepEqual(story(await collect(path)), [
      '0 → /meta/connect',
      '100 → RequestWorkbinNotifications',
      '108.25 ← Accepted',
      '30000.5 ← EventAck,/meta/connect',
    ]);
  });

  it('takes entries in whatever order they stand', async () => {
    const entries = [0, 1, 2, 3, 4].map((n) =>
      entry(n * 10, 5, `${WB}/subscribe`, { operationId: `op${n}` }, accepted(`op${n}`)),
    );
    const [sorted, turned] = await Promise.all([
      collect(await harFile(entries)),
      collect(await harFile([...entries].reverse())),
    ]);
    assert.deepEqual(story(turned), story(sorted));
  });

  it('puts a redirect before the request that it leads to in the same millisecond', async () => {
    const redirect = { response: { status: 302, content: { size: 0, mimeType: 'x-unknown' } } };
    const path = await harFile([
      entry(0, 14.7, `${BASE}/auth/v3/sign-in`, undefined, undefined, redirect),
      entry(14, 3, `${BASE}/workspace/v3/start`, undefined, undefined, redirect),
    ]);
    const imported = await collect(path);
    assert.deepEqual(
      [story(imported), imported.told.map(({ at }) => at - START)],
      [
        ['0 → POST sign-in', '14.7 ← Redirected', '14.7 → POST start', '17 ← Redirected'],
        [0, 0, 14.699951171875, 14.699951171875, 17, 17],
      ],
    );
  });

  it('keeps more frames in order than one sorted run holds', async () => {
    const count = 6000;
    const entries = Array.from({ length: count }, (_, n) =>
      entry(n, 0.5, `${WB}/subscribe`, { operationId: n }, accepted('x')),
    );
    const path = await harFile(shuffled(entries));
    const references = framesOf(await collect(path))
      .filter(({ frame }) => frame.direction === 'send')
      .map(({ hints }) => hints[0]?.reference);
    assert.deepEqual(
      references,
      Array.from({ length: count }, (_, n) => n),
    );
  });
});

/** The same values in another order, the same way every time. */
function shuffled<T>(values: readonly T[]): readonly T[] {
  const step = 1361; // Has no factor in common with the count.
  return values.map((_, index) => values[(index * step) % values.length]!);
}

describe('HAR import: WebSockets', () => {
  const socket = (messages: readonly object[], more: object = {}): object =>
    entry(50, 1000, 'ws://desk.example:8080/workspace/v3/notifications', undefined, undefined, {
      entry: { _resourceType: 'websocket', _webSocketMessages: messages },
      request: { method: 'GET' },
      response: { status: 101, statusText: 'Switching Protocols', ...more },
    });
  const events = JSON.stringify([ack('op'), ack('op2')]);

  for (const [writer, unit] of [
    ['Chrome, in seconds', 1000],
    ['Playwright, in milliseconds', 1],
  ] as const) {
    it(`reads times as written by ${writer}, and joins HTTP and events of one server`, async () => {
      const path = await harFile([
        socket([
          {
            type: 'send',
            time: (START + 60.25) / unit,
            opcode: 1,
            data: '[{"channel":"/meta/connect"}]',
          },
          { type: 'receive', time: (START + 130.5) / unit, opcode: 1, data: events },
        ]),
        entry(100, 8, `${WB}/subscribe`, { operationId: 'op' }, accepted('op')),
      ]);
      const imported = await collect(path);
      assert.deepEqual(
        [story(imported), imported.summary.connections],
        [
          [
            '50 → GET notifications',
            '50 ← Done',
            '60.25 → /meta/connect',
            '100 → RequestWorkbinNotifications',
            '108 ← Accepted',
            '130.5 ← EventAck,EventAck',
          ],
          1,
        ],
      );
    });
  }

  it('shows a refused WebSocket with the reason', async () => {
    const error = 'Error during WebSocket handshake: Unexpected response code: 400';
    const path = await harFile([
      socket([{ type: 'error', time: (START + 58) / 1000, opcode: -1, data: error }], {
        status: 0,
      }),
    ]);
    const imported = await collect(path);
    const [, response] = framesOf(imported);
    assert.deepEqual(
      [story(imported), response?.frame.kind === 'http-response' && response.frame.error],
      [['50 → GET notifications', '1050 ← HttpError'], error],
    );
  });

  it('keeps binary messages as bytes, and an error in the middle as a gap', async () => {
    const path = await harFile([
      socket([
        { type: 'receive', time: (START + 60) / 1000, opcode: 2, data: 'AQID' },
        { type: 'error', time: (START + 61) / 1000, opcode: -1, data: 'Invalid frame header' },
        { type: 'unknown', time: 1, data: 'x' },
        { time: 'soon' },
      ]),
      entry(100, 8, `${WB}/subscribe`, {}, {}),
    ]);
    const { told, summary } = await collect(path);
    assert.deepEqual(
      [
        told.filter(({ kind }) => kind === 'gap'),
        told.flatMap((each) =>
          each.kind === 'frame' && each.frame.body.kind === 'bytes'
            ? [[...each.frame.body.bytes]]
            : [],
        ),
        summary.unreadable,
      ],
      [
        [
          {
            kind: 'gap',
            at: START + 61,
            connection: 1,
            reason: 'WebSocket error: Invalid frame header',
          },
        ],
        [[1, 2, 3]],
        2,
      ],
    );
  });

  it('gives each WebSocket with Platform SDK JSON a connection of its own', async () => {
    const message = (n: number): object => ({
      type: n % 2 === 0 ? 'send' : 'receive',
      time: (START + n) / 1000,
      opcode: 1,
      data: JSON.stringify({
        messageName: n % 2 === 0 ? 'RequestRegisterClient' : 'EventAck',
        referenceId: 1,
      }),
    });
    const path = await harFile([
      entry(0, 100, 'ws://gateway.example/ixn', undefined, undefined, {
        entry: { _webSocketMessages: [message(2), message(3)] },
        response: { status: 101 },
      }),
      entry(0, 50, 'ws://gateway.example/ixn', undefined, undefined, {
        entry: { _webSocketMessages: [message(4), message(5)] },
        response: { status: 101 },
      }),
      entry(0, 50, 'wss://other.example/chat', undefined, undefined, {
        entry: {
          _webSocketMessages: [{ type: 'send', time: START / 1000, opcode: 1, data: 'hello' }],
        },
        response: { status: 101 },
      }),
    ]);
    const { told, summary } = await collect(path);
    assert.deepEqual(
      [
        told.map((each) => [
          each.kind,
          Math.round(each.at - START),
          each.connection,
          ...(each.kind === 'frame' ? each.hints.map(({ name }) => name) : []),
          ...(each.kind === 'open' ? [each.opened.dialect, each.opened.server] : []),
        ]),
        summary.otherServers,
      ],
      [
        [
          ['open', 2, 1, 'platform-sdk-json', 'ws://gateway.example/ixn'],
          ['frame', 2, 1, 'RequestRegisterClient'],
          ['frame', 3, 1, 'EventAck'],
          ['open', 4, 2, 'platform-sdk-json', 'ws://gateway.example/ixn'],
          ['frame', 4, 2, 'RequestRegisterClient'],
          ['frame', 5, 2, 'EventAck'],
          ['close', 50, 2],
          ['close', 100, 1],
        ],
        1,
      ],
    );
  });
});

describe('HAR import: what browsers write', () => {
  it('keeps traffic of web tiers, each server a connection, and counts the rest', async () => {
    const page = (url: string): object =>
      entry(0, 1, url, undefined, '<html>', {
        response: { content: { size: 6, mimeType: 'text/html', text: '<html>' } },
      });
    const path = await harFile([
      entry(0, 1, `${BASE}/workspace/v3/current-session`, undefined, { status: { code: 0 } }),
      page(`${BASE}/desk.html`),
      entry(0, 1, `${BASE}/sim/manage/email/create-email`, { agent: 'x' }, { message: 'Success' }),
      entry(0, 1, 'https://gws.example/api/v2/me/workbins', undefined, { statusCode: 0 }),
      entry(0, 1, 'https://news.example/api/v2/articles', undefined, {}),
      page('https://cdn.example/logo.png'),
    ]);
    const { told, summary } = await collect(path);
    assert.deepEqual(
      [told.flatMap((each) => (each.kind === 'open' ? [each.opened] : [])), summary],
      [
        [
          { dialect: 'workspace-v3', server: 'http://desk.example:8080', application: 'Browser' },
          { dialect: 'workspace-v3', server: 'https://gws.example', application: 'Browser' },
        ],
        {
          entries: 6,
          connections: 2,
          frames: 6,
          otherServers: 2,
          otherKinds: 1,
          unreadable: 0,
          missingBodies: 0,
          isCut: false,
        },
      ],
    );
  });

  it('tells failed requests of Chrome and Playwright from those that were still open', async () => {
    const url = `${WB}/get-content`;
    const path = await harFile([
      entry(0, 5, url, { operationId: 'a' }, undefined, {
        response: { status: 0, _error: 'net::ERR_CONNECTION_RESET' },
      }),
      entry(10, 5, url, { operationId: 'b' }, undefined, {
        response: { status: -1, _failureText: 'net::ERR_ABORTED' },
      }),
      entry(20, -1, url, { operationId: 'c' }, undefined, {
        response: { status: 0, _error: null },
      }),
    ]);
    const seen = framesOf(await collect(path)).map(({ frame, hints }) => [
      hints[0]?.name,
      hints[0]?.reference,
      frame.kind === 'http-response' ? [frame.status, frame.error] : undefined,
    ]);
    assert.deepEqual(seen, [
      ['RequestGetWorkbinContent', 'a', undefined],
      ['HttpError', 'a', [0, 'net::ERR_CONNECTION_RESET']],
      ['RequestGetWorkbinContent', 'b', undefined],
      ['HttpError', 'b', [0, 'net::ERR_ABORTED']],
      ['RequestGetWorkbinContent', 'c', undefined],
    ]);
  });

  it('decodes Base64 contents, to text where they are text', async () => {
    const content = (mimeType: string, bytes: Uint8Array): object => ({
      response: {
        content: {
          size: 1,
          mimeType,
          encoding: 'base64',
          text: Buffer.from(bytes).toString('base64'),
        },
      },
    });
    const json = Buffer.from(JSON.stringify(accepted('é')));
    const url = `${WB}/get-content`;
    const path = await harFile([
      entry(0, 1, url, {}, {}, content('application/json', json)),
      entry(2, 1, url, {}, {}, content('application/json', Uint8Array.of(0xff, 0xfe))),
      entry(4, 1, url, {}, {}, content('image/png', Buffer.from('text'))),
    ]);
    const bodies = framesOf(await collect(path))
      .filter(({ frame }) => frame.direction === 'receive')
      .map(({ frame: { body } }) => (body.kind === 'bytes' ? [...body.bytes] : body));
    assert.deepEqual(bodies, [
      { kind: 'text', text: json.toString() },
      [0xff, 0xfe],
      [...Buffer.from('text')],
    ]);
  });

  it('says where the file has not kept a body', async () => {
    const path = await harFile([
      entry(0, 1, `${WB}/get-content`, {}, undefined, {
        response: { content: { size: 74, mimeType: 'application/json' } },
      }),
    ]);
    const { told, summary } = await collect(path);
    assert.deepEqual(
      [told.map(({ kind }) => kind), summary.missingBodies],
      [['open', 'frame', 'gap', 'frame', 'close'], 1],
    );
  });

  it('reads a form that the browser took apart, time zones, and finer times', async () => {
    const path = await harFile([
      entry(0, 1, `${BASE}/auth/v3/sign-in`, undefined, undefined, {
        entry: { startedDateTime: '2026-11-22T14:45:50.000250+01:00', time: 1.5 },
        request: {
          postData: {
            mimeType: 'application/x-www-form-urlencoded',
            params: [
              { name: 'username', value: '\\John Smith' },
              { name: 'x&y', value: '=' },
            ],
          },
        },
        response: { status: 302, content: {} },
      }),
    ]);
    const frames = framesOf(await collect(path));
    assert.deepEqual(
      frames.map(({ at, frame }) => [Math.round((at - START) * 1000), frame.body]),
      [
        [0.25 * 1000, { kind: 'text', text: 'username=%5CJohn%20Smith&x%26y=%3D' }],
        [1750, { kind: 'none' }],
      ],
    );
  });

  it('marks bodies that came compressed as decoded', async () => {
    const path = await harFile([
      entry(
        0,
        1,
        `${WB}/get-content`,
        {},
        {},
        {
          response: { headers: [{ name: 'content-encoding', value: 'gzip' }] },
        },
      ),
    ]);
    assert.deepEqual(
      framesOf(await collect(path)).map(({ frame }) => 'decoded' in frame && frame.decoded),
      [false, true],
    );
  });
});

describe('HAR import: files that are not whole', () => {
  const entries = [0, 1, 2].map((n) =>
    entry(n * 10, 5, `${WB}/subscribe`, { operationId: `op${n}` }, accepted(`op${n}`)),
  );

  it('imports what is whole of a file that was cut off, wherever it was cut', async () => {
    const text = await readFile(await harFile(entries), 'utf8');
    const lastEntry = text.lastIndexOf('"startedDateTime"');
    for (const length of [lastEntry, lastEntry + 40, text.length - 20]) {
      const { summary } = await collect(await textFile(text.slice(0, length)));
      const { isCut, frames, unreadable } = summary;
      assert.deepEqual({ isCut, frames, unreadable }, { isCut: true, frames: 4, unreadable: 0 });
    }
  });

  it('imports all entries of a file that was cut behind the last one', async () => {
    const text = await readFile(await harFile(entries), 'utf8');
    const { summary } = await collect(await textFile(text.slice(0, text.lastIndexOf(']'))));
    assert.deepEqual([summary.isCut, summary.frames], [true, 6]);
  });

  it('skips entries that are broken and counts them', async () => {
    const broken = [
      { startedDateTime: 'yesterday', request: { method: 'GET', url: BASE } },
      { startedDateTime: instant(0) },
      entry(0, 1, 'no address', {}, {}),
      { __proto__: null, constructor: 1 },
    ];
    const text = await readFile(await harFile([...broken, ...entries]), 'utf8');
    const { summary } = await collect(await textFile(text.replace('"time": 5,', '"time": five,')));
    assert.deepEqual([summary.unreadable, summary.frames > 0], [5, true]);
  });

  it('says what is wrong with a file that is no HAR, and makes no sink', async () => {
    const codes = await Promise.all([
      rejection(collect('/does/not/exist.har')),
      rejection(collect(await textFile(''))),
      rejection(collect(await textFile('not json at all'))),
      rejection(collect(await textFile('{"log":{"entries":{}}}'))),
      rejection(collect(await textFile('[{"log":{"entries":[]}}]'))),
      rejection(collect(await textFile('{"log":{"entries":[]}}'))),
      rejection(collect(await harFile([entry(0, 1, 'https://news.example/', {}, {})]))),
    ]);
    assert.deepEqual(codes, [
      'har-not-readable',
      'not-a-har',
      'not-a-har',
      'not-a-har',
      'not-a-har',
      'har-without-traffic',
      'har-without-traffic',
    ]);
  });

  it('refuses a file with more entries than memory should hold', async () => {
    const file = await textFile(`{"log":{"entries":[${'{},'.repeat(5_000_100)}{}]}}`);
    assert.equal(await rejection(collect(file)), 'har-too-large');
  }).timeout(20_000);

  it('stops when it is cancelled', async () => {
    const path = await harFile(
      Array.from({ length: 3000 }, (_, n) => entry(n, 5, `${WB}/subscribe`, {}, 'x'.repeat(1000))),
    );
    const controller = new AbortController();
    const work = collect(path, {
      signal: controller.signal,
      progress: (done) => {
        if (done > 0.7) {
          controller.abort();
        }
      },
    });
    await assert.rejects(work, { name: 'AbortError' });
  });

  it('tells progress from 0 to 1 and lets the sink catch up', async () => {
    const path = await harFile(
      [0, 1, 2].map((n) => entry(n, 1, `${WB}/get-content`, {}, 'x'.repeat(3_000_000))),
    );
    const told: number[] = [];
    let paces = 0;
    await collect(path, {
      progress: (done) => told.push(done),
      pace: async () => {
        paces++;
        await Promise.resolve();
      },
    });
    assert.deepEqual(
      [told.toSorted((one, other) => one - other), told.at(-1), paces > 1],
      [told, 1, true],
    );
  });
});
