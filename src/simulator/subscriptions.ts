import { workbinName, type Workbin } from '../core/protocol/workbin';
import type { Actor, Interaction } from './interaction';

/** What the server tells a subscriber about its workbin. Operation names are those of Platform SDK. */
export interface WorkbinChange {
  readonly workbin: Workbin;
  readonly change: 'TakenOut' | 'PlacedIn' | 'PropertiesChanged';
  readonly operation: Operation;
  /** After a removal: as the interaction last lay in the workbin. */
  readonly interaction: Interaction;
  readonly actor: Actor;
}

/** Names of Platform SDK's `InteractionOperation` that this server uses. */
export type Operation =
  'Unknown' | 'Pull' | 'Timeout' | 'Leave' | 'Stop' | 'PlaceInWorkbin' | 'PlaceInQueue';

export interface SubscriptionOptions {
  /** Also tell when properties of an interaction in the workbin change. */
  readonly propertyChanges: boolean;
  /** Also tell with `EventProcessingStopped` when an interaction in the workbin is stopped. */
  readonly processingStopped: boolean;
}

/** Takes what a subscription brings. */
export interface Subscriber {
  workbinChanged(change: WorkbinChange): void;
  processingStopped(interaction: Interaction, actor: Actor): void;
}

/** Who wants to know about which workbin; at most one subscription per subscriber and workbin. */
export class Subscriptions {
  private readonly byWorkbin = new Map<string, Map<Subscriber, SubscriptionOptions>>();

  /** Subscribes; a second time only the options are new. */
  add(workbin: Workbin, subscriber: Subscriber, options: SubscriptionOptions): void {
    const name = workbinName(workbin);
    const subscribers = this.byWorkbin.get(name) ?? new Map<Subscriber, SubscriptionOptions>();
    subscribers.set(subscriber, options);
    this.byWorkbin.set(name, subscribers);
  }

  /** False when there was no subscription. */
  remove(workbin: Workbin, subscriber: Subscriber): boolean {
    return this.byWorkbin.get(workbinName(workbin))?.delete(subscriber) ?? false;
  }

  removeAll(subscriber: Subscriber): void {
    for (const subscribers of this.byWorkbin.values()) {
      subscribers.delete(subscriber);
    }
  }

  /** Forgets every subscription of everybody. */
  clear(): void {
    this.byWorkbin.clear();
  }

  /** How many are told about a workbin. */
  count(workbin: Workbin): number {
    return this.byWorkbin.get(workbinName(workbin))?.size ?? 0;
  }

  publish(change: WorkbinChange): void {
    for (const [subscriber, options] of this.subscribers(change.workbin)) {
      if (change.change !== 'PropertiesChanged' || options.propertyChanges) {
        subscriber.workbinChanged(change);
      }
    }
  }

  publishStopped(workbin: Workbin, interaction: Interaction, actor: Actor): void {
    for (const [subscriber, options] of this.subscribers(workbin)) {
      if (options.processingStopped) {
        subscriber.processingStopped(interaction, actor);
      }
    }
  }

  private subscribers(workbin: Workbin): (readonly [Subscriber, SubscriptionOptions])[] {
    return [...(this.byWorkbin.get(workbinName(workbin)) ?? [])];
  }
}
