import { closeSync, openSync, writeSync } from 'node:fs';

const BLOCK = 1024 * 1024;

/** Writes a file of any size in large blocks, in constant memory. The caller closes it. */
export class BlockWriter {
  private readonly descriptor: number;
  private readonly block = Buffer.allocUnsafe(BLOCK);
  private used = 0;
  private written = 0;

  constructor(path: string) {
    this.descriptor = openSync(path, 'w', 0o600);
  }

  /** Bytes so far. */
  get size(): number {
    return this.written + this.used;
  }

  line(text: string): void {
    // A character takes three bytes at most.
    this.makeRoom(text.length * 3 + 1);
    this.used += this.block.write(text, this.used);
    this.block[this.used++] = 0x0a;
  }

  int32(value: number): void {
    this.makeRoom(4);
    this.used = this.block.writeInt32LE(value, this.used);
  }

  close(): void {
    this.flush();
    closeSync(this.descriptor);
  }

  private makeRoom(bytes: number): void {
    if (bytes > BLOCK) {
      throw new RangeError(`A line of generated traffic has ${bytes} bytes.`);
    }
    if (this.used + bytes > BLOCK) {
      this.flush();
    }
  }

  private flush(): void {
    for (let at = 0; at < this.used;) {
      at += writeSync(this.descriptor, this.block, at, this.used - at);
    }
    this.written += this.used;
    this.used = 0;
  }
}
