/** The embedded server as an editor wants it: scenarios as texts, faults as switches. */
import { ExpectedError, type Result } from '../core/base/result';
import { workbinName, type Workbin } from '../core/protocol/workbin';
import type { Clock, Logger } from '../session/ports';
import type { FaultChance, FaultKind } from './faults';
import type { OtherAgentDeed } from './otherAgent';
import { readScenario } from './scenario/readScenario';
import { SHIPPED_SCENARIOS, readShipped } from './scenario/shippedScenarios';
import type { ScenarioProblem } from './scenario/textPosition';
import { startSimulator, type Simulator } from './simulator';

export interface EmbeddedServerOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** The text of a scenario file; undefined: the first of those that ship. */
  readonly source?: string | undefined;
  /** True: nothing happens by itself. */
  readonly isStill?: boolean | undefined;
  /** Says in words what another agent has done. */
  readonly placed: (deed: OtherAgentDeed) => string;
  readonly pulled: (deed: OtherAgentDeed) => string;
}

/** A running embedded server with both of its ports. */
export type EmbeddedServer = Awaited<ReturnType<typeof startEmbeddedServer>>;

/** Starts it. Rejects with an `ExpectedError` when it cannot listen or the scenario has mistakes. */
export async function startEmbeddedServer(options: EmbeddedServerOptions) {
  const { clock, logger, source, isStill = false } = options;
  const read = source === undefined ? undefined : readScenario(source);
  if (read?.ok === false) {
    const [first] = read.error;
    throw new ExpectedError(
      'bad-scenario',
      `The scenario has mistakes, the first in line ${first?.line ?? 1}: ${first?.text ?? ''}`,
    );
  }
  const simulator = await startSimulator({
    clock,
    logger,
    workspace: true,
    speed: isStill ? 0 : 1,
    ...(read && { scenario: read.value }),
  });
  const words = (deed: Result<OtherAgentDeed>, done: (deed: OtherAgentDeed) => string): string =>
    deed.ok ? done(deed.value) : deed.error.message;
  return {
    address: simulator.address,
    workspaceAddress: simulator.workspaceAddress ?? '',
    scenario: simulator.scenario.name,
    agents: simulator.scenario.configuration.agents
      .filter(({ enabled }) => enabled)
      .map(({ id, placeId, tenantId }) => ({ agent: id, place: placeId, tenant: tenantId })),
    get speed() {
      return simulator.speed;
    },
    setSpeed: (speed: number) => simulator.setSpeed(speed),
    faults: switches(simulator),
    placeAsOtherAgent: (workbin?: Workbin) =>
      words(simulator.placeAsOtherAgent(workbin && workbinName(workbin)), options.placed),
    pullAsOtherAgent: (workbin?: Workbin) =>
      words(simulator.pullAsOtherAgent(workbin && workbinName(workbin)), options.pulled),
    stop: () => simulator.stop(),
    dispose: () => void simulator.stop(),
  };
}

/** The scenarios that are part of the product, the default first. */
export function shippedScenarios() {
  return SHIPPED_SCENARIOS.map((shipped) => {
    const { name, description } = readShipped(shipped);
    return { ...shipped, name, description };
  });
}

/** Everything that is wrong with the text of a scenario file. */
export function checkScenario(source: string): readonly ScenarioProblem[] {
  const read = readScenario(source);
  return read.ok ? [] : read.error;
}

function switches(simulator: Simulator) {
  const { faults, faultRules } = simulator;
  return {
    get isHanging() {
      return faults.hang;
    },
    set isHanging(hangs: boolean) {
      faults.hang = hangs;
    },
    chanceOf: (fault: FaultKind): FaultChance | undefined =>
      faultRules.all.find((rule) => rule.fault === fault)?.chance,
    set: (fault: FaultKind, chance: FaultChance | undefined) =>
      faultRules.set(fault, chance && { chance }),
    forgetSubscriptions: () => simulator.forgetSubscriptions(),
    breakConnections: () => simulator.drop(),
  };
}
