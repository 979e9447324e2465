import type { JsonValue } from '../core/protocol/json';
import type { Workbin } from '../core/protocol/workbin';

/** Where an interaction rests when nobody handles it. */
export type RestingPlace =
  | {
      readonly kind: 'queue';
      readonly queue: string;
      /** True while a strategy decides about it: nobody else may touch it. */
      readonly routing: boolean;
    }
  | { readonly kind: 'workbin'; readonly workbin: Workbin };

/** Where an interaction is: at rest, or in the hands of one agent. So it lies in at most one workbin. */
export type Location =
  | RestingPlace
  | {
      readonly kind: 'handled';
      readonly agentId: string;
      readonly placeId: string;
      readonly assignedAt: number;
      /** Where it goes back to when the agent leaves it. */
      readonly from: RestingPlace;
    };

/** Attached data and the properties that a person or an application gave: one flat list, in order. */
export type UserData = ReadonlyMap<string, JsonValue>;

/** One interaction, as it is at a moment; a change makes a new value. Times are milliseconds since 1970. */
export interface Interaction {
  readonly id: string;
  readonly parentId?: string;
  readonly tenantId: number;
  readonly mediaType: string;
  readonly type: string;
  readonly subtype: string;
  readonly isOnline: boolean;
  readonly isHeld: boolean;
  readonly submittedBy: string;
  readonly receivedAt: number;
  readonly submittedAt: number;
  /** When it last came to where it rests, or rested before somebody took it. */
  readonly movedToQueueAt: number;
  /** Counts placements, server-wide. */
  readonly placeInQueueSeq: number;
  readonly userData: UserData;
  readonly location: Location;
}

/** Who did something. */
export interface Actor {
  /** Employee id; empty for a strategy. */
  readonly agentId: string;
  readonly placeId: string;
  readonly tenantId: number;
  /** Named when it was no agent but a strategy. */
  readonly strategyId?: string;
}
