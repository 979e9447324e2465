import type { TraceOverview, TraceViewState } from '../bridge/traceView';

export interface RestoringOptions {
  /** Shows a row at the top. */
  readonly reveal: (row: number) => void;
  readonly rowOf: (message: number) => Promise<number>;
  readonly select: (row: number) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Brings back where the view stood before it was hidden or loaded anew: once the rows are there, which in a
 * recording that is still being read may take a while.
 */
export class Restoring {
  private firstRow: number | undefined;
  private selected: number | undefined;

  constructor(private readonly options: RestoringOptions) {}

  /** Wants back what a state tells. */
  begin({ firstRow, selected }: Pick<TraceViewState, 'firstRow' | 'selected'>): void {
    this.firstRow = firstRow;
    this.selected = selected;
  }

  /** What is still to be brought back: it is kept as it was until then. */
  get wanted(): Partial<Pick<TraceViewState, 'firstRow' | 'selected'>> {
    const { firstRow, selected } = this;
    return {
      ...(firstRow === undefined ? {} : { firstRow }),
      ...(selected === undefined ? {} : { selected }),
    };
  }

  /** The reader has gone elsewhere: nothing is brought back any more. */
  end(): void {
    this.firstRow = undefined;
    this.selected = undefined;
  }

  /** Brings back what is there by now. */
  update({ rows, messages, indexing }: TraceOverview): void {
    const isAll = indexing === undefined;
    const { firstRow, selected } = this;
    if (firstRow !== undefined && (isAll || rows > firstRow)) {
      this.firstRow = undefined;
      this.options.reveal(Math.min(firstRow, Math.max(0, rows - 1)));
    }
    if (selected !== undefined && (isAll || messages > selected)) {
      this.selected = undefined;
      if (messages > selected) {
        this.options.rowOf(selected).then(this.options.select, this.options.fail);
      }
    }
  }
}
