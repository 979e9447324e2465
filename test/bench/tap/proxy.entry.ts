/** What stands between in the tap's benchmark: a plain TCP forwarder, or the tap with recording on. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecordingWriter } from '../../../src/recording/recordingWriter';
import { Recorder } from '../../../src/session/recorder';
import { systemClock } from '../../../src/transport/systemClock';
import { startTap, type Tap } from '../../../src/transport/tap/tap';

const [, , kind, serverPort] = process.argv;
const quiet = { trace: ignore, info: ignore, warn: ignore, error: ignore };

async function main(): Promise<void> {
  if (kind === 'forwarder') {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      const other = connect({ port: Number(serverPort), host: '127.0.0.1', noDelay: true });
      socket.on('error', () => other.destroy());
      other.on('error', () => socket.destroy());
      socket.pipe(other).pipe(socket);
    });
    server.listen(0, '127.0.0.1', () => {
      process.send?.({ port: (server.address() as AddressInfo).port });
    });
    process.on('message', () => process.send?.({ ...cpu(), frames: 0, missed: 0, settledMs: 0 }));
    return;
  }
  const path = join(tmpdir(), `tap-bench-${randomUUID()}.wbtrace`);
  const writer = await createRecordingWriter(path);
  const recorder = new Recorder(writer, { startedAt: systemClock.now(), writer: 'bench' }, quiet);
  const tap = await startTap({
    target: `ws://127.0.0.1:${serverPort ?? ''}`,
    sink: recorder,
    clock: systemClock,
    logger: quiet,
  });
  process.send?.({ port: tap.port });
  process.on('message', (message: { readonly expected: number }) => {
    void settled(tap, message.expected).then((settledMs) => {
      const { frames, missed } = tap.summary;
      process.send?.({ ...cpu(), frames, missed: missed + writer.dropped, settledMs });
    });
  });
  process.on('disconnect', () => {
    void rm(path, { force: true }).finally(() => process.exit());
  });
}

/** Waits until as many frames are recorded or missed, and returns how long that took: the backlog. */
async function settled(tap: Tap, expected: number): Promise<number> {
  const start = performance.now();
  while (tap.summary.frames + tap.summary.missed < expected && performance.now() - start < 60_000) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return performance.now() - start;
}

function cpu(): { readonly cpuMicros: number } {
  const { user, system } = process.cpuUsage();
  return { cpuMicros: user + system };
}

function ignore(): void {
  // Nobody reads the log of a benchmark.
}

process.on('disconnect', () => {
  if (kind === 'forwarder') {
    process.exit();
  }
});
void main();
