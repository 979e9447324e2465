/** One measurement of opening: `trace FILE` or `parse FILE`; prints `{"ms","messages"}`. */
import fs from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { openRecordingReader } from '../../../src/recording/recordingReader';
import { Trace } from '../../../src/session/trace';

async function trace(file: string): Promise<number> {
  const opened = new Trace(openRecordingReader(file), { answerTimeLimitMs: 10_000 });
  await opened.read();
  const { messages } = opened.status;
  opened.dispose();
  return messages;
}

/** The baseline: reads blocks, splits lines, parses each; keeps nothing. */
function parse(file: string): number {
  const block = Buffer.alloc(256 * 1024);
  const descriptor = fs.openSync(file, 'r');
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let frames = 0;
  for (let size = 1; size > 0;) {
    size = fs.readSync(descriptor, block);
    const lines = (rest + decoder.write(block.subarray(0, size))).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const record = JSON.parse(line) as { readonly kind: string };
      frames += record.kind === 'frame' ? 1 : 0;
    }
  }
  fs.closeSync(descriptor);
  return frames;
}

async function main(what: string | undefined, file: string | undefined): Promise<void> {
  if (file === undefined) {
    throw new Error('Say what to do, and with which file.');
  }
  const start = performance.now();
  const messages = what === 'trace' ? await trace(file) : parse(file);
  const ms = performance.now() - start;
  process.stdout.write(`${JSON.stringify({ ms, messages })}\n`);
}

main(process.argv[2], process.argv[3]).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
