import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Frame, FrameBody } from '../../../../src/core/protocol/frame';
import { createWorkspaceV3Decoder } from '../../../../src/core/protocol/workspace/workspaceV3';
import { BASE, DRAFTS, IN_PROGRESS, textBody } from './frames';

const word = fc.constantFrom(
  'operationId', 'data', 'name', 'workbin', 'workbins', 'id', 'owner', 'ownerId', 'interaction',
  'interactions', 'channel', '/meta/connect', 'EventAck', 'EventWorkbins', 'workbinName', 'status', 'code', DRAFTS,
  IN_PROGRESS, 'messageType', 'WorkbinStateChangeMessage', 'stateResource', 'Subscribed', '__proto__',
  'constructor', 'user', 'employeeId', 'referenceId', 'error', '402::x', '',
); // prettier-ignore
const anyJson = fc.jsonValue({ maxDepth: 3 });
const nearlyMeant = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    word,
    fc.integer(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(word, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

const body: fc.Arbitrary<FrameBody> = fc.oneof(
  fc.constant<FrameBody>({ kind: 'none' }),
  fc.oneof(anyJson, nearlyMeant).map((value) => textBody(JSON.stringify(value))),
  fc.string({ unit: 'binary' }).map(textBody),
  fc.uint8Array({ maxLength: 8 }).map((bytes): FrameBody => ({ kind: 'bytes', bytes })),
);
const path = fc.oneof(
  fc.constantFrom(
    '/workspace/v3', `/workspace/v3/workbins/${DRAFTS}/get-content`, '/workspace/v3/workbins/get-contents',
    '/workspace/v3/media/email/interactions/%E0%A4%A/pull', '/workspace/v3/media-management/move-to-workbin',
    '/workspace/v3/notifications/connect', '/auth/v3/sign-in', `/api/v2/me/workbins/${DRAFTS}`,
    '/api/v2/me/workbins?workbinIds=a,b', '/workspace/v3/workbins/interactions',
  ), // prettier-ignore
  fc.webPath(),
  fc.string(),
);
const headers = fc.constantFrom<readonly (readonly [string, string])[]>(
  [],
  [['content-type', 'application/json']],
  [['Location', '?error']],
);
const exchange = fc.integer({ min: 1, max: 3 });
const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({
    kind: fc.constant('websocket' as const),
    direction: fc.constantFrom('send' as const, 'receive' as const),
    body,
  }),
  fc.record({
    kind: fc.constant('http-request' as const),
    direction: fc.constant('send' as const),
    exchange,
    method: fc.constantFrom('GET', 'POST'),
    url: path.map((each) => `${BASE}${each}`),
    headers,
    body,
  }),
  fc.record({
    kind: fc.constant('http-response' as const),
    direction: fc.constant('receive' as const),
    exchange,
    status: fc.constantFrom(-1, 0, 101, 200, 302, 403, 500),
    statusText: fc.constant(''),
    headers,
    body,
  }),
);

describe('Workspace API v3 decoder, on whatever comes', () => {
  it('never throws, and gives every message its hint', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 12 }), (frames) => {
        const decoder = createWorkspaceV3Decoder();
        for (const each of frames) {
          const { messages, hints } = decoder.decode(each);
          assert.deepEqual(
            hints.map(({ name }) => name),
            messages.map(({ name }) => name),
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives equal hints whenever the same frames come again', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 12 }), (frames) => {
        const decode = (): unknown => {
          const decoder = createWorkspaceV3Decoder();
          return frames.map((each) => decoder.decode(each));
        };
        assert.deepEqual(decode(), decode());
      }),
    );
  });

  it('gives a batch of n events n messages, in their order', () => {
    const data = fc.record({ name: fc.string({ minLength: 1, maxLength: 20 }), rest: anyJson });
    fc.assert(
      fc.property(fc.array(data, { maxLength: 40 }), (batch) => {
        const envelopes = batch.map((each) => ({ channel: '/workspace/v3/workbins', data: each }));
        const { hints, messages, problems } = createWorkspaceV3Decoder().decode({
          kind: 'websocket',
          direction: 'receive',
          body: textBody(JSON.stringify(envelopes)),
        });
        const names = batch.map(({ name }) => name);
        assert.deepEqual(
          [hints.map(({ name }) => name), messages.length, problems],
          [names, names.length, []],
        );
      }),
    );
  });

  it('calls a workbin the same from its first to its last message', () => {
    const step = fc.record({
      workbin: fc.constantFrom(DRAFTS, IN_PROGRESS),
      owner: fc.constantFrom(undefined, 'JohnSmith', 'KateLondon'),
      teach: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
        const decoder = createWorkspaceV3Decoder();
        const labels = new Map<string, Set<string | undefined>>();
        const event = (data: object): Frame => ({
          kind: 'websocket',
          direction: 'receive',
          body: textBody(JSON.stringify([{ channel: '/w', data }])),
        });
        decoder.decode(event({ data: { user: { userName: 'JohnSmith' } } }));
        for (const [index, { workbin, owner, teach }] of steps.entries()) {
          if (teach) {
            decoder.decode(
              event({ workbins: [{ id: workbin, workbinName: `name of ${workbin}` }] }),
            );
          }
          const { hints } = decoder.decode({
            kind: 'http-request',
            direction: 'send',
            exchange: index + 1,
            method: 'POST',
            url: `${BASE}/workspace/v3/workbins/${workbin}/subscribe`,
            headers: [],
            body: textBody(JSON.stringify({ operationId: index, data: { ownerId: owner } })),
          });
          const key = `${workbin}@${owner ?? 'JohnSmith'}`;
          labels.set(key, (labels.get(key) ?? new Set()).add(hints[0]?.workbin));
        }
        assert.deepEqual(
          [...labels.values()].map(({ size }) => size),
          [...labels].map(() => 1),
        );
      }),
    );
  });
});
