import type { Frame } from '../../../../src/core/protocol/frame';
import { parseRecord } from '../../../../src/core/trace/recordLine';
import type { GapRecord, TraceRecord } from '../../../../src/core/trace/records';
import type { ConnectionProfile } from '../../../../src/session/platform';
import { Recorder } from '../../../../src/session/recorder';
import type { ClientState } from '../../../../src/session/workbinClient';
import { startSimulator, type SimulatorOptions } from '../../../../src/simulator/simulator';
import { systemClock } from '../../../../src/transport/systemClock';
import type { Credentials } from '../../../../src/transport/workspaceV3/signIn';
import type { Timing } from '../../../../src/transport/workspaceV3/timing';
import { WorkspaceV3Client } from '../../../../src/transport/workspaceV3/workspaceV3Client';
import { SILENT_LOGGER } from '../../../support/fakeClock';
import { MemoryRecording } from '../../../support/memoryRecording';

export const ANNA: Credentials = { user: 'AnnaBerger', password: 'A1001' };
export const OWN_DRAFTS = { type: 'email-draft', ownerKind: 'Agent', owner: 'A1001' } as const;

/** Short pauses: what is tried again is tried at once. */
export const QUICK: Partial<Timing> = {
  pollDelaysMs: [5, 10],
  recoveryDelaysMs: [5, 20],
  recoveryLimitMs: 20_000,
  goodbyeMs: 500,
};

export interface ClientOptions {
  readonly profile?: Partial<ConnectionProfile>;
  readonly credentials?: () => Promise<Credentials | undefined>;
  readonly answerTimeLimitMs?: number;
  readonly timing?: Partial<Timing>;
}

/** A client, and the recording that a real recorder makes of its traffic. */
export function createClient(server: string, options: ClientOptions = {}) {
  const recording = new WatchedRecording();
  const startedAt = systemClock.now();
  const recorder = new Recorder(recording, { startedAt, writer: 'test' }, SILENT_LOGGER);
  const frames: Frame[] = [];
  const client = new WorkspaceV3Client({
    profile: {
      dialect: 'workspace-v3',
      server,
      agent: 'AnnaBerger',
      place: '',
      tenant: 1,
      clientName: 'Test client',
      ...options.profile,
    },
    credentials: options.credentials ?? (() => Promise.resolve(ANNA)),
    sink: {
      open: (at, connection) => recorder.open(at, connection),
      frame: (at, connection, frame) => {
        frames.push(frame);
        recorder.frame(at, connection, frame);
      },
      close: (at, connection, by, reason) => recorder.close(at, connection, by, reason),
      gap: (at, gap) => recorder.gap(at, gap),
    },
    clock: systemClock,
    logger: SILENT_LOGGER,
    answerTimeLimitMs: options.answerTimeLimitMs ?? 5000,
    timing: { ...QUICK, ...options.timing },
  });
  return {
    client,
    recording,
    /** Frames as the client told them, secrets and all. */
    frames,
    /** Resolves when the client is in a state, now or later. */
    state: <Kind extends ClientState['kind']>(kind: Kind) =>
      new Promise<Extract<ClientState, { kind: Kind }>>((resolve) => {
        const look = (state: ClientState): boolean => {
          if (state.kind === kind) {
            resolve(state as Extract<ClientState, { kind: Kind }>);
          }
          return state.kind === kind;
        };
        if (!look(client.state)) {
          const listener = client.onDidChangeState((state) => {
            if (look(state)) {
              listener.dispose();
            }
          });
        }
      }),
  };
}

/** A client against an embedded server on a real socket. */
export async function startClient(options: ClientOptions & Partial<SimulatorOptions> = {}) {
  const simulator = await startWorkspace(options);
  const made = createClient(simulator.workspaceAddress, options);
  return {
    ...made,
    simulator,
    stop: async () => {
      simulator.faults.hang = false;
      await made.client.disconnect();
      made.client.dispose();
      await simulator.stop();
    },
  };
}

export async function startWorkspace(options: Partial<SimulatorOptions> = {}) {
  const simulator = await startSimulator({
    clock: systemClock,
    logger: SILENT_LOGGER,
    workspace: options.workspace ?? true,
  });
  return { ...simulator, workspaceAddress: simulator.workspaceAddress ?? '' };
}

/**
 * Resolves when the embedded server holds a poll of a client that has just got an event: the next poll is sent then,
 * and what the server answers afterwards, it answers after having it.
 */
export async function pollHeld(recording: WatchedRecording, address: string): Promise<void> {
  await recording.lineWith('"/meta/connect"}],"v":"req"');
  await fetch(`${address}/workspace/v3/version`);
}

/** A recording in memory on which a test can wait. */
export class WatchedRecording extends MemoryRecording {
  get records(): readonly TraceRecord[] {
    return this.lines.slice(1).flatMap((line) => {
      const record = parseRecord(line);
      return record.ok ? [record.value] : [];
    });
  }

  get gaps(): readonly GapRecord[] {
    return this.records.filter((record) => record.kind === 'gap');
  }

  /** Names of the messages recorded, those of Bayeux left out. */
  get messages(): readonly string[] {
    return this.records
      .flatMap((record) => (record.kind === 'frame' ? record.hints : []))
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('/meta/'));
  }

  /** Resolves when a line from number `from` on, by default the next, holds a text. */
  lineWith(text: string, from = this.lines.length): Promise<void> {
    return new Promise((resolve) => {
      const look = (): boolean => this.lines.slice(from).some((line) => line.includes(text));
      if (look()) {
        resolve();
        return;
      }
      const listener = this.onDidWrite(() => {
        if (look()) {
          listener.dispose();
          resolve();
        }
      });
    });
  }
}
