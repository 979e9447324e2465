import { DisposableStore } from '../core/base/disposable';
import type { Result } from '../core/base/result';
import type { Clock, Logger } from '../session/ports';
import { startBurst, type BurstOptions, type BurstReport } from './burst';
import { FaultRules, noFaults, type Faults } from './faults';
import { InteractionServer } from './interactionServer';
import { OtherAgent, type OtherAgentDeed } from './otherAgent';
import { PlatformSdkJsonPort } from './platformSdkJsonPort';
import { createPopulation } from './population';
import { Deeds } from './scenario/deeds';
import { Happenings, type Happening } from './scenario/happenings';
import type { Scenario } from './scenario/scenario';
import { defaultScenario } from './scenario/shippedScenarios';
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
  /** What the server starts with, and what happens by itself; by default the first of those that ship. */
  readonly scenario?: Scenario;
  /** Seconds of scenario time in a second; 0, the default: nothing happens by itself. */
  readonly speed?: number;
  /** Told of what happens by itself. */
  readonly onDidHappen?: (happening: Happening) => void;
  /** Also speak Workspace API v3, on a second port; off until asked for. */
  readonly workspace?: boolean | WorkspaceOptions;
}

/** What {@link Simulator.run} has done. */
export interface RunReport {
  readonly happenings: number;
  /** Messages of all connections of Platform SDK's messages, from the beginning of the run to its end. */
  readonly sent: number;
  readonly ms: number;
}

/** A running embedded Interaction Server. Whoever starts it stops it. */
export interface Simulator {
  /** Where clients connect to, `ws://127.0.0.1:<port>/`. */
  readonly address: string;
  /** Where applications of Workspace API v3 connect to, `http://127.0.0.1:<port>`; undefined when not asked for. */
  readonly workspaceAddress: string | undefined;
  /** State and rules, for tests and commands. */
  readonly server: InteractionServer;
  readonly scenario: Scenario;
  readonly faults: Faults;
  /** Faults of single messages on both ports; the scenario's at the start. */
  readonly faultRules: FaultRules;
  /** Seconds of scenario time in a second; 0: nothing happens by itself. */
  readonly speed: number;
  setSpeed(speed: number): void;
  /** Lets what a scenario says for so long happen as fast as clients read; resolves when all of it was sent. */
  run(minutes: number): Promise<RunReport>;
  /** Forgets what every client has subscribed to, without a word. */
  forgetSubscriptions(): void;
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

/** So much may wait for a client while a scenario runs as fast as it goes. */
const MAX_WAITING_BYTES = 1024 * 1024;
const REGISTRATION_MS = 10_000;
const INACTIVITY_MS = 300_000;

/** Starts an embedded Interaction Server on loopback. Rejects with an `ExpectedError` when it cannot listen. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { clock, logger } = options;
  const scenario = options.scenario ?? defaultScenario();
  const population = createPopulation(scenario, clock.now());
  const server = new InteractionServer(
    population.configuration,
    population.interactions,
    clock,
    options.inactivityMs ?? INACTIVITY_MS,
  );
  const deeds = new Deeds(server, scenario, clock);
  const other = new OtherAgent(server, deeds, scenario.newWork);
  const faults = noFaults();
  const rules = new FaultRules(scenario.faults, scenario.seed);
  const traffic = { sent: 0 };
  const port = await PlatformSdkJsonPort.open(
    {
      server,
      clock,
      logger,
      faults,
      rules,
      traffic,
      registrationMs: options.registrationMs ?? REGISTRATION_MS,
    },
    options.port ?? 0,
  );
  const { address } = port;
  logger.info(`The embedded Interaction Server listens at ${address}`);
  const workspace = await openWorkspace(options, server, faults, rules).catch(
    async (error: unknown) => {
      await port.close();
      throw error;
    },
  );
  const happenings = new Happenings(scenario, deeds, clock, options.onDidHappen);
  happenings.setSpeed(options.speed ?? 0);
  let ranTo = 0;
  const bursts = new DisposableStore();
  return {
    address,
    workspaceAddress: workspace?.address,
    server,
    scenario,
    faults,
    faultRules: rules,
    get speed() {
      return happenings.speed;
    },
    setSpeed: (speed) => happenings.setSpeed(speed),
    run: async (minutes) => {
      const began = { at: clock.now(), sent: traffic.sent };
      ranTo += minutes * 60;
      const count = await happenings.runTo(ranTo, () => port.drained(MAX_WAITING_BYTES));
      await port.drained(0);
      return {
        happenings: count,
        sent: traffic.sent - began.sent,
        ms: Math.round(clock.now() - began.at),
      };
    },
    forgetSubscriptions: () => server.subscriptions.clear(),
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
      happenings.dispose();
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
  rules: FaultRules,
): Promise<WorkspacePort | undefined> {
  if (workspace === false) {
    return undefined;
  }
  const { port = 0, quirks = false } = workspace === true ? {} : workspace;
  const { WorkspacePort } = await import('./workspace/workspacePort');
  const opened = await WorkspacePort.open({ server, clock, logger, faults, rules, quirks }, port);
  logger.info(`It speaks Workspace API v3 at ${opened.address}`);
  return opened;
}
