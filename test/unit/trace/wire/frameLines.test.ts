import assert from 'node:assert/strict';
import { FrameLines } from '../../../../src/core/trace/wire/frameLines';
import { assertSame } from './recordBoth';

const STAMP = { seq: 12, time: 3.25, connection: 4, direction: 'receive' } as const;

/** The line of a message, or undefined where it is to be made with care. */
function lineOf(text: string): string | undefined {
  const lines = new FrameLines();
  return lines.take(Buffer.from(text)) && lines.isHarmless()
    ? Buffer.from(lines.line(STAMP)).toString()
    : undefined;
}

describe('a line made of bytes', () => {
  it('has the hints of the message, and the message letter for letter', () => {
    const text =
      '{"proxyClientId":17,"a":[{"referenceId":1}, true,-0.5e+7],"messageName":"EventX" ,' +
      '"workbin":{"workbinPlaceId":"Desk","workbinTypeId":"draft","workbinAgentId":"Ä1"},' +
      '"interaction":{"interactionId":"0000D","t":"say \\"\\u00e4\\""},"referenceId":-5,"errorCode":41}';
    const hint = '{"n":"EventX","r":-5,"p":17,"w":"draft@Ä1","i":"0000D","e":41}';
    const head = '{"kind":"frame","seq":12,"t":3.25,"c":4,"d":"receive"';
    assert.equal(lineOf(text), `${head},"m":[${hint}],"v":"ws","json":${text}}`);
  });

  it('is made of nearly everything that is sent', () => {
    const texts = [
      '{}',
      '{"messageName":"EventAck","referenceId":7}',
      '{"Subject":"Your token for the car park\\n- Ann","list":[[],{},"x",null]}',
      `{"deep":${'['.repeat(60)}${']'.repeat(60)}}`,
      `{"long":"${'ü'.repeat(400_000)}"}`,
    ];
    assert.deepEqual(
      texts.filter((text) => lineOf(text) === undefined),
      [],
    );
  });

  it('is the one that is made with care, in whatever way a message is unusual', () => {
    const long = 'x'.repeat(256);
    const texts = [
      '{"messageName":"A","messageName":"B"}',
      '{"referenceId":7,"referenceId":"x"}',
      '{"workbin":{"workbinTypeId":"a","workbinAgentId":"b"},"workbin":1}',
      '{"interactionId":1,"interaction":{"interactionId":"inner"}}',
      '{"interactionId":"","interaction":{"interactionId":"inner"}}',
      '{"workbin":{"workbinTypeId":"a","workbinAgentId":""},"workbinTypeId":"c","workbinGroupId":"d"}',
      '{"interaction":{"interactionWorkbinTypeId":"a","interactionGroupId":"g","interactionPlaceId":"p"}}',
      '{"interaction":[{"interactionId":"in a list"}],"workbin":"text"}',
      `{"messageName":"${long}","interactionId":"${long}"}`,
      `{"messageName":"${long}x"}`,
      `{"interactionId":"${long}x"}`,
      `{"workbinTypeId":"${long}","workbinAgentId":"y"}`,
      `{"workbinTypeId":"${long.slice(2)}","workbinAgentId":"y"}`,
      ...[
        '-0',
        '0',
        '7.0',
        '7e0',
        '-5',
        '2147483648',
        '999999999',
        '1234567890',
        '"7"',
        'null',
      ].map((value) => `{"referenceId":${value},"proxyClientId":${value},"errorCode":${value}}`),
      '{"t":"a token","api--key":"hunter2"}',
      '{"t":"a token","acc-ess-key":"hunter2","key":"x"}',
      '{"t":"a token","saml_response":"hunter2"}',
      '{"a":{"k\\u0065y":"password","value":"hunter2"}}',
      '{"a":{"ke\\y":"password","value":"hunter2"}}',
      '{"a":{"name":"password","value":"hunter2"}}',
      '{"a":"https://u:hunter2@host"}',
      '\ufeff{"messageName":"A"}',
      `{"deep":${'['.repeat(100)}${']'.repeat(100)}}`,
      `{"long":"${'x'.repeat(1_100_000)}"}`,
      '[{"messageName":"A"}]',
      '"text"',
      '',
    ];
    texts.forEach((text) => assertSame(text));
  });

  it('writes times as numbers are written', () => {
    const times = [0, 0.001, 0.01, 0.1, 1, 10.02, 12.34, 123.456, 99_999.999, 3e9 + 0.125, 1e13];
    assertSame('{"messageName":"A"}', times);
  });
});
