import type { KeptRow, TraceOverview, TraceViewState } from '../bridge/traceView';
import { messageIdentity } from './ladder/rowIdentity';

export interface RestoringOptions {
  /** Shows a row at the top. */
  readonly reveal: (row: number) => void;
  readonly rowOf: (message: number) => Promise<number>;
  /** Selects a row, if it still stands there. */
  readonly select: (row: KeptRow) => void;
  readonly fail: (error: unknown) => void;
}

type Place = Pick<TraceViewState, 'firstRow' | 'selected' | 'selectedRow'>;

/**
 * Brings back where the view stood before it was hidden or loaded anew: once the rows are there, which in a
 * recording that is still being read may take a while.
 */
export class Restoring {
  private firstRow: number | undefined;
  private selected: number | undefined;
  private selectedRow: KeptRow | undefined;

  constructor(private readonly options: RestoringOptions) {}

  /** Wants back what a state tells. */
  begin({ firstRow, selected, selectedRow }: Place): void {
    this.firstRow = firstRow;
    this.selected = selected;
    this.selectedRow = selectedRow;
  }

  /** What is still to be brought back: it is kept as it was until then. */
  get wanted(): Partial<Place> {
    const { firstRow, selected, selectedRow } = this;
    return {
      ...(firstRow === undefined ? {} : { firstRow }),
      ...(selected === undefined ? {} : { selected }),
      ...(selectedRow === undefined ? {} : { selectedRow }),
    };
  }

  /** The reader has gone elsewhere: nothing is brought back any more. */
  end(): void {
    this.firstRow = undefined;
    this.selected = undefined;
    this.selectedRow = undefined;
  }

  /** Brings back what is there by now. */
  update({ rows, messages, indexing }: TraceOverview): void {
    const isAll = indexing === undefined;
    const { firstRow, selected, selectedRow } = this;
    if (firstRow !== undefined && (isAll || rows > firstRow)) {
      this.firstRow = undefined;
      this.options.reveal(Math.min(firstRow, Math.max(0, rows - 1)));
    }
    if (selected !== undefined && (isAll || messages > selected)) {
      this.selected = undefined;
      if (messages > selected) {
        this.options
          .rowOf(selected)
          .then((index) => this.options.select({ index, identity: messageIdentity(selected) }))
          .catch(this.options.fail);
      }
    }
    if (selectedRow !== undefined && (isAll || rows > selectedRow.index)) {
      this.selectedRow = undefined;
      this.options.select(selectedRow);
    }
  }
}
