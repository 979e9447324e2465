/** Serves the page of the agent desktop, and hands everything else on to the embedded server: one origin for both. */
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';

export interface DeskServer {
  /** `http://127.0.0.1:<port>`. */
  readonly address: string;
  close(): Promise<void>;
}

export const PAGE = '/desk.html';
export const SCRIPT = '/desk.js';

const HTML = `<!doctype html>
<meta charset="utf-8">
<title>Agent desktop</title>
<link rel="icon" href="data:,">
<script src="${SCRIPT}"></script>
`;

/** `behind` is the embedded server's address for Workspace API v3; `root` the project's folder. */
export async function startDeskServer(
  behind: string,
  root: string = process.cwd(),
): Promise<DeskServer> {
  const script = await buildScript(root);
  const server = createServer((request, response) => {
    switch (new URL(request.url ?? '/', behind).pathname) {
      case PAGE:
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(HTML);
        break;
      case SCRIPT:
        response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(script);
        break;
      default:
        handOn(behind, request, response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function handOn(behind: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, rawHeaders: headers } = request;
  const onward = ask(new URL(request.url ?? '/', behind), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

async function buildScript(root: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['test/support/recordHar/desk.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'warning',
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
