/** Serves the trace view with a scripted host on loopback, under the policy that the extension sets. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import type { ThemeName } from './themes';

/** What the page shows; everything has a default. */
export interface HarnessOptions {
  readonly theme?: ThemeName;
  /**
   * `realistic`: a morning with all kinds of rows. `idle`: the same up to where only the transport is kept
   * going. `synthetic`: `rows` rows.
   */
  readonly scenario?: 'realistic' | 'idle' | 'synthetic';
  readonly rows?: number;
  readonly recording?: 'live' | 'paused' | 'ended' | 'file';
  readonly title?: string;
  /** 0..1 */
  readonly indexing?: number;
  readonly problem?: string;
  /** Lifelines of applications. */
  readonly applications?: number;
  /** Methods of the host that fail, separated by commas. */
  readonly fail?: string;
  /** Milliseconds that the host takes for each answer. */
  readonly delay?: number;
  /** Present: filters take their time (`harness.progress` goes on). */
  readonly slow?: true;
  /** Present: rows are marked by two colour rules. */
  readonly colours?: true;
}

export interface Harness {
  url(options?: HarnessOptions): string;
  close(): Promise<void>;
}

const POLICY =
  "default-src 'none'; script-src 'nonce-harness'; style-src 'self'; font-src 'self'; img-src 'self'";

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>Trace view</title>
<link rel="stylesheet" href="/main.css">
</head>
<body>
<script nonce="harness" src="/page.js"></script>
<script nonce="harness" src="/main.js"></script>
</body>
</html>`;

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** Builds the view from its sources; `root` is the project's folder. */
export async function startHarness(root: string = process.cwd()): Promise<Harness> {
  const files = await buildFiles(root);
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname;
    const body = name === '/' ? PAGE : files.get(name);
    const type = TYPES[path.extname(name)] ?? 'text/html';
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': `${type}; charset=utf-8`,
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url(options = {}) {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(options)) {
        query.set(name, String(value));
      }
      return `http://127.0.0.1:${port}/?${query.toString()}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function buildFiles(root: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [
      'src/webview/main.ts',
      'src/webview/main.css',
      'test/support/webviewHarness/page.ts',
    ],
    entryNames: '[name]',
    outdir: '/',
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'warning',
  });
  return new Map(result.outputFiles.map((file) => [`/${path.basename(file.path)}`, file.contents]));
}
