import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { inCache } from './paths';

/**
 * Makes an empty folder in the cache that belongs to this process: `<name>.<pid>.<number>`.
 * Folders of the same name whose process was killed are removed first. The caller removes its own.
 */
export function freshFolder(name: string): string {
  mkdirSync(inCache(), { recursive: true });
  let number = 1;
  for (const found of readdirSync(inCache())) {
    const [, pid, taken] = new RegExp(`^${name}\\.(\\d+)\\.(\\d+)$`).exec(found) ?? [];
    if (pid !== undefined && Number(pid) === process.pid) {
      number = Math.max(number, Number(taken) + 1);
    } else if (pid !== undefined && !isRunning(Number(pid))) {
      removeFolder(inCache(found));
    }
  }
  const folder = inCache(`${name}.${String(process.pid)}.${String(number)}`);
  mkdirSync(folder);
  return folder;
}

/** Removes a folder with everything in it; also while a process is still letting go of its files, or writes a last one. */
export function removeFolder(folder: string): void {
  for (let left = 5; ; left--) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      return;
    } catch (error) {
      if (left === 0 || (error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') {
        throw error;
      }
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
