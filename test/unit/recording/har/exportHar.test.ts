import assert from 'node:assert/strict';
import type { Frame } from '../../../../src/core/protocol/frame';
import type { HeaderRecord, TraceRecord } from '../../../../src/core/trace/records';
import { exportHar, type ExportedRecords } from '../../../../src/recording/har/exportHar';
import { collect, framesOf, START, textFile } from './collect';

const HEADER: HeaderRecord = {
  kind: 'header',
  format: 'wbtrace',
  version: 1,
  startedAt: new Date(START).toISOString(),
  writer: 'workbin-inspector 0.1.0',
  decoder: 1,
};
const BASE = 'https://desk.example';
const JSON_TYPE = [['Content-Type', 'application/json']] as const;

function textBody(value: unknown): Frame['body'] {
  return { kind: 'text', text: JSON.stringify(value) };
}

function sent(exchange: number, path: string, body: Frame['body']): Frame {
  return {
    kind: 'http-request',
    direction: 'send',
    exchange,
    method: 'POST',
    url: `${BASE}${path}`,
    headers: JSON_TYPE,
    body,
  };
}

function received(exchange: number, body: Frame['body'], status = 200): Frame {
  return {
    kind: 'http-response',
    direction: 'receive',
    exchange,
    status,
    statusText: 'OK',
    headers: JSON_TYPE,
    body,
  };
}

function socket(direction: 'send' | 'receive', body: Frame['body']): Frame {
  return { kind: 'websocket', direction, body };
}

/** Records of one connection or several, numbered and with a frame every quarter of a millisecond. */
function recording(
  connections: readonly {
    readonly dialect: 'workspace-v3' | 'platform-sdk-json';
    readonly server: string;
  }[],
  frames: readonly (readonly [connection: number, frame: Frame])[],
): readonly TraceRecord[] {
  let seq = 0;
  const opens = connections.map((each, index): TraceRecord => ({
    kind: 'open',
    seq: ++seq,
    time: 0,
    connection: index + 1,
    application: 'Desk',
    ...each,
  }));
  const rest = frames.map(([connection, frame], index): TraceRecord => ({
    kind: 'frame',
    seq: ++seq,
    time: (index + 1) * 250.25,
    connection,
    hints: [],
    frame,
    redacted: 0,
  }));
  return [...opens, ...rest];
}

async function exported(
  records: readonly TraceRecord[],
): Promise<{ readonly text: string; readonly summary: ExportedRecords }> {
  const parts: string[] = [];
  async function* read(): AsyncGenerator<TraceRecord> {
    for (const record of records) {
      await Promise.resolve();
      yield record;
    }
  }
  const summary = await exportHar(read, HEADER, async (text) => {
    await Promise.resolve();
    parts.push(text);
  });
  return { text: parts.join(''), summary };
}

/** Frames of a recording after a way through a HAR file, with their times. */
async function roundTrip(records: readonly TraceRecord[]): Promise<unknown> {
  const path = await textFile((await exported(records)).text);
  return framesOf(await collect(path)).map(({ at, connection, frame }) => [
    Math.round((at - START) * 1000) / 1000,
    connection,
    frame,
  ]);
}

function framesAndTimes(records: readonly TraceRecord[]): unknown {
  return records.flatMap((record) =>
    record.kind === 'frame' ? [[record.time, record.connection, record.frame]] : [],
  );
}

