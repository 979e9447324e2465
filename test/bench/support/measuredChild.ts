import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs a script of ours in a Node of its own, which prints one line of JSON when done; resolves with that.
 * Rejects with what it printed when it ends otherwise.
 */
export async function runMeasured<T>(script: string, args: readonly string[]): Promise<T> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const [code] = (await once(child, 'close')) as [number | null];
  const last = output.trim().split('\n').at(-1) ?? '';
  if (code !== 0 || !last.startsWith('{')) {
    throw new Error(`${script} ended with ${String(code)}: ${errors}${output}`);
  }
  return JSON.parse(last) as T;
}
