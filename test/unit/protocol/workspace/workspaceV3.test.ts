import assert from 'node:assert/strict';
import type { Frame } from '../../../../src/core/protocol/frame';
import { createWorkspaceV3Decoder } from '../../../../src/core/protocol/workspace/workspaceV3';
import {
  accepted,
  changed,
  DRAFTS,
  events,
  hintsOf,
  operation,
  request,
  response,
  SIGNED_IN,
  textBody,
  WORKBINS,
} from './frames';

const LABEL = 'email-draft-wb@JohnSmith';
const content = (operationId: unknown): object => ({
  name: 'EventWorkbinContent',
  messageType: 'WorkbinsMessage',
  operationId,
  workbin: { workbinName: 'email-draft-wb', id: DRAFTS, interactions: [], type: 'Agent' },
});
const ack = (operationId: unknown): object => ({
  name: 'EventAck',
  operationId,
  operation: 'SubscribeWorkbinEvents',
  workbinId: DRAFTS,
});

describe('Workspace API v3: operations and events', () => {
  it('ties a request, its acceptance and its event by operationId and workbin', () => {
    assert.deepEqual(
      hintsOf(
        events(SIGNED_IN, WORKBINS),
        operation(1, `/workbins/${DRAFTS}/get-content`, 'op-1'),
        accepted(1, 'op-1'),
        events(content('op-1')),
      ).slice(2),
      [
        { name: 'RequestGetWorkbinContent', reference: 'op-1', workbin: LABEL },
        { name: 'Accepted', reference: 'op-1', workbin: LABEL },
        { name: 'EventWorkbinContent', reference: 'op-1', workbin: LABEL },
      ],
    );
  });

  it('gives a subscription, its answer and its notifications one label', () => {
    assert.deepEqual(
      hintsOf(
        events(SIGNED_IN, WORKBINS),
        operation(1, `/workbins/${DRAFTS}/subscribe`, 'op-1'),
        events(ack('op-1'), changed(DRAFTS, 'JohnSmith', '02DN')),
        operation(2, `/workbins/${DRAFTS}/subscribe`, 'op-2', { ownerId: 'KateLondon' }),
        events(ack('op-2'), changed(DRAFTS, 'KateLondon', '0000')),
      ).slice(2),
      [
        { name: 'RequestWorkbinNotifications', reference: 'op-1', workbin: LABEL },
        { name: 'EventAck', reference: 'op-1', workbin: LABEL },
        { name: 'EventWorkbinContentChanged', workbin: LABEL, interactionId: '02DN' },
        {
          name: 'RequestWorkbinNotifications',
          reference: 'op-2',
          workbin: 'email-draft-wb@KateLondon',
        },
        { name: 'EventAck', reference: 'op-2', workbin: 'email-draft-wb@KateLondon' },
        {
          name: 'EventWorkbinContentChanged',
          workbin: 'email-draft-wb@KateLondon',
          interactionId: '0000',
        },
      ],
    );
  });

  it('keeps the first label of a workbin when its name and its owner become known later', () => {
    const label = `${DRAFTS}@me`;
    assert.deepEqual(
      hintsOf(
        operation(1, `/workbins/${DRAFTS}/subscribe`, 'op-1'),
        events(WORKBINS, SIGNED_IN, ack('op-1'), changed(DRAFTS, 'JohnSmith', '02DN')),
        operation(2, `/workbins/${DRAFTS}/unsubscribe`, 'op-2', { ownerId: 'JohnSmith' }),
        operation(3, '/media/email/interactions/02DN/place-in-queue', 'op-3', {
          queue: 'email-draft-wb',
        }),
      ).map(({ name, workbin }) => [name, workbin]),
      [
        ['RequestWorkbinNotifications', label],
        ['EventWorkbins', undefined],
        ['WorkspaceInitializationComplete', undefined],
        ['EventAck', label],
        ['EventWorkbinContentChanged', label],
        ['RequestCancelWorkbinNotifications', label],
        ['RequestPlaceInWorkbin', label],
      ],
    );
  });

  it('learns from a notification who is signed in, where nothing else has told it', () => {
    const label = `${DRAFTS}@me`;
    assert.deepEqual(
      hintsOf(
        operation(1, `/workbins/${DRAFTS}/subscribe`, 'op-1'),
        operation(2, `/workbins/${DRAFTS}/subscribe`, 'op-2', { ownerId: 'KateLondon' }),
        events(changed(DRAFTS, 'KateLondon', '1'), changed(DRAFTS, 'JohnSmith', '2')),
      ).map(({ workbin }) => workbin),
      [label, `${DRAFTS}@KateLondon`, `${DRAFTS}@KateLondon`, label],
    );
  });

  it('names the agent of a new sign-in after another one', () => {
    const signIn = (exchange: number, username: string): readonly Frame[] => [
      {
        ...request(exchange, '/auth/v3/sign-in'),
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: textBody(`username=${encodeURIComponent(username)}&password=secret`),
      },
      {
        ...response(exchange, undefined, 302),
        headers: [['Location', '/workspace/v3/start?code=1']],
      },
    ];
    assert.deepEqual(
      hintsOf(
        ...signIn(1, '\\JohnSmith'),
        operation(2, `/workbins/${DRAFTS}/get-content`, 'a'),
        ...signIn(3, 'MyCompany\\JeanDupont'),
        operation(4, `/workbins/${DRAFTS}/get-content`, 'b'),
      ).map(({ name, workbin }) => [name, workbin]),
      [
        ['POST sign-in', undefined],
        ['Redirected', undefined],
        ['RequestGetWorkbinContent', `${DRAFTS}@JohnSmith`],
        ['POST sign-in', undefined],
        ['Redirected', undefined],
        ['RequestGetWorkbinContent', `${DRAFTS}@JeanDupont`],
      ],
    );
  });

  it('takes a redirect back to the sign-in page for a refused sign-in, and learns nobody from it', () => {
    assert.deepEqual(
      hintsOf(
        request(1, '/auth/v3/sign-in', { username: '\\JohnSmith', password: 'wrong' }),
        {
          ...response(1, undefined, 302),
          headers: [['location', '/auth/sign-in.html?error&type=workspace']],
        },
        operation(2, `/workbins/${DRAFTS}/get-content`, 'op'),
      ).slice(1),
      [
        { name: 'HttpError', reference: 'x1', errorCode: 302 },
        { name: 'RequestGetWorkbinContent', reference: 'op', workbin: `${DRAFTS}@me` },
      ],
    );
  });

  it('names what the HTTP response says', () => {
    const answers: readonly (readonly [number, unknown])[] = [
      [200, { status: { code: 0 }, data: { channels: [] } }],
      [200, { status: { code: 1 } }],
      [200, { status: { code: 2 }, error: {} }],
      [200, undefined],
      [302, undefined],
      [403, { status: { code: 603, message: 'Unauthorized' } }],
      [500, 'Internal Server Error'],
    ];
    const frames = answers.flatMap(([status, body], index) => [
      operation(index + 1, '/activate-channels', 'op'),
      response(index + 1, body, status),
    ]);
    assert.deepEqual(
      hintsOf(...frames).filter(({ name }) => name !== 'POST activate-channels'),
      [
        { name: 'Done', reference: 'op' },
        { name: 'Accepted', reference: 'op' },
        { name: 'HttpError', reference: 'op', errorCode: 2 },
        { name: 'Done', reference: 'op' },
        { name: 'Redirected', reference: 'op' },
        { name: 'HttpError', reference: 'op', errorCode: 403 },
        { name: 'HttpError', reference: 'op', errorCode: 500 },
      ],
    );
  });

  it('tells an operation that got no response apart from one that was refused', () => {
    assert.deepEqual(
      hintsOf(operation(1, `/workbins/${DRAFTS}/get-content`, 'op'), {
        ...response(1, undefined, 0),
        error: 'net::ERR_CONNECTION_RESET',
      })[1],
      { name: 'HttpError', reference: 'op', workbin: `${DRAFTS}@me` },
    );
  });

  it('makes a reference for requests without an operationId, and joins the one that the server makes up', () => {
    assert.deepEqual(
      hintsOf(
        request(7, `/workspace/v3/workbins/${DRAFTS}/get-content`, { data: {} }),
        accepted(7, 'made-up'),
        events(content('made-up')),
      ).map(({ name, reference }) => [name, reference]),
      [
        ['RequestGetWorkbinContent', 'x7'],
        ['Accepted', 'x7'],
        ['EventWorkbinContent', 'x7'],
      ],
    );
  });

  it('keeps operationIds of any JSON type apart', () => {
    const frames = [5, '5', { a: 1 }, true].map((id, index) =>
      operation(index + 1, '/workbins/get-workbins', id),
    );
    assert.deepEqual(
      hintsOf(...frames).map(({ reference }) => reference),
      [5, '5', '{"a":1}', 'true'],
    );
  });

  it('ties the end of the initialization to initialize-workspace', () => {
    assert.deepEqual(
      hintsOf(
        request(3, '/workspace/v3/initialize-workspace?code=a226'),
        response(3, { status: { code: 1 } }),
        events(SIGNED_IN, SIGNED_IN),
      ),
      [
        { name: 'POST initialize-workspace', reference: 'x3' },
        { name: 'Accepted', reference: 'x3' },
        { name: 'WorkspaceInitializationComplete', reference: 'x3' },
        { name: 'WorkspaceInitializationComplete' },
      ],
    );
  });

  it('names an operation without the session that a container puts behind its path', () => {
    assert.deepEqual(hintsOf(request(3, '/workspace/v3/initialize-workspace;jsessionid=a226')), [
      { name: 'POST initialize-workspace', reference: 'x3' },
    ]);
  });

  it('keeps the body of the operation and the data of the event as attributes', () => {
    const decoder = createWorkspaceV3Decoder();
    const sent = decoder.decode(
      operation(1, `/workbins/${DRAFTS}/subscribe`, 'op', { ownerId: 'K' }),
    );
    const seen = decoder.decode(events(ack('op')));
    assert.deepEqual(
      [sent.messages, seen.messages],
      [
        [
          {
            name: 'RequestWorkbinNotifications',
            attributes: { operationId: 'op', data: { ownerId: 'K' } },
          },
        ],
        [{ name: 'EventAck', attributes: ack('op') }],
      ],
    );
  });

  it('does not lose digits of numbers', () => {
    const decoder = createWorkspaceV3Decoder();
    const text = '{"operationId":12345678901234567890,"data":{"big":12345678901234567890}}';
    const { hints, messages } = decoder.decode({
      ...request(1, '/workspace/v3/workbins/get-workbins', {}),
      body: textBody(text),
    });
    assert.deepEqual(
      [hints[0]?.reference, String((messages[0]?.attributes['data'] as { big: unknown }).big)],
      ['12345678901234567890', '12345678901234567890'],
    );
  });

  it('finds the API behind a path of a gateway, and no message in a page', () => {
    assert.deepEqual(
      hintsOf(
        request(1, '/gateway/workspace/v3/workbins/get-workbins', {}),
        request(2, '/peer.html?next=/workspace/v3/login', undefined, 'GET'),
        response(2, '<!doctype html>'),
      ),
      [{ name: 'RequestWorkbinTypesInfo', reference: 'x1' }],
    );
  });
});

