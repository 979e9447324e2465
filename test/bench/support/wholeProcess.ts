import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A process from its start to its end. */
export interface WholeProcess {
  /** Wall time, as the parent sees it. */
  readonly ms: number;
  /** What it wrote to standard output. */
  readonly output: string;
}

/** Runs a program to its end. Rejects with what it said when it fails. */
export async function wholeProcess(file: string, args: readonly string[]): Promise<WholeProcess> {
  const start = performance.now();
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  let ms = 0;
  child.once('exit', () => (ms = performance.now() - start));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) {
    throw new Error(`${[file, ...args].join(' ')} ended with ${String(code)}: ${errors}${output}`);
  }
  return { ms, output };
}

/** The same for a script of ours in a Node of its own, which prints one object of JSON in its last line. */
export async function wholeScript(
  script: string,
  args: readonly string[],
): Promise<{ readonly ms: number; readonly result: unknown }> {
  const { ms, output } = await wholeProcess(process.execPath, [script, ...args]);
  return { ms, result: JSON.parse(output.trim().split('\n').at(-1) ?? '') };
}
