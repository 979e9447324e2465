import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { NEVER_CANCELLED } from '../../../../src/core/base/cancellation';
import { sendJson, startScripted, type BayeuxRequest, type Script } from './scriptedServer';
import { createClient, OWN_DRAFTS, type ClientOptions } from './support';

const DONE = { ok: true, value: undefined };

async function start(script: Script, options: ClientOptions = {}) {
  const server = await startScripted(script);
  const made = createClient(server.address, options);
  return {
    ...made,
    server,
    stop: async () => {
      made.client.dispose();
      await server.stop();
    },
  };
}

/** Connects to a server that misbehaves, and gives the failure. */
async function failureWith(script: Script, options: ClientOptions = {}) {
  const { client, stop } = await start(script, options);
  const state = await client.connect(NEVER_CANCELLED);
  await stop();
  assert(state.kind === 'failed', `expected a failure, found ${state.kind}`);
  return state.failure;
}

/** Answers the first batch that holds a message of a channel in a way of its own. */
function once(
  channel: string,
  answer: (response: ServerResponse, batch: readonly BayeuxRequest[]) => void,
) {
  let used = false;
  return (batch: readonly BayeuxRequest[], response: ServerResponse): boolean => {
    const isIt = !used && batch.some((message) => message.channel === channel);
    if (isIt) {
      used = true;
      answer(response, batch);
    }
    return isIt;
  };
}

/** The same for the second poll, which is the first that a server holds. */
function secondPoll(answer: (response: ServerResponse, batch: readonly BayeuxRequest[]) => void) {
  let polls = 0;
  return (batch: readonly BayeuxRequest[], response: ServerResponse): boolean => {
    const isIt = batch.some(({ channel }) => channel === '/meta/connect') && ++polls === 2;
    if (isIt) {
      answer(response, batch);
    }
    return isIt;
  };
}

function end(status: number, type: string, body: string | Buffer) {
  return (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };
}

