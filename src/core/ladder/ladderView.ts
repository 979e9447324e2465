/**
 * One view's ladder: a layout, with the folds and phases that this view has opened and closed. The layout may
 * be replaced; what was toggled in it is then found again by its messages.
 */
import type { Layout } from './layout';
import type { RowContents } from './rowContents';
import type { HeadingRow, LadderRow } from './rows';
import { CONTINUED, FOLD, HEADING, MARK, OUTSIDE } from './stretches';
import { Toggles } from './toggles';

export class LadderView {
  private toggles: Toggles;
  /** Generations of layouts and toggles that were replaced. */
  private earlier = 0;

  constructor(
    private readonly contents: RowContents,
    private layout: Layout,
  ) {
    this.toggles = new Toggles(layout.stretches);
  }

  get count(): number {
    return this.layout.stretches.rows + this.toggles.added;
  }

  /** What it shows. */
  get shown(): Layout {
    return this.layout;
  }

  /** Rows that are there because folds are open, less those that closed phases hide. */
  get inside(): number {
    return this.toggles.added;
  }

  /** Messages that the layout shows, folded ones as well. */
  get messages(): number {
    return this.layout.stretches.slots;
  }

  /** Raised whenever a row that was there before shows something else, or has moved. */
  get generation(): number {
    return this.earlier + this.layout.generation + this.toggles.generation;
  }

  /** Shows another layout. `keepsToggles` where it is the same one, grown or laid out again. */
  replace(layout: Layout, keepsToggles: boolean): void {
    const kept = keepsToggles ? this.toggledMessages() : [];
    this.earlier = this.generation + 1;
    this.layout = layout;
    this.toggles = new Toggles(layout.stretches);
    for (const { message, isFold } of kept) {
      const stretch = this.stretchOf(message);
      const isSame = stretch !== undefined && (layout.stretches.kind(stretch) === FOLD) === isFold;
      if (isSame && !this.toggles.isToggled(stretch)) {
        this.toggles.toggle(stretch);
      }
    }
  }

  /** Opens the fold or closes the phase whose line stands at a row, or the other way round. */
  toggle(viewRow: number): boolean {
    const { row, inside } = this.toggles.find(viewRow);
    const { stretches } = this.layout;
    const stretch = stretches.atRow(row);
    return (
      inside === undefined &&
      viewRow < this.count &&
      stretches.firstRow(stretch) === row &&
      this.toggles.toggle(stretch)
    );
  }

  /** True when the view shows a message, if perhaps in a closed fold or phase. */
  shows(message: number): boolean {
    const slot = this.layout.slotOf(message);
    return slot >= 0 && this.layout.messageAt(slot) === message;
  }

  /** Opens whatever hides a message that the layout holds. True when rows have moved by it. */
  openFor(message: number): boolean {
    const before = this.toggles.generation;
    const { stretches } = this.layout;
    const slot = this.shows(message) ? this.layout.slotOf(message) : -1;
    if (slot >= 0) {
      const closed = this.toggles.closedOver(stretches.rowOfSlot(slot));
      if (closed !== undefined) {
        this.toggles.toggle(closed);
      }
      const stretch = stretches.atSlot(slot);
      if (stretches.kind(stretch) === FOLD && !this.toggles.isToggled(stretch)) {
        this.toggles.toggle(stretch);
      }
    }
    return this.toggles.generation !== before;
  }

  /**
   * Row that shows a message, or the closed line that stands for it; where the view does not hold it, that of
   * the nearest message. Undefined when it holds none.
   */
  rowOf(message: number): number | undefined {
    const { stretches } = this.layout;
    const slot = this.layout.slotOf(message);
    if (slot < 0) {
      return undefined;
    }
    const row = this.toggles.viewRow(stretches.rowOfSlot(slot));
    const stretch = stretches.atSlot(slot);
    const isOpenFold =
      stretches.kind(stretch) === FOLD &&
      this.toggles.isToggled(stretch) &&
      this.toggles.closedOver(stretches.firstRow(stretch)) === undefined;
    return isOpenFold ? row + 1 + slot - stretches.firstSlot(stretch) : row;
  }

