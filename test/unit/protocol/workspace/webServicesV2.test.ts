import assert from 'node:assert/strict';
import type { Frame } from '../../../../src/core/protocol/frame';
import { createWorkspaceV3Decoder } from '../../../../src/core/protocol/workspace/workspaceV3';
import { hintsOf, request, response, textBody } from './frames';

const ID = 'f5ca4a24-0c7a-4e4a-8c2c-9c0ab3a1a6d1';
const OTHER = '0d3cb584-8182-465b-b8ae-266bf3199c83';

const post = (exchange: number, path: string, operationName: string, rest: object = {}): Frame =>
  request(exchange, `/api/v2${path}`, { operationName, ...rest });
const get = (exchange: number, path: string): Frame =>
  request(exchange, `/api/v2${path}`, undefined, 'GET');
const topic = (...data: readonly object[]): Frame => ({
  kind: 'websocket',
  direction: 'receive',
  body: textBody(JSON.stringify(data.map((each) => ({ channel: '/v2/me/workbins', data: each })))),
});
const state = (stateResource: string, rest: object = {}): object => ({
  messageType: 'WorkbinSubscriptionStateChangeMessage',
  stateResource,
  id: ID,
  ...rest,
});

describe('Web Services API v2', () => {
  it('joins a subscription and its state message by the reference that the HTTP answer gives', () => {
    assert.deepEqual(
      hintsOf(
        post(4, `/me/workbins/${ID}`, 'Subscribe'),
        response(4, { statusCode: 0, referenceId: 14 }),
        topic(state('Subscribed', { referenceId: 14 })),
        topic({
          messageType: 'WorkbinStateChangeMessage',
          action: 'ItemAdded',
          id: ID,
          emailStateResourceV2: { id: '0000' },
        }),
        post(5, `/me/workbins/${ID}`, 'Unsubscribe'),
        response(5, { statusCode: 0, referenceId: 15 }),
        topic(state('RequestFailed', { referenceId: 15 })),
      ),
      [
        { name: 'RequestWorkbinNotifications', reference: 'x4', workbin: `${ID}@me` },
        { name: 'Accepted', reference: 'x4', workbin: `${ID}@me` },
        { name: 'EventAck', reference: 'x4', workbin: `${ID}@me` },
        { name: 'EventWorkbinContentChanged', workbin: `${ID}@me`, interactionId: '0000' },
        { name: 'RequestCancelWorkbinNotifications', reference: 'x5', workbin: `${ID}@me` },
        { name: 'Accepted', reference: 'x5', workbin: `${ID}@me` },
        { name: 'EventError', reference: 'x5', workbin: `${ID}@me` },
      ],
    );
  });

  it('joins a state message that names no reference, or overtakes the answer, by its workbin', () => {
    assert.deepEqual(
      hintsOf(
        post(1, `/me/workbins/${ID}`, 'SubscribeWorkbinEvents'),
        topic(state('Subscribed', { referenceId: 14 })),
        response(1, { statusCode: 0, referenceId: 14 }),
        post(2, `/me/workbins/${ID}`, 'UnsubscribeWorkbinEvents'),
        topic(state('Unsubscribed')),
        topic(state('Unsubscribed', { referenceId: 99 })),
      ).map(({ name, reference }) => [name, reference]),
      [
        ['RequestWorkbinNotifications', 'x1'],
        ['EventAck', 'x1'],
        ['Accepted', 'x1'],
        ['RequestCancelWorkbinNotifications', 'x2'],
        ['EventAck', 'x2'],
        ['EventAck', '99'],
      ],
    );
  });

  it('makes one request of each workbin that is subscribed at once', () => {
    assert.deepEqual(
      hintsOf(
        post(1, `/me/workbins?workbinIds=${ID},${OTHER}&agentGroup=Sales%20Team`, 'Subscribe'),
        response(1, { statusCode: 0, referenceIds: { [OTHER]: 3, [ID]: 2 } }),
        topic(state('Subscribed', { id: OTHER, referenceId: 3, agentGroup: 'Sales Team' })),
      ),
      [
        { name: 'RequestWorkbinNotifications', reference: 'x1.1', workbin: `${ID}@Sales Team` },
        { name: 'RequestWorkbinNotifications', reference: 'x1.2', workbin: `${OTHER}@Sales Team` },
        { name: 'Accepted', reference: 'x1.1', workbin: `${ID}@Sales Team` },
        { name: 'Accepted', reference: 'x1.2', workbin: `${OTHER}@Sales Team` },
        { name: 'EventAck', reference: 'x1.2', workbin: `${OTHER}@Sales Team` },
      ],
    );
  });

  it('takes the answer to a content request for the content event, with the name from the list', () => {
    assert.deepEqual(
      hintsOf(
        get(1, '/me/workbins?fields=*'),
        response(1, { statusCode: 0, workbins: [{ id: ID, name: 'drafts', type: 'Agent' }] }),
        get(2, `/me/workbins/${ID}?subresources=*`),
        response(2, { statusCode: 0, workbin: { id: ID, emails: [] } }),
        get(3, `/users/kate/workbins/${ID}/emails`),
        response(3, { statusCode: 6, statusMessage: 'no' }),
        get(4, `/me/workbins/${ID}`),
        post(5, `/me/workbins/${ID}`, 'PullEmail', { id: '0000' }),
      ),
      [
        { name: 'RequestWorkbinTypesInfo', reference: 'x1' },
        { name: 'EventWorkbins', reference: 'x1' },
        { name: 'RequestGetWorkbinContent', reference: 'x2', workbin: 'drafts@me' },
        { name: 'EventWorkbinContent', reference: 'x2', workbin: 'drafts@me' },
        { name: 'RequestGetWorkbinContent', reference: 'x3', workbin: 'drafts@kate' },
        { name: 'HttpError', reference: 'x3', workbin: 'drafts@kate', errorCode: 6 },
        { name: 'GET workbins', reference: 'x4', workbin: 'drafts@me' },
        { name: 'RequestPull', reference: 'x5', workbin: 'drafts@me', interactionId: '0000' },
      ],
    );
  });

  it('names what is no workbin operation by method and path', () => {
    const decoder = createWorkspaceV3Decoder();
    const hints = [get(1, '/me'), post(2, '/me/workbins', 'Sort')].flatMap(
      (frame) => decoder.decode(frame).hints,
    );
    assert.deepEqual(hints, [
      { name: 'GET me', reference: 'x1' },
      { name: 'POST Sort', reference: 'x2' },
    ]);
  });
});
