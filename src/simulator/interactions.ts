import { workbinName, type Workbin } from '../core/protocol/workbin';
import type { Interaction, Location } from './interaction';

/** A workbin and how much lies in it. */
export interface WorkbinCount {
  readonly workbin: Workbin;
  readonly count: number;
}

/** Every interaction that the server knows, found by id and by workbin. */
export class Interactions {
  private readonly byId = new Map<string, Interaction>();
  private readonly byWorkbin = new Map<
    string,
    { readonly workbin: Workbin; readonly ids: Set<string> }
  >();
  private sequence = 0;

  constructor(initial: readonly Interaction[]) {
    for (const interaction of initial) {
      this.put(interaction);
      this.sequence = Math.max(this.sequence, interaction.placeInQueueSeq);
    }
  }

  get(id: string): Interaction | undefined {
    return this.byId.get(id);
  }

  all(): Iterable<Interaction> {
    return this.byId.values();
  }

  /** What lies in a workbin, in the order in which it came. */
  inWorkbin(workbin: Workbin): Interaction[] {
    const found: Interaction[] = [];
    for (const id of this.byWorkbin.get(workbinName(workbin))?.ids ?? []) {
      const interaction = this.byId.get(id);
      if (interaction !== undefined) {
        found.push(interaction);
      }
    }
    return found;
  }

  /** How much lies in a workbin. */
  countIn(workbin: Workbin): number {
    return this.byWorkbin.get(workbinName(workbin))?.ids.size ?? 0;
  }

  /** The interaction that lies longest in a workbin. */
  firstIn(workbin: Workbin): Interaction | undefined {
    for (const id of this.byWorkbin.get(workbinName(workbin))?.ids ?? []) {
      return this.byId.get(id);
    }
    return undefined;
  }

  /** Workbins in which something lies or lay. */
  counts(): WorkbinCount[] {
    return [...this.byWorkbin.values()].map(({ workbin, ids }) => ({ workbin, count: ids.size }));
  }

  heldBy(agentId: string): Interaction[] {
    return [...this.byId.values()].filter(
      ({ location }) => location.kind === 'handled' && location.agentId === agentId,
    );
  }

  /** Adds an interaction, or replaces it by its new state. */
  put(interaction: Interaction): void {
    const before = this.byId.get(interaction.id)?.location;
    if (before?.kind === 'workbin' && !sameWorkbin(before, interaction.location)) {
      this.byWorkbin.get(workbinName(before.workbin))?.ids.delete(interaction.id);
    }
    this.byId.set(interaction.id, interaction);
    if (interaction.location.kind === 'workbin') {
      this.idsIn(interaction.location.workbin).add(interaction.id);
    }
  }

  remove(interaction: Interaction): void {
    this.byId.delete(interaction.id);
    if (interaction.location.kind === 'workbin') {
      this.byWorkbin.get(workbinName(interaction.location.workbin))?.ids.delete(interaction.id);
    }
  }

  nextSequence(): number {
    this.sequence += 1;
    return this.sequence;
  }

  private idsIn(workbin: Workbin): Set<string> {
    const name = workbinName(workbin);
    const known = this.byWorkbin.get(name);
    if (known !== undefined) {
      return known.ids;
    }
    const ids = new Set<string>();
    this.byWorkbin.set(name, { workbin, ids });
    return ids;
  }
}

function sameWorkbin(before: { readonly workbin: Workbin }, after: Location): boolean {
  return after.kind === 'workbin' && workbinName(before.workbin) === workbinName(after.workbin);
}
