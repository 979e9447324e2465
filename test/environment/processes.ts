import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import * as path from 'node:path';

/** How to run a program. */
export interface RunOptions {
  readonly cwd?: string;
  /** Added to this process's environment; undefined takes a variable away. */
  readonly env?: { readonly [name: string]: string | undefined };
  /** `inherit`: the program talks to the terminal. `capture`: what it says is returned. */
  readonly output?: 'inherit' | 'capture';
}

/** How a program ended. `output` is standard output and standard error as they came; empty when inherited. */
export interface RunResult {
  readonly code: number;
  readonly output: string;
}

/** Runs a program to its end. Rejects only when it cannot be started. */
export async function run(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const captured = options.output !== 'inherit';
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: captured ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') };
}

/** Runs a program that must succeed; throws an error with the end of what it said. */
export async function runOrThrow(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { code, output } = await run(file, args, options);
  if (code !== 0) {
    const command = [path.basename(file), ...args].join(' ');
    throw new Error(`${command} ended with ${String(code)}.\n${output.slice(-3000)}`);
  }
  return output;
}

/** npm's script, to be run by any Node: named by npm when it runs us, else beside Node. */
export function npmScript(): string {
  const folder = path.dirname(process.execPath);
  const candidates = [
    process.env['npm_execpath'] ?? '',
    path.join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(folder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const found = candidates.find((file) => file.endsWith('npm-cli.js') && existsSync(file));
  if (found === undefined) {
    throw new Error('npm was not found beside Node. Run this through npm, for example: npm test');
  }
  return found;
}

/** Ends a child process and waits until it is gone; kills it when it does not end within five seconds. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const gone = once(child, 'exit');
  const killer = setTimeout(() => child.kill('SIGKILL'), 5000);
  child.kill();
  await gone;
  clearTimeout(killer);
}
