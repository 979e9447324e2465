/** Builds with esbuild.js and packages with vsce, each in a process of its own. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { packagedReadme } from './packagedReadme';
import { inProject, projectRoot } from './paths';
import { run, runOrThrow } from './processes';

/** Builds everything that runs. False when it failed; esbuild has then told why. */
export async function buildProducts(mode: 'development' | 'production'): Promise<boolean> {
  return buildWith(mode === 'production' ? ['--production'] : []);
}

/** Compiles the tests at `place` (a folder or a file, as `test/unit`) into out/. False when it failed. */
export async function buildTests(place: string): Promise<boolean> {
  return buildWith(['--tests', place]);
}

/** A packaged extension. */
export interface Vsix {
  readonly path: string;
  readonly bytes: number;
  /** See {@link vsixFiles}. */
  readonly files: readonly string[];
}

/** Builds for production and writes the VSIX to `file`. */
export async function packageVsix(file: string): Promise<Vsix> {
  if (!(await buildProducts('production'))) {
    throw new Error('The production build failed.');
  }
  const files = await vsixFiles();
  const staged = mkdtempSync(path.join(tmpdir(), 'workbin-inspector-vsix-'));
  try {
    for (const each of files) {
      const place = path.join(staged, ...each.split('/'));
      mkdirSync(path.dirname(place), { recursive: true });
      copyFileSync(inProject(...each.split('/')), place);
    }
    writeFileSync(path.join(staged, 'README.md'), packagedReadme());
    await vsce(['package', ...vsceOptions, '--out', file], staged);
  } finally {
    rmSync(staged, { recursive: true });
  }
  return { path: file, bytes: statSync(file).size, files };
}

/** What the allow-list lets into the VSIX: paths inside the extension's folder, sorted. */
export async function vsixFiles(): Promise<readonly string[]> {
  const listed = await vsce(['ls', '--no-dependencies'], projectRoot());
  return listed.split(/\r?\n/).filter(Boolean).sort();
}

/** Packages the extension in `folder` (not ours: a small one made for a purpose) to `file`. */
export async function packageFolder(folder: string, file: string): Promise<void> {
  await vsce(['package', ...vsceOptions, '--skip-license', '--out', file], folder);
}

/** Everything is bundled; no repository address is invented, so relative links stay as they are. */
const vsceOptions = [
  '--no-dependencies',
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
];

async function vsce(args: readonly string[], cwd: string): Promise<string> {
  const script = inProject('node_modules', '@vscode', 'vsce', 'vsce');
  return runOrThrow(process.execPath, [script, ...args], { cwd });
}

async function buildWith(args: readonly string[]): Promise<boolean> {
  const { code } = await run(process.execPath, ['esbuild.js', ...args], {
    cwd: projectRoot(),
    output: 'inherit',
  });
  return code === 0;
}
