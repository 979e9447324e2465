import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { RecordingFactsKeeper } from '../../../src/host/recordings/recordingFactsKeeper';
import type { OpenTraces } from '../../../src/host/trace/openTraces';
import type { RecordingFile } from '../../../src/session/platform';
import { Recorder } from '../../../src/session/recorder';
import { Trace } from '../../../src/session/trace';
import { SILENT_LOGGER } from '../../support/fakeClock';
import { MemoryRecording } from '../../support/memoryRecording';

const FILE: RecordingFile = {
  path: '/r.wbtrace',
  name: 'r.wbtrace',
  bytes: 1,
  modifiedAt: 1,
  state: 'ended',
};

function recorded() {
  const recording = new MemoryRecording();
  const recorder = new Recorder(recording, { startedAt: 0, writer: 'test' }, SILENT_LOGGER);
  const server = { server: 'ws://127.0.0.1/', application: 'Desktop' } as const;
  const connection = recorder.open(0, { dialect: 'platform-sdk-json', ...server });
  const say = (at: number): void => {
    const body = { kind: 'text', text: '{"messageName":"EventAck"}' } as const;
    recorder.frame(at, connection, { kind: 'websocket', direction: 'receive', body });
  };
  const trace = new Trace(recording, { answerTimeLimitMs: 1000 });
  return { recording, trace, say };
}

function keeperOf(trace: Trace) {
  const acquire = () => ({ trace, read: Promise.resolve(), dispose: () => undefined });
  let remembered: readonly unknown[] = [];
  const memory = {
    get: () => undefined,
    update: (_key: string, value: readonly unknown[]) => {
      remembered = value;
      return Promise.resolve();
    },
  };
  const keeper = new RecordingFactsKeeper(
    { acquire } as unknown as OpenTraces,
    memory as unknown as vscode.Memento,
    SILENT_LOGGER,
  );
  return { keeper, remembered: () => remembered };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('what is found out of recordings', () => {
  it('is of all that they hold, also where somebody has them open and has not read the last of it', async () => {
    const { trace, say, recording } = recorded();
    say(1);
    await trace.read();
    trace.dispose(); // No longer follows by itself.
    say(2);
    say(3);
    assert.equal(recording.lines.length, 5);
    const { keeper } = keeperOf(trace);
    keeper.look([FILE]);
    await settle();
    assert.equal(keeper.of(FILE)?.messages, 3);
  });

  it('is not remembered of a reading that was stopped', async () => {
    const { trace, say } = recorded();
    say(1);
    trace.stopReading();
    const { keeper, remembered } = keeperOf(trace);
    keeper.look([FILE]);
    await settle();
    assert.deepEqual([keeper.of(FILE), remembered()], [undefined, []]);
  });
});
