/**
 * Scans ranges of a recording in a thread of its own. It ends by itself, with an error, when anything goes wrong:
 * whoever asked then reads by itself, and tells what is to be told.
 */
import { fstatSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { RangeScanner } from './rangeScanner';
import type { ScanAnswer, ScanRequest, ScanStart } from './scanMessages';

function start({ path, device, inode, reached }: ScanStart): void {
  const file = openSync(path, 'r');
  const { dev, ino } = fstatSync(file, { bigint: true });
  if (dev !== device || ino !== inode) {
    throw new Error('This is another file.');
  }
  const scanner = new RangeScanner((target, offset) => {
    let length = 0;
    while (length < target.length) {
      const more = readSync(file, target, length, target.length - length, offset + length);
      if (more === 0) {
        break;
      }
      length += more;
    }
    return length;
  });
  parentPort?.on('message', ({ part, from, to, spare }: ScanRequest) => {
    const isLate = Atomics.load(reached, 0) >= part;
    const range = isLate ? undefined : scanner.scan(from, to, spare);
    answer({ kind: 'scanned', range }, range === undefined ? [] : [range.block.buffer]);
  });
  answer({ kind: 'ready' }, []);
}

function answer(message: ScanAnswer, buffers: readonly ArrayBuffer[]): void {
  parentPort?.postMessage(message, buffers);
}

// Only our own reader starts this.
start(workerData as ScanStart);
