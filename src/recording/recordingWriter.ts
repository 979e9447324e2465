/**
 * Appends lines to a new recording. Lines are gathered and handed to the operating system in their order, at
 * most one write under way, so that `append` costs the caller no more than a push.
 *
 * Memory is bounded: what waits for the disk is at most {@link RecordingWriterOptions.maxPending} bytes and one
 * line, 4 MiB of records that say what was missed, and a few spare blocks of 1 MiB. Beyond that `append` refuses lines.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { Emitter } from '../core/base/event';
import { ExpectedError, messageOf } from '../core/base/result';
import type { LineWorth, RecordingWriter } from '../session/ports';
import { LineQueue } from './lineQueue';

/** Short enough to be well within 50 ms even when a write is under way, long enough to gather lines. */
const GATHER_MS = 20;
const WRITE_AT_ONCE = 256 * 1024;
const MAX_PENDING = 64 * 1024 * 1024;
/** Bytes beyond what may wait, by what a line is worth. The last records are two. */
const ROOM: { readonly [worth in LineWorth]: number } = {
  frame: 0,
  note: 0,
  control: 4 * 1024 * 1024,
  last: Infinity,
};
/** How often is looked whether the file still has a name: writing to a deleted one succeeds on POSIX. */
const PRESENCE_CHECK_MS = 1000;

export interface RecordingWriterOptions {
  /** Bytes that may wait for the disk before `append` refuses; 64 Mi unless told. */
  readonly maxPending?: number;
}

export interface FileRecordingWriter extends RecordingWriter {
  /** How many lines were not taken or not written, but for notes. */
  readonly dropped: number;
  /** False when the line was not taken: writing has failed or ended, or the disk is too far behind. */
  append(line: string | Uint8Array, worth?: LineWorth): boolean;
  /** Resolves when all that was appended before has reached the file, or cannot: for those who can wait. */
  drained(): Promise<void>;
}

/**
 * Creates the file, which must not exist yet and which only its owner can read. Rejects with an
 * `ExpectedError` when it cannot be created. Whoever calls this ends or disposes the writer.
 */
export async function createRecordingWriter(
  path: string,
  options: RecordingWriterOptions = {},
): Promise<FileRecordingWriter> {
  try {
    const file = await open(path, 'wx', 0o600);
    return new FileWriter(path, file, options.maxPending ?? MAX_PENDING);
  } catch (error) {
    throw new ExpectedError(
      'recording-not-created',
      `The recording ${path} could not be created: ${messageOf(error)}`,
      { cause: error },
    );
  }
}

class FileWriter implements FileRecordingWriter {
  private readonly queue = new LineQueue();
  private readonly failedEmitter = new Emitter<Error>();
  private readonly written = new Emitter<void>();
  private timer: NodeJS.Timeout | undefined;
  /** The writing under way; resolves when the queue was empty. */
  private writing: Promise<void> | undefined;
  private ending: Promise<void> | undefined;
  private failure: Error | undefined;
  private refused = 0;
  private checkedAt = performance.now();

  readonly onDidFail = this.failedEmitter.event;
  readonly onDidWrite = this.written.event;

  constructor(
    readonly path: string,
    private readonly file: FileHandle,
    private readonly maxPending: number,
  ) {}

  get dropped(): number {
    return this.refused;
  }

  append(line: string | Uint8Array, worth: LineWorth = 'frame'): boolean {
    const most = this.maxPending + ROOM[worth];
    const full = this.queue.size + line.length > most && this.queue.count > 0;
    if (full || this.failure !== undefined || this.ending !== undefined) {
      this.refused += worth === 'note' ? 0 : 1;
      return false;
    }
    this.queue.push(line);
    if (this.queue.size >= WRITE_AT_ONCE) {
      this.flush();
    } else {
      this.schedule();
    }
    return true;
  }

  end(): Promise<void> {
    this.ending ??= this.finish();
    return this.ending;
  }

  /** Like {@link end}, for those who cannot wait. */
  dispose(): void {
    void this.end();
  }

  async drained(): Promise<void> {
    while (this.queue.count > 0) {
      this.flush();
      await this.writing;
    }
    await this.writing;
  }

  /** Never rejects: what goes wrong has been told through `onDidFail`. */
  private async finish(): Promise<void> {
    await this.drained();
    try {
      await this.file.close();
    } catch (error) {
      this.fail(error);
    }
    this.failedEmitter.dispose();
    this.written.dispose();
  }

  private schedule(): void {
    if (this.timer === undefined && this.writing === undefined && this.queue.count > 0) {
      this.timer = setTimeout(() => this.flush(), GATHER_MS);
    }
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing ??= this.writeAll().finally(() => {
      this.writing = undefined;
      this.schedule(); // For what came after the queue was found empty.
    });
  }

  private async writeAll(): Promise<void> {
    for (let blocks = this.queue.take(); blocks.length > 0; blocks = this.queue.take()) {
      try {
        await this.write(blocks);
        await this.checkPresence();
      } catch (error) {
        this.fail(error);
        return;
      }
      this.queue.release();
      this.written.fire();
    }
  }

  private async write(blocks: readonly Uint8Array[]): Promise<void> {
    let rest = blocks;
    while (rest.length > 0) {
      const { bytesWritten } = await this.file.writev(rest);
      rest = behind(rest, bytesWritten);
    }
  }

  private async checkPresence(): Promise<void> {
    const now = performance.now();
    if (now - this.checkedAt > PRESENCE_CHECK_MS) {
      this.checkedAt = now;
      if ((await this.file.stat()).nlink === 0) {
        throw new Error('the file was deleted');
      }
    }
  }

  private fail(error: unknown): void {
    if (this.failure === undefined) {
      this.failure = new ExpectedError(
        'recording-not-written',
        `The recording ${this.path} can no longer be written: ${messageOf(error)}`,
        { cause: error },
      );
      this.refused += this.queue.clear();
      this.failedEmitter.fire(this.failure);
    }
  }
}

/** What of the blocks stands behind their first `count` bytes: a system may write less than it is given. */
function behind(blocks: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  let skipped = 0;
  return blocks.flatMap((block) => {
    const cut = Math.min(block.length, Math.max(0, count - skipped));
    skipped += block.length;
    return cut === block.length ? [] : [block.subarray(cut)];
  });
}
