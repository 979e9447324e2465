import assert from 'node:assert/strict';
import { LosslessNumber } from 'lossless-json';
import type { Frame, FrameBody } from '../../../src/core/protocol/frame';
import type { DecodeProblem } from '../../../src/core/protocol/message';
import {
  createPlatformSdkJsonDecoder,
  decodePlatformSdkJson,
  encodePlatformSdkJson,
} from '../../../src/core/protocol/platformSdkJson';
import { JSON_LIMITS } from '../../../src/core/protocol/platformSdkHints';

const REQUEST =
  '{"messageName":"RequestGetWorkbinContent","referenceId":7,"proxyClientId":12,' +
  '"workbin":{"workbinTypeId":"drafts","workbinAgentId":"A1"}}';

const REQUEST_MESSAGE = {
  name: 'RequestGetWorkbinContent',
  attributes: {
    referenceId: 7,
    proxyClientId: 12,
    workbin: { workbinTypeId: 'drafts', workbinAgentId: 'A1' },
  },
};

/** Code, path and sentence of each problem, as one line. */
function lines(problems: readonly DecodeProblem[]): string[] {
  return problems.map(({ code, path, text }) => `${code} ${path}: ${text}`);
}

function problemsOf(text: string): string[] {
  return lines(decodePlatformSdkJson(text).problems);
}

