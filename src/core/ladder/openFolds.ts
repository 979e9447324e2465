/**
 * One view's rows of a ladder: its own, and those of the folds that this view has opened. Folds that are
 * open are few, so positions are found by going through them.
 */
import type { Ladder } from './ladder';
import type { LadderRow } from './rows';

/** What is needed of a {@link Ladder}. */
export type FoldedRows = Pick<
  Ladder,
  'count' | 'rows' | 'rowOf' | 'foldAt' | 'messageRow' | 'findHeading'
>;

export class OpenFolds {
  /** Rows of the ladder whose folds are open, ascending. */
  private open: readonly number[] = [];
  private changes = 0;

  constructor(private readonly ladder: FoldedRows) {}

  get count(): number {
    return this.ladder.count + this.inside;
  }

  /** How many of the rows stand in open folds. */
  get inside(): number {
    return this.open.reduce((sum, row) => sum + this.size(row), 0);
  }

  /** Raised by one whenever rows have moved. */
  get generation(): number {
    return this.changes;
  }

  /** Opens the fold at a row of this view, or closes it; nothing where no fold is. */
  toggle(viewRow: number): void {
    const { row, inside } = this.find(viewRow);
    if (inside === undefined && this.ladder.foldAt(row) !== undefined) {
      this.set(row, !this.open.includes(row));
    }
  }

  /** Opens the fold that holds a message, if one does. True when rows have moved by it. */
  openFor(message: number): boolean {
    const row = this.ladder.rowOf(message);
    if (this.ladder.foldAt(row) === undefined || this.open.includes(row)) {
      return false;
    }
    this.set(row, true);
    return true;
  }

  /** Row of this view that shows a message: its own, or that of the fold that holds it. */
  rowOf(message: number): number {
    const row = this.ladder.rowOf(message);
    const fold = this.open.includes(row) ? this.ladder.foldAt(row) : undefined;
    return fold === undefined ? this.viewRow(row) : this.viewRow(row) + 1 + message - fold.first;
  }

  /** The nearest row of this view after (`step` 1) or before another where a phase begins. */
  findHeading(viewRow: number, step: 1 | -1): number | undefined {
    // From inside a fold the search begins at the fold's own row, which is no heading.
    const found = this.ladder.findHeading(this.find(viewRow).row, step);
    return found === undefined ? undefined : this.viewRow(found);
  }

  rows(first: number, count: number): readonly LadderRow[] {
    const rows: LadderRow[] = [];
    const end = Math.min(this.count, first + count);
    for (let viewRow = Math.max(0, first); viewRow < end; viewRow++) {
      rows.push(this.at(viewRow));
    }
    return rows;
  }

  private set(row: number, open: boolean): void {
    this.changes++;
    this.open = open
      ? [...this.open, row].sort((one, other) => one - other)
      : this.open.filter((other) => other !== row);
  }

  private at(viewRow: number): LadderRow {
    const { row, inside } = this.find(viewRow);
    if (inside !== undefined) {
      const first = this.ladder.foldAt(row)?.first ?? 0;
      return { ...this.ladder.messageRow(first + inside), inFold: inside };
    }
    const [shown] = this.ladder.rows(row, 1);
    if (shown === undefined) {
      throw new RangeError(`No row ${row}`);
    }
    return shown.kind === 'fold' && this.open.includes(row) ? { ...shown, open: true } : shown;
  }

  /** Row of this view that shows a row of the ladder. */
  private viewRow(row: number): number {
    let viewRow = row;
    for (const other of this.open) {
      if (other >= row) {
        break;
      }
      viewRow += this.size(other);
    }
    return viewRow;
  }

  /** The ladder's row behind a row of this view, and the place in the fold when it lies inside an open one. */
  private find(viewRow: number): { readonly row: number; readonly inside?: number } {
    let shift = 0;
    for (const row of this.open) {
      const at = row + shift;
      if (viewRow <= at) {
        break;
      }
      const size = this.size(row);
      if (viewRow <= at + size) {
        return { row, inside: viewRow - at - 1 };
      }
      shift += size;
    }
    return { row: viewRow - shift };
  }

  private size(row: number): number {
    return this.ladder.foldAt(row)?.count ?? 0;
  }
}
