/** Keeps the folder of kept indexes small: recordings are deleted and moved without anybody telling it. */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn } from './folder';

const HOUR_MS = 60 * 60 * 1000;
/** An index that nobody has used for so long is made again, should its recording still be there. */
const UNUSED_MS = 30 * 24 * HOUR_MS;
const MAX_BYTES = 1024 * 1024 * 1024;
const INDEX = '.index';
const PART = '.part';

/** Whether a file is an index that was being written when its window was killed. `age` in milliseconds. */
export function isLeftPart(name: string, age: number): boolean {
  return name.endsWith(PART) && name.includes(INDEX) && age > HOUR_MS;
}

/**
 * Deletes what windows that were killed have left of indexes, indexes that nobody has used for a month, and the
 * longest unused beyond 1 GiB. `now`: milliseconds since 1970. Rejects when the folder cannot be read or written.
 */
export async function tidyIndexes(folder: string, now: number): Promise<void> {
  const files = await Promise.all(
    (await namesIn(folder)).map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name));
      return { name, size, age: now - mtimeMs };
    }),
  );
  let bytes = 0;
  for (const { name, size, age } of files.sort((one, other) => one.age - other.age)) {
    const isIndex = name.endsWith(INDEX);
    bytes += isIndex ? size : 0;
    if (isLeftPart(name, age) || (isIndex && (age > UNUSED_MS || bytes > MAX_BYTES))) {
      await rm(join(folder, name), { force: true });
    }
  }
}
