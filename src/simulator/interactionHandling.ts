import { ErrorCode } from '../core/protocol/errorCodes';
import { workbinName, type Workbin } from '../core/protocol/workbin';
import type { Clock } from '../session/ports';
import { privateView, type Configuration } from './configuration';
import type { Actor, Interaction, RestingPlace } from './interaction';
import type { Interactions } from './interactions';
import { applyChanges, changesNothing, type PropertyChanges } from './propertyChanges';
import { Refusal } from './refusal';
import type { Operation, Subscriptions } from './subscriptions';
import { mayAccess } from './workbinAccess';

/** What a pull names; `undefined` is what the request left out. */
export interface PullRequest {
  readonly viewId: string | undefined;
  readonly interactionId: string | undefined;
}

/**
 * What an agent may do with an interaction, and what subscribers hear of it. Every method either does all
 * that it says or refuses and changes nothing.
 */
export class InteractionHandling {
  constructor(
    private readonly configuration: Configuration,
    private readonly interactions: Interactions,
    private readonly subscriptions: Subscriptions,
    private readonly clock: Clock,
  ) {}

  place(
    actor: Actor,
    id: string | undefined,
    workbin: Workbin,
    changes: PropertyChanges,
    hold: boolean,
  ): void {
    const interaction = this.owned(actor, id);
    const { location } = interaction;
    if (location.kind === 'workbin' && workbinName(location.workbin) === workbinName(workbin)) {
      throw new Refusal(
        ErrorCode.Error_already_in_the_same_queue,
        `Interaction '${interaction.id}' already lies in '${workbinName(workbin)}'`,
      );
    }
    const userData = applyChanges(interaction.userData, changes);
    this.rest(
      { ...interaction, userData, isHeld: hold },
      { kind: 'workbin', workbin },
      'PlaceInWorkbin',
      actor,
    );
  }

  placeInQueue(
    actor: Actor,
    id: string | undefined,
    queue: string | undefined,
    changes: PropertyChanges,
  ): void {
    if (queue === undefined || queue === '') {
      throw new Refusal(ErrorCode.Error_queue_not_specified, 'The request names no queue');
    }
    if (!this.configuration.queues.includes(queue)) {
      throw new Refusal(ErrorCode.Error_unknown_queue_in_request, `There is no queue '${queue}'`);
    }
    const interaction = this.owned(actor, id);
    const userData = applyChanges(interaction.userData, changes);
    const target: RestingPlace = { kind: 'queue', queue, routing: false };
    this.rest({ ...interaction, userData }, target, 'PlaceInQueue', actor);
  }

  /** Takes one interaction out of its workbin into the agent's hands; returns it as it then is. */
  pull(actor: Actor, request: PullRequest): Interaction {
    const { viewId, interactionId } = request;
    if (viewId === undefined || viewId === '') {
      throw new Refusal(ErrorCode.Error_view_id_not_specified, 'The request names no view');
    }
    const type = this.configuration.workbinTypes.find(
      (candidate) => candidate.active && privateView(candidate.type) === viewId,
    );
    if (type === undefined) {
      throw new Refusal(ErrorCode.Error_unknown_view_in_request, `There is no view '${viewId}'`);
    }
    if (interactionId === undefined || interactionId === '') {
      throw new Refusal(
        ErrorCode.Error_pull_parameter_absent,
        `View '${viewId}' needs the pull parameter 'id'`,
      );
    }
    const interaction = this.known(interactionId);
    const { location } = interaction;
    if (
      location.kind !== 'workbin' ||
      location.workbin.type !== type.type ||
      !mayAccess(this.configuration, actor, location.workbin)
    ) {
      throw new Refusal(
        ErrorCode.Error_pull_failed,
        `Interaction '${interactionId}' cannot be pulled from '${viewId}'`,
      );
    }
    const pulled: Interaction = {
      ...interaction,
      isHeld: false,
      location: {
        kind: 'handled',
        agentId: actor.agentId,
        placeId: actor.placeId,
        assignedAt: this.clock.now(),
        from: location,
      },
    };
    this.interactions.put(pulled);
    this.tellTakenOut(interaction, 'Pull', actor);
    return pulled;
  }

  changeProperties(actor: Actor, id: string | undefined, changes: PropertyChanges): void {
    const interaction = this.owned(actor, id);
    const after = { ...interaction, userData: applyChanges(interaction.userData, changes) };
    this.interactions.put(after);
    if (after.location.kind === 'workbin' && !changesNothing(changes)) {
      this.subscriptions.publish({
        workbin: after.location.workbin,
        change: 'PropertiesChanged',
        operation: 'Unknown',
        interaction: after,
        actor,
      });
    }
  }

  stop(actor: Actor, id: string | undefined): void {
    const interaction = this.owned(actor, id);
    this.interactions.remove(interaction);
    this.tellTakenOut(interaction, 'Stop', actor);
    if (interaction.location.kind === 'workbin') {
      this.subscriptions.publishStopped(interaction.location.workbin, interaction, actor);
    }
  }

  /** Puts everything that the agent handles back to where it came from; returns what that was. */
  returnAll(actor: Actor, operation: 'Timeout' | 'Leave'): readonly Interaction[] {
    const held = this.interactions.heldBy(actor.agentId);
    for (const interaction of held) {
      if (interaction.location.kind === 'handled') {
        this.rest(interaction, interaction.location.from, operation, actor);
      }
    }
    return held;
  }

  /** The interaction of that id, whoever has it. */
  known(id: string | undefined): Interaction {
    if (id === undefined || id === '') {
      throw new Refusal(
        ErrorCode.Error_interaction_id_not_specified,
        'The request names no interaction',
      );
    }
    const interaction = this.interactions.get(id);
    if (interaction === undefined) {
      throw new Refusal(ErrorCode.Error_unknown_interaction, `There is no interaction '${id}'`);
    }
    return interaction;
  }

  /** The interaction if the agent handles it, or if it rests in a workbin that is open to the agent. */
  private owned(actor: Actor, id: string | undefined): Interaction {
    const interaction = this.known(id);
    const { location } = interaction;
    if (location.kind === 'queue' && location.routing) {
      throw new Refusal(
        ErrorCode.Error_invalid_interaction_state,
        `Interaction '${interaction.id}' is being routed`,
      );
    }
    const owned =
      location.kind === 'handled'
        ? location.agentId === actor.agentId
        : location.kind === 'workbin' && mayAccess(this.configuration, actor, location.workbin);
    if (!owned) {
      throw new Refusal(
        ErrorCode.Error_not_an_owner,
        `Agent '${actor.agentId}' does not own interaction '${interaction.id}'`,
      );
    }
    return interaction;
  }

  /** Lays an interaction somewhere; who watches the place that it left hears first. */
  private rest(
    interaction: Interaction,
    target: RestingPlace,
    operation: Operation,
    actor: Actor,
  ): void {
    const after: Interaction = {
      ...interaction,
      location: target,
      movedToQueueAt: this.clock.now(),
      placeInQueueSeq: this.interactions.nextSequence(),
    };
    this.interactions.put(after);
    this.tellTakenOut(interaction, operation, actor);
    if (target.kind === 'workbin') {
      this.subscriptions.publish({
        workbin: target.workbin,
        change: 'PlacedIn',
        operation,
        interaction: after,
        actor,
      });
    }
  }

  private tellTakenOut(before: Interaction, operation: Operation, actor: Actor): void {
    if (before.location.kind === 'workbin') {
      this.subscriptions.publish({
        workbin: before.location.workbin,
        change: 'TakenOut',
        operation,
        interaction: before,
        actor,
      });
    }
  }
}