describe('Platform SDK JSON', () => {
  it('reads a message', () => {
    assert.deepEqual(decodePlatformSdkJson(REQUEST), { message: REQUEST_MESSAGE, problems: [] });
  });

  it('writes a message with its name first', () => {
    assert.equal(encodePlatformSdkJson(REQUEST_MESSAGE), REQUEST);
  });

  it('keeps unknown members, both enum forms and both list forms without a word', () => {
    const text =
      '{"messageName":"EventWorkbinContentChanged","operation":"PlaceInWorkbin",' +
      '"workbinContentOperation":2,"reason":null,' +
      '"interaction":{"interactionUserData":[{"key":"a","type":"int","value":1.0}],"later":[1]},' +
      '"extension":{"event_processing_stopped":1,"inner":{"x":true}},"novelty":{"deep":[{}]}}';
    const { message, problems } = decodePlatformSdkJson(text);
    assert.deepEqual(problems, []);
    assert.ok(message);
    assert.equal(encodePlatformSdkJson(message), text);
  });

  it('keeps the letters of numbers', () => {
    const text = '{"messageName":"EventCustom","a":1.0,"b":12345678901234567890,"c":-0,"d":1e400}';
    const { message } = decodePlatformSdkJson(text);
    assert.deepEqual(message?.attributes, {
      a: new LosslessNumber('1.0'),
      b: new LosslessNumber('12345678901234567890'),
      c: new LosslessNumber('-0'),
      d: new LosslessNumber('1e400'),
    });
    assert.equal(encodePlatformSdkJson(message), text);
  });

  it('takes __proto__ and constructor for data', () => {
    const text =
      '{"messageName":"EventAck","extension":{"__proto__":{"polluted":1},"constructor":2}}';
    const { message, problems } = decodePlatformSdkJson(text);
    assert.deepEqual(problems, []);
    assert.ok(message);
    assert.equal(encodePlatformSdkJson(message), text);
    assert.equal('polluted' in {}, false);
  });

  it('takes __proto__ at the top for data', () => {
    const text = '{"messageName":"EventAck","__proto__":{"referenceId":7}}';
    const { message } = decodePlatformSdkJson(text);
    assert.ok(message);
    assert.equal(encodePlatformSdkJson(message), text);
    assert.equal(Object.getPrototypeOf(message.attributes), Object.prototype);
  });

  it('shows a message of an unknown name, and says so', () => {
    assert.deepEqual(decodePlatformSdkJson('{"messageName":"EventOfTomorrow","x":1}'), {
      message: { name: 'EventOfTomorrow', attributes: { x: 1 } },
      problems: [
        {
          code: 'unknown-message',
          path: '$.messageName',
          text: 'Expected a message of Platform SDK 8.1.4, found the text "EventOfTomorrow".',
        },
      ],
    });
  });

  it('keeps the attributes of an object without a message name', () => {
    for (const [sent, found] of [
      ['', 'none'],
      ['"messageName":7,', 'the number 7'],
      ['"messageName":null,', 'null'],
      ['"messageName":"",', 'the text ""'],
    ] as const) {
      const text = `{${sent}"referenceId":1}`;
      const { message, problems } = decodePlatformSdkJson(text);
      assert.equal(message?.name, '');
      assert.equal(encodePlatformSdkJson(message), text);
      assert.deepEqual(lines(problems), [
        `no-message-name $.messageName: Expected the name of a message, found ${found}.`,
      ]);
    }
  });

  it('tells what is no JSON object', () => {
    assert.deepEqual(
      ['[{}]', '7', 'null', '"text"', 'true'].map((text) => problemsOf(text)),
      ['an array', 'the number 7', 'null', 'the text "text"', 'true'].map((found) => [
        `not-an-object $: Expected a JSON object, found ${found}.`,
      ]),
    );
  });

  it('tells what is no JSON', () => {
    for (const text of ['', 'hello', '{"a":', '{"a":1}}', "{'a':1}", '{"a":01}', '{"a":"\n"}']) {
      const { message, problems } = decodePlatformSdkJson(text);
      assert.equal(message, undefined);
      assert.deepEqual(
        problems.map(({ code, path }) => [code, path]),
        [['not-json', '$']],
        text,
      );
      assert.match(problems[0]?.text ?? '', /^Expected JSON, found /);
    }
  });

  it('tells every attribute of a wrong type and where it is', () => {
    const attributes = {
      referenceId: '7',
      proxyClientId: 4294967296,
      operation: true,
      workbinContentOperation: 'Added',
      workbin: 'drafts',
      interaction: { interactionId: 5, interactionIsHeld: 'no', interactionReceivedAt: 'today' },
      submittedToRouterAt: 1714637700000,
      extension: [7, { key: 'a' }, { key: 'b', value: ['c'] }],
    };
    const text = JSON.stringify({ messageName: 'EventWorkbinContentChanged', ...attributes });
    const { message, problems } = decodePlatformSdkJson(text);
    assert.deepEqual(message?.attributes, attributes);
    assert.deepEqual(lines(problems), [
      'wrong-type $.referenceId: Expected an integer of 32 bits, found the text "7".',
      'wrong-type $.proxyClientId: Expected an integer of 32 bits, found the number 4294967296.',
      'wrong-type $.operation: Expected a name or number of InteractionOperation, found true.',
      'unknown-value $.workbinContentOperation: ' +
        'WorkbinContentOperation has no value the text "Added" in Platform SDK 8.1.4.',
      'wrong-type $.workbin: Expected an object (WorkbinInfo), found the text "drafts".',
      'wrong-type $.interaction.interactionId: Expected a text, found the number 5.',
      'wrong-type $.interaction.interactionReceivedAt: ' +
        'Expected a date and time as ISO 8601, found the text "today".',
      'wrong-type $.interaction.interactionIsHeld: Expected true or false, found the text "no".',
      'wrong-type $.submittedToRouterAt: ' +
        'Expected a date and time as ISO 8601, found the number 1714637700000.',
      'wrong-type $.extension[0]: ' +
        'Expected an entry with a key, a type and a value, found the number 7.',
      'wrong-type $.extension[1]: Expected an entry with a value, found an object.',
      'wrong-type $.extension[2].value[0]: ' +
        'Expected an entry with a key, a type and a value, found the text "c".',
    ]);
  });

  it('tells a list or bytes of a wrong type', () => {
    const text = '{"messageName":"EventCustom","extension":"x","customMessageData":"#"}';
    assert.deepEqual(problemsOf(text), [
      'wrong-type $.customMessageData: Expected a text in Base64, found the text "#".',
      'wrong-type $.extension: ' +
        'Expected a key-value list (an object, or an array of key, type, value), found the text "x".',
    ]);
  });

  it('shows the last value of a key that occurs twice, and says so', () => {
    const text =
      '{"messageName":"EventAck","referenceId":7,"extension":{"a b":[{"x":1,"\\u0078":1}]},' +
      '"referenceId":8}';
    const { message, problems } = decodePlatformSdkJson(text);
    assert.deepEqual(message?.attributes, { referenceId: 8, extension: { 'a b': [{ x: 1 }] } });
    const said = 'Expected each key once in an object, found it again; the last value is shown.';
    assert.deepEqual(
      lines(problems).filter((line) => line.startsWith('duplicate-key')),
      [`duplicate-key $.extension["a b"][0].x: ${said}`, `duplicate-key $.referenceId: ${said}`],
    );
  });

  it('does not take equal keys of different objects for duplicates', () => {
    const text = '{"messageName":"EventX","a":{"k":1,"l":{"k":2}},"b":[{"k":1},{"k":"k"}],"k":"a"}';
    assert.deepEqual(
      decodePlatformSdkJson(text).problems.map(({ code }) => code),
      ['unknown-message'],
    );
  });

  it('reads what stands around values that are nested too deeply', () => {
    const deep = `${'['.repeat(70)}"]"${']'.repeat(70)}`;
    const text = `{"messageName":"EventAck","later":${deep},"referenceId":7}`;
    const { message, problems } = decodePlatformSdkJson(text);
    assert.equal(message?.attributes['referenceId'], 7);
    assert.deepEqual(lines(problems), [
      `too-deep $.later${'[0]'.repeat(63)}: ` +
        'Expected at most 64 levels of nesting, found more; 17 characters are left out.',
    ]);
  });

  it('reads 64 levels without a word', () => {
    const text = `{"messageName":"EventAck","later":${'['.repeat(63)}${']'.repeat(63)}}`;
    assert.deepEqual(problemsOf(text), []);
  });

  it('does not take brackets in texts for nesting, whatever is escaped before them', () => {
    const brackets = '['.repeat(70);
    const attributes = {
      a: `"${brackets}`,
      b: '\\',
      c: brackets,
      d: `\\"${brackets}`,
      [brackets]: 1,
    };
    const text = encodePlatformSdkJson({ name: 'EventAck', attributes });
    assert.deepEqual(problemsOf(text), []);
  });

  it('gives up on 100,000 brackets, open or closed, without exhausting the stack', () => {
    const open = '['.repeat(100_000);
    const codes = [open, open + ']'.repeat(100_000), `{"a":${'{"a":'.repeat(100_000)}`].map(
      (text) => decodePlatformSdkJson(text).problems.map(({ code }) => code),
    );
    assert.deepEqual(codes, [
      ['too-deep', 'not-json'],
      ['too-deep', 'not-an-object'],
      ['too-deep', 'not-json'],
    ]);
  });

  it('lists so many problems and counts the others', () => {
    const many = `${'['.repeat(64)}${'[],'.repeat(5000)}1${']'.repeat(64)}`;
    const problems = problemsOf(many);
    assert.equal(problems.length, JSON_LIMITS.problems + 1);
    assert.equal(problems.at(-1), 'more-problems $: 951 more problems are not listed.');
  });

  it('does not read a text that is too long', () => {
    const text = `"${'x'.repeat(JSON_LIMITS.characters)}"`;
    assert.deepEqual(problemsOf(text), [
      'too-long $: Expected at most 16777216 characters, found 16777218; it was not read.',
    ]);
  });

  it('keeps lone surrogates', () => {
    const attributes = { 'a\ud800': '\udfff' };
    const text = encodePlatformSdkJson({ name: 'EventAck', attributes });
    assert.doesNotMatch(text, /[\ud800-\udfff]/);
    assert.deepEqual(decodePlatformSdkJson(text).message?.attributes, attributes);
    const raw = decodePlatformSdkJson('{"messageName":"EventAck","a\ud800":"\udfff"}');
    assert.deepEqual(raw.message?.attributes, attributes);
  });
});

