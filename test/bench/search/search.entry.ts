/** One search of a whole recording: `search.entry FILE TEXT`; prints `{"lines"}`. */
import fs from 'node:fs';
import { NEVER_CANCELLED } from '../../../src/core/base/cancellation';
import { RecordingFile } from '../../../src/recording/recordingFile';
import { searchLines } from '../../../src/recording/search/searchLines';

async function main(path: string | undefined, text: string | undefined): Promise<void> {
  if (path === undefined || text === undefined) {
    throw new Error('Say in which file, and what to look for.');
  }
  const file = new RecordingFile(path);
  const range = { from: 0, to: fs.statSync(path).size };
  let lines = 0;
  await searchLines(
    file,
    [text],
    range,
    (offsets) => {
      lines += offsets.length;
    },
    NEVER_CANCELLED,
  );
  file.close();
  process.stdout.write(`${JSON.stringify({ lines })}\n`);
}

main(process.argv[2], process.argv[3]).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