  /** Row of the first message at a time (ms) or after it, or the last row. */
  rowAtTime(time: number): number {
    return this.toggles.viewRow(this.layout.rowAtTime(time));
  }

  /** The nearest row after (`step` 1) or before another where a phase begins. */
  findHeading(viewRow: number, step: 1 | -1): number | undefined {
    const { stretches } = this.layout;
    const { row, inside } = this.toggles.find(Math.min(viewRow, this.count));
    let stretch = row >= stretches.rows ? stretches.count : stretches.atRow(row);
    // From within a stretch its own line comes first on the way back.
    if (step < 0 && (inside !== undefined || row > stretches.firstRow(stretch))) {
      stretch++;
    }
    const found = stretches.findHeading(stretch, step);
    return found === undefined ? undefined : this.toggles.viewRow(stretches.firstRow(found));
  }

  /** The first message below the line at a row, shown or folded away; undefined where another row stands there. */
  firstBelow(viewRow: number): number | undefined {
    const { row, inside } = this.toggles.find(viewRow);
    const { stretches } = this.layout;
    const stretch = stretches.atRow(row);
    const isLine = inside === undefined && row === stretches.firstRow(stretch);
    return isLine && stretches.size(stretch) > 0
      ? this.layout.messageAt(stretches.firstSlot(stretch))
      : undefined;
  }

  /** Rows from `first` on, as many as there are. */
  rows(first: number, count: number): readonly LadderRow[] {
    const rows: LadderRow[] = [];
    const end = Math.min(this.count, first + count);
    for (let viewRow = Math.max(0, first); viewRow < end; viewRow++) {
      rows.push(this.row(viewRow));
    }
    return rows;
  }

  private row(viewRow: number): LadderRow {
    const { contents, layout } = this;
    const { stretches } = layout;
    const { row, inside } = this.toggles.find(viewRow);
    const stretch = stretches.atRow(row);
    const firstSlot = stretches.firstSlot(stretch);
    if (inside !== undefined) {
      return { ...contents.message(layout.messageAt(firstSlot + inside)), inFold: inside };
    }
    const below = row - stretches.firstRow(stretch) - stretches.lines(stretch);
    return below < 0 ? this.line(stretch) : contents.message(layout.messageAt(firstSlot + below));
  }

  /** What stands above a stretch's messages. */
  private line(stretch: number): LadderRow {
    const { contents, layout } = this;
    const { stretches } = layout;
    const subject = stretches.subject(stretch);
    switch (stretches.kind(stretch)) {
      case HEADING:
        return this.withState(contents.heading(subject, false), stretch);
      case CONTINUED:
        return this.withState(contents.heading(subject, true), stretch);
      case MARK:
        return contents.mark(subject);
      case OUTSIDE:
        return contents.outside(subject);
      default: {
        const first = stretches.firstSlot(stretch);
        const fold = contents.fold(stretches.size(stretch), (index) =>
          layout.messageAt(first + index),
        );
        return { ...fold, open: this.toggles.isToggled(stretch) };
      }
    }
  }

  private withState(heading: HeadingRow, stretch: number): HeadingRow {
    return this.toggles.isToggled(stretch) ? { ...heading, open: false } : heading;
  }

  private stretchOf(message: number): number | undefined {
    const slot = this.layout.slotOf(message);
    return slot >= 0 && this.layout.messageAt(slot) === message
      ? this.layout.stretches.atSlot(slot)
      : undefined;
  }

  /** The first message of each toggled stretch. */
  private toggledMessages(): readonly { readonly message: number; readonly isFold: boolean }[] {
    const { stretches } = this.layout;
    return this.toggles.all.map((stretch) => ({
      message: this.layout.messageAt(stretches.firstSlot(stretch)),
      isFold: stretches.kind(stretch) === FOLD,
    }));
  }
}
