/**
 * Appends lines until it is killed; tells its parent which line was appended a second ago: twenty
 * times what a flush may take, since other processes may have this machine for a while.
 */
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
    if (line === 40_000) {
      const due = performance.now() - 1000;
      const bursts = appended.filter((at) => at <= due).length;
      process.send?.(bursts * 100 - 1);
    }
  }, 5);
}

void run(process.argv[2] ?? '');
