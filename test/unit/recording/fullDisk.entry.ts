/** Appends more than may be written, and tells its parent what came of it. */
import { createRecordingWriter } from '../../../src/recording/recordingWriter';

async function run(path: string): Promise<void> {
  const writer = await createRecordingWriter(path);
  const failures: string[] = [];
  const failed = new Promise<void>((resolve) => {
    writer.onDidFail((error) => {
      failures.push(error.message);
      resolve();
    });
  });
  const line = 'x'.repeat(30_000);
  writer.append(line);
  writer.append(line);
  writer.append(line);
  await failed;
  const taken = writer.append(line);
  await writer.end();
  process.send?.({ failures, taken, dropped: writer.dropped });
}

void run(process.argv[2] ?? '');
