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

describe('Recorder', () => {
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
});
