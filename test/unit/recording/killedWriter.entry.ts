/** Appends lines until it is killed; tells its parent which line was appended 50 ms ago. */
import { createRecordingWriter } from '../../../src/recording/recordingWriter';

async function run(path: string): Promise<void> {
  const writer = await createRecordingWriter(path);
  const appended: number[] = [];
  let line = 0;
  setInterval(() => {
    for (let burst = 0; burst < 100; burst++) {
      writer.append(`line ${line++}`);
    }
    appended.push(performance.now());
    if (line === 5000) {
      const due = performance.now() - 50;
      const bursts = appended.filter((at) => at <= due).length;
      process.send?.(bursts * 100 - 1);
    }
  }, 5);
}

void run(process.argv[2] ?? '');
