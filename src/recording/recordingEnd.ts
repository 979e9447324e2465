import { open } from 'node:fs/promises';

/** The last record is a few numbers: its line stands in this many bytes, also where something torn follows it. */
const TAIL_BYTES = 4096;
const END = '{"kind":"end"';

/** True when the last whole line of a recording of `size` bytes ends it in order. Rejects when it cannot be read. */
export async function endsInOrder(path: string, size: number): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const length = Math.min(size, TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(length),
      0,
      length,
      Math.max(0, size - length),
    );
    const lines = buffer.toString('latin1', 0, bytesRead).split('\n');
    return lines.at(-2)?.startsWith(END) === true;
  } finally {
    await file.close();
  }
}
