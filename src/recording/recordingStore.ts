/** The folder of recordings: names them, lists them, and keeps the folder within its limits. */
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ExpectedError, messageOf } from '../core/base/result';
import { annotationPath } from './annotationFile';
import { hasCode, namesIn } from './folder';
import { sidecarPath } from './indexKeeper';
import { isLeftPart } from './leftIndexes';
import { endsInOrder } from './recordingEnd';
import { isUseMark, markUse, marksIn } from './useMarks';

const EXTENSION = '.wbtrace';
const MAX_LABEL = 60;
const MAX_NAME = 120;
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
  /**
   * `written` by a living process, of whichever window; `ended` in order; else `unfinished`: what wrote it was killed.
   * An unfinished one is whole up to its last line.
   */
  readonly state: 'written' | 'ended' | 'unfinished';
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
  use(path: string, how?: 'read' | 'write'): Promise<() => Promise<void>>;
  /**
   * Deletes the oldest until the limits hold. Spared are the paths in `inUse`, what a living process uses (see
   * {@link use}), what has bookmarks or notes, and what was written to within the hour before `now` (milliseconds since
   * 1970). These and the newest count for the number of recordings and not for their size: one that is huge displaces no other. The index
   * beside a recording counts for its size. What is left of indexes without their recording is deleted too.
   */
  retain(now: number, inUse: ReadonlySet<string>): Promise<Retention>;
  /** Deletes a recording and its companion files (its name followed by a further ending). */
  delete(path: string): Promise<void>;
  /**
   * Gives a recording and its companion files another name, without its ending, and resolves with the new path. Rejects
   * with an `ExpectedError`, leaving all as it was, when the name cannot be had: taken, or no name for a file.
   */
  rename(path: string, name: string): Promise<string>;
}

/** What is wrong with the name of a recording, in words; undefined when it is one. */
export function nameProblem(name: string): string | undefined {
  if (name.trim() === '') {
    return 'Give it a name.';
  }
  const label = fileLabel(name, MAX_NAME);
  return label === name ? undefined : `Such a name is no file's everywhere. Possible is: ${label}`;
}

export function createStore(folder: string, limits: RetentionLimits): RecordingStore {
  async function list(): Promise<readonly StoredRecording[]> {
    const names = await namesIn(folder);
    const written = new Set((await marksIn(folder)).write);
    const found = await Promise.all(
      names
        .filter((name) => name.endsWith(EXTENSION))
        .map((name) => describe(join(folder, name), name, written)),
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

    async rename(path, name) {
      const target = join(dirname(path), `${name}${EXTENSION}`);
      const problem = nameProblem(name);
      const folderNames = await namesIn(dirname(path));
      const isTaken = folderNames.some(
        (other) => other.toLowerCase() === `${name}${EXTENSION}`.toLowerCase(),
      );
      if (problem !== undefined || (isTaken && target.toLowerCase() !== path.toLowerCase())) {
        throw new ExpectedError('name', problem ?? `There is another recording named ${name}.`);
      }
      const companions = folderNames
        .map((other) => join(dirname(path), other))
        .filter((other) => other.startsWith(`${path}.`) && !isUseMark(other));
      try {
        await rename(path, target);
        for (const companion of companions) {
          await rename(companion, `${target}${companion.slice(path.length)}`);
        }
      } catch (error) {
        throw new ExpectedError(
          'recording-not-renamed',
          `The recording ${path} could not be renamed: ${messageOf(error)}`,
          { cause: error },
        );
      }
      return target;
    },

    async use(path, how = 'read') {
      // Elsewhere nobody deletes it to keep the limits.
      return dirname(path) === folder ? markUse(path, how) : () => Promise.resolve();
    },

    async retain(now, inUse) {
      const deleted: StoredRecording[] = [];
      const problems: string[] = [];
      const recordings = await withIndexes(await list());
      const marks = await marksIn(folder);
      const used = new Set([...inUse, ...marks.use, ...marks.write]);
      const names = new Set(await namesIn(folder));
      // What people have written about a recording cannot be had again.
      const isSpared = ({ path, name, modifiedAt }: StoredRecording): boolean =>
        used.has(path) || now - modifiedAt < RECENT_MS || names.has(annotationPath(name));
      for (const recording of beyondLimits(recordings, limits, now, isSpared)) {
        try {
          await remove(recording.path);
          deleted.push(recording);
        } catch (error) {
          problems.push(messageOf(error));
        }
      }
      await removeLeftIndexes(folder, now, problems);
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

/** With the size of its index in that of each recording. */
function withIndexes(recordings: readonly StoredRecording[]): Promise<readonly StoredRecording[]> {
  return Promise.all(
    recordings.map(async (recording) => ({
      ...recording,
      size: recording.size + (await sizeOf(sidecarPath(recording.path))),
    })),
  );
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0; // It is not there.
  }
}

/** Indexes whose recording is gone, and what killed windows have left of one. */
async function removeLeftIndexes(folder: string, now: number, problems: string[]): Promise<void> {
  const names = await namesIn(folder);
  const recordings = new Set(names.filter((name) => name.endsWith(EXTENSION)));
  for (const name of names) {
    const end = name.indexOf(sidecarPath(EXTENSION));
    if (end < 0) {
      continue;
    }
    try {
      const age = now - (await stat(join(folder, name))).mtimeMs;
      const isAlone = !recordings.has(name.slice(0, end + EXTENSION.length)) && age > RECENT_MS;
      if (isAlone || isLeftPart(name, age)) {
        await rm(join(folder, name), { force: true });
      }
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) {
        problems.push(`${name} could not be deleted: ${messageOf(error)}`);
      }
    }
  }
}

/** Undefined for what is no file, or is gone by now. */
async function describe(
  path: string,
  name: string,
  written: ReadonlySet<string>,
): Promise<StoredRecording | undefined> {
  try {
    const file = await stat(path);
    if (!file.isFile()) {
      return undefined;
    }
    const { size, mtimeMs: modifiedAt } = file;
    const ended = (await endsInOrder(path, size)) ? 'ended' : 'unfinished';
    return { path, name, size, modifiedAt, state: written.has(path) ? 'written' : ended };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}

/** A colon is not allowed in a file name on Windows. */
function localTime(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join('-');
  return `${day} ${clock}`;
}

/** Letters, digits and a few marks: valid in file names everywhere, and nothing that hides or reorders text. */
function fileLabel(label: string, length = MAX_LABEL): string {
  return Array.from(label.replace(/[^\p{L}\p{N} ._-]+/gu, '-'))
    .slice(0, length)
    .join('')
    .replace(/^[ .-]+|[ .-]+$/g, '');
}
