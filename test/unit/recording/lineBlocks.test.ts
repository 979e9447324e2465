import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { NEVER_CANCELLED } from '../../../src/core/base/cancellation';
import { lineBlocks } from '../../../src/recording/lineBlocks';
import { RecordingFile } from '../../../src/recording/recordingFile';
import { temporaryFolder } from '../../support/recordings';

/** Text of the blocks, or their kind, with their offset. */
async function blocksOf(
  path: string,
  start: number,
  maxLength: number,
): Promise<readonly (readonly [offset: number, text: string])[]> {
  const file = new RecordingFile(path);
  const found: (readonly [number, string])[] = [];
  const { size } = await file.state();
  for await (const block of lineBlocks(file, start, size, maxLength, NEVER_CANCELLED)) {
    found.push([
      block.offset,
      block.kind === 'lines' ? block.bytes.toString('utf8', 0, block.length) : block.kind,
    ]);
  }
  file.close();
  return found;
}

describe('lineBlocks', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('gives whole lines, and leaves what has no line end yet', async () => {
    const path = join(folder.path, 'small');
    const file = await open(path, 'w');
    await file.write('skipped\nfirst\nsecond\nunfinished');
    await file.close();
    assert.deepEqual(await blocksOf(path, 8, 100), [[8, 'first\nsecond\n']]);
  });

  it('gives a line that is longer than a block alone, and none that is longer than allowed', async () => {
    const path = join(folder.path, 'long');
    const long = 'x'.repeat(600_000);
    const file = await open(path, 'w');
    await file.write(`a\n${long}\nb\n${long}x\nc\n${long}`);
    await file.close();
    assert.deepEqual(await blocksOf(path, 0, 600_000), [
      [0, 'a\n'],
      [2, `${long}\n`],
      [600_003, 'b\n'],
      [600_005, 'too-long'],
      [1_200_007, 'c\n'],
    ]);
  });

  it('reads behind 4 GiB', async function () {
    if (process.platform === 'win32') {
      this.skip(); // Files have no holes there unless asked for.
    }
    const path = join(folder.path, 'huge');
    const start = 4.5 * 1024 ** 3;
    const file = await open(path, 'w');
    await file.write('first\nsecond\n', start);
    await file.close();
    assert.deepEqual(await blocksOf(path, start + 6, 100), [[start + 6, 'second\n']]);
  });
});
