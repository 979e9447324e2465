/**
 * The interactions of one workbin in the order that somebody wants. Ten thousand are sorted in slices; when some
 * come or go afterwards, only these are placed anew.
 */
import { NEVER_CANCELLED } from '../core/base/cancellation';
import { InTurn } from '../core/base/inTurn';
import type { Work } from '../core/base/work';
import {
  compareKeys,
  sortKey,
  type InteractionOrder,
  type SortKey,
} from '../core/workbins/arrange';
import {
  summarise,
  type HeldInteraction,
  type InteractionSummary,
} from '../core/workbins/interaction';
import { inSlices, type Pace } from './traceView/pace';

export interface Order {
  readonly by: InteractionOrder;
  readonly descending: boolean;
}

/** An interaction with what people know it by, worked out once. */
export interface SortedInteraction {
  readonly interaction: HeldInteraction;
  readonly summary: InteractionSummary;
}

interface Keyed extends SortedInteraction {
  readonly key: SortKey;
}

type Held = ReadonlyMap<string, HeldInteraction>;

/** Interactions that are looked at, and compared, between two looks at the clock. */
const PER_STEP = 64;

export class SortedInteractions {
  private held: Held = new Map();
  private order: Order = { by: 'told', descending: false };
  private sorted: readonly Keyed[] = [];
  private readonly inTurn = new InTurn();

  constructor(private readonly pace: Pace) {}

  /** In order; calls wait for one another. */
  get(held: Held, order: Order): Promise<readonly SortedInteraction[]> {
    return this.inTurn.run(() => this.sort(held, order));
  }

  private async sort(held: Held, order: Order): Promise<readonly SortedInteraction[]> {
    const isSame = order.by === this.order.by && order.descending === this.order.descending;
    if (!isSame || held !== this.held) {
      const before = isSame ? this.sorted : [];
      this.sorted = await inSlices(arranged(before, held, order), this.pace, NEVER_CANCELLED);
      this.held = held;
      this.order = order;
    }
    return this.sorted;
  }
}

function* arranged(before: readonly Keyed[], held: Held, order: Order): Work<readonly Keyed[]> {
  const stayed = new Map(before.map((each) => [each.interaction, each]));
  yield;
  if (order.by === 'told') {
    const all: Keyed[] = [];
    for (const interaction of held.values()) {
      all.push(stayed.get(interaction) ?? keyed(interaction, order));
      if (all.length % PER_STEP === 0) {
        yield;
      }
    }
    return order.descending ? all.reverse() : all;
  }
  const kept = before.filter(({ interaction }) => held.get(interaction.id) === interaction);
  yield;
  const added: Keyed[] = [];
  for (const interaction of held.values()) {
    if (!stayed.has(interaction)) {
      added.push(keyed(interaction, order));
      if (added.length % PER_STEP === 0) {
        yield;
      }
    }
  }
  return yield* merged(kept, yield* mergeSorted(added, order), order);
}

function keyed(interaction: HeldInteraction, order: Order): Keyed {
  const summary = summarise(interaction);
  return { interaction, summary, key: sortKey(summary, order.by) };
}

/** Short runs sorted at once, then merged two by two; equal ones stay as they were. */
function* mergeSorted(list: readonly Keyed[], order: Order): Work<readonly Keyed[]> {
  let runs: (readonly Keyed[])[] = [];
  for (let at = 0; at < list.length; at += PER_STEP) {
    runs.push(
      list.slice(at, at + PER_STEP).sort((a, b) => compareKeys(a.key, b.key, order.descending)),
    );
    yield;
  }
  while (runs.length > 1) {
    const next: (readonly Keyed[])[] = [];
    for (let at = 0; at < runs.length; at += 2) {
      next.push(yield* merged(runs[at] ?? [], runs[at + 1] ?? [], order));
    }
    runs = next;
  }
  return runs[0] ?? [];
}

function* merged(
  one: readonly Keyed[],
  other: readonly Keyed[],
  { descending }: Order,
): Work<readonly Keyed[]> {
  const all: Keyed[] = [];
  let at = 0;
  for (const each of one) {
    for (let next = other[at]; next !== undefined; next = other[at]) {
      if (compareKeys(each.key, next.key, descending) <= 0) {
        break;
      }
      all.push(next);
      at++;
      if (all.length % PER_STEP === 0) {
        yield;
      }
    }
    all.push(each);
    if (all.length % PER_STEP === 0) {
      yield;
    }
  }
  return other.length === 0 ? all : [...all, ...other.slice(at)];
}