describe('Platform SDK JSON decoder of a connection', () => {
  const decode = (frame: Frame): ReturnType<typeof decoder.decode> => decoder.decode(frame);
  const decoder = createPlatformSdkJsonDecoder();
  const webSocket = (body: FrameBody): Frame => ({ kind: 'websocket', direction: 'send', body });

  it('gives the message of a text frame with its hints', () => {
    assert.deepEqual(decode(webSocket({ kind: 'text', text: REQUEST })), {
      messages: [REQUEST_MESSAGE],
      hints: [
        {
          name: 'RequestGetWorkbinContent',
          reference: 7,
          proxyClientId: 12,
          workbin: 'drafts@A1',
        },
      ],
      problems: [],
    });
  });

  it('names the handshake of a tapped connection, which holds no message', () => {
    const http: Frame = {
      kind: 'http-request',
      direction: 'send',
      exchange: 1,
      method: 'GET',
      url: 'http://127.0.0.1/',
      headers: [],
      body: { kind: 'none' },
    };
    assert.deepEqual(decode(http), {
      messages: [{ name: 'WebSocket handshake', attributes: {} }],
      hints: [{ name: 'WebSocket handshake' }],
      problems: [],
    });
    assert.deepEqual(decoder.hints?.(http), [{ name: 'WebSocket handshake' }]);
  });

  it('gives no message for what it cannot read, and says why', () => {
    const frames = [
      webSocket({ kind: 'bytes', bytes: new Uint8Array(3) }),
      webSocket({ kind: 'none' }),
      webSocket({ kind: 'text', text: '[]' }),
    ];
    const seen = frames.map((frame) => decode(frame));
    assert.deepEqual(
      seen.map(({ messages, hints, problems }) => [messages, hints, ...lines(problems)]),
      [
        [[], [], 'binary-frame $: Expected a text frame, found a binary frame of 3 bytes.'],
        [[], [], 'empty-frame $: Expected a text frame, found one without body.'],
        [[], [], 'not-an-object $: Expected a JSON object, found an array.'],
      ],
    );
  });
});
