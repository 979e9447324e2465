import assert from 'node:assert/strict';
import { parseRecord } from '../../../src/core/trace/recordLine';
import { Recorder } from '../../../src/session/recorder';
import { FakeClock, SILENT_LOGGER } from '../../support/fakeClock';
import { MemoryRecording } from '../../support/memoryRecording';

const frame = (text: string) =>
  ({ kind: 'websocket', direction: 'send', body: { kind: 'text', text } }) as const;
const CONNECTION = {
  dialect: 'platform-sdk-json',
  server: 'ws://u:pw@127.0.0.1:7001/?token=t0p',
  application: 'Desktop',
} as const;

function record() {
  const clock = new FakeClock();
  const recording = new MemoryRecording();
  const startedAt = clock.now();
  const recorder = new Recorder(recording, { startedAt, writer: 'test' }, SILENT_LOGGER);
  const records = () =>
    recording.lines.slice(1).map((line) => {
      const parsed = parseRecord(line);
      assert(parsed.ok);
      return parsed.value;
    });
  return { clock, recording, recorder, records, startedAt };
}

/** A frame as a socket gives it. */
const wireFrame = (text: string) => {
  const body = { kind: 'text', text, utf8: Buffer.from(text) } as const;
  return { kind: 'websocket', direction: 'receive', body } as const;
};

