/** Small files beside a recording that say to other windows which process reads or writes it. */
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { hasCode, namesIn } from './folder';

/** The recording's name, then the process's number. */
const USE_MARK = /^(.+\.wbtrace)\.(\d+)-[0-9a-f]+\.(use|write)$/;

/** True for the name or path of a mark. */
export function isUseMark(name: string): boolean {
  return USE_MARK.test(name);
}

/** Marks a recording as used by this process, until the returned function is called. Rejects when that cannot be written. */
export async function markUse(path: string, how: 'read' | 'write'): Promise<() => Promise<void>> {
  const kind = how === 'write' ? 'write' : 'use';
  const mark = `${path}.${process.pid}-${randomUUID().slice(0, 8)}.${kind}`;
  await writeFile(mark, '');
  return () => rm(mark, { force: true });
}

/** Recordings that living processes read (`use`) and write, by the marks beside them; marks of those that are gone are removed. */
export async function marksIn(
  folder: string,
): Promise<{ readonly use: readonly string[]; readonly write: readonly string[] }> {
  const marks = { use: [] as string[], write: [] as string[] };
  for (const name of await namesIn(folder)) {
    const [, recording, processId, how] = USE_MARK.exec(name) ?? [];
    if (recording === undefined) {
      continue;
    }
    if (isAlive(Number(processId))) {
      marks[how === 'write' ? 'write' : 'use'].push(join(folder, recording));
    } else {
      await rm(join(folder, name), { force: true });
    }
  }
  return marks;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0); // Signal 0 asks and does nothing.
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}
