/**
 * One burst of messages: `recorded` into file and index, or read by a `bare` WebSocket client that throws them away.
 * Prints a {@link BurstMeasurement}.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import WebSocket from 'ws';
import { openLiveTrace } from './liveTrace';
import { Traffic } from './traffic';
import { startTraffic, type TrafficProcess } from './trafficProcess';
import { within } from './within';

export interface BurstMeasurement {
  readonly messagesPerSecond: number;
  /** Messages that are not the same at the server, in the file and in the index. */
  readonly lost: number;
  readonly peakMb: number;
  readonly gigabytesPerSecond: number;
}

/** Seconds after which nothing more is hoped for. */
const PATIENCE = 60;

async function bare(server: TrafficProcess, count: number): Promise<BurstMeasurement> {
  const socket = new WebSocket(server.address, { perMessageDeflate: false });
  await new Promise((resolve) => socket.once('open', resolve));
  let received = 0;
  const all = new Promise<void>((resolve) =>
    socket.on('message', () => {
      if (++received === count) {
        resolve();
      }
    }),
  );
  const start = performance.now();
  void server.send(count, 0);
  await within(PATIENCE, 'end of the burst', all);
  const ms = performance.now() - start;
  socket.terminate();
  return measurement(count, ms, 0);
}

async function recorded(
  server: TrafficProcess,
  count: number,
  folder: string,
): Promise<BurstMeasurement> {
  const live = await openLiveTrace(server.address, path.join(folder, 'burst.wbtrace'));
  await within(PATIENCE, 'answer to subscriptions', live.subscribe(new Traffic().answers));
  const start = performance.now();
  const sent = server.send(count, 0);
  await within(PATIENCE, `index of ${count} messages`, live.indexed(count));
  const ms = performance.now() - start;
  const peakMb = process.resourceUsage().maxRSS / 1024;
  await sent;
  await within(PATIENCE, 'end of the recording', live.end());
  const found = live.digests();
  const truth = await server.digests(count);
  const { problems } = live.trace.status;
  live.dispose();
  if (problems.length > 0) {
    throw new Error(`The recording has problems: ${problems.join(' ')}`);
  }
  const same =
    found.digests.bytes === truth.bytes &&
    found.digests.index === truth.index &&
    found.messages === count;
  // Digests do not say how many differ.
  const lost = same ? 0 : Math.max(1, count - found.messages);
  return { ...measurement(count, ms, lost), peakMb };
}

function measurement(count: number, ms: number, lost: number): BurstMeasurement {
  const bytes = new Traffic().bytesPerMessage * count;
  return {
    messagesPerSecond: (count / ms) * 1000,
    lost,
    peakMb: process.resourceUsage().maxRSS / 1024,
    gigabytesPerSecond: bytes / ms / 1e6,
  };
}

async function main(what: string | undefined, count: number): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbin-inspector-bench-'));
  const server = await startTraffic();
  try {
    const measured =
      what === 'bare' ? await bare(server, count) : await recorded(server, count, folder);
    process.stdout.write(`${JSON.stringify(measured)}\n`);
  } finally {
    await server.stop();
    fs.rmSync(folder, { recursive: true });
  }
}

main(process.argv[2], Number(process.argv[3])).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