describe('Workspace API v3 client against servers that misbehave', () => {
  it('works against one that behaves', async () => {
    const { client, stop } = await start({});
    assert.equal((await client.connect(NEVER_CANCELLED)).kind, 'connected');
    assert.deepEqual(await client.getContent(OWN_DRAFTS), DONE);
    await client.disconnect();
    await stop();
  });

  const handshakes: readonly (readonly [string, (response: ServerResponse) => void, RegExp])[] = [
    ['an error page', end(500, 'text/html', '<h1>no</h1>'), /HTTP 500 Internal Server Error/],
    ['a page', end(200, 'text/html', '<html>hello</html>'), /Expected JSON/],
    ['other JSON', end(200, 'application/json', '{"hello":1}'), /Expected a batch of Bayeux/],
    ['nothing', end(200, 'application/json', ''), /found nothing/],
    ['an empty batch', end(200, 'application/json', '[]'), /holds no reply/],
    ['half of a batch', end(200, 'application/json', '[{"channel":'), /Expected JSON/],
    ['a refusal', end(403, 'application/json', '{}'), /HTTP 403 Forbidden/],
  ];
  for (const [what, answer, words] of handshakes) {
    it(`fails clearly when the handshake is answered with ${what}`, async () => {
      const failure = await failureWith({ batch: once('/meta/handshake', answer) });
      assert.equal(failure.code, 'no-events');
      assert.match(failure.message, words);
    });
  }

  it('fails clearly when nobody is signed in, which a server may say by an unasked disconnect', async () => {
    const failure = await failureWith({
      batch: once('/meta/connect', (response, [poll]) =>
        sendJson(response, [
          { successful: true, channel: '/meta/disconnect' },
          { id: poll!.id, channel: '/meta/connect', successful: true },
        ]),
      ),
    });
    assert.match(failure.message, /nobody is signed in/);
  });

  it('fails clearly when a server answers neither handshake nor poll', async () => {
    for (const channel of ['/meta/handshake', '/meta/connect']) {
      const failure = await failureWith(
        {
          batch: (batch, response) => {
            const [first] = batch;
            if (first?.channel === '/meta/connect') {
              return true;
            }
            if (channel === '/meta/connect') {
              // The advice holds polls for no time at all, so that the wait is short.
              sendJson(response, [
                {
                  ...first,
                  successful: true,
                  clientId: 'c1',
                  supportedConnectionTypes: ['long-polling'],
                  advice: { reconnect: 'retry', timeout: 0 },
                },
              ]);
            }
            return true;
          },
        },
        { timing: { pollPatienceMs: 50 } },
      );
      assert.match(failure.message, /expired waiting for message replies/);
    }
  });

  it('fails clearly when the channel of workbins is refused', async () => {
    const failure = await failureWith({
      batch: (batch, response) => {
        const isIt = batch.some(({ subscription }) => subscription === '/workspace/v3/workbins');
        if (isIt) {
          sendJson(
            response,
            batch.map(({ id, channel, subscription }) => ({
              id,
              channel,
              subscription,
              successful: false,
              error: '403::denied',
            })),
          );
        }
        return isIt;
      },
    });
    assert.equal(failure.message, 'The server refused the channel of workbin events: 403::denied');
  });

  it('fails clearly when the initialisation does not complete, or fails', async () => {
    const told = (state: string) => ({
      initialization: [{ channel: '/workspace/v3/initialization', data: { state } }],
    });
    const silent = {
      ...told('Executing'),
      request: (path: string, response: ServerResponse) => {
        const isIt = path.endsWith('/current-session');
        if (isIt) {
          end(403, 'text/plain', '')(response);
        }
        return isIt;
      },
    };
    const never = await failureWith(silent, { timing: { initializationMs: 50 } });
    assert.match(
      never.message,
      /did not complete .* within 0\.05 s, and its current session is HTTP 403/,
    );
    const failed = await failureWith(told('Failed'));
    assert.match(failed.message, /says that the initialisation failed/);
  });

  it('takes a session that was initialised before, about which nobody tells again', async () => {
    const user = { employeeId: 'A1001' };
    const { client, stop } = await start(
      {
        initialization: [],
        request: (path, response) => {
          const isIt = path.endsWith('/current-session');
          if (isIt) {
            sendJson(response, { status: { code: 0 }, data: { user } });
          }
          return isIt;
        },
      },
      { timing: { initializationMs: 20 } },
    );
    const state = await client.connect(NEVER_CANCELLED);
    assert(state.kind === 'connected');
    assert.equal(state.agent, 'A1001');
    await stop();
  });

  const signIns: readonly (readonly [
    string,
    string,
    (response: ServerResponse) => void,
    RegExp,
  ])[] = [
    [
      'no Workspace API',
      'login',
      end(404, 'text/html', 'no'),
      /answered login with HTTP 404 Not Found\. Check/,
    ],
    [
      'a page for the login',
      'login',
      end(200, 'text/html', 'hello'),
      /answered login with HTTP 200 OK/,
    ],
    [
      'a sign-in elsewhere',
      'login',
      (response) => response.writeHead(302, { location: 'http://127.0.0.2:1/login' }).end(),
      /hands the sign-in over to http:\/\/127\.0\.0\.2:1\. The password is not sent there/,
    ],
    [
      'a circle of redirects',
      'login',
      (response) => response.writeHead(302, { location: '/workspace/v3/login' }).end(),
      /^The server redirected more than 10 times, last to \/workspace\/v3\/login\.$/,
    ],
    [
      'no session',
      'initialize-workspace',
      end(403, 'application/json', '{"status":{"code":603,"message":"Unauthorized"}}'),
      /HTTP 403 Forbidden, status 603 \(Unauthorized\)/,
    ],
    [
      'a page for a session',
      'initialize-workspace',
      end(200, 'text/html', 'hello'),
      /answered initialize-workspace with HTTP 200 OK\.$/,
    ],
    [
      'a session without a cookie',
      'initialize-workspace',
      end(200, 'application/json', '{"status":{"code":0}}'),
      /set neither WORKSPACE_SESSIONID nor WWE_CODE/,
    ],
  ];
  for (const [what, step, answer, words] of signIns) {
    it(`fails clearly when there is ${what}`, async () => {
      const failure = await failureWith({
        request: (path, response) => {
          const isIt = path.endsWith(`/${step}`);
          if (isIt) {
            answer(response);
          }
          return isIt;
        },
      });
      assert.match(failure.message, words);
    });
  }

  const polls: readonly (readonly [
    string,
    (response: ServerResponse, batch: readonly BayeuxRequest[]) => void,
  ])[] = [
    ['a page', end(200, 'text/html', '<html></html>')],
    ['an error', end(500, 'text/plain', '')],
    ['a batch without its reply', end(200, 'application/json', '[{"channel":"/x","data":{}}]')],
    [
      'a gzip bomb',
      (response) =>
        response
          .writeHead(200, { 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(40 * 1024 * 1024, ' '))),
    ],
    [
      'an advice that is none',
      (response, [poll]) =>
        sendJson(response, [
          {
            ...poll,
            successful: true,
            advice: { reconnect: 'perhaps', timeout: 'x', interval: -7 },
          },
        ]),
    ],
    [
      'what would pollute prototypes',
      (response, [poll]) =>
        response.end(
          `[{"channel":"/meta/connect","id":"${poll!.id}","successful":true,"__proto__":{"polluted":1},` +
            `"advice":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}},` +
            `{"channel":"/workspace/v3/workbins","data":{"__proto__":{"polluted":1},"operationId":"__proto__"}}]`,
        ),
    ],
    [
      'a hundred thousand events',
      (response, [poll]) =>
        sendJson(response, [
          ...Array.from({ length: 100_000 }, () => ({ channel: '/workspace/v3/x', data: {} })),
          { ...poll, successful: true },
        ]),
    ],
  ];
  for (const [what, answer] of polls) {
    it(`goes on polling after ${what}`, async () => {
      let answered: (() => void) | undefined;
      const wasAnswered = new Promise<void>((resolve) => {
        answered = resolve;
      });
      const { client, state, stop } = await start({
        batch: secondPoll((response, batch) => {
          response.on('finish', answered!);
          answer(response, batch);
        }),
      });
      assert.equal((await client.connect(NEVER_CANCELLED)).kind, 'connected');
      await wasAnswered;
      assert.deepEqual(await client.getContent(OWN_DRAFTS), DONE);
      await state('connected');
      assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
      await stop();
    });
  }

  const answers: readonly (readonly [string, (response: ServerResponse) => void, string])[] = [
    ['a page', end(200, 'text/html', '<html>'), 'bad-answer'],
    ['broken JSON', end(200, 'application/json', '{"status"'), 'bad-answer'],
    [
      'a status of its own',
      end(200, 'application/json', '{"status":{"code":500,"message":"Resource not found."}}'),
      'status-error',
    ],
    ['no status', end(200, 'application/json', '{}'), 'status-error'],
    ['not implemented', end(501, 'text/plain', 'Not Implemented'), 'http-error'],
    ['a cut connection', (response) => response.destroy(), 'unanswered'],
  ];
  for (const [what, answer, code] of answers) {
    it(`fails an operation that is answered with ${what}`, async () => {
      const { client, stop } = await start({
        request: (path, response) => {
          const isIt = path.endsWith('/get-content');
          if (isIt) {
            answer(response);
          }
          return isIt;
        },
      });
      await client.connect(NEVER_CANCELLED);
      const result = await client.getContent(OWN_DRAFTS);
      assert(!result.ok);
      assert.equal(result.error.code, code);
      assert.equal(client.state.kind, 'connected');
      await stop();
    });
  }

  it('works behind a gateway that puts a path of its own in front', async () => {
    const server = await startScripted();
    const { client, frames } = createClient(`${server.address}/gateway/workspace/v3/`);
    assert.equal((await client.connect(NEVER_CANCELLED)).kind, 'connected');
    assert.deepEqual(await client.getContent(OWN_DRAFTS), DONE);
    const paths = frames.flatMap((frame) =>
      frame.kind === 'http-request' ? [new URL(frame.url).pathname] : [],
    );
    assert.deepEqual([...new Set(paths)].slice(0, 3), [
      '/gateway/workspace/v3/login',
      '/gateway/workspace/v3/initialize-workspace',
      '/gateway/workspace/v3/notifications/handshake',
    ]);
    client.dispose();
    await server.stop();
  });
});
