import assert from 'node:assert/strict';
import { ensure } from '../../../../src/core/base/assert';
import { messageByName } from '../../../../src/core/protocol/catalogue';
import { likelyMissing } from '../../../../src/core/protocol/requestForm/missing';
import type { RequestInput } from '../../../../src/core/protocol/requestForm/requestInput';

function missing(request: string, input: RequestInput): readonly string[] {
  return likelyMissing(ensure(messageByName(request), request), input).map(({ path }) => path);
}

describe('what a request most likely needs', () => {
  it('is a workbin by its type and one owner, whatever kind of owner', () => {
    const both = ['$.workbin.workbinTypeId', '$.workbin.workbinAgentId'];
    assert.deepEqual(missing('RequestGetWorkbinContent', {}), both);
    assert.deepEqual(missing('RequestGetWorkbinContent', { workbin: { workbinTypeId: 'a' } }), [
      '$.workbin.workbinAgentId',
    ]);
    const shared = { workbinTypeId: 'a', workbinGroupId: 'Mail' };
    assert.deepEqual(missing('RequestWorkbinNotifications', { workbin: shared }), []);
  });

  it('is the interaction or the view that it is about, and nothing of what the server may make', () => {
    assert.deepEqual(missing('RequestStopProcessing', {}), ['$.interactionId']);
    assert.deepEqual(missing('RequestStopProcessing', { interactionId: '' }), ['$.interactionId']);
    assert.deepEqual(missing('RequestStopProcessing', { interactionId: '7' }), []);
    assert.deepEqual(missing('RequestPull', { count: '1' }), ['$.viewId']);
    assert.deepEqual(missing('RequestSubmit', {}), []);
    assert.deepEqual(missing('RequestAgentLogout', {}), []);
  });
});
