import { seededRandom, type Random } from './scenario/random';

/** What can go wrong on purpose with one message. */
export const FAULT_KINDS = [
  /** An answer is never sent. */
  'dropAnswer',
  /** An answer comes `ms` late; others overtake it. */
  'delayAnswer',
  /** A request is done, and its answer says that it failed, with `errorCode`. */
  'falseError',
  /** An answer that says that a request failed has `errorCode` instead of its own. */
  'wrongErrorCode',
  /** A notification is sent twice. */
  'duplicateNotification',
  /** A notification is sent after the one that follows it. */
  'reorderNotifications',
  /** All subscriptions of a client are gone, and with them the notification that was due. */
  'forgetSubscriptions',
  /** The connection breaks off in the middle of a message. */
  'closeMidFrame',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** When a fault happens, counted over the messages that it could befall. */
export type FaultChance =
  | { readonly kind: 'probability'; readonly probability: number }
  /** The nth only, from 1. */
  | { readonly kind: 'nth'; readonly nth: number }
  | { readonly kind: 'every'; readonly every: number };

export interface FaultRule {
  readonly fault: FaultKind;
  readonly chance: FaultChance;
  /** Names of requests whose answers, or of notifications, it befalls; undefined: all. */
  readonly messages?: readonly string[] | undefined;
  /** Milliseconds, for `delayAnswer`. */
  readonly ms?: number | undefined;
  readonly errorCode?: number | undefined;
}

/** What goes wrong on purpose, so that clients can be tried against it. */
export interface Faults {
  /** The server takes everything and answers nothing. */
  hang: boolean;
  /** Everything that the server sends comes so many milliseconds late, in order. */
  delayMs: number;
}

export function noFaults(): Faults {
  return { hang: false, delayMs: 0 };
}

/** A rule, and how many messages it could have befallen. */
interface ActiveRule {
  readonly rule: FaultRule;
  readonly random: Random;
  count: number;
}

/** Rules by which single messages fail; they may change while the server runs. */
export class FaultRules {
  private active: readonly ActiveRule[] = [];

  constructor(
    rules: readonly FaultRule[],
    private readonly seed: number,
  ) {
    this.setAll(rules);
  }

  get all(): readonly FaultRule[] {
    return this.active.map(({ rule }) => rule);
  }

  /** Replaces every rule; counting begins anew. */
  setAll(rules: readonly FaultRule[]): void {
    this.active = rules.map((rule, index) => this.begun(rule, index));
  }

  /** Replaces the rules of one kind; undefined: it happens no more. */
  set(fault: FaultKind, rule: Omit<FaultRule, 'fault'> | undefined): void {
    const others = this.active.filter((each) => each.rule.fault !== fault);
    this.active = rule === undefined ? others : [...others, this.begun({ ...rule, fault }, 0)];
  }

  /** The rule by which that fault befalls this message; counts the message. */
  take(fault: FaultKind, message: string): FaultRule | undefined {
    let taken: FaultRule | undefined;
    for (const each of this.active) {
      const { rule } = each;
      if (rule.fault !== fault || rule.messages?.includes(message) === false) {
        continue;
      }
      each.count += 1;
      if (taken === undefined && falls(rule.chance, each.count, each.random)) {
        taken = rule;
      }
    }
    return taken;
  }

  private begun(rule: FaultRule, index: number): ActiveRule {
    const random = seededRandom(this.seed, FAULT_KINDS.indexOf(rule.fault), index);
    return { rule, random, count: 0 };
  }
}

function falls(chance: FaultChance, count: number, random: Random): boolean {
  switch (chance.kind) {
    case 'probability':
      return random.next() < chance.probability;
    case 'nth':
      return count === chance.nth;
    case 'every':
      return count % chance.every === 0;
  }
}
