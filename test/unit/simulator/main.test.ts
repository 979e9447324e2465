import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import { smallScenario } from './scenario/support';
import { TestClient, ofAgent, type Json } from './support';

describe('The embedded server as a process', () => {
  let folder: string;
  let script: string;
  const children: ChildProcessWithoutNullStreams[] = [];

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'simulator-'));
    script = join(folder, 'simulator.js');
    buildSync({
      entryPoints: ['src/simulator/main.ts'],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      external: ['bufferutil', 'utf-8-validate'],
      logLevel: 'silent',
    });
  });
  afterEach(() => {
    for (const child of children.splice(0)) {
      child.kill('SIGKILL');
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...words: string[]): ChildProcessWithoutNullStreams => {
    const child = spawn(process.execPath, [script, ...words]);
    children.push(child);
    return child;
  };

  /** Starts it and reads its output line by line. */
  const serve = async (
    ...words: string[]
  ): Promise<{
    child: ChildProcessWithoutNullStreams;
    line: () => Promise<Json>;
    address: string;
  }> => {
    const child = run(...words);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = async (): Promise<Json> => {
      const next = await lines.next();
      return JSON.parse(String(next.value)) as Json;
    };
    const { address } = await line();
    return { child, line, address: String(address) };
  };

  const ended = async (child: ChildProcessWithoutNullStreams): Promise<unknown> => {
    const [code] = (await once(child, 'close')) as [number | null];
    return code;
  };

  it('prints its address as JSON, obeys commands, and stops when told', async () => {
    const { child, line, address } = await serve();
    const client = await TestClient.connect(address);
    await client.register();
    await client.logIn('A1001', 'Desk-101');
    await client.request('RequestWorkbinNotifications', {
      workbin: ofAgent('email-draft', 'A1001'),
    });
    child.stdin.write('place\n\nburst 100 5000\nnonsense\n');
    assert.equal((await line())['workbin'], 'email-draft@A1001');
    const replies = [await line(), await line()];
    assert.deepEqual(replies.map((reply) => Object.keys(reply)[0]).sort(), ['burst', 'error']);
    assert.equal((await client.drained()).length, 101);
    const end = ended(child);
    child.stdin.write('stop\n');
    assert.equal(await end, 0);
    assert.equal((await client.closed).code, 1001);
  });

  it('lives on when its input ends, and ends at a signal', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const { child, address } = await serve('--faults');
      child.stdin.end();
      const client = await TestClient.connect(address);
      await client.register();
      const end = ended(child);
      child.kill(signal);
      assert.equal(await end, 0);
    }
  });

  it('says what to do about bad arguments and ends with 2', async () => {
    for (const words of [
      ['--port', 'http'],
      ['--port', '70000'],
      ['--prot', '1'],
      ['extra'],
      ['--speed', 'x'],
    ]) {
      const child = run(...words);
      const [error] = (await once(child.stderr, 'data')) as [Buffer];
      assert.match(error.toString(), /Usage: node simulator\.js/);
      assert.equal(await ended(child), 2);
    }
  });

  it('starts with a scenario that ships or with a file, and things happen by themselves', async () => {
    const file = join(folder, 'mine.wbscenario.json');
    writeFileSync(file, JSON.stringify(smallScenario()));
    for (const [scenario, agent, place, workbin] of [
      ['storm-day', 'A1006', 'Desk-106', { workbinTypeId: 'team-email', workbinGroupId: 'Claims' }],
      [file, 'A1', 'P1', { workbinTypeId: 'team', workbinGroupId: 'Team' }],
    ] as const) {
      const { address } = await serve('--scenario', scenario, '--speed', '20');
      const client = await TestClient.connect(address);
      await client.register();
      await client.logIn(agent, place);
      await client.request('RequestWorkbinNotifications', { workbin });
      assert.equal((await client.next())['messageName'], 'EventWorkbinContentChanged');
    }
  });

  it('says what is wrong with a scenario, each mistake with its line, and ends with 2', async () => {
    const file = join(folder, 'wrong.wbscenario.json');
    writeFileSync(file, '{\n"name": "x",\n"tenant": [1]\n}');
    for (const [scenario, words] of [
      [file, /wrong\.wbscenario\.json:3:1: "tenant" is not known here/],
      ['storm', /Name first-look, storm-day, or a file/],
    ] as const) {
      const child = run('--scenario', scenario);
      const [error] = (await once(child.stderr, 'data')) as [Buffer];
      assert.match(error.toString(), words);
      assert.equal(await ended(child), 2);
    }
  });

  it('says that its port is taken and ends with 1', async () => {
    const { address } = await serve();
    const child = run('--port', new URL(address).port);
    const [error] = (await once(child.stderr, 'data')) as [Buffer];
    assert.match(error.toString(), /Choose another port/);
    assert.equal(await ended(child), 1);
  });
}).timeout(20_000);
