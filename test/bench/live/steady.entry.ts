/**
 * A burst into a live session, then messages at a steady rate (`live BURST COUNT PER_SECOND`), or an idle time as
 * long as the latter (`idle`, with the same numbers).
 * Prints a {@link SteadyMeasurement}.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import v8 from 'node:v8';
import vm from 'node:vm';
import { openLiveTrace } from './liveTrace';
import { Traffic } from './traffic';
import { startTraffic } from './trafficProcess';
import { within } from './within';

export interface SteadyMeasurement {
  /** Resident memory at the end less that at the start, after a collection of garbage at both. */
  readonly bytesPerMessage: number;
  /** The same without collecting. */
  readonly bytesPerMessageAsItIs: number;
  readonly delayP999Ms: number;
  readonly lost: number;
}

/** Seconds after which nothing more is hoped for. */
const PATIENCE = 60;

async function idle(ms: number): Promise<SteadyMeasurement> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await new Promise((resolve) => setTimeout(resolve, ms));
  const delayP999Ms = delay.percentile(99.9) / 1e6;
  return { bytesPerMessage: 0, bytesPerMessageAsItIs: 0, delayP999Ms, lost: 0 };
}

async function live(
  burst: number,
  count: number,
  perSecond: number,
  folder: string,
): Promise<SteadyMeasurement> {
  const server = await startTraffic();
  try {
    const session = await openLiveTrace(server.address, path.join(folder, 'steady.wbtrace'));
    await within(PATIENCE, 'answer to subscriptions', session.subscribe(new Traffic().answers));
    await within(PATIENCE, 'end of the burst', server.send(burst, 0));
    await within(PATIENCE, 'index of the burst', session.indexed(burst));
    const collect = garbageCollector();
    const asItIsBefore = process.memoryUsage().rss;
    collect();
    const before = process.memoryUsage().rss;
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const whole = count / perSecond + PATIENCE;
    await within(whole, 'end of the steady traffic', server.send(count, perSecond));
    await within(PATIENCE, 'index of the steady traffic', session.indexed(burst + count));
    const delayP999Ms = delay.percentile(99.9) / 1e6;
    delay.disable();
    const asItIs = process.memoryUsage().rss;
    collect();
    const after = process.memoryUsage().rss;
    await within(PATIENCE, 'end of the recording', session.end());
    const found = session.digests();
    const truth = await server.digests(burst + count);
    session.dispose();
    const same = found.digests.bytes === truth.bytes && found.digests.index === truth.index;
    return {
      bytesPerMessage: (after - before) / count,
      bytesPerMessageAsItIs: (asItIs - asItIsBefore) / count,
      delayP999Ms,
      lost: same ? 0 : Math.max(1, burst + count - found.messages),
    };
  } finally {
    await server.stop();
  }
}

/** Collects garbage on demand, in a process that was not started for it. */
function garbageCollector(): () => void {
  v8.setFlagsFromString('--expose-gc');
  return vm.runInNewContext('gc') as () => void;
}

async function main(
  what: string | undefined,
  [burst = 0, count = 0, perSecond = 0]: readonly number[],
): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbin-inspector-bench-'));
  try {
    const measured =
      what === 'idle'
        ? await idle((count / perSecond) * 1000)
        : await live(burst, count, perSecond, folder);
    process.stdout.write(`${JSON.stringify(measured)}\n`);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

main(process.argv[2], process.argv.slice(3).map(Number)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
