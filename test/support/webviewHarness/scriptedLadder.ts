/** A ladder whose rows are listed or made on demand, for the view's folds to stand on. */
import type { Fold } from '../../../src/core/ladder/folds';
import type { FoldedRows } from '../../../src/core/ladder/openFolds';
import type { LadderRow, MessageRow } from '../../../src/core/ladder/rows';
import { syntheticRow, type ScenarioRows } from './scenario';

export class ScriptedLadder implements FoldedRows {
  /** `count` rows: those of the scenario, and synthetic ones behind them. */
  constructor(
    private readonly scenario: ScenarioRows,
    public count: number,
  ) {}

  rows(first: number, count: number): readonly LadderRow[] {
    const shown = Math.max(0, Math.min(count, this.count - first));
    return Array.from({ length: shown }, (_, index) => this.row(first + index));
  }

  rowOf(message: number): number {
    for (const [row, messages] of this.scenario.folds) {
      if (messages.some((other) => other.message === message)) {
        return row;
      }
    }
    const { rows } = this.scenario;
    const listed = rows.findIndex((row) => row.kind === 'message' && row.message === message);
    return listed >= 0 ? listed : message;
  }

  foldAt(row: number): Fold | undefined {
    const messages = this.scenario.folds.get(row);
    const first = messages?.[0]?.message;
    return messages === undefined || first === undefined
      ? undefined
      : { first, count: messages.length };
  }

  messageRow(message: number): MessageRow {
    const at = this.rowOf(message);
    const folded = this.scenario.folds.get(at)?.find((other) => other.message === message);
    const row = folded ?? this.row(at);
    if (row.kind !== 'message') {
      throw new Error(`No message ${message}`);
    }
    return row;
  }

  findHeading(from: number, step: 1 | -1): number | undefined {
    for (let row = from + step; row >= 0 && row < this.count; row += step) {
      const found = this.row(row);
      if (found.kind === 'heading' && !found.continued) {
        return row;
      }
    }
    return undefined;
  }

  private row(index: number): LadderRow {
    return this.scenario.rows[index] ?? syntheticRow(index);
  }
}
