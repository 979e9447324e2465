import { execFile } from 'node:child_process';
import os from 'node:os';
import { promisify } from 'node:util';

/** What belongs to the figures and is none: to standard error, so that `--json` stays one object a figure. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** The machine and what runs on it; `others`: versions of what is compared with, by name. */
export function noteMachine(others: { readonly [name: string]: string }): void {
  const cores = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const system = `${os.type()} ${os.release()} ${process.arch}`;
  const versions = Object.entries({ node: process.version, ...others });
  note(
    `${cores[0]?.model ?? 'unknown processor'}, ${cores.length} cores, ${memory} GiB, ${system}; ` +
      versions.map(([name, version]) => `${name} ${version}`).join(', '),
  );
}

/** First line of what a program says of its version, `none` where there is no such program. */
export async function versionOf(program: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, ['--version']);
    return stdout.split('\n')[0]?.replace(/^\S+ /, '') ?? '';
  } catch {
    return 'none'; // It is not there, or it tells nothing.
  }
}
