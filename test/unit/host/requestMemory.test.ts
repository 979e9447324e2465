import assert from 'node:assert/strict';
import { RequestMemory } from '../../../src/host/requests/requestMemory';
import { createMemory } from '../../support/extensionMemory';

describe('what the request form remembers', () => {
  it('is what was last sent for each request, without what is secret by its name', async () => {
    const memory = new RequestMemory(createMemory());
    await memory.keep('RequestPull', { viewId: 'first' });
    await memory.keep('RequestPull', {
      viewId: 'email-draft/PrivateView',
      extension: [
        { key: 'password', type: 'text', text: 'hunter2' },
        { key: 'note', type: 'text', text: 'kept' },
        {
          key: 'deep',
          type: 'list',
          rows: [
            { key: 'api_key', type: 'text', text: 'abc' },
            { key: 'tokens', type: 'list', rows: [{ key: 'a', type: 'text', text: 'b' }] },
          ],
        },
      ],
    });
    assert.deepEqual(memory.get('RequestPull'), {
      viewId: 'email-draft/PrivateView',
      extension: [
        { key: 'password', type: 'text', text: '' },
        { key: 'note', type: 'text', text: 'kept' },
        {
          key: 'deep',
          type: 'list',
          rows: [
            { key: 'api_key', type: 'text', text: '' },
            { key: 'tokens', type: 'list', rows: [] },
          ],
        },
      ],
    });
    await memory.forget('RequestPull');
    assert.equal(memory.get('RequestPull'), undefined);
  });

  it('is bounded, and nothing of what others may have written there', async () => {
    const memory = new RequestMemory(createMemory([['RequestPull', { a: 1 }], 'x', [1, {}]]));
    assert.equal(memory.get('RequestPull'), undefined);
    await memory.keep('RequestHold', { interactionId: 'x'.repeat(30_000) });
    assert.equal(memory.get('RequestHold'), undefined);
    for (let each = 0; each < 70; each++) {
      await memory.keep(`Request${each}`, { interactionId: String(each) });
    }
    assert.deepEqual(
      [memory.get('Request0'), memory.get('Request69')],
      [undefined, { interactionId: '69' }],
    );
  });
});
