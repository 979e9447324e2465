/** Unpacks the packaged Chromium with its libraries and fonts, or has Playwright download one. */
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { inProject } from './paths';
import { runOrThrow } from './processes';

/** The part of `tar-fs` (which comes with the browser's package) that unpacks. */
interface Tar {
  extract(folder: string, options: { readonly chown: boolean }): NodeJS.WritableStream;
}

/**
 * Unpacks into `browser/` of `folder`, where the packages have been installed.
 * @param finalFolder where `folder` will be moved to; the font configuration names it.
 */
export async function unpackBrowser(folder: string, finalFolder: string): Promise<void> {
  const archives = path.join(folder, 'node_modules', '@sparticuz', 'chromium', 'bin');
  const browser = path.join(folder, 'browser');
  const executable = path.join(browser, 'chromium');
  await mkdir(browser);
  await pipeline(
    createReadStream(path.join(archives, 'chromium.br')),
    createBrotliDecompress(),
    createWriteStream(executable),
  );
  await chmod(executable, 0o755);
  const tar = createRequire(path.join(folder, 'package.json'))('tar-fs') as Tar;
  for (const archive of ['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']) {
    await pipeline(
      createReadStream(path.join(archives, archive)),
      createBrotliDecompress(),
      tar.extract(browser, { chown: false }),
    );
  }
  await writeFile(path.join(browser, 'fonts.conf'), fontConfiguration(finalFolder));
}

/** For platforms without a packaged browser: Playwright's own download, into its own cache. */
export async function installBrowser(): Promise<void> {
  const script = inProject('node_modules', 'playwright-core', 'cli.js');
  await runOrThrow(process.execPath, [script, 'install', 'chromium-headless-shell']);
}

/** The packaged fonts and no others, so that text looks the same on every machine. */
function fontConfiguration(folder: string): string {
  const alias = (family: string, font: string): string =>
    `  <alias><family>${family}</family><prefer><family>${font}</family></prefer></alias>`;
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `  <dir>${path.join(folder, 'browser', 'fonts')}</dir>`,
    `  <dir>${path.join(folder, 'node_modules', 'dejavu-fonts-ttf', 'ttf')}</dir>`,
    `  <cachedir>${path.join(folder, 'browser', 'fonts-cache')}</cachedir>`,
    alias('system-ui', 'Open Sans'),
    alias('sans-serif', 'Open Sans'),
    alias('serif', 'DejaVu Serif'),
    alias('monospace', 'DejaVu Sans Mono'),
    '</fontconfig>',
    '',
  ].join('\n');
}
