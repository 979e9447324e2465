import assert from 'node:assert/strict';
import { ensure } from '../../../../src/core/base/assert';
import { messageByName } from '../../../../src/core/protocol/catalogue';
import type { JsonObject } from '../../../../src/core/protocol/json';
import { requestAgain } from '../../../../src/core/protocol/requestForm/sendAgain';

function again(name: string, attributes: JsonObject) {
  return requestAgain(ensure(messageByName(name), name), attributes);
}

describe('a recorded request that is sent again', () => {
  it('has its attributes, and not its reference', () => {
    const workbin = { workbinTypeId: 'email-draft', workbinAgentId: 'A1001' };
    assert.deepEqual(again('RequestGetWorkbinContent', { workbin, referenceId: 7 }), {
      message: { name: 'RequestGetWorkbinContent', attributes: { workbin } },
      input: { workbin },
    });
  });

  it('names the values of enums that the recording has as numbers', () => {
    const { input } = again('RequestRegisterClient', { clientName: 'Desktop', clientType: 2 });
    assert.deepEqual(input, { clientName: 'Desktop', clientType: 'AgentApplication' });
  });

  it('has nothing in place of a secret that the recording never had', () => {
    const { message, input } = again('RequestPull', {
      viewId: '~secret-1~',
      pullParameters: { token: '~secret-2~', id: '4' },
    });
    assert.deepEqual(message.attributes, { pullParameters: { token: '', id: '4' } });
    assert.deepEqual(input, {
      pullParameters: [
        { key: 'token', type: 'text', text: '' },
        { key: 'id', type: 'text', text: '4' },
      ],
    });
  });

  it('has no form where the form has no place for something', () => {
    const { message, input } = again('RequestPull', { madeUp: [1, '~secret~'], referenceId: 1 });
    assert.equal(input, undefined);
    assert.deepEqual(message.attributes, { madeUp: [1, ''] });
  });
});
