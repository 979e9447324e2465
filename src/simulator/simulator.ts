import { DisposableStore } from '../core/base/disposable';
import type { Result } from '../core/base/result';
import type { Clock, Logger } from '../session/ports';
import { startBurst, type BurstOptions, type BurstReport } from './burst';
import { noFaults, type Faults } from './faults';
import { InteractionServer } from './interactionServer';
import { OtherAgent, type OtherAgentDeed } from './otherAgent';
import { PlatformSdkJsonPort } from './platformSdkJsonPort';
import { createPopulation, type Population } from './population';

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
}

/** A running embedded Interaction Server. Whoever starts it stops it. */
export interface Simulator {
  /** Where clients connect to, `ws://127.0.0.1:<port>/`. */
  readonly address: string;
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
  const bursts = new DisposableStore();
  return {
    address,
    server,
    faults,
    placeAsOtherAgent: (workbin) => other.place(workbin),
    pullAsOtherAgent: (workbin) => other.pull(workbin),
    burst: (burst) =>
      new Promise((resolve) => {
        bursts.add(startBurst(other, clock, burst, resolve));
      }),
    drop: () => port.drop(),
    stop: async () => {
      bursts.dispose();
      await port.close();
      server.dispose();
    },
  };
}
