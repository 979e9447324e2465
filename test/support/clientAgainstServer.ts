import type { LadderRow } from '../../src/core/ladder/rows';
import { PlatformSdkClient } from '../../src/session/platformSdkClient';
import { Recorder } from '../../src/session/recorder';
import { Trace } from '../../src/session/trace';
import { startSimulator } from '../../src/simulator/simulator';
import { systemClock } from '../../src/transport/systemClock';
import { WebSocketTransport } from '../../src/transport/webSocketTransport';
import { SILENT_LOGGER } from './fakeClock';
import { MemoryRecording } from './memoryRecording';

/** A recording in memory on which a test can wait for a message. */
class WatchedRecording extends MemoryRecording {
  /** Resolves when a message of that name is recorded from now on. */
  nextMessage(name: string): Promise<void> {
    return new Promise((resolve) => {
      const from = this.lines.length;
      const listener = this.onDidWrite(() => {
        if (this.lines.slice(from).some((line) => line.includes(`"n":"${name}"`))) {
          listener.dispose();
          resolve();
        }
      });
    });
  }
}

export interface ClientOptions {
  readonly agent?: string;
  readonly place?: string;
  readonly answerTimeLimitMs?: number;
}

/** A client, its recording and its trace against an embedded server on a real socket. */
export async function startClient(options: ClientOptions = {}) {
  const simulator = await startSimulator({ clock: systemClock, logger: SILENT_LOGGER });
  const { agents } = simulator.server.configuration;
  const recording = new WatchedRecording();
  const startedAt = systemClock.now();
  const recorder = new Recorder(recording, { startedAt, writer: 'test' }, SILENT_LOGGER);
  const answerTimeLimitMs = options.answerTimeLimitMs ?? 5000;
  const trace = new Trace(recording, { answerTimeLimitMs });
  const agent = options.agent ?? agents[0]!.id;
  const client = new PlatformSdkClient({
    profile: {
      dialect: 'platform-sdk-json',
      server: simulator.address,
      agent,
      place: options.place ?? agents[0]!.placeId,
      tenant: agents[0]!.tenantId,
      clientName: 'Test client',
    },
    createTransport: () => new WebSocketTransport(simulator.address, systemClock),
    sink: recorder,
    clock: systemClock,
    logger: SILENT_LOGGER,
    answerTimeLimitMs,
  });
  return {
    client,
    recording,
    trace,
    simulator: Object.assign(simulator, { agents }),
    stop: async () => {
      simulator.faults.hang = false;
      await client.disconnect();
      client.dispose();
      await simulator.stop();
    },
  };
}

export async function ladderRowsOf(trace: Trace): Promise<readonly LadderRow[]> {
  return trace.rows(0, trace.status.rows);
}
