import assert from 'node:assert/strict';
import { request } from 'node:http';
import { applicationName } from '../../../../src/transport/tap/applicationName';
import { CleanUp, MemorySink, until } from './tapHarness';

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

describe('A tap tells applications apart', () => {
  let cleanUp: CleanUp;
  let sink: MemorySink;
  let port: number;
  beforeEach(async () => {
    cleanUp = new CleanUp();
    sink = new MemorySink();
    let sessions = 0;
    port = await cleanUp.http((incoming, outgoing) => {
      if (incoming.url === '/sign-in') {
        outgoing.setHeader('Set-Cookie', `WWE_CODE=${++sessions}; Path=/; HttpOnly`);
      }
      outgoing.end();
    });
  });
  afterEach(() => cleanUp.run());

  /** The connections of the requests, each made on a socket of its own. */
  async function connectionsOf(
    requests: readonly Asked[],
    idleMs = 60_000,
  ): Promise<readonly number[]> {
    const tap = await cleanUp.tap(port, sink, { limits: { applicationIdleMs: idleMs } });
    for (const { agent, path, cookie, fields } of requests) {
      await new Promise<void>((resolve, reject) => {
        const headers = {
          ...(agent === undefined ? {} : { 'User-Agent': agent }),
          ...(cookie === undefined ? {} : { Cookie: cookie }),
          ...fields,
        };
        request({ port: tap.port, path, headers, agent: false }, (incoming) => {
          incoming.resume().on('end', resolve);
        })
          .on('error', reject)
          .end();
      });
    }
    await until(() => sink.frames.length === 2 * requests.length, 'all frames');
    return sink.told.flatMap((one) =>
      one.kind === 'frame' && one.frame.kind === 'http-request' ? [one.connection] : [],
    );
  }

  it('by their User-Agent', async () => {
    const connections = await connectionsOf([
      { agent: 'desk/1.0', path: '/' },
      { agent: CHROME, path: '/' },
      { path: '/' },
      { agent: 'desk/1.0', path: '/' },
    ]);
    assert.deepEqual(connections, [1, 2, 3, 1]);
    assert.deepEqual(
      sink.of('open').map(({ opened }) => [opened.application, opened.dialect]),
      [
        ['desk/1.0', 'workspace-v3'],
        ['Chrome 140', 'workspace-v3'],
        ['Application', 'workspace-v3'],
      ],
    );
  });

  it('and two of a kind by the cookies of their sessions', async () => {
    const connections = await connectionsOf([
      { agent: 'desk/1.0', path: '/before' },
      { agent: 'desk/1.0', path: '/sign-in' },
      { agent: 'desk/1.0', path: '/work', cookie: 'WWE_CODE=1' },
      { agent: 'desk/1.0', path: '/sign-in' },
      { agent: 'desk/1.0', path: '/work', cookie: 'WWE_CODE=2' },
      { agent: 'desk/1.0', path: '/work', cookie: 'WWE_CODE=1' },
    ]);
    assert.deepEqual(connections, [1, 1, 1, 2, 2, 1]);
    assert.deepEqual(
      sink.of('open').map(({ opened }) => opened.application),
      ['desk/1.0', 'desk/1.0 (2)'],
    );
  });

  it('but not one from itself when it signs in again, or asks without cookies as browsers do', async () => {
    const connections = await connectionsOf([
      { agent: CHROME, path: '/sign-in' },
      { agent: CHROME, path: '/sign-in', cookie: 'WWE_CODE=1' },
      { agent: CHROME, path: '/work', cookie: 'WWE_CODE=2' },
      { agent: CHROME, path: '/manifest', fields: { 'Sec-Fetch-Mode': 'cors' } },
    ]);
    assert.deepEqual(connections, [1, 1, 1, 1]);
  });

  it('and numbers the exchanges of each by themselves', async () => {
    await connectionsOf([
      { agent: 'a', path: '/' },
      { agent: 'b', path: '/' },
      { agent: 'a', path: '/' },
    ]);
    assert.deepEqual(
      sink.told.flatMap((one) =>
        one.kind === 'frame' && one.frame.kind !== 'websocket'
          ? [[one.connection, one.frame.exchange, one.frame.direction]]
          : [],
      ),
      [
        [1, 1, 'send'],
        [1, 1, 'receive'],
        [2, 1, 'send'],
        [2, 1, 'receive'],
        [1, 2, 'send'],
        [1, 2, 'receive'],
      ],
    );
  });

  it('and ends the connection of one that is gone', async () => {
    await connectionsOf([{ agent: 'a', path: '/' }], 30);
    await until(() => sink.of('close').length === 1, 'the close');
    assert.deepEqual(sink.of('close'), [
      {
        kind: 'close',
        connection: 1,
        by: 'application',
        reason: 'The application has no connection any more',
      },
    ]);
  });

  it('and names them for people', () => {
    assert.deepEqual(
      [
        CHROME,
        `${CHROME} Edg/139.0.0.0`,
        CHROME.replace('Chrome', 'HeadlessChrome'),
        'Mozilla/5.0 (Windows NT 10.0; rv:141.0) Gecko/20100101 Firefox/141.0',
        'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
        'Workspace Desktop/9.0 (Windows)',
        ' ',
      ].map(applicationName),
      [
        'Chrome 140',
        'Edge 139',
        'Chrome (headless) 140',
        'Firefox 141',
        'Safari 18',
        'Workspace',
        'Application',
      ],
    );
  });
});

interface Asked {
  readonly agent?: string;
  readonly path: string;
  readonly cookie?: string;
  readonly fields?: Record<string, string>;
}
