/**
 * The file of a recording, opened for reading: positional reads, and whether it is still the same file. Every
 * failure is an `ExpectedError` that names the file.
 */
import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { ExpectedError, messageOf } from '../core/base/result';

export interface FileState {
  /** Bytes. */
  readonly size: number;
  /** When it was last written, milliseconds since 1970. */
  readonly modifiedAt: number;
  /** Which file it is: no other one on this machine has both numbers. */
  readonly device: bigint;
  readonly inode: bigint;
}

export class RecordingFile {
  private handle: Promise<FileHandle> | undefined;
  private ready: FileHandle | undefined;
  private closed = false;
  readonly name: string;

  constructor(readonly path: string) {
    this.name = basename(path);
  }

  /** Fails with `recording-changed` when another file has taken this one's place. */
  async state(): Promise<FileState> {
    const handle = await this.opened();
    const [own, named] = await this.guard(() =>
      Promise.all([handle.stat({ bigint: true }), stat(this.path, { bigint: true })]),
    );
    if (own.ino !== named.ino || own.dev !== named.dev) {
      throw this.changed();
    }
    return {
      size: Number(own.size),
      modifiedAt: Number(own.mtimeNs) / 1e6,
      device: own.dev,
      inode: own.ino,
    };
  }

  /**
   * Fills `target` from `offset` on; resolves with the number of bytes, fewer only at the end of the file. Once
   * the file is open the reading begins at once, not when the caller waits for it.
   */
  read(target: Uint8Array, offset: number): Promise<number> {
    const { ready } = this;
    return this.guard(async () =>
      fill(ready !== undefined && !this.closed ? ready : await this.opened(), target, offset),
    );
  }

  changed(): ExpectedError {
    return new ExpectedError(
      'recording-changed',
      `${this.name} has been replaced or cut on disk. Close it and open it again.`,
    );
  }

  close(): void {
    this.closed = true;
    // A handle that could not be opened or closed leaves nothing to do.
    this.handle?.then((handle) => handle.close()).catch(() => undefined);
  }

  private async opened(): Promise<FileHandle> {
    if (this.closed) {
      throw new ExpectedError('recording-closed', `${this.name} has been closed.`);
    }
    this.handle ??= this.guard(() => open(this.path, 'r'));
    this.ready = await this.handle;
    return this.ready;
  }

  private async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      throw new ExpectedError(
        'recording-unreadable',
        isGone
          ? `${this.name} is not there (any more). It may have been moved or deleted.`
          : `${this.name} cannot be read: ${messageOf(error)}`,
        {
          cause: error,
        },
      );
    }
  }
}

async function fill(handle: FileHandle, target: Uint8Array, offset: number): Promise<number> {
  let length = 0;
  while (length < target.length) {
    const { bytesRead } = await handle.read(
      target,
      length,
      target.length - length,
      offset + length,
    );
    if (bytesRead === 0) {
      break;
    }
    length += bytesRead;
  }
  return length;
}
