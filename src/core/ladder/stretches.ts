/**
 * A ladder's rows in short: a stretch is one line (a heading, a mark, a fold) and the messages below it up to
 * the next such line. Messages stand in slots, numbered in the order of the layout; which message a slot holds
 * is the layout's to say. Costs 13 bytes a stretch and nothing a message.
 */
import {
  mustAscend,
  mustLieBelow,
  numbersOf,
  SnapshotError,
  type Restoring,
  type Snapshot,
} from '../base/snapshot';
import { lowerBound, pagedBytes, pagedNumbers } from './pages';

/** Messages without a line of their own above: they go on after a fold, or begin the ladder. */
export const LEADLESS = 0;
/** Begins a phase (subject: its number); its first line among what is shown. */
export const HEADING = 1;
/** The same phase again, after something else. */
export const CONTINUED = 2;
/** A mark (subject: its number). */
export const MARK = 3;
/** Messages outside of any phase (subject: the first of them). */
export const OUTSIDE = 4;
/** Quiet messages, told in one line; their slots have no rows of their own. */
export const FOLD = 5;

export class Stretches {
  private readonly kinds = pagedBytes();
  private readonly subjects = pagedNumbers();
  private readonly firstRows = pagedNumbers();
  private readonly firstSlots = pagedNumbers();
  private rowCount = 0;
  private slotCount = 0;

  get count(): number {
    return this.kinds.length;
  }

  /** Rows and slots of all stretches. */
  get rows(): number {
    return this.rowCount;
  }

  get slots(): number {
    return this.slotCount;
  }

  /** Begins a stretch at the end. One without a line needs a slot right away. */
  begin(kind: number, subject: number): void {
    this.kinds.push(kind);
    this.subjects.push(subject);
    this.firstRows.push(this.rowCount);
    this.firstSlots.push(this.slotCount);
    this.rowCount += kind === LEADLESS ? 0 : 1;
  }

  /** Adds messages to the last stretch. */
  add(slots: number): void {
    this.slotCount += slots;
    if (this.kind(this.count - 1) !== FOLD) {
      this.rowCount += slots;
    }
  }

  /** Puts all of it into a snapshot, without copying. */
  save(snapshot: Snapshot): void {
    snapshot.putPieces('stretch kinds', this.kinds.save());
    snapshot.putPieces('stretch subjects', this.subjects.save());
    snapshot.putPieces('stretch rows', this.firstRows.save());
    snapshot.putPieces('stretch slots', this.firstSlots.save());
    snapshot.putValue('stretches', [this.count, this.rowCount, this.slotCount]);
  }

  /** Checks what {@link save} has put there. Throws `SnapshotError`. */
  restore(snapshot: Snapshot): Restoring {
    const [count = 0, rows = 0, slots = 0] = numbersOf(snapshot.value('stretches'), 'stretches');
    const kinds = snapshot.column('stretch kinds', this.kinds.kind, count);
    const subjects = snapshot.column('stretch subjects', this.subjects.kind, count);
    const firstRows = snapshot.column('stretch rows', this.firstRows.kind, count);
    const firstSlots = snapshot.column('stretch slots', this.firstSlots.kind, count);
    const messages = snapshot.count('rows');
    const phases = snapshot.count('phases');
    mustAscend(firstRows, 'stretch rows');
    mustAscend(firstSlots, 'stretch slots');
    mustLieBelow(firstRows, 'stretch rows', rows + 1);
    mustLieBelow(firstSlots, 'stretch slots', slots + 1);
    mustLieBelow(kinds, 'stretch kinds', FOLD + 1);
    if (slots !== messages) {
      throw new SnapshotError('the ladder is of other messages');
    }
    for (let stretch = 0; stretch < count; stretch++) {
      const kind = kinds[stretch];
      const isPhase = kind === HEADING || kind === CONTINUED;
      if (kind !== MARK && (subjects[stretch] ?? 0) >= (isPhase ? phases : messages)) {
        throw new SnapshotError('a part of the ladder is of nothing');
      }
    }
    return () => {
      this.kinds.restore(kinds);
      this.subjects.restore(subjects);
      this.firstRows.restore(firstRows);
      this.firstSlots.restore(firstSlots);
      this.rowCount = rows;
      this.slotCount = slots;
    };
  }

  kind(stretch: number): number {
    return this.kinds.at(stretch);
  }

  subject(stretch: number): number {
    return this.subjects.at(stretch);
  }

  /** Row of its line, or of its first message where it has none. */
  firstRow(stretch: number): number {
    return stretch < this.count ? this.firstRows.at(stretch) : this.rowCount;
  }

  firstSlot(stretch: number): number {
    return stretch < this.count ? this.firstSlots.at(stretch) : this.slotCount;
  }

  /** Number of its messages. */
  size(stretch: number): number {
    return this.firstSlot(stretch + 1) - this.firstSlot(stretch);
  }

  /** Lines of its own: one, or none. */
  lines(stretch: number): number {
    return this.kind(stretch) === LEADLESS ? 0 : 1;
  }

  /** The stretch that holds a row. */
  atRow(row: number): number {
    return lowerBound(this.count, (stretch) => this.firstRows.at(stretch) > row) - 1;
  }

  /** The stretch that holds a slot. */
  atSlot(slot: number): number {
    // Of several that begin with one slot the last holds it: those before are empty.
    return lowerBound(this.count, (stretch) => this.firstSlots.at(stretch) > slot) - 1;
  }

  /** Row of a slot; that of its line where it is folded. */
  rowOfSlot(slot: number): number {
    const stretch = this.atSlot(slot);
    const first = this.firstRow(stretch);
    return this.kind(stretch) === FOLD
      ? first
      : first + this.lines(stretch) + slot - this.firstSlot(stretch);
  }

  /** The nearest stretch after (`step` 1) or before another that begins a phase. */
  findHeading(stretch: number, step: 1 | -1): number | undefined {
    const found =
      step > 0
        ? this.kinds.indexOf(HEADING, stretch + 1)
        : this.kinds.lastIndexOf(HEADING, stretch - 1);
    return found < 0 ? undefined : found;
  }
}
