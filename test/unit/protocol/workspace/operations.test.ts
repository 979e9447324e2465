import assert from 'node:assert/strict';
import {
  encodeOperation,
  type WorkspaceV3Operation,
} from '../../../../src/core/protocol/workspace/operations';
import { DRAFTS, IN_PROGRESS, events, hintsOf, request, WORKBINS } from './frames';

describe('Workspace API v3: operations that a client sends', () => {
  it('have the path and body that the server reads', () => {
    const { path, body, method } = encodeOperation('op-1', {
      kind: 'get-content',
      workbinId: DRAFTS,
      ownerId: 'KateLondon',
    });
    assert.deepEqual(
      { method, path, body },
      {
        method: 'POST',
        path: `/workspace/v3/workbins/${DRAFTS}/get-content`,
        body: '{"operationId":"op-1","data":{"ownerId":"KateLondon"}}',
      },
    );
  });

  it('leave the owner out where it is the agent who is signed in', () => {
    const { body } = encodeOperation('op-1', { kind: 'subscribe', workbinId: DRAFTS });
    assert.equal(body, '{"operationId":"op-1","data":{}}');
  });

  it('name several workbins in one text with commas', () => {
    const { path, body } = encodeOperation('op-1', {
      kind: 'get-contents',
      workbinIds: [DRAFTS, IN_PROGRESS],
    });
    assert.deepEqual(
      [path, JSON.parse(body)],
      [
        '/workspace/v3/workbins/get-contents',
        { operationId: 'op-1', data: { workbinIds: `${DRAFTS},${IN_PROGRESS}` } },
      ],
    );
  });

  it('keep an id from changing the path', () => {
    const { path } = encodeOperation('op-1', { kind: 'get-details', interactionId: '../x?y#z/..' });
    assert.equal(path, '/workspace/v3/workbins/interactions/..%2Fx%3Fy%23z%2F../get-details');
  });

  it('come back from the wire as the request that each stands for', () => {
    const interaction = { mediaType: 'email', interactionId: '02DN' };
    const operations: readonly WorkspaceV3Operation[] = [
      { kind: 'get-workbins' },
      { kind: 'get-content', workbinId: DRAFTS },
      { kind: 'get-contents', workbinIds: [DRAFTS] },
      { kind: 'get-contents', workbinIds: [DRAFTS, IN_PROGRESS] },
      { kind: 'subscribe', workbinId: DRAFTS, ownerId: 'KateLondon' },
      { kind: 'unsubscribe', workbinId: DRAFTS },
      { kind: 'add-interaction', workbinId: DRAFTS, interactionId: '02DN' },
      { kind: 'get-details', interactionId: '02DN' },
      { kind: 'place-in-queue', ...interaction, queue: 'email-draft-wb' },
      { kind: 'place-in-queue', ...interaction, queue: 'email-draft-wb/PrivateQueue' },
      { kind: 'place-in-queue', ...interaction, queue: 'some-queue' },
      { kind: 'place-in-queue', ...interaction },
      { kind: 'pull', ...interaction, sourceId: IN_PROGRESS },
      { kind: 'place-in-queue', ...interaction },
      {
        kind: 'move-to-workbin',
        interactionIds: ['02DN'],
        workbinId: DRAFTS,
        ownerId: 'KateLondon',
      },
    ];
    const frames = operations.map((operation, index) => {
      const { method, path, body } = encodeOperation('op', operation);
      return request(index + 1, path, JSON.parse(body), method);
    });
    const hints = hintsOf(events(WORKBINS), ...frames).slice(1);
    assert.deepEqual(
      hints.map(({ name, workbin, interactionId }) => [name, workbin, interactionId]),
      [
        ['RequestWorkbinTypesInfo', undefined, undefined],
        ['RequestGetWorkbinContent', 'email-draft-wb@me', undefined],
        ['RequestGetWorkbinContent', 'email-draft-wb@me', undefined],
        ['RequestGetWorkbinContent', undefined, undefined],
        ['RequestWorkbinNotifications', 'email-draft-wb@KateLondon', undefined],
        ['RequestCancelWorkbinNotifications', 'email-draft-wb@me', undefined],
        ['RequestPlaceInWorkbin', 'email-draft-wb@me', '02DN'],
        ['RequestGetInteractionProperties', undefined, '02DN'],
        ['RequestPlaceInWorkbin', 'email-draft-wb@me', '02DN'],
        ['RequestPlaceInWorkbin', 'email-draft-wb@me', '02DN'],
        ['RequestPlaceInQueue', undefined, '02DN'],
        ['RequestPlaceInQueue', undefined, '02DN'],
        ['RequestPull', 'email-in-progress-wb@me', '02DN'],
        ['RequestPlaceInWorkbin', 'email-in-progress-wb@me', '02DN'],
        ['RequestPlaceInWorkbin', 'email-draft-wb@KateLondon', '02DN'],
      ],
    );
  });
});
