/** Something to be put right in a text, where it stands. */
export interface ScenarioProblem {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units, as editors count. */
  readonly column: number;
  /** In UTF-16 code units; within the line. */
  readonly length: number;
  /** What is wrong and what to do, for a person. */
  readonly text: string;
}

/** A stretch of a text, in UTF-16 code units; `end` is behind the last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Finds lines and columns in one text. */
export class TextPositions {
  /** Where each line begins. */
  private readonly starts: readonly number[];

  constructor(private readonly text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    this.starts = starts;
  }

  /** The problem with a stretch; of one that goes over several lines, the first line is marked. */
  problem(span: Span, text: string): ScenarioProblem {
    const index = this.lineIndex(span.start);
    const start = this.starts[index] ?? 0;
    const lineEnd = (this.starts[index + 1] ?? this.text.length + 1) - 1;
    return {
      line: index + 1,
      column: span.start - start + 1,
      length: Math.max(1, Math.min(span.end, lineEnd) - span.start),
      text,
    };
  }

  private lineIndex(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
