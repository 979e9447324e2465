/**
 * Lines on their way to a file: taken as text or as UTF-8, kept and given out as UTF-8 in blocks that end with a line.
 *
 * Text is encoded at once: thousands of strings that wait for a disk are what a garbage collector finds
 * dearest, and bytes in a block are nothing to it.
 */
const BLOCK_SIZE = 1024 * 1024;
/** UTF-8 needs at most three bytes for a UTF-16 unit. */
const MAX_BYTES_PER_UNIT = 3;
/** Bytes that are given out in one go: enough for one write in a turn of the event loop to keep up with a socket. */
const TAKEN_AT_ONCE = 16 * BLOCK_SIZE;
/** Blocks that are kept to be filled again: what a burst fills during one write. New memory costs more than to write it. */
const SPARE_BLOCKS = 8;
const LINE_END = 0x0a;

interface Block {
  readonly bytes: Buffer;
  /** Bytes that are filled. */
  length: number;
  /** Lines in it. */
  lines: number;
}

export class LineQueue {
  /** In order; the last one is being filled. */
  private blocks: Block[] = [];
  /** Blocks at the beginning that are given out. */
  private taken = 0;
  private readonly spare: Block[] = [];
  private bytes = 0;
  private lines = 0;

  /** Bytes that are in memory: waiting, or taken and not released. */
  get size(): number {
    return this.bytes;
  }

  /** Lines that are waiting, or taken and not released. */
  get count(): number {
    return this.lines;
  }

  /** Bytes are copied. */
  push(line: string | Uint8Array): void {
    const block = this.blockFor(line);
    const before = block.length;
    if (typeof line === 'string') {
      block.length += block.bytes.write(line, before, 'utf8');
    } else {
      block.bytes.set(line, before);
      block.length += line.length;
    }
    block.bytes[block.length++] = LINE_END;
    block.lines++;
    this.lines++;
    this.bytes += block.length - before;
  }

  /**
   * What waits, in blocks, 16 MiB or one longer line at most; none when nothing waits. They are valid until
   * {@link release}, which must come before the next call.
   */
  take(): readonly Uint8Array[] {
    const given: Uint8Array[] = [];
    let size = 0;
    for (const { bytes, length } of this.blocks) {
      if (size > 0 && size + length > TAKEN_AT_ONCE) {
        break;
      }
      size += length;
      given.push(bytes.subarray(0, length));
    }
    this.taken = given.length;
    return given;
  }

  /** Says that what was taken is written. */
  release(): void {
    for (const block of this.blocks.splice(0, this.taken)) {
      this.bytes -= block.length;
      this.lines -= block.lines;
      if (block.bytes.length === BLOCK_SIZE && this.spare.length < SPARE_BLOCKS) {
        block.length = 0;
        block.lines = 0;
        this.spare.push(block);
      }
    }
    this.taken = 0;
  }

  /** Forgets everything, and returns how many lines that were. */
  clear(): number {
    const count = this.lines;
    this.blocks = [];
    this.taken = 0;
    this.bytes = 0;
    this.lines = 0;
    return count;
  }

  /** A block with room for the line. */
  private blockFor(line: string | Uint8Array): Block {
    const most = line.length * (typeof line === 'string' ? MAX_BYTES_PER_UNIT : 1) + 1;
    // What is given out may be read by a write under way, and is not filled further.
    const last = this.blocks.length > this.taken ? this.blocks.at(-1) : undefined;
    if (last !== undefined && last.length + most <= last.bytes.length) {
      return last;
    }
    const block = (most <= BLOCK_SIZE ? this.spare.pop() : undefined) ?? {
      // A line that may not fit gets a block of its own, of just the size that it needs.
      bytes: Buffer.allocUnsafeSlow(most <= BLOCK_SIZE ? BLOCK_SIZE : Buffer.byteLength(line) + 1),
      length: 0,
      lines: 0,
    };
    this.blocks.push(block);
    return block;
  }
}
