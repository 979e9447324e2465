/** Records frames twice: with their text, and with the bytes that a socket gives. */
import assert from 'node:assert/strict';
import type { FrameBody } from '../../../../src/core/protocol/frame';
import { Recorder } from '../../../../src/session/recorder';
import { SILENT_LOGGER } from '../../../support/fakeClock';
import { MemoryRecording } from '../../../support/memoryRecording';

const CONNECTION = {
  dialect: 'platform-sdk-json',
  server: 'ws://127.0.0.1:7001/',
  application: 'Desktop',
} as const;

/** Two recordings of the same frames, one after the other, so that nothing of one message may stay for the next. */
export class BothRecordings {
  private readonly careful = new OneRecording();
  private readonly quick = new OneRecording();

  /** Asserts that both have the same lines, letter for letter, of the frame that passed at each of these times. */
  assertSame(text: string, times: readonly number[] = [0]): void {
    // What a socket gives is what UTF-8 can hold.
    const utf8 = Buffer.from(text, 'utf8');
    const sent = utf8.toString('utf8');
    const careful = this.careful.linesOf({ kind: 'text', text: sent }, times);
    const quick = this.quick.linesOf({ kind: 'text', text: sent, utf8 }, times);
    assert.deepEqual(quick, careful, JSON.stringify(text));
  }
}

/** The same for one frame of a session. */
export function assertSame(text: string, times?: readonly number[]): void {
  new BothRecordings().assertSame(text, times);
}

class OneRecording {
  private readonly recording = new MemoryRecording();
  private readonly recorder = new Recorder(
    this.recording,
    { startedAt: 0, writer: 'test' },
    SILENT_LOGGER,
  );
  private readonly connection = this.recorder.open(0, CONNECTION);

  linesOf(body: FrameBody, times: readonly number[]): readonly string[] {
    const before = this.recording.lines.length;
    times.forEach((time, index) => {
      const direction = index % 2 === 0 ? 'receive' : 'send';
      this.recorder.frame(time, this.connection, { kind: 'websocket', direction, body });
    });
    return this.recording.lines.slice(before);
  }
}
