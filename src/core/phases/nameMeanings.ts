import { widen } from '../base/growing';
import type { Texts } from '../base/textTable';
import { ACCEPTED } from './model';
import type { ModelTable } from './modelTable';

const FOLLOWS = 1;
const ENDS = 2;
const IS_ACCEPTED = 4;

/** What the names of an index mean to the phase models, worked out once for each name and asked for by its id. */
export class NameMeanings {
  private models = new Int16Array(64);
  private bits = new Uint8Array(64);
  private known = 0;

  constructor(
    private readonly names: Texts,
    private readonly table: ModelTable,
  ) {}

  /** The model that a request of this name begins; -1 when it begins none. */
  begins(nameId: number): number {
    if (nameId >= this.known) {
      this.learn();
    }
    return this.models[nameId] ?? -1;
  }

  /** True for notifications that follow some phase. */
  follows(nameId: number): boolean {
    return (this.bitsOf(nameId) & FOLLOWS) !== 0;
  }

  /** True for events that some model ends with. */
  endsSomething(nameId: number): boolean {
    return (this.bitsOf(nameId) & ENDS) !== 0;
  }

  isAccepted(nameId: number): boolean {
    return (this.bitsOf(nameId) & IS_ACCEPTED) !== 0;
  }

  private bitsOf(nameId: number): number {
    if (nameId >= this.known) {
      this.learn();
    }
    return this.bits[nameId] ?? 0;
  }

  /** Names come from the wire and may be many: the columns grow as they do. */
  private learn(): void {
    const { size } = this.names;
    if (size > this.bits.length) {
      this.models = widen(this.models, size * 2);
      this.bits = widen(this.bits, size * 2);
    }
    for (; this.known < size; this.known++) {
      const name = this.names.text(this.known);
      this.models[this.known] = this.table.begunBy(name) ?? -1;
      this.bits[this.known] =
        (this.table.follows(name) ? FOLLOWS : 0) |
        (this.table.endsSomething(name) ? ENDS : 0) |
        (name === ACCEPTED ? IS_ACCEPTED : 0);
    }
  }
}
