import assert from 'node:assert/strict';
import { mergeShown } from '../../../src/webview/request/filledInput';

describe('what is filled in for a request', () => {
  it('stays where no field shows it, follows the fields that do, and goes when one is emptied', () => {
    const filled = { viewId: 'mine', proxyClientId: '7', extension: [], interactionId: 'a' };
    assert.deepEqual(mergeShown(filled, ['viewId', 'interactionId'], { interactionId: 'b' }), {
      proxyClientId: '7',
      extension: [],
      interactionId: 'b',
    });
    assert.deepEqual(mergeShown(filled, [], {}), filled);
  });
});
