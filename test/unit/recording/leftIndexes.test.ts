import assert from 'node:assert/strict';
import { readdirSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tidyIndexes } from '../../../src/recording/leftIndexes';
import { temporaryFolder } from '../../support/recordings';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

describe('the folder of kept indexes', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('loses what is unused for a month or too much, and what killed windows have left', async () => {
    /** A file without content takes no room on disk, whatever its size. */
    const file = (name: string, age: number, size: number): void => {
      const path = join(folder.path, name);
      writeFileSync(path, '');
      truncateSync(path, size);
      utimesSync(path, (NOW - age) / 1000, (NOW - age) / 1000);
    };
    file('new.index', HOUR, 300_000_000);
    file('large.index', DAY, 700_000_000);
    file('beyond.index', 2 * DAY, 100_000_000);
    file('old.index', 31 * DAY, 10);
    file('written.index.00000001.part', HOUR / 2, 10);
    file('left.index.00000002.part', 2 * HOUR, 10);
    file('else.txt', 31 * DAY, 10);
    await tidyIndexes(folder.path, NOW);
    const left = ['else.txt', 'large.index', 'new.index', 'written.index.00000001.part'];
    assert.deepEqual(readdirSync(folder.path).sort(), left);
    await tidyIndexes(join(folder.path, 'not there'), NOW);
  });
});
