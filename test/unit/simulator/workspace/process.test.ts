import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import type { Json } from '../../../support/cometdDesktop';

describe('The embedded server as a process that speaks Workspace API v3', () => {
  let folder: string;
  const children: ChildProcessWithoutNullStreams[] = [];

  const build = (name: string, source: string): string => {
    const outfile = join(folder, name);
    buildSync({
      stdin: { contents: source, resolveDir: process.cwd(), loader: 'ts' },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      external: ['bufferutil', 'utf-8-validate'],
      logLevel: 'silent',
    });
    return outfile;
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'workspace-'));
    build('simulator.js', "import './src/simulator/main';");
  });
  afterEach(() => {
    for (const child of children.splice(0)) {
      child.kill('SIGKILL');
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...words: string[]): ChildProcessWithoutNullStreams => {
    const child = spawn(process.execPath, [join(folder, 'simulator.js'), ...words]);
    children.push(child);
    return child;
  };
  const lines = (child: ChildProcessWithoutNullStreams): (() => Promise<Json>) => {
    const read = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return async () => JSON.parse(String((await read.next()).value)) as Json;
  };
  const code = async (child: ChildProcessWithoutNullStreams): Promise<unknown> => {
    const [ended] = (await once(child, 'close')) as [number | null];
    return ended;
  };

  it('prints its second address, obeys commands about sessions, and stops', async () => {
    const child = run('--workspace-port', '0', '--quirks', '--faults');
    const line = lines(child);
    const { address, workspaceAddress, ...rest } = await line();
    assert.match(String(address), /^ws:\/\/127\.0\.0\.1:\d+\/$/);
    assert.match(String(workspaceAddress), /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(rest, {});
    const { headers } = await fetch(`${String(workspaceAddress)}/workspace/v3/auth-keep-alive`);
    assert.equal(headers.get('access-control-allow-origin'), 'undefined');
    child.stdin.write('expire\nrestart\n');
    assert.deepEqual([await line(), await line()], [{ expired: true }, { restarted: true }]);
    const ended = code(child);
    child.stdin.write('stop\n');
    assert.equal(await ended, 0);
  });

  it('prints one address when no second port is asked for', async () => {
    assert.deepEqual(Object.keys(await lines(run())()), ['address']);
  });

  it('says what to do about a bad second port and ends with 2', async () => {
    const child = run('--workspace-port', 'http');
    const [error] = (await once(child.stderr, 'data')) as [Buffer];
    assert.match(error.toString(), /--workspace-port is a number from 0 to 65535, not 'http'/);
    assert.equal(await code(child), 2);
  });

  it('changes no global of its process', async () => {
    const script = build(
      'globals.js',
      `const names = () => Object.getOwnPropertyNames(globalThis).sort();
       const prototypes = () => [Object, Array, Function, Promise, String].map((each) =>
         Object.getOwnPropertyNames(each.prototype));
       const before = JSON.stringify([names(), prototypes()]);
       const { startSimulator } = await import('./src/simulator/simulator');
       const { SYSTEM_CLOCK } = await import('./src/simulator/systemClock');
       const quiet = { trace() {}, info() {}, warn() {}, error() {} };
       const simulator = await startSimulator({ clock: SYSTEM_CLOCK, logger: quiet, workspace: true });
       await fetch(simulator.workspaceAddress + '/workspace/v3/notifications', { method: 'POST', body: '[{"channel":"/meta/handshake"}]' });
       await simulator.stop();
       console.log(before === JSON.stringify([names(), prototypes()]));`
        .replace(/^/, '(async () => {')
        .concat('})();'),
    );
    const child = spawn(process.execPath, [script]);
    children.push(child);
    const [output] = (await once(child.stdout, 'data')) as [Buffer];
    assert.equal(output.toString(), 'true\n');
  });
}).timeout(20_000);