describe('Recorder', () => {
  it('writes frames that came as bytes like any others, counts them, and misses none unsaid', async () => {
    const { recorder, recording, records, startedAt } = record();
    const connection = recorder.open(startedAt, CONNECTION);
    const whole = '{"messageName":"EventAck","referenceId":7,"text":"ü"}';
    recorder.frame(startedAt + 1, connection, wireFrame(whole));
    recording.taking = false;
    recorder.frame(startedAt + 2, connection, wireFrame(whole));
    recording.taking = true;
    recorder.pause();
    recorder.frame(startedAt + 3, connection, wireFrame(whole));
    recorder.resume(startedAt + 4);
    recorder.frame(startedAt + 5, connection, wireFrame('{"messageName":"EventAck", '));
    recorder.frame(startedAt + 6, connection, wireFrame('{"password":"hunter2"}'));
    await recorder.end(startedAt + 7);
    assert.deepEqual(
      records().map((one) => [
        one.seq,
        one.kind === 'frame' ? [one.hints, one.frame.body] : one.kind,
        one.kind === 'gap' ? one.missed : undefined,
      ]),
      [
        [1, 'open', undefined],
        [2, [[{ name: 'EventAck', reference: 7 }], { kind: 'text', text: whole }], undefined],
        [3, 'gap', 1],
        [4, 'gap', 1],
        [5, [[], { kind: 'text', text: '{"messageName":"EventAck", ' }], undefined],
        [6, [[{ name: '' }], { kind: 'text', text: '{"password":"~secret-3~"}' }], undefined],
        [7, 'end', undefined],
      ],
    );
    assert.deepEqual(recorder.totals, { frames: 3, messages: 2, missed: 2 });
  });

  it('makes no text of a frame that came as bytes, where nothing in it may be a secret', () => {
    const { recorder, records, startedAt } = record();
    const connection = recorder.open(startedAt, CONNECTION);
    let reads = 0;
    for (const one of [
      '{"messageName":"A","a":[1,null,{"b":"\\u00fc \\n"}]}',
      '{"m":"A token."}',
    ]) {
      const body = {
        kind: 'text',
        utf8: Buffer.from(one),
        get text() {
          reads++;
          return one;
        },
      } as const;
      recorder.frame(startedAt, connection, { kind: 'websocket', direction: 'receive', body });
    }
    assert.deepEqual([reads, records().length], [0, 3]);
  });

  it('numbers records without holes and never lets recorded time go back', () => {
    const { recorder, records, startedAt } = record();
    const connection = recorder.open(startedAt + 5, CONNECTION);
    recorder.frame(startedAt + 9.1250001, connection, frame('{}'));
    recorder.frame(startedAt + 8, connection, frame('{}'));
    assert.deepEqual(
      records().map(({ seq, time }) => [seq, time]),
      [
        [1, 5],
        [2, 9.125],
        [3, 9.125],
      ],
    );
  });

  it('counts what passes during a pause and says so when it goes on', async () => {
    const { recorder, records, startedAt } = record();
    const connection = recorder.open(startedAt, CONNECTION);
    recorder.pause();
    recorder.frame(startedAt + 1, connection, frame('{}'));
    recorder.frame(startedAt + 2, connection, frame('{}'));
    recorder.resume(startedAt + 3);
    recorder.frame(startedAt + 4, connection, frame('{}'));
    await recorder.end(startedAt + 5);
    assert.deepEqual(
      records().map(({ kind }) => kind),
      ['open', 'gap', 'frame', 'end'],
    );
    assert.deepEqual(records()[1], {
      kind: 'gap',
      seq: 2,
      time: 3,
      reason: 'Recording was paused',
      missed: 2,
    });
  });

  it('lets no secret of an address or a body reach the file', () => {
    const { recorder, recording, startedAt } = record();
    const connection = recorder.open(startedAt, CONNECTION);
    recorder.frame(startedAt, connection, frame('{"messageName":"X","password":"hunter2"}'));
    const written = recording.lines.join('\n');
    for (const secret of ['hunter2', 't0p', ':pw@']) {
      assert(!written.includes(secret), `${secret} in ${written}`);
    }
  });

  it('lets no secret reach the file in what a line tells ahead of its frame', () => {
    const { recorder, recording, startedAt } = record();
    const SECRET = 'hunter2secret';
    const texts = [
      `https://u:${SECRET}@h/p`,
      `https://u:${SECRET.repeat(30)}@h/p`,
      `https://h/?access_token=${SECRET}`,
      `wss://h/a;jsessionid=${SECRET}?b=c`,
      `password=${SECRET}`,
      `Bearer ${SECRET}12345678`,
      `{"pwd":"${SECRET}"}`,
      `X\\u0020token=${SECRET}`,
    ];
    const socket = recorder.open(startedAt, CONNECTION);
    for (const text of texts) {
      const member = `"${text.replaceAll('"', '\\"')}"`;
      for (const body of [
        `{"messageName":${member}}`,
        `{"messageName":"EventAck","referenceId":${member},"interactionId":${member}}`,
        `{"messageName":"EventAck","interaction":{"interactionId":${member},"interactionWorkbinTypeId":${member},"interactionWorkbinAgentId":${member}}}`,
        `{"messageName":"EventAck","workbinTypeId":${member},"workbinAgentId":"kim","proxyClientId":1}`,
      ]) {
        recorder.frame(startedAt, socket, frame(body));
        recorder.frame(startedAt, socket, wireFrame(body));
      }
    }
    const web = recorder.open(startedAt, { ...CONNECTION, dialect: 'workspace-v3' });
    for (const path of [
      `initialize-workspace;jsessionid=${SECRET}`,
      `initialize-workspace?code=${SECRET}`,
      `logout/access_token=${SECRET}`,
      `login%3Faccess_token=${SECRET}`,
      `login%3baccess_token%3D${SECRET}`,
      `workbins/password=${SECRET}/get-content`,
      `workbins/interactions/token%3D${SECRET}/get-details`,
      `interactions/access_token=${SECRET}/pull`,
    ]) {
      recorder.frame(startedAt, web, {
        kind: 'http-request',
        direction: 'send',
        method: 'POST',
        url: `https://h/workspace/v3/${path}`,
        headers: [],
        exchange: 1,
        body: { kind: 'text', text: `{"operationId":"token=${SECRET}","data":{}}` },
      });
    }
    const told = recording.lines.filter((line) => line.includes(SECRET));
    assert.deepEqual(told, []);
    assert.equal(recording.lines.length, 1 + 2 + texts.length * 8 + 8);
  });

  it('says once that writing failed, and that it does not record any more', () => {
    const { recorder, recording, startedAt } = record();
    const connection = recorder.open(startedAt, CONNECTION);
    const states: string[] = [];
    recorder.onDidChangeState((state) => states.push(state));
    recording.fail(new Error('disk full'));
    recorder.frame(startedAt, connection, frame('{}'));
    assert.deepEqual([states, recorder.state, recorder.totals.missed], [['failed'], 'failed', 1]);
  });

  it('tells in the recording how many frames the disk could not take', () => {
    const { recorder, recording, records, startedAt } = record();
    const connection = recorder.open(startedAt, CONNECTION);
    recording.taking = false;
    recorder.frame(startedAt + 1, connection, frame('{}'));
    recorder.frame(startedAt + 2, connection, frame('{}'));
    recording.taking = true;
    recorder.frame(startedAt + 3, connection, frame('{}'));
    assert.deepEqual(
      records().map((one) => [one.seq, one.kind, one.kind === 'gap' ? one.missed : undefined]),
      [
        [1, 'open', undefined],
        [2, 'gap', 2],
        [3, 'frame', undefined],
      ],
    );
  });

  it('says at its end, and when a connection closes, what the disk could not take', async () => {
    const { recorder, recording, records, startedAt } = record();
    const connection = recorder.open(startedAt, CONNECTION);
    recorder.frame(startedAt + 1, connection, wireFrame('{"messageName":"EventAck"}'));
    recording.taking = false;
    recorder.frame(startedAt + 2, connection, wireFrame('{"messageName":"EventAck"}'));
    recorder.frame(startedAt + 3, connection, frame('{}'));
    recorder.close(startedAt + 4, connection, 'server', '');
    recorder.frame(startedAt + 5, connection, frame('{}'));
    recorder.pause();
    recorder.frame(startedAt + 6, connection, frame('{}'));
    await recorder.end(startedAt + 7);
    assert.deepEqual(
      records().map((one) => [one.seq, one.kind, one.kind === 'gap' ? one.missed : undefined]),
      [
        [1, 'open', undefined],
        [2, 'frame', undefined],
        [3, 'gap', 2],
        [4, 'close', undefined],
        [5, 'gap', 1],
        [6, 'gap', 1],
        [7, 'end', undefined],
      ],
    );
    const last = records().at(-1);
    assert.deepEqual(last?.kind === 'end' && [last.frames, last.messages], [1, 1]);
    assert.deepEqual(recorder.totals, { frames: 1, messages: 1, missed: 4 });
  });
});
