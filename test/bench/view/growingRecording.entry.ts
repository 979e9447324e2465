/** `write RECORDING MORE FRAMES`, then `append RECORDING MORE RATE`: see growingRecording.ts. */
import fs from 'node:fs';
import { writeTraffic } from '../../support/generateTraffic';

/** Frames kept back, to be appended later. */
const MORE_FRAMES = 20_000;
const TICK_MS = 20;
const NEWLINE = 10;

const [, , what, recording = '', more = '', count = ''] = process.argv;
if (what === 'write') {
  write(Number(count));
} else {
  append(Number(count));
}

function write(frames: number): void {
  writeTraffic(recording, frames + MORE_FRAMES);
  const { size } = fs.statSync(recording);
  const file = fs.openSync(recording, 'r+');
  // The last lines: a frame has 1.3 kB on the average.
  const tail = Buffer.alloc(Math.min(size, MORE_FRAMES * 2500));
  fs.readSync(file, tail, 0, tail.length, size - tail.length);
  let cut = tail.length - 1;
  for (let lines = 0; lines < MORE_FRAMES && cut > 0; lines++) {
    cut = tail.lastIndexOf(NEWLINE, cut - 1);
  }
  fs.writeFileSync(more, tail.subarray(cut + 1));
  fs.ftruncateSync(file, size - tail.length + cut + 1);
  fs.closeSync(file);
  process.stdout.write('{}\n');
}

/** Takes the lines from the front of MORE as it appends them, so that the next time goes on there. */
function append(rate: number): void {
  const lines = fs.readFileSync(more);
  const state = `${more}.at`;
  let at = fs.existsSync(state) ? Number(fs.readFileSync(state, 'utf8')) : 0;
  const file = fs.openSync(recording, 'a');
  const began = performance.now();
  let done = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) * rate) / 1000);
    let end = at;
    while (done < due && end < lines.length) {
      end = lines.indexOf(NEWLINE, end) + 1;
      done++;
    }
    if (end === lines.length) {
      clearInterval(timer);
    }
    fs.writeSync(file, lines.subarray(at, end));
    at = end;
    fs.writeFileSync(state, String(at));
    process.stdout.write('.');
  }, TICK_MS);
}
