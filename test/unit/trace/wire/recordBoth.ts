/** Records frames twice: with their text, and with the bytes that a socket gives. */
import assert from 'node:assert/strict';
import { Recorder } from '../../../../src/session/recorder';
import { SILENT_LOGGER } from '../../../support/fakeClock';
import { MemoryRecording } from '../../../support/memoryRecording';

const CONNECTION = {
  dialect: 'platform-sdk-json',
  server: 'ws://127.0.0.1:7001/',
  application: 'Desktop',
} as const;

/** Asserts that both recordings of the frame, passed at each of these times, are the same letter for letter. */
export function assertSame(text: string, times: readonly number[] = [0]): void {
  // What a socket gives is what UTF-8 can hold.
  const sent = Buffer.from(text, 'utf8').toString('utf8');
  const [careful, quick] = [{}, { utf8: Buffer.from(sent, 'utf8') }].map((bytes) => {
    const recording = new MemoryRecording();
    const recorder = new Recorder(recording, { startedAt: 0, writer: 'test' }, SILENT_LOGGER);
    const connection = recorder.open(0, CONNECTION);
    times.forEach((time, index) => {
      const direction = index % 2 === 0 ? 'receive' : 'send';
      const body = { kind: 'text', text: sent, ...bytes } as const;
      recorder.frame(time, connection, { kind: 'websocket', direction, body });
    });
    return recording.lines;
  });
  assert.deepEqual(quick, careful, JSON.stringify(text));
}
