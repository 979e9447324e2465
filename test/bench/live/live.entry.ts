/**
 * One live session, or as long an idle time: `live` or `idle`; prints a {@link LiveMeasurement}. The session is
 * the product's own, from socket to index; the counts are taken at three places that do not know each other:
 * the server's report, the lines of the file, the rows of the index.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { NEVER_CANCELLED } from '../../../src/core/base/cancellation';
import { openRecordingReader } from '../../../src/recording/recordingReader';
import { createRecordingWriter } from '../../../src/recording/recordingWriter';
import { PlatformSdkClient } from '../../../src/session/platformSdkClient';
import { Recorder } from '../../../src/session/recorder';
import { Trace } from '../../../src/session/trace';
import { systemClock as clock } from '../../../src/transport/systemClock';
import { WebSocketTransport } from '../../../src/transport/webSocketTransport';

export interface LiveMeasurement {
  readonly lost: number;
  readonly delayP999Ms: number;
}

const COUNT = 10_000;
const PER_SECOND = 1000;
const CHANGED = 'EventWorkbinContentChanged';
const LOGGER = {
  trace: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

async function idle(): Promise<LiveMeasurement> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await new Promise((resolve) => setTimeout(resolve, (COUNT / PER_SECOND) * 1000));
  return { lost: 0, delayP999Ms: delay.percentile(99.9) / 1e6 };
}

async function live(folder: string): Promise<LiveMeasurement> {
  const script = path.join(process.cwd(), 'dist', 'simulator.js');
  const server = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
  const nextLine = async (): Promise<Record<string, unknown>> =>
    JSON.parse(String((await lines.next()).value)) as Record<string, unknown>;
  try {
    const { address } = await nextLine();
    const file = path.join(folder, 'live.wbtrace');
    const writer = await createRecordingWriter(file);
    const startedAt = clock.now();
    const recorder = new Recorder(writer, { startedAt, writer: 'bench' }, LOGGER);
    const reader = openRecordingReader(file, { writing: () => recorder.state === 'recording' });
    writer.onDidWrite(() => reader.poke());
    const trace = new Trace(reader, { answerTimeLimitMs: 10_000 });
    const url = String(address);
    const client = new PlatformSdkClient({
      profile: {
        dialect: 'platform-sdk-json',
        server: url,
        agent: 'A1001',
        place: 'Desk-101',
        tenant: 101,
        clientName: 'Bench',
      },
      createTransport: () => new WebSocketTransport(url, clock),
      sink: recorder,
      clock,
      logger: LOGGER,
      answerTimeLimitMs: 10_000,
    });
    const state = await client.connect(NEVER_CANCELLED);
    const workbin = { type: 'email-draft', ownerKind: 'Agent', owner: 'A1001' } as const;
    const subscribed = await client.requestNotifications(workbin);
    if (state.kind !== 'connected' || !subscribed.ok) {
      throw new Error(`Not subscribed: ${JSON.stringify([state, subscribed])}`);
    }
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    server.stdin.write(`burst ${COUNT} ${PER_SECOND} email-draft@A1001\n`);
    const told = await nextLine();
    const delayP999Ms = delay.percentile(99.9) / 1e6;
    delay.disable();
    // The server has sent its last change before it answers this request.
    await client.getContent(workbin);
    await client.disconnect();
    await recorder.end(clock.now());
    await trace.read();
    const inFile = fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.includes(`"n":"${CHANGED}"`)).length;
    let inIndex = 0;
    for (let row = 0; row < trace.messages.count; row++) {
      inIndex += trace.messages.name(row) === CHANGED ? 1 : 0;
    }
    const sent = changesTold(told);
    trace.dispose();
    client.dispose();
    return { lost: Math.max(sent - inFile, sent - inIndex), delayP999Ms };
  } finally {
    server.stdin.end('stop\n');
    await once(server, 'close');
  }
}

/** The server's own count of what it sent to its one subscriber. */
function changesTold(told: Record<string, unknown>): number {
  const { burst } = told as { readonly burst?: { readonly changes?: unknown } };
  const changes = burst?.changes;
  if (typeof changes !== 'number' || changes !== COUNT) {
    throw new Error(`The server did not make its changes: ${JSON.stringify(told)}`);
  }
  return changes;
}

async function main(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbin-inspector-bench-'));
  try {
    const measured = process.argv[2] === 'idle' ? await idle() : await live(folder);
    process.stdout.write(`${JSON.stringify(measured)}\n`);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