describe('HAR export', () => {
  const web = { dialect: 'workspace-v3', server: BASE } as const;
  const poll = '/workspace/v3/notifications/connect';

  it('gives back the same frames at the same times in the same order, long polls included', async () => {
    const records = recording(
      [web],
      [
        [1, sent(1, poll, textBody([{ channel: '/meta/connect' }]))],
        [1, sent(2, '/workspace/v3/workbins/w/get-content?a=b', textBody({ operationId: 'op' }))],
        [1, received(2, textBody({ status: { code: 1 } }))],
        [1, sent(3, '/workspace/v3/x', { kind: 'bytes', bytes: Buffer.from([0, 255]) })],
        [
          1,
          {
            kind: 'http-response',
            direction: 'receive',
            exchange: 3,
            status: 0,
            statusText: '',
            headers: [],
            body: { kind: 'none' },
            error: 'ECONNRESET',
          },
        ],
        [1, sent(4, '/workspace/v3/y', { kind: 'none' })],
        [1, received(1, textBody([{ channel: '/meta/connect', id: 'é😀' }]))],
      ],
    );
    const bytesAsText = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    assert.deepEqual(
      [bytesAsText(await roundTrip(records)), (await exported(records)).summary],
      [
        // A request body in bytes that are no text stays bytes.
        bytesAsText(framesAndTimes(records)),
        { entries: 4, socketMessages: 0, withoutRequest: 0 },
      ],
    );
  });

  it('writes WebSockets of Platform SDK JSON as entries with their messages', async () => {
    const gateway = { dialect: 'platform-sdk-json', server: 'ws://127.0.0.1:7001/' } as const;
    const message = (messageName: string): Frame['body'] =>
      textBody({ messageName, referenceId: 1 });
    const records = recording(
      [gateway, gateway],
      [
        [1, socket('send', message('RequestRegisterClient'))],
        [2, socket('send', message('RequestRegisterClient'))],
        [1, socket('receive', message('EventAck'))],
        [1, socket('receive', { kind: 'bytes', bytes: Buffer.from([1, 2]) })],
        [2, socket('receive', message('EventError'))],
      ],
    );
    const { text, summary } = await exported(records);
    const { log } = JSON.parse(text) as { log: { entries: { _webSocketMessages: object[] }[] } };
    assert.deepEqual(
      [await roundTrip(records), summary, log.entries[0]?._webSocketMessages[0]],
      [
        framesAndTimes(records),
        { entries: 2, socketMessages: 5, withoutRequest: 0 },
        {
          type: 'send',
          time: (START * 1000 + 250_250) / 1_000_000,
          opcode: 1,
          data: '{"messageName":"RequestRegisterClient","referenceId":1}',
        },
      ],
    );
  });

  it('joins a WebSocket with the exchange that opened it, and tells two of one connection apart', async () => {
    const upgrade = (exchange: number): Frame => ({
      kind: 'http-request',
      direction: 'send',
      exchange,
      method: 'GET',
      url: 'https://desk.example/workspace/v3/notifications',
      headers: [['Upgrade', 'websocket']],
      body: { kind: 'none' },
    });
    const batch = (id: string): Frame['body'] => textBody([{ channel: '/meta/connect', id }]);
    const switching: Frame = {
      ...received(1, { kind: 'none' }, 101),
      headers: [],
    } as Frame;
    const { text } = await exported(
      recording(
        [web],
        [
          [1, upgrade(1)],
          [1, switching],
          [1, socket('send', batch('1'))],
          [1, upgrade(2)],
          [1, { ...switching, exchange: 2 } as Frame],
          [1, socket('send', batch('2'))],
          [1, upgrade(3)],
          [1, received(3, { kind: 'none' }, 400)],
        ],
      ),
    );
    const { log } = JSON.parse(text) as {
      log: {
        entries: {
          request: { url: string };
          response: { status: number };
          _webSocketMessages?: { data: string }[];
        }[];
      };
    };
    assert.deepEqual(
      log.entries.map(({ request, response, _webSocketMessages: messages }) => [
        request.url,
        response.status,
        messages?.map(({ data }) => data),
      ]),
      [
        ['https://desk.example/workspace/v3/notifications', 400, undefined],
        [
          'wss://desk.example/workspace/v3/notifications',
          101,
          ['[{"channel":"/meta/connect","id":"1"}]'],
        ],
        [
          'wss://desk.example/workspace/v3/notifications',
          101,
          ['[{"channel":"/meta/connect","id":"2"}]'],
        ],
      ],
    );
  });

  it('has every field that Chrome DevTools asks for', async () => {
    const { text } = await exported(
      recording(
        [web],
        [
          [1, sent(1, '/workspace/v3/start?code=1&x=%20y', textBody({ a: 'ä' }))],
          [
            1,
            {
              ...received(1, textBody({ b: 'ö' }), 302),
              headers: [...JSON_TYPE, ['Location', '/next']],
            } as Frame,
          ],
        ],
      ),
    );
    assert.deepEqual(JSON.parse(text), {
      log: {
        version: '1.2',
        creator: { name: 'Workbin Inspector', version: 'workbin-inspector 0.1.0' },
        comment: 'Secrets are replaced by pseudonyms.',
        entries: [
          {
            startedDateTime: '2026-11-22T13:45:50.250250Z',
            time: 250.25,
            timings: {
              blocked: -1,
              dns: -1,
              connect: -1,
              ssl: -1,
              send: 0,
              wait: 250.25,
              receive: 0,
            },
            request: {
              method: 'POST',
              url: 'https://desk.example/workspace/v3/start?code=1&x=%20y',
              httpVersion: '',
              cookies: [],
              headers: [{ name: 'Content-Type', value: 'application/json' }],
              queryString: [
                { name: 'code', value: '1' },
                { name: 'x', value: ' y' },
              ],
              headersSize: -1,
              bodySize: 10,
              postData: { mimeType: 'application/json', text: '{"a":"ä"}' },
            },
            response: {
              status: 302,
              statusText: 'OK',
              httpVersion: '',
              cookies: [],
              headers: [
                { name: 'Content-Type', value: 'application/json' },
                { name: 'Location', value: '/next' },
              ],
              content: { size: 10, mimeType: 'application/json', text: '{"b":"ö"}' },
              redirectURL: '/next',
              headersSize: -1,
              bodySize: -1,
            },
            cache: {},
            pageref: 'connection_1',
            connection: 'connection_1',
            _resourceType: 'xhr',
          },
        ],
        pages: [
          {
            startedDateTime: '2026-11-22T13:45:50.000000Z',
            id: 'connection_1',
            title: 'Desk – https://desk.example',
            pageTimings: {},
          },
        ],
      },
    });
  });

  it('counts responses without a request, and writes an empty recording as an empty log', async () => {
    const { summary } = await exported(recording([web], [[1, received(7, { kind: 'none' })]]));
    const empty = await exported([]);
    assert.deepEqual(
      [summary, (JSON.parse(empty.text) as { log: { entries: object[] } }).log.entries],
      [{ entries: 0, socketMessages: 0, withoutRequest: 1 }, []],
    );
  });
});
