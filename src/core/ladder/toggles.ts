/**
 * Lines that one view has opened or closed. Rows of the view are those of the layout, shifted by what was
 * toggled before them: finding one costs the logarithm of the number of toggles.
 */
import { lowerBound } from './pages';
import { CONTINUED, FOLD, HEADING, LEADLESS, type Stretches } from './stretches';

/** A row of the layout, or a place inside an opened fold whose line is that row. */
export interface PlaceInLayout {
  readonly row: number;
  readonly inside?: number;
}

/** A toggled line that has an effect: one inside a closed phase has none. */
interface Shift {
  readonly stretch: number;
  /** Row of its line in the layout, and in the view. */
  readonly row: number;
  readonly viewRow: number;
  /** Rows that it adds below its line, or takes away. */
  readonly delta: number;
}

export class Toggles {
  /** Toggled stretches, ascending. */
  private readonly toggled: number[] = [];
  private shifts: readonly Shift[] = [];
  private shiftsOf = '';
  private changes = 0;

  constructor(private readonly stretches: Stretches) {}

  /** Raised by one whenever rows have moved. */
  get generation(): number {
    return this.changes;
  }

  /** Rows that the view has more than the layout. */
  get added(): number {
    const last = this.current().at(-1);
    return last === undefined ? 0 : last.viewRow + last.delta - last.row;
  }

  /** The toggled stretches, ascending. */
  get all(): readonly number[] {
    return this.toggled;
  }

  isToggled(stretch: number): boolean {
    return this.toggled[this.indexOf(stretch)] === stretch;
  }

  /** Opens a fold or closes it, closes a phase or opens it. False where nothing can be toggled. */
  toggle(stretch: number): boolean {
    const kind = this.stretches.kind(stretch);
    if (kind !== FOLD && kind !== HEADING && kind !== CONTINUED) {
      return false;
    }
    const at = this.indexOf(stretch);
    if (this.toggled[at] === stretch) {
      this.toggled.splice(at, 1);
    } else {
      this.toggled.splice(at, 0, stretch);
    }
    this.changes++;
    this.shiftsOf = '';
    return true;
  }

  /** Rows that a line hides when it is closed. */
  private hiddenBy(stretch: number): number {
    return this.stretches.firstRow(this.endOf(stretch)) - this.stretches.firstRow(stretch) - 1;
  }

  /** The closed line that hides a row of the layout. */
  closedOver(row: number): number | undefined {
    const shift = this.shiftBefore(row);
    return shift !== undefined && shift.delta < 0 && row <= shift.row - shift.delta
      ? shift.stretch
      : undefined;
  }

  /** Row of the view that shows a row of the layout, or the closed line that stands for it. */
  viewRow(row: number): number {
    const shift = this.shiftBefore(row);
    if (shift === undefined) {
      return row;
    }
    const hidden = shift.delta < 0 && row <= shift.row - shift.delta;
    return hidden ? shift.viewRow : row + shift.viewRow + shift.delta - shift.row;
  }

  find(viewRow: number): PlaceInLayout {
    const shifts = this.current();
    const after = lowerBound(shifts.length, (at) => (shifts[at]?.viewRow ?? 0) > viewRow);
    const shift = shifts[after - 1];
    if (shift === undefined) {
      return { row: viewRow };
    }
    const below = viewRow - shift.viewRow;
    if (below === 0) {
      return { row: shift.row };
    }
    return below <= shift.delta
      ? { row: shift.row, inside: below - 1 }
      : { row: shift.row + below - shift.delta };
  }

  /** The last shift whose line stands before a row of the layout. */
  private shiftBefore(row: number): Shift | undefined {
    const shifts = this.current();
    return shifts[lowerBound(shifts.length, (at) => (shifts[at]?.row ?? 0) >= row) - 1];
  }

  private indexOf(stretch: number): number {
    return lowerBound(this.toggled.length, (at) => (this.toggled[at] ?? 0) >= stretch);
  }

  private current(): readonly Shift[] {
    const { rows, slots } = this.stretches;
    const of = `${rows} ${slots}`;
    if (this.shiftsOf !== of) {
      this.shiftsOf = of;
      this.shifts = this.compute();
    }
    return this.shifts;
  }

  private compute(): readonly Shift[] {
    const shifts: Shift[] = [];
    let moved = 0;
    let shownFrom = 0;
    for (const stretch of this.toggled) {
      if (stretch < shownFrom) {
        continue;
      }
      const row = this.stretches.firstRow(stretch);
      const isFold = this.stretches.kind(stretch) === FOLD;
      const delta = isFold ? this.stretches.size(stretch) : -this.hiddenBy(stretch);
      shifts.push({ stretch, row, viewRow: row + moved, delta });
      moved += delta;
      shownFrom = isFold ? stretch + 1 : this.endOf(stretch);
    }
    return shifts;
  }

  /** A phase goes on behind the quiet messages that stand in it. */
  private endOf(stretch: number): number {
    let end = stretch + 1;
    while (end < this.stretches.count) {
      const kind = this.stretches.kind(end);
      if (kind !== FOLD && kind !== LEADLESS) {
        break;
      }
      end++;
    }
    return end;
  }
}
