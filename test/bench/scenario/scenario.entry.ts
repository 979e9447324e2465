/**
 * The busy scenario for an hour of its own time, as fast as it goes, through a real socket into the product's
 * own session, file and index; prints a {@link ScenarioMeasurement}. `MINUTES` can be given as an argument.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { NEVER_CANCELLED } from '../../../src/core/base/cancellation';
import type { Workbin } from '../../../src/core/protocol/workbin';
import { openRecordingReader } from '../../../src/recording/recordingReader';
import { createRecordingWriter } from '../../../src/recording/recordingWriter';
import { PlatformSdkClient } from '../../../src/session/platformSdkClient';
import { Recorder } from '../../../src/session/recorder';
import { Trace } from '../../../src/session/trace';
import { shippedScenario } from '../../../src/simulator/scenario/shippedScenarios';
import { accessibleOwners } from '../../../src/simulator/workbinAccess';
import { systemClock as clock } from '../../../src/transport/systemClock';
import { WebSocketTransport } from '../../../src/transport/webSocketTransport';

export interface ScenarioMeasurement {
  /** Messages that the server has sent in the run. */
  readonly sent: number;
  /** Of these, those that are missing in the file or in the index. */
  readonly lost: number;
  /** Per second of scenario time. */
  readonly perSecond: number;
  readonly seconds: number;
  readonly residentStart: number;
  readonly residentEnd: number;
  readonly bytesPerMessage: number;
  /** The embedded server's own, in bytes, before and after. */
  readonly serverResident: readonly [before: number, after: number];
}

const SCENARIO = 'storm-day';
const SUPERVISOR = { tenantId: 101, agentId: 'A1006', placeId: 'Desk-106' } as const;
const MINUTES = Number(process.argv[2] ?? 60);
/** Run first: what the process needs once, such as code and most of the heap’s young generation, is no message’s. */
const WARM_UP_MINUTES = 60;
const LOGGER = {
  trace: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

async function measure(folder: string): Promise<ScenarioMeasurement> {
  const script = path.join(process.cwd(), 'dist', 'simulator.js');
  const words = [script, '--scenario', SCENARIO, '--speed', '0'];
  const server = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
  const nextLine = async (): Promise<Record<string, unknown>> =>
    JSON.parse(String((await lines.next()).value)) as Record<string, unknown>;
  const run = async (minutes: number): Promise<number> => {
    server.stdin.write(`run ${minutes}\n`);
    const { run: told } = (await nextLine()) as { readonly run?: { readonly sent?: unknown } };
    if (typeof told?.sent !== 'number') {
      throw new Error('The server did not run its scenario.');
    }
    return told.sent;
  };
  try {
    const { address } = await nextLine();
    const file = path.join(folder, 'scenario.wbtrace');
    const writer = await createRecordingWriter(file);
    const recorder = new Recorder(writer, { startedAt: clock.now(), writer: 'bench' }, LOGGER);
    const reader = openRecordingReader(file, { writing: () => recorder.state === 'recording' });
    writer.onDidWrite(() => reader.poke());
    const trace = new Trace(reader, { answerTimeLimitMs: 10_000 });
    const client = await connected(String(address), recorder);
    const workbin = await subscribeToAll(client);
    const settle = async (): Promise<number> => {
      // The server has sent everything before it answers this request, whose answer is small: that of a workbin's
      // content is some megabytes, and what was left of it would be counted.
      await client.requestNotifications(workbin);
      await writer.drained();
      await trace.read();
      return resident();
    };
    await run(WARM_UP_MINUTES);
    const residentStart = await settle();
    const before = trace.messages.count;
    const serverBefore = serverResident(server.pid);
    const startedAt = clock.now();
    const sent = await run(MINUTES);
    const serverAfter = serverResident(server.pid);
    const residentEnd = await settle();
    const seconds = (clock.now() - startedAt) / 1000;
    const inIndex = trace.messages.count - before;
    await client.disconnect();
    await recorder.end(clock.now());
    trace.dispose();
    client.dispose();
    return {
      sent,
      // The question that settles and its answer are in the index too.
      lost: sent - (inIndex - 2),
      perSecond: sent / (MINUTES * 60),
      seconds,
      residentStart,
      residentEnd,
      bytesPerMessage: (residentEnd - residentStart) / sent,
      serverResident: [serverBefore, serverAfter],
    };
  } finally {
    server.stdin.end('stop\n');
    await once(server, 'close');
  }
}

async function connected(address: string, sink: Recorder): Promise<PlatformSdkClient> {
  const client = new PlatformSdkClient({
    profile: {
      dialect: 'platform-sdk-json',
      server: address,
      agent: SUPERVISOR.agentId,
      place: SUPERVISOR.placeId,
      tenant: SUPERVISOR.tenantId,
      clientName: 'Bench',
    },
    createTransport: () => new WebSocketTransport(address, clock),
    sink,
    clock,
    logger: LOGGER,
    answerTimeLimitMs: 10_000,
  });
  const state = await client.connect(NEVER_CANCELLED);
  if (state.kind !== 'connected') {
    throw new Error(`Not connected: ${JSON.stringify(state)}`);
  }
  return client;
}

/** Watches every workbin that is open to the supervisor; returns one of them. */
async function subscribeToAll(client: PlatformSdkClient): Promise<Workbin> {
  const configuration = shippedScenario(SCENARIO)?.configuration;
  const workbins: Workbin[] =
    configuration?.workbinTypes
      .filter(({ active }) => active)
      .flatMap(({ type, ownerKind }) =>
        accessibleOwners(configuration, SUPERVISOR, ownerKind).map((owner) => ({
          type,
          ownerKind,
          owner,
        })),
      ) ?? [];
  for (const workbin of workbins) {
    const subscribed = await client.requestNotifications(workbin);
    if (!subscribed.ok) {
      throw new Error(`Not subscribed: ${JSON.stringify(subscribed)}`);
    }
  }
  const [first] = workbins;
  if (first === undefined) {
    throw new Error('No workbin is open.');
  }
  return first;
}

/** Resident memory without what is garbage by now. */
function resident(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage.rss();
}

function serverResident(pid: number | undefined): number {
  const status = fs.readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

async function main(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbin-inspector-bench-'));
  try {
    process.stdout.write(`${JSON.stringify(await measure(folder))}\n`);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
