import assert from 'node:assert/strict';
import type { Snapshot } from '../../../src/core/base/snapshot';
import { recordLine } from '../../../src/core/trace/recordLine';
import { Recorder } from '../../../src/session/recorder';
import { Trace } from '../../../src/session/trace';
import { SILENT_LOGGER } from '../../support/fakeClock';
import { MemoryRecording } from '../../support/memoryRecording';

const MESSAGES = 20_001;

/** A recording that keeps what it is given, or fails to. */
class KeepingRecording extends MemoryRecording {
  readonly given: { readonly snapshot: Snapshot; readonly isStill: () => boolean }[] = [];
  isFull = false;

  readonly saveIndex = (snapshot: Snapshot, isStill: () => boolean): Promise<void> => {
    this.given.push({ snapshot, isStill });
    return this.isFull ? Promise.reject(new Error('The disk is full.')) : Promise.resolve();
  };
}

async function endedRecording(): Promise<KeepingRecording> {
  const recording = new KeepingRecording();
  const recorder = new Recorder(recording, { startedAt: 0, writer: 'test' }, SILENT_LOGGER);
  const server = { server: 'ws://127.0.0.1/', application: 'Desktop' } as const;
  const connection = recorder.open(0, { dialect: 'platform-sdk-json', ...server });
  const text = '{"messageName":"EventAck"}';
  const body = { kind: 'text', text, utf8: Buffer.from(text) } as const;
  for (let at = 0; at < MESSAGES; at++) {
    recorder.frame(at, connection, { kind: 'websocket', direction: 'receive', body });
  }
  await recorder.end(MESSAGES);
  return recording;
}

describe('what a trace gives to be kept', () => {
  it('stays as it was when records come while it is being written, and counts as overtaken', async () => {
    const recording = await endedRecording();
    const trace = new Trace(recording, { answerTimeLimitMs: 1000 });
    await trace.read();
    await trace.settled();
    const [first] = recording.given;
    assert(first);
    const others = first.snapshot.list('others').length;
    const before = first.isStill();
    const gap = { kind: 'gap', seq: MESSAGES + 3, time: MESSAGES, reason: 'missed' } as const;
    recording.append(recordLine(gap));
    await trace.read();
    assert.deepEqual(
      [others, before, first.snapshot.list('others').length, first.isStill()],
      [2, true, 2, false],
    );
    trace.dispose();
  });

  it('is given again where it could not be kept, and not where it was', async () => {
    const recording = await endedRecording();
    const trace = new Trace(recording, { answerTimeLimitMs: 1000 });
    recording.isFull = true;
    await trace.read();
    await trace.settled();
    recording.isFull = false;
    for (let time = 0; time < 3; time++) {
      await trace.read();
      await trace.settled();
    }
    assert.equal(recording.given.length, 2);
    trace.dispose();
  });
});
