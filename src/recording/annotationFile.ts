/**
 * The companion file with the bookmarks and notes of a recording: beside it, or in a folder of ours where that
 * cannot be written to. Written as a whole beside its place and renamed into it, so that nobody reads half of it.
 */
import { createHash, randomUUID } from 'node:crypto';
import { watch, type FSWatcher } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Annotation } from '../core/annotations/annotation';
import {
  MAX_NOTES_FILE,
  parseAnnotations,
  printAnnotations,
} from '../core/annotations/annotationFormat';
import { Emitter } from '../core/base/event';
import { ExpectedError, messageOf } from '../core/base/result';
import type { AnnotationFile } from '../session/annotationFile';

/** The file beside a recording. */
export function annotationPath(recording: string): string {
  return `${recording}.notes.json`;
}

/** Watches from the first listener's sight on; `folder` is for recordings in folders that are read-only. */
export function openAnnotationFile(recording: string, folder: string): AnnotationFile {
  const whole = resolve(recording);
  const beside = annotationPath(whole);
  const digest = createHash('sha256').update(whole).digest('hex').slice(0, 32);
  const inFolder = join(folder, `${digest}.notes.json`);
  const changed = new Emitter<void>();
  const watchers: FSWatcher[] = [];
  watchFile(beside, watchers, () => changed.fire());

  return {
    path: beside,
    onDidChange: changed.event,

    async read() {
      const found = await Promise.all([readNotes(beside), readNotes(inFolder)]);
      return found.flat();
    },

    async write(annotations) {
      try {
        await replace(beside, annotations);
        await rm(inFolder, { force: true });
      } catch (error) {
        if (!isReadOnly(error)) {
          throw error;
        }
        await mkdir(folder, { recursive: true });
        await replace(inFolder, annotations);
      }
    },

    dispose() {
      changed.dispose();
      watchers.forEach((watcher) => watcher.close());
    },
  };
}

/** Takes the notes of a recording along to where it was copied to, in place of those that are there. */
export async function copyAnnotations(from: string, to: string, folder: string): Promise<void> {
  const source = openAnnotationFile(from, folder);
  const target = openAnnotationFile(to, folder);
  try {
    await target.write(await source.read());
  } finally {
    source.dispose();
    target.dispose();
  }
}

/** Removes the notes of a recording that is there no more. */
export async function removeAnnotations(recording: string, folder: string): Promise<void> {
  const file = openAnnotationFile(recording, folder);
  try {
    await file.write([]);
  } finally {
    file.dispose();
  }
}

async function readNotes(path: string): Promise<readonly Annotation[]> {
  let text: string;
  try {
    if ((await stat(path)).size > MAX_NOTES_FILE) {
      throw notUnderstood(path, 'It is too large.');
    }
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return [];
    }
    throw error;
  }
  const read = parseAnnotations(text);
  if (!read.ok) {
    throw notUnderstood(path, read.error.message);
  }
  return read.value;
}

function notUnderstood(path: string, why: string): ExpectedError {
  return new ExpectedError(
    'notes-not-understood',
    `The notes in ${path} are left as they are and cannot be shown. ${why} Move the file away to begin anew.`,
  );
}

async function replace(path: string, annotations: readonly Annotation[]): Promise<void> {
  if (annotations.length === 0) {
    await rm(path, { force: true });
    return;
  }
  const written = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await writeFile(written, printAnnotations(annotations));
    await rename(written, path);
  } catch (error) {
    await rm(written, { force: true });
    throw error;
  }
}

/** Renaming into place makes another file of the name, so that it is the folder that is watched. */
function watchFile(path: string, watchers: FSWatcher[], onChange: () => void): void {
  const name = basename(path);
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_event, changed) => {
      if (changed === name) {
        onChange();
      }
    });
    // The folder went away, or its file system tells nothing: what others keep is read at the next change here.
    watcher.on('error', () => watcher.close());
    watchers.push(watcher);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) {
      throw new Error(`${path} cannot be watched: ${messageOf(error)}`, { cause: error });
    }
  }
}

function isReadOnly(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].some((code) => hasCode(error, code));
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