describe('Workspace API v3: Bayeux', () => {
  const batch = (value: unknown, direction: 'send' | 'receive' = 'receive'): Frame => ({
    kind: 'websocket',
    direction,
    body: textBody(JSON.stringify(value)),
  });

  it('splits a batch in its order, meta messages named by their channel', () => {
    const decoder = createWorkspaceV3Decoder();
    const { hints, messages, problems } = decoder.decode(
      batch([
        { channel: '/workspace/v3/media', data: { messageType: 'ChannelStateChanged', media: {} } },
        { id: '3', channel: '/meta/subscribe', successful: true },
        { channel: '/custom', data: { anything: 1 } },
        { channel: '/custom', id: '4', successful: true },
        { channel: '/meta/connect', successful: false, error: '402::session_unknown' },
      ]),
    );
    assert.deepEqual(
      { hints, attributes: messages.map(({ attributes }) => Object.keys(attributes)), problems },
      {
        hints: [
          { name: 'ChannelStateChanged' },
          { name: '/meta/subscribe' },
          { name: '/custom' },
          { name: '/custom' },
          { name: '/meta/connect', errorCode: 402 },
        ],
        attributes: [
          ['messageType', 'media'],
          ['id', 'channel', 'successful'],
          ['anything'],
          ['channel', 'id', 'successful'],
          ['channel', 'successful', 'error'],
        ],
        problems: [],
      },
    );
  });

  it('never takes what the application publishes for an event', () => {
    assert.deepEqual(
      hintsOf(batch([{ channel: '/workspace/v3/workbins', data: { name: 'EventAck' } }], 'send')),
      [{ name: '/workspace/v3/workbins' }],
    );
  });

  it('reads a long poll like a WebSocket, and names a failed one by its channel', () => {
    const poll = (exchange: number): Frame =>
      request(exchange, '/workspace/v3/notifications/connect', [
        { id: '9', channel: '/meta/connect' },
      ]);
    assert.deepEqual(
      hintsOf(
        poll(1),
        poll(2),
        response(1, undefined, 500),
        response(2, [
          { channel: '/workspace/v3/workbins', data: ack('op') },
          { id: '9', channel: '/meta/connect', successful: true },
        ]),
      ),
      [
        { name: '/meta/connect' },
        { name: '/meta/connect' },
        { name: '/meta/connect', errorCode: 500 },
        { name: 'EventAck', reference: 'op' },
        { name: '/meta/connect' },
      ],
    );
  });

  it('says which members of a batch are no messages, and reads the others', () => {
    const { hints, problems } = createWorkspaceV3Decoder().decode(
      batch([null, { channel: 5 }, { channel: '/meta/connect' }, 'text']),
    );
    assert.deepEqual(
      [hints, problems.map(({ code, path }) => [code, path])],
      [
        [{ name: '/meta/connect' }],
        [
          ['not-bayeux', '$[0]'],
          ['not-bayeux', '$[1]'],
          ['not-bayeux', '$[3]'],
        ],
      ],
    );
  });

  it('tells broken, binary, deep and huge frames instead of messages', () => {
    const decoder = createWorkspaceV3Decoder();
    const bodies: readonly Frame['body'][] = [
      textBody('[{"channel":'),
      { kind: 'bytes', bytes: Uint8Array.of(0xff) },
      textBody(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
      textBody(`"${'x'.repeat(17 * 1024 * 1024)}"`),
      textBody(''),
    ];
    assert.deepEqual(
      bodies.map((body) => {
        const { messages, problems } = decoder.decode({
          kind: 'websocket',
          direction: 'receive',
          body,
        });
        return [messages.length, problems.map(({ code }) => code)];
      }),
      [
        [0, ['not-json']],
        [0, ['not-text']],
        [0, ['too-deep']],
        [0, ['too-long']],
        [0, []],
      ],
    );
  });

  it('is not led astray by keys of Object.prototype', () => {
    const text =
      '[{"channel":"/w","data":{"__proto__":{"name":"EventAck","operationId":"evil"},"workbins":{"__proto__":{"id":"a","workbinName":"b"}}}}]';
    const { hints } = createWorkspaceV3Decoder().decode({
      kind: 'websocket',
      direction: 'receive',
      body: textBody(text),
    });
    assert.deepEqual([hints, Object.hasOwn(Object.prototype, 'name')], [[{ name: '/w' }], false]);
  });
});
