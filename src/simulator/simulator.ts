import { DisposableStore } from '../core/base/disposable';
import type { Result } from '../core/base/result';
import type { Clock, Logger } from '../session/ports';
import { startBurst, type BurstOptions, type BurstReport } from './burst';
import { noFaults, type Faults } from './faults';
import { InteractionServer } from './interactionServer';
import { OtherAgent, type OtherAgentDeed } from './otherAgent';
import { PlatformSdkJsonPort } from './platformSdkJsonPort';
import { createPopulation, type Population } from './population';
import type { WorkspacePort } from './workspace/workspacePort';

export interface WorkspaceOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Also behave where agent-api-simulator is known to misbehave; see `WorkspaceContext.quirks`. */
  readonly quirks?: boolean;
}

export interface SimulatorOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** After how many milliseconds an unregistered connection is closed. */
  readonly registrationMs?: number;
  /** After how many milliseconds without a request what an agent has pulled is taken away. */
  readonly inactivityMs?: number;
  /** What the server starts with; by default the contact centre of `population.ts`. */
  readonly population?: Population;
  /** Also speak Workspace API v3, on a second port; off until asked for. */
  readonly workspace?: boolean | WorkspaceOptions;
}

/** A running embedded Interaction Server. Whoever starts it stops it. */
export interface Simulator {
  /** Where clients connect to, `ws://127.0.0.1:<port>/`. */
  readonly address: string;
  /** Where applications of Workspace API v3 connect to, `http://127.0.0.1:<port>`; undefined when not asked for. */
  readonly workspaceAddress: string | undefined;
  /** State and rules, for tests and commands. */
  readonly server: InteractionServer;
  readonly faults: Faults;
  /** Lets another agent lay an interaction in a workbin (`type@owner`; else one that somebody watches). */
  placeAsOtherAgent(workbin?: string): Result<OtherAgentDeed>;
  /** Lets another agent pull what lies longest in a workbin. */
  pullAsOtherAgent(workbin?: string): Result<OtherAgentDeed>;
  /** Lets another agent place and pull at a rate; resolves when all changes are made. */
  burst(options: BurstOptions): Promise<Result<BurstReport>>;
  /** Breaks every connection off in the middle of a frame. */
  drop(): void;
  /** Workspace API v3: ends every session (403, `402::session_unknown`); access tokens stay good. */
  expireSessions(): void;
  /** Workspace API v3: what a restart of the web tier does to its clients; connections and tokens go too. */
  restartWorkspace(): void;
  /** Ends connections in order; resolves when nothing listens any more. */
  stop(): Promise<void>;
}

const REGISTRATION_MS = 10_000;
const INACTIVITY_MS = 300_000;

/** Starts an embedded Interaction Server on loopback. Rejects with an `ExpectedError` when it cannot listen. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { clock, logger } = options;
  const population = options.population ?? createPopulation(clock.now());
  const server = new InteractionServer(
    population.configuration,
    population.interactions,
    clock,
    options.inactivityMs ?? INACTIVITY_MS,
  );
  const other = new OtherAgent(server, clock);
  const faults = noFaults();
  const port = await PlatformSdkJsonPort.open(
    { server, clock, logger, faults, registrationMs: options.registrationMs ?? REGISTRATION_MS },
    options.port ?? 0,
  );
  const { address } = port;
  logger.info(`The embedded Interaction Server listens at ${address}`);
  const workspace = await openWorkspace(options, server, faults).catch(async (error: unknown) => {
    await port.close();
    throw error;
  });
  const bursts = new DisposableStore();
  return {
    address,
    workspaceAddress: workspace?.address,
    server,
    faults,
    placeAsOtherAgent: (workbin) => other.place(workbin),
    pullAsOtherAgent: (workbin) => other.pull(workbin),
    burst: (burst) =>
      new Promise((resolve) => {
        bursts.add(startBurst(other, clock, burst, resolve));
      }),
    drop: () => {
      port.drop();
      workspace?.drop();
    },
    expireSessions: () => workspace?.expireSessions(),
    restartWorkspace: () => workspace?.restart(),
    stop: async () => {
      bursts.dispose();
      await Promise.all([port.close(), workspace?.close()]);
      server.dispose();
    },
  };
}

/** Loads the second port, with the CometD library, only when it is asked for. */
async function openWorkspace(
  { workspace = false, clock, logger }: SimulatorOptions,
  server: InteractionServer,
  faults: Faults,
): Promise<WorkspacePort | undefined> {
  if (workspace === false) {
    return undefined;
  }
  const { port = 0, quirks = false } = workspace === true ? {} : workspace;
  const { WorkspacePort } = await import('./workspace/workspacePort');
  const opened = await WorkspacePort.open({ server, clock, logger, faults, quirks }, port);
  logger.info(`It speaks Workspace API v3 at ${opened.address}`);
  return opened;
}
