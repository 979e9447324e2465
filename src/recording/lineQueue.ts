/** Lines on their way to a file: taken as text, given out as UTF-8 in blocks that end anywhere. */
const BLOCK_SIZE = 1024 * 1024;
/** UTF-8 needs at most three bytes for a UTF-16 unit. */
const MAX_BYTES_PER_UNIT = 3;
const COMPACT_AFTER = 8192;

export class LineQueue {
  private lines: string[] = [];
  private first = 0;
  private readonly block = Buffer.allocUnsafe(BLOCK_SIZE);
  /** What is left of a line that is longer than a block. */
  private rest: Buffer | undefined;
  private units = 0;
  private taken = { lines: 0, units: 0 };

  /** Characters that are in memory: waiting, or taken and not released. */
  get size(): number {
    return this.units;
  }

  /** Lines that are waiting, or taken and not released. */
  get count(): number {
    return this.lines.length - this.first + this.taken.lines;
  }

  push(line: string): void {
    this.lines.push(line);
    this.units += line.length;
  }

  /** The next block, at most 1 MiB, valid until {@link release}; undefined when nothing waits. */
  take(): Uint8Array | undefined {
    if (this.rest === undefined) {
      const length = this.fill();
      if (length > 0) {
        return this.block.subarray(0, length);
      }
      this.rest = this.longLine();
    }
    const part = this.rest?.subarray(0, BLOCK_SIZE);
    this.rest =
      this.rest !== undefined && this.rest.length > BLOCK_SIZE
        ? this.rest.subarray(BLOCK_SIZE)
        : undefined;
    return part;
  }

  /** Says that the block that was taken is written. */
  release(): void {
    if (this.rest === undefined) {
      this.units -= this.taken.units;
      this.taken = { lines: 0, units: 0 };
    }
  }

  /** Forgets everything, and returns how many lines that were. */
  clear(): number {
    const count = this.count;
    this.lines = [];
    this.first = 0;
    this.rest = undefined;
    this.units = 0;
    this.taken = { lines: 0, units: 0 };
    return count;
  }

  /** Puts as many whole lines into the block as surely fit; returns their bytes. */
  private fill(): number {
    let length = 0;
    for (let line = this.lines[this.first]; line !== undefined; line = this.lines[this.first]) {
      if (length + line.length * MAX_BYTES_PER_UNIT + 1 > BLOCK_SIZE) {
        break;
      }
      length += this.block.write(line, length, 'utf8');
      this.block[length++] = 0x0a;
      this.shift(line);
    }
    return length;
  }

  private longLine(): Buffer | undefined {
    const line = this.lines[this.first];
    if (line === undefined) {
      return undefined;
    }
    this.shift(line);
    return Buffer.from(`${line}\n`, 'utf8');
  }

  private shift(line: string): void {
    this.taken = { lines: this.taken.lines + 1, units: this.taken.units + line.length };
    this.first++;
    // Now and then, so that lines that are gone do not stay in memory while others keep coming.
    if (this.first === this.lines.length || this.first >= COMPACT_AFTER) {
      this.lines = this.lines.slice(this.first);
      this.first = 0;
    }
  }
}
