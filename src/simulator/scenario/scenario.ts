import type { JsonValue } from '../../core/protocol/json';
import type { Workbin } from '../../core/protocol/workbin';
import type { Configuration } from '../configuration';
import type { FaultRule } from '../faults';

/** What an embedded server starts with, and what happens in it by itself: a scenario file, read and checked. */
export interface Scenario {
  readonly name: string;
  readonly description: string;
  /** The same seed gives the same happenings in the same order. */
  readonly seed: number;
  readonly configuration: Configuration;
  readonly contacts: readonly Contact[];
  readonly templates: ReadonlyMap<string, Template>;
  /** The template of work that another agent lays in a workbin when a person asks for it. */
  readonly newWork: Template;
  readonly interactions: readonly InitialWork[];
  readonly happenings: readonly Stream[];
  readonly faults: readonly FaultRule[];
}

/** A customer, by whatever properties the author gives; texts name them as `{contact.name}`. */
export type Contact = ReadonlyMap<string, string>;

/**
 * Properties of an interaction as the file has them: texts may hold `{n}`, `{i}` and `{contact.…}`, and an
 * object with one key that begins with `$` stands for a value that is drawn; see `recipe.ts`.
 */
export type Recipes = ReadonlyMap<string, JsonValue>;

/** What interactions of a sort have in common. */
export interface Template {
  readonly mediaType: string;
  readonly type: string;
  readonly subtype: string;
  readonly submittedBy: string;
  readonly isOnline: boolean;
  /** Has a parent: the interaction that it answers. */
  readonly isReply: boolean;
  readonly properties: Recipes;
}

/** Interactions that are there at the start. */
export interface InitialWork {
  readonly template: Template;
  readonly at:
    | { readonly kind: 'workbin'; readonly workbin: Workbin }
    | { readonly kind: 'queue'; readonly queue: string; readonly routing: boolean };
  /** Index; undefined: one after the other. */
  readonly contact: number | undefined;
  readonly count: number;
  /** How long the newest and the oldest have lain there. */
  readonly ageMinutes: { readonly newest: number; readonly oldest: number };
  readonly properties: Recipes;
}

/** Something that goes on: deeds at a rate. Times are scenario time in seconds. */
export interface Stream {
  readonly name: string;
  readonly perMinute: number;
  /** Evenly spaced; else as if by chance, with that mean. */
  readonly regular: boolean;
  readonly startsAfter: number;
  /** After so long at work, so long nothing. */
  readonly pause: { readonly after: number; readonly length: number } | undefined;
  readonly deeds: readonly WeightedDeed[];
}

export interface WeightedDeed {
  readonly weight: number;
  readonly deed: Deed;
}

/** What can happen by itself. `agents` are those who may do it; undefined: anybody who is allowed to. */
export type Deed = { readonly agents: readonly string[] | undefined } & (
  | {
      /** New work comes in, laid there by a strategy. */
      readonly do: 'arrive';
      readonly template: Template;
      readonly in: readonly Workbin[];
      /** Nothing comes in where so much lies. */
      readonly atMost: number;
    }
  /** An agent takes what lies longest. */
  | { readonly do: 'pull'; readonly from: readonly Workbin[] }
  /** An agent lays what the agent has pulled back to where it was. */
  | { readonly do: 'placeBack' }
  /** An agent lays what the agent has pulled somewhere else. */
  | { readonly do: 'handOver'; readonly to: readonly Workbin[] }
  /** An agent is done with what the agent has pulled. */
  | { readonly do: 'finish' }
  /** An agent changes properties of something that lies there. */
  | {
      readonly do: 'change';
      readonly in: readonly Workbin[];
      readonly set: Recipes;
      readonly remove: readonly string[];
    }
);
