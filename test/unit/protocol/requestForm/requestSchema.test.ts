import assert from 'node:assert/strict';
import Ajv from 'ajv';
import { CATALOGUE } from '../../../../src/core/protocol/catalogue';
import { placeOf } from '../../../../src/core/protocol/requestForm/jsonPlace';
import { requestSchema } from '../../../../src/core/protocol/requestForm/requestSchema';
import { sendableFields, sendingOf } from '../../../../src/core/protocol/requestForm/sending';

describe('the schema of a request', () => {
  const ajv = new Ajv({ strict: false });
  const validate = ajv.compile(requestSchema());
  const problemsOf = (request: object): readonly string[] =>
    validate(request) ? [] : (validate.errors ?? []).map(({ instancePath }) => instancePath);

  it('knows every request of the catalogue, with its attributes', () => {
    const schema = JSON.stringify(requestSchema());
    for (const { kind, name, attributes } of CATALOGUE) {
      assert.equal(schema.includes(`"const":"${name}"`), kind === 'request', name);
      if (kind === 'request') {
        [...attributes.keys()].forEach((each) => assert(schema.includes(`"${each}"`), each));
      }
    }
  });

  it('takes what is right, in each form that the wire may have', () => {
    for (const request of [
      { messageName: 'RequestGetWorkbinContent', workbin: { workbinTypeId: 'email-draft' } },
      { messageName: 'RequestConference', visibilityMode: 'Coach' },
      { messageName: 'RequestConference', visibilityMode: 3 },
      { messageName: 'RequestPull', pullParameters: { id: 'a', deep: { n: 1 } } },
      { messageName: 'RequestPull', pullParameters: [{ key: 'id', type: 'str', value: 'a' }] },
      { messageName: 'RequestOfALaterVersion', anything: true },
      { messageName: 'RequestPull', attributeOfALaterVersion: 1 },
    ]) {
      assert.deepEqual(problemsOf(request), [], JSON.stringify(request));
    }
  });

  it('refuses what is wrong, at its place', () => {
    const wrong = { messageName: 'RequestPull', count: 'one', reason: { reason: 'x' } };
    assert.deepEqual(
      problemsOf(wrong).filter((path) => path !== ''),
      ['/count'],
    );
    assert(problemsOf({ viewId: 'v' }).length > 0, 'it has no name');
    assert(problemsOf({ messageName: 'EventAck' }).length > 0, 'it is no request');
    assert(problemsOf({ messageName: 'RequestWorkbinTypesInfo' }).length > 0, 'tenantId is needed');
    const unknown = { messageName: 'RequestConference', visibilityMode: 'Nobody' };
    assert(problemsOf(unknown).includes('/visibilityMode'));
  });
});

describe('the place of a path in a JSON text', () => {
  const text = '{\n "messageName": "X",\n "reason": {"reason": "x"},\n "list": [1, {"k": 2}]\n}';
  const at = (path: string): string => {
    const { start, end } = placeOf(text, path);
    return text.slice(start, end);
  };

  it('is that of the value, or of the next thing around it', () => {
    assert.deepEqual(
      ['$.messageName', '$.reason.reason', '$.reason.missing', '$.list[1].k', '$.list[0]'].map(at),
      ['"X"', '"x"', '{', '2', '1'],
    );
    assert.equal(at('$.nothing'), '{');
  });

  it('is found in what is no JSON as well', () => {
    assert.deepEqual(placeOf('', '$'), { start: 0, end: 0 });
    assert.deepEqual(placeOf('{"a": }]', '$.a'), { start: 0, end: 1 });
  });
});

describe('what a connection can carry', () => {
  it('is everything in Platform SDK JSON, and what an operation stands for in Workspace API v3', () => {
    const requests = CATALOGUE.filter(({ kind }) => kind === 'request');
    const web = requests.filter(({ name }) => sendingOf('workspace-v3', name).kind === 'operation');
    assert(requests.every(({ name }) => sendingOf('platform-sdk-json', name).kind === 'message'));
    assert.deepEqual(
      web.map((type) => [
        type.name,
        sendableFields(type, sendingOf('workspace-v3', type.name)).map(({ name }) => name),
      ]),
      [
        ['RequestPlaceInWorkbin', ['interactionId', 'workbin']],
        ['RequestPull', ['viewId', 'pullParameters']],
        ['RequestGetWorkbinContent', ['workbin']],
        ['RequestWorkbinNotifications', ['workbin']],
        ['RequestCancelWorkbinNotifications', ['workbin']],
        ['RequestWorkbinTypesInfo', []],
        ['RequestGetInteractionProperties', ['interactionId']],
      ],
    );
  });
});
