/** The folder of recordings: names them, lists them, and keeps the folder within its limits. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { ExpectedError, messageOf } from '../core/base/result';

const EXTENSION = '.wbtrace';
const MAX_LABEL = 60;
/** Name of the mark of a process that uses a recording: the recording's, then the process's number. */
const USE_MARK = /^(.+\.wbtrace)\.(\d+)-[0-9a-f]+\.use$/;
/** Another window may still write what was written to so lately. */
const RECENT_MS = 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What the folder may hold. A limit of 0 is none. */
export interface RetentionLimits {
  readonly maxBytes: number;
  readonly maxAgeDays: number;
  readonly maxCount: number;
}

export interface StoredRecording {
  readonly path: string;
  /** File name, for people. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** When it was last written, milliseconds since 1970. */
  readonly modifiedAt: number;
}

export interface Retention {
  readonly deleted: readonly StoredRecording[];
  /** What should have been deleted and could not be, and why, in sentences. */
  readonly problems: readonly string[];
}

export interface RecordingStore {
  readonly folder: string;
  /**
   * A path for a new recording that no file has yet: `2026-11-22 14-03-05 localhost.wbtrace`, in local time. Makes
   * the folder. Rejects with an `ExpectedError` when that is impossible.
   */
  newRecordingPath(startedAt: Date, label: string): Promise<string>;
  /** Newest first. */
  list(): Promise<readonly StoredRecording[]>;
  /**
   * Says to all windows that this process uses a recording (writes it, or shows it) until the returned function is
   * called: nobody deletes it then to keep the limits. Rejects when that cannot be written.
   */
  use(path: string): Promise<() => Promise<void>>;
  /**
   * Deletes the oldest until the limits hold. Spared are the paths in `inUse`, what a living process uses (see
   * {@link use}), and what was written to within the hour before `now` (milliseconds since 1970). These and the
   * newest count for the number of recordings and not for their size: one that is huge displaces no other.
   */
  retain(now: number, inUse: ReadonlySet<string>): Promise<Retention>;
  /** Deletes a recording and its companion files (its name followed by a further ending). */
  delete(path: string): Promise<void>;
}

export function createStore(folder: string, limits: RetentionLimits): RecordingStore {
  async function list(): Promise<readonly StoredRecording[]> {
    const names = await namesIn(folder);
    const found = await Promise.all(
      names.filter((name) => name.endsWith(EXTENSION)).map((name) => describe(folder, name)),
    );
    return found
      .filter((recording) => recording !== undefined)
      .sort((a, b) => b.modifiedAt - a.modifiedAt || b.name.localeCompare(a.name));
  }

  async function remove(path: string): Promise<void> {
    try {
      for (const name of await namesIn(folder)) {
        const candidate = join(folder, name);
        if (candidate === path || candidate.startsWith(`${path}.`)) {
          // Whoever used it may be taking its mark away at this moment.
          await rm(candidate, { force: true });
        }
      }
    } catch (error) {
      throw new ExpectedError(
        'recording-not-deleted',
        `The recording ${path} could not be deleted: ${messageOf(error)}`,
        { cause: error },
      );
    }
  }

  return {
    folder,
    list,
    delete: remove,

    async newRecordingPath(startedAt, label) {
      try {
        await mkdir(folder, { recursive: true });
        const taken = new Set((await namesIn(folder)).map((name) => name.toLowerCase()));
        const base = `${localTime(startedAt)} ${fileLabel(label)}`.trim();
        let name = `${base}${EXTENSION}`;
        for (let number = 2; taken.has(name.toLowerCase()); number++) {
          name = `${base} (${number})${EXTENSION}`;
        }
        return join(folder, name);
      } catch (error) {
        throw new ExpectedError(
          'no-recordings-folder',
          `The folder for recordings, ${folder}, cannot be used: ${messageOf(error)}`,
          { cause: error },
        );
      }
    },

    async use(path) {
      if (dirname(path) !== folder) {
        return () => Promise.resolve(); // Nobody deletes it to keep the limits.
      }
      const mark = `${path}.${process.pid}-${randomUUID().slice(0, 8)}.use`;
      await writeFile(mark, '');
      return () => rm(mark, { force: true });
    },

    async retain(now, inUse) {
      const deleted: StoredRecording[] = [];
      const problems: string[] = [];
      const recordings = await list();
      const used = new Set([...inUse, ...(await usedIn(folder))]);
      const isSpared = ({ path, modifiedAt }: StoredRecording): boolean =>
        used.has(path) || now - modifiedAt < RECENT_MS;
      for (const recording of beyondLimits(recordings, limits, now, isSpared)) {
        try {
          await remove(recording.path);
          deleted.push(recording);
        } catch (error) {
          problems.push(messageOf(error));
        }
      }
      return { deleted, problems };
    },
  };
}

/**
 * Those that are too old, and those that are too many or too much beside the newer ones that stay. What goes, is
 * spared, or is the newest takes no room from the others.
 */
function beyondLimits(
  newestFirst: readonly StoredRecording[],
  limits: RetentionLimits,
  now: number,
  isSpared: (recording: StoredRecording) => boolean,
): readonly StoredRecording[] {
  const oldest = limits.maxAgeDays === 0 ? -Infinity : now - limits.maxAgeDays * DAY_MS;
  let bytes = 0;
  return newestFirst
    .filter((recording, index) => {
      if (isSpared(recording)) {
        return false;
      }
      const size = index === 0 ? 0 : recording.size;
      const isBeyond =
        recording.modifiedAt < oldest ||
        (limits.maxCount > 0 && index >= limits.maxCount) ||
        (limits.maxBytes > 0 && bytes + size > limits.maxBytes);
      bytes += isBeyond ? 0 : size;
      return isBeyond;
    })
    .reverse();
}

/** Recordings that a living process uses, by the marks beside them; marks of processes that are gone are removed. */
async function usedIn(folder: string): Promise<readonly string[]> {
  const used: string[] = [];
  for (const name of await namesIn(folder)) {
    const [, recording, processId] = USE_MARK.exec(name) ?? [];
    if (recording === undefined) {
      continue;
    }
    if (isAlive(Number(processId))) {
      used.push(join(folder, recording));
    } else {
      await rm(join(folder, name), { force: true });
    }
  }
  return used;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0); // Signal 0 asks and does nothing.
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

/** Names in a folder; none where there is no folder. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return [];
    }
    throw error;
  }
}

/** Undefined for what is no file, or is gone by now. */
async function describe(folder: string, name: string): Promise<StoredRecording | undefined> {
  const path = join(folder, name);
  try {
    const state = await stat(path);
    return state.isFile() ? { path, name, size: state.size, modifiedAt: state.mtimeMs } : undefined;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** A colon is not allowed in a file name on Windows. */
function localTime(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join('-');
  return `${day} ${clock}`;
}

/** Letters, digits and a few marks: valid in file names everywhere, and nothing that hides or reorders text. */
function fileLabel(label: string): string {
  return Array.from(label.replace(/[^\p{L}\p{N} ._-]+/gu, '-'))
    .slice(0, MAX_LABEL)
    .join('')
    .replace(/^[ .-]+|[ .-]+$/g, '');
}
