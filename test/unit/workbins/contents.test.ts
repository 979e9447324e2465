import assert from 'node:assert/strict';
import { decodePlatformSdkJson } from '../../../src/core/protocol/platformSdkJson';
import { applyChange, contentsOf } from '../../../src/core/workbins/contents';
import { summarise } from '../../../src/core/workbins/interaction';

const message = (value: object) => {
  const decoded = decodePlatformSdkJson(JSON.stringify(value)).message;
  assert(decoded !== undefined);
  return decoded;
};
const content = (interactions: object) =>
  message({ messageName: 'EventWorkbinContent', referenceId: 1, interactions });
const change = (workbinContentOperation: string | number, interaction: object) =>
  message({ messageName: 'EventWorkbinContentChanged', workbinContentOperation, interaction });
const ids = (interactions: ReadonlyMap<string, unknown>) => [...interactions.keys()];

describe('workbin contents', () => {
  it('come from a content event in either form of a key-value list', () => {
    const asObject = { '0001': { MediaType: 'email' }, '0002': { MediaType: 'chat' } };
    const asArray = [
      { key: '0001', type: 'kvlist', value: [{ key: 'MediaType', type: 'str', value: 'email' }] },
      { key: '0002', type: 'kvlist', value: [{ key: 'MediaType', type: 'str', value: 'chat' }] },
    ];
    const expected = [
      { id: '0001', mediaType: 'email' },
      { id: '0002', mediaType: 'chat' },
    ];
    for (const interactions of [asObject, asArray]) {
      const contents = contentsOf(content(interactions));
      assert.deepEqual([...contents.values()].map(summarise), expected);
    }
  });

  it('follow placed-in, taken-out and changed properties, by name or by number', () => {
    const contents = contentsOf(content({ '0001': { MediaType: 'email', Subject: 'Old' } }));
    applyChange(contents, change('PlacedIn', { interactionId: '0002' }));
    assert.deepEqual(ids(contents), ['0001', '0002']);
    applyChange(contents, change(3, { interactionId: '0001', subject: 'x' }));
    assert.equal(contents.get('0001')?.properties['MediaType'], 'email');
    applyChange(contents, change(1, { interactionId: '0001' }));
    assert.deepEqual(ids(contents), ['0002']);
  });

  it('stay as they are when a change names no interaction or an operation that nobody knows', () => {
    const contents = contentsOf(content({ '0001': {} }));
    const before = new Map(contents);
    applyChange(contents, change('PlacedIn', {}));
    applyChange(contents, change('Shuffled', { interactionId: '0001' }));
    applyChange(contents, message({ messageName: 'EventWorkbinContentChanged' }));
    assert.deepEqual(contents, before);
  });

  it('take a key named __proto__ for data', () => {
    const text =
      '{"messageName":"EventWorkbinContent","interactions":{"__proto__":{"MediaType":"email"}}}';
    const decoded = decodePlatformSdkJson(text).message;
    assert(decoded !== undefined);
    assert.deepEqual(ids(contentsOf(decoded)), ['__proto__']);
    assert.equal(({} as Record<string, unknown>)['MediaType'], undefined);
  });
});

describe('summarise', () => {
  it('finds the subject in the user data of a change event', () => {
    const properties = {
      interactionMediatype: 'email',
      interactionUserData: [{ key: 'Subject', type: 'str', value: 'Broken meter' }],
    };
    assert.deepEqual(summarise({ id: '1', properties }), {
      id: '1',
      mediaType: 'email',
      subject: 'Broken meter',
    });
  });
});
