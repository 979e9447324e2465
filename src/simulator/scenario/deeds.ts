import { assertNever } from '../../core/base/assert';
import type { JsonValue } from '../../core/protocol/json';
import type { Workbin } from '../../core/protocol/workbin';
import type { Clock } from '../../session/ports';
import { privateView } from '../configuration';
import type { Actor, Interaction } from '../interaction';
import type { InteractionServer } from '../interactionServer';
import { incomingInteraction } from '../population';
import { NO_CHANGES } from '../propertyChanges';
import { mayAccess } from '../workbinAccess';
import { pick, type Random } from './random';
import { cook } from './recipe';
import type { Deed, Scenario, Template } from './scenario';

/** What has happened. */
export interface Done {
  readonly do: Deed['do'];
  /** The agent's employee id, or the strategy. */
  readonly by: string;
  readonly interactionId: string;
  /** Undefined for work that is finished. */
  readonly workbin: Workbin | undefined;
}

/** Something that an agent who is not logged in over a wire has pulled. */
interface InHand {
  readonly actor: Actor;
  readonly interactionId: string;
}

/** What lays new work in workbins. */
const STRATEGY = 'Distribute';

/** Does what a scenario says, by the server's own rules, as agents who are not logged in over a wire. */
export class Deeds {
  private made = 0;
  private readonly hands: InHand[] = [];

  constructor(
    private readonly server: InteractionServer,
    private readonly scenario: Scenario,
    private readonly clock: Clock,
  ) {}

  /** Undefined when it cannot be done now: nothing lies there, nobody is free. */
  perform(deed: Deed, random: Random): Done | undefined {
    switch (deed.do) {
      case 'arrive':
        return this.arrive(deed, random);
      case 'pull':
        return this.pull(deed, random);
      case 'placeBack':
      case 'handOver':
      case 'finish':
        return this.release(deed, random);
      case 'change':
        return this.change(deed, random);
      default:
        return assertNever(deed);
    }
  }

  /** Makes new work that is with `actor`. */
  newWork(template: Template, actor: Actor): Interaction {
    this.made += 1;
    const now = this.clock.now();
    const [queue = ''] = this.server.configuration.queues;
    const { agentId, placeId } = actor;
    const interaction = incomingInteraction(this.scenario, {
      template,
      number: this.made,
      now,
      location: {
        kind: 'handled',
        agentId,
        placeId,
        assignedAt: now,
        from: { kind: 'queue', queue, routing: false },
      },
    });
    this.server.interactions.put(interaction);
    return interaction;
  }

  private arrive(deed: Deed & { readonly do: 'arrive' }, random: Random): Done | undefined {
    const open = deed.in.filter((workbin) => this.count(workbin) < deed.atMost);
    const workbin = pick(random, open);
    if (workbin === undefined) {
      return undefined;
    }
    const tenantId = this.server.configuration.agents[0]?.tenantId ?? 1;
    const actor: Actor = { tenantId, agentId: '', placeId: '', strategyId: STRATEGY };
    const { id } = this.newWork(deed.template, actor);
    this.server.handling.place(actor, id, workbin, NO_CHANGES, false);
    return { do: deed.do, by: STRATEGY, interactionId: id, workbin };
  }

  private pull(deed: Deed & { readonly do: 'pull' }, random: Random): Done | undefined {
    const filled = deed.from.filter((workbin) => this.count(workbin) > 0);
    const workbin = pick(random, filled);
    const interaction = workbin && this.server.interactions.firstIn(workbin);
    const actor = workbin && pick(random, this.free(deed.agents, workbin));
    if (workbin === undefined || interaction === undefined || actor === undefined) {
      return undefined;
    }
    const interactionId = interaction.id;
    this.server.handling.pull(actor, { viewId: privateView(workbin.type), interactionId });
    this.hands.push({ actor, interactionId });
    return { do: deed.do, by: actor.agentId, interactionId, workbin };
  }

  /** Lets somebody give away what was pulled first. */
  private release(
    deed: Deed & { readonly do: 'placeBack' | 'handOver' | 'finish' },
    random: Random,
  ): Done | undefined {
    this.forgetLost();
    const onWires = new Set(this.server.loggedIn.map((session) => session.agentId));
    const index = this.hands.findIndex(
      ({ actor: { agentId } }) => !onWires.has(agentId) && deed.agents?.includes(agentId) !== false,
    );
    const held = this.hands[index];
    const location = held && this.server.interactions.get(held.interactionId)?.location;
    if (held === undefined || location?.kind !== 'handled') {
      return undefined;
    }
    const { actor, interactionId } = held;
    const done = { do: deed.do, by: actor.agentId, interactionId };
    if (deed.do === 'finish') {
      this.hands.splice(index, 1);
      this.server.handling.stop(actor, interactionId);
      return { ...done, workbin: undefined };
    }
    const origin = location.from.kind === 'workbin' ? location.from.workbin : undefined;
    const workbin = deed.do === 'placeBack' ? origin : pick(random, deed.to);
    if (workbin === undefined) {
      return undefined;
    }
    this.hands.splice(index, 1);
    this.server.handling.place(actor, interactionId, workbin, NO_CHANGES, false);
    return { ...done, workbin };
  }

  private change(deed: Deed & { readonly do: 'change' }, random: Random): Done | undefined {
    const filled = deed.in.filter((workbin) => this.count(workbin) > 0);
    const workbin = pick(random, filled);
    const lying = workbin === undefined ? [] : this.server.interactions.inWorkbin(workbin);
    const interaction = pick(random, lying);
    const actor = workbin && pick(random, this.free(deed.agents, workbin));
    const contact = pick(random, this.scenario.contacts);
    if (interaction === undefined || actor === undefined || contact === undefined) {
      return undefined;
    }
    this.made += 1;
    const values = cook(deed.set, { n: this.made, i: this.made, contact, random });
    const isKnown = ([key]: readonly [string, JsonValue]): boolean => interaction.userData.has(key);
    this.server.handling.changeProperties(actor, interaction.id, {
      changed: new Map([...values].filter(isKnown)),
      added: new Map([...values].filter((entry) => !isKnown(entry))),
      deleted: deed.remove.filter((key) => !values.has(key)),
    });
    return { do: deed.do, by: actor.agentId, interactionId: interaction.id, workbin };
  }

  /** What somebody else has taken away meanwhile is in nobody's hands any more. */
  private forgetLost(): void {
    for (let index = this.hands.length - 1; index >= 0; index--) {
      const held = this.hands[index];
      const location = held && this.server.interactions.get(held.interactionId)?.location;
      if (location?.kind !== 'handled' || location.agentId !== held?.actor.agentId) {
        this.hands.splice(index, 1);
      }
    }
  }

  /** Agents who may look into a workbin and work here without a wire. */
  private free(agents: readonly string[] | undefined, workbin: Workbin): readonly Actor[] {
    const { configuration } = this.server;
    const busy = new Set(this.server.loggedIn.map((session) => session.agentId));
    return configuration.agents
      .filter(({ id, enabled }) => enabled && !busy.has(id) && agents?.includes(id) !== false)
      .map(({ id, placeId, tenantId }): Actor => ({ agentId: id, placeId, tenantId }))
      .filter((actor) => mayAccess(configuration, actor, workbin));
  }

  private count(workbin: Workbin): number {
    return this.server.interactions.countIn(workbin);
  }
}
