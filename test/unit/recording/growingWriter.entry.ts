/** Writes a recording of so many frames, some of them longer than a block, a few at a time. */
import { Recorder } from '../../../src/session/recorder';
import { createRecordingWriter } from '../../../src/recording/recordingWriter';
import { systemClock as clock } from '../../../src/transport/systemClock';
import { SILENT_LOGGER } from '../../support/fakeClock';

async function run(path: string, count: number): Promise<void> {
  const writer = await createRecordingWriter(path);
  const startedAt = clock.now();
  const recorder = new Recorder(writer, { startedAt, writer: 'test' }, SILENT_LOGGER);
  const connection = recorder.open(startedAt, {
    dialect: 'platform-sdk-json',
    server: 'ws://127.0.0.1:1/',
    application: 'Test',
  });
  process.send?.('open');
  for (let index = 0; index < count; index++) {
    const text = JSON.stringify({
      messageName: 'EventAck',
      referenceId: index,
      extension: { text: 'ü'.repeat(index % 20 === 0 ? 700_000 : 300) },
    });
    const frame = {
      kind: 'websocket',
      direction: 'receive',
      body: { kind: 'text', text },
    } as const;
    recorder.frame(clock.now(), connection, frame);
    if (index % 5 === 0) {
      await new Promise((resolve) => writer.onDidWrite(() => resolve(undefined)));
    }
  }
  await recorder.end(clock.now());
  process.disconnect();
}

void run(process.argv[2] ?? '', Number(process.argv[3]));
