import { failed, ok, type Result } from '../core/base/result';
import { workbinName, type Workbin } from '../core/protocol/workbin';
import { privateView } from './configuration';
import type { Actor } from './interaction';
import type { InteractionServer } from './interactionServer';
import { NO_CHANGES } from './propertyChanges';
import type { Deeds } from './scenario/deeds';
import type { Template } from './scenario/scenario';
import { mayAccess, ownersOfKind } from './workbinAccess';

/** What another agent has done. */
export interface OtherAgentDeed {
  readonly agentId: string;
  readonly interactionId: string;
  readonly workbin: Workbin;
}

/**
 * Somebody else who works beside the logged-in agents, so that a change can be seen that the observer did not
 * make: a configured agent who is not logged in over a wire, and who follows the same rules.
 */
export class OtherAgent {
  constructor(
    private readonly server: InteractionServer,
    private readonly deeds: Deeds,
    /** What new work is made of. */
    private readonly template: Template,
  ) {}

  /**
   * Finds a workbin by `type@owner`; without a name takes one that somebody watches, else the busiest of those that are
   * open to somebody who is logged in, else of all.
   */
  find(name?: string): Result<Workbin> {
    const known = this.workbins();
    if (name === undefined) {
      const watched = known.filter((workbin) => this.server.subscriptions.count(workbin) > 0);
      const busiest = (from: readonly Workbin[]): Workbin | undefined =>
        [...from].sort((a, b) => this.count(b) - this.count(a))[0];
      const chosen = busiest(watched) ?? busiest(known.filter(this.isOpen)) ?? busiest(known);
      return chosen === undefined ? failed('no-workbin', 'There is no workbin.') : ok(chosen);
    }
    const found = known.find((workbin) => workbinName(workbin) === name);
    return found === undefined
      ? failed(
          'unknown-workbin',
          `There is no workbin '${name}'. Name one as type@owner, such as ${known[0] === undefined ? 'email-draft@A1001' : workbinName(known[0])}.`,
        )
      : ok(found);
  }

  /** Lays an interaction in a workbin: one that this agent has pulled before, or a new one. */
  place(name?: string): Result<OtherAgentDeed> {
    const workbin = this.find(name);
    if (!workbin.ok) {
      return workbin;
    }
    const actor = this.actorFor(workbin.value);
    const interaction =
      this.server.interactions.heldBy(actor.agentId)[0] ?? this.deeds.newWork(this.template, actor);
    this.server.handling.place(actor, interaction.id, workbin.value, NO_CHANGES, false);
    return ok({ agentId: actor.agentId, interactionId: interaction.id, workbin: workbin.value });
  }

  /** Pulls what lies longest in a workbin. */
  pull(name?: string): Result<OtherAgentDeed> {
    const workbin = this.find(name);
    if (!workbin.ok) {
      return workbin;
    }
    const interaction = this.server.interactions.firstIn(workbin.value);
    if (interaction === undefined) {
      return failed('empty-workbin', `Workbin '${workbinName(workbin.value)}' is empty.`);
    }
    const actor = this.actorFor(workbin.value);
    if (!mayAccess(this.server.configuration, actor, workbin.value)) {
      return failed(
        'no-agent',
        `No other agent may pull from '${workbinName(workbin.value)}' at this moment.`,
      );
    }
    this.server.handling.pull(actor, {
      viewId: privateView(workbin.value.type),
      interactionId: interaction.id,
    });
    return ok({ agentId: actor.agentId, interactionId: interaction.id, workbin: workbin.value });
  }

  /** Every workbin that can be: each active type with each of its owners. */
  private workbins(): readonly Workbin[] {
    const { configuration } = this.server;
    return configuration.workbinTypes
      .filter((type) => type.active)
      .flatMap(({ type, ownerKind }) =>
        ownersOfKind(configuration, ownerKind).map((owner) => ({ type, ownerKind, owner })),
      );
  }

  private readonly isOpen = (workbin: Workbin): boolean =>
    this.server.loggedIn.some((agent) => mayAccess(this.server.configuration, agent, workbin));

  private count(workbin: Workbin): number {
    return this.server.interactions.countIn(workbin);
  }

  /** Best somebody who may look into the workbin and does not own it; else its owner; else anybody. */
  private actorFor(workbin: Workbin): Actor {
    const busy = new Set(this.server.loggedIn.map((session) => session.agentId));
    const free = this.server.configuration.agents
      .filter((agent) => agent.enabled && !busy.has(agent.id))
      .map(({ id, placeId, tenantId }) => ({ agentId: id, placeId, tenantId }));
    const allowed = free.filter((actor) => mayAccess(this.server.configuration, actor, workbin));
    return (
      allowed.find((actor) => actor.agentId !== workbin.owner) ??
      allowed[0] ??
      free[0] ?? { agentId: 'none', placeId: '', tenantId: 0 }
    );
  }
}
