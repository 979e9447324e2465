/** Reads any part of a file that does not change, with the blocks that were read last kept in memory. */
import { open, type FileHandle } from 'node:fs/promises';
import { ExpectedError, messageOf } from '../../core/base/result';

const BLOCK = 1024 * 1024;
/** What is handed out at a time when all is read: little enough to be looked at in a moment. */
const CHUNK = BLOCK / 8;
/** Parts are read in their order but for a few that jump between old and new ones. */
const MAX_BLOCKS = 8;

/** Owns the file handle until closed. */
export class FileBlocks {
  private readonly blocks = new Map<number, Buffer>();

  private constructor(
    private readonly file: FileHandle,
    readonly size: number,
  ) {}

  /** Rejects with an `ExpectedError` when the file cannot be read. */
  static async open(path: string): Promise<FileBlocks> {
    try {
      const file = await open(path, 'r');
      const { size } = await file.stat();
      return new FileBlocks(file, size);
    } catch (error) {
      throw new ExpectedError(
        'har-not-readable',
        `The file ${path} could not be read: ${messageOf(error)}`,
        { cause: error },
      );
    }
  }

  /** All chunks of the file in their order. */
  async *chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < this.size; at += CHUNK) {
      const chunk = await this.bytes(at, Math.min(at + CHUNK, this.size));
      if (chunk.length === 0) {
        return; // It was made shorter while we read.
      }
      yield chunk;
    }
  }

  async text(start: number, end: number): Promise<string> {
    return (await this.bytes(start, end)).toString('utf8');
  }

  async close(): Promise<void> {
    this.blocks.clear();
    await this.file.close();
  }

  private async bytes(start: number, end: number): Promise<Buffer> {
    const first = Math.floor(start / BLOCK);
    if (end <= (first + 1) * BLOCK) {
      const block = await this.block(first);
      return block.subarray(start - first * BLOCK, end - first * BLOCK);
    }
    const bytes = Buffer.alloc(end - start);
    const length = await this.fill(bytes, start);
    return bytes.subarray(0, length);
  }

  private async block(index: number): Promise<Buffer> {
    let block = this.blocks.get(index);
    if (block === undefined) {
      const bytes = Buffer.alloc(Math.min(BLOCK, this.size - index * BLOCK));
      block = bytes.subarray(0, await this.fill(bytes, index * BLOCK));
    }
    this.blocks.delete(index);
    this.blocks.set(index, block);
    if (this.blocks.size > MAX_BLOCKS) {
      const [oldest] = this.blocks.keys();
      this.blocks.delete(oldest ?? index);
    }
    return block;
  }

  /** Reads until the buffer is full or the file ends; returns the number of bytes. */
  private async fill(bytes: Buffer, offset: number): Promise<number> {
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await this.file.read(
        bytes,
        length,
        bytes.length - length,
        offset + length,
      );
      if (bytesRead === 0) {
        break;
      }
      length += bytesRead;
    }
    return length;
  }
}
