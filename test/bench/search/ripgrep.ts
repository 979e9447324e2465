import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { toolsFolder } from '../../environment/recipe';

/** The ripgrep that VS Code brings for its own search; undefined where it is not set up. */
export function findRipgrep(): string | undefined {
  const program = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const platform = `${process.platform}-${process.arch}`;
  const modules = path.join(
    toolsFolder(),
    'node_modules/code-server/lib/vscode/node_modules/@vscode',
  );
  return [`ripgrep-universal/bin/${platform}`, 'ripgrep/bin', `ripgrep-${platform}/bin`]
    .map((folder) => path.join(modules, folder, program))
    .find((file) => fs.existsSync(file));
}

/** Number of lines of a file that contain a text, letters of either case alike. */
export async function countLines(ripgrep: string, file: string, text: string): Promise<number> {
  const options = ['--no-config', '--count', '--ignore-case', '--fixed-strings'];
  const child = spawn(ripgrep, [...options, '--', text, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (output += part));
  const [code] = (await once(child, 'close')) as [number | null];
  // It ends with 1 when there is no such line.
  if (code !== 0 && code !== 1) {
    throw new Error(`ripgrep ended with ${String(code)}.`);
  }
  return Number(output);
}
