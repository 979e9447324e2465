import assert from 'node:assert/strict';
import { pictureOf } from '../../../src/core/export/picture';
import type { HeadingRow } from '../../../src/core/ladder/rows';

const PULL: HeadingRow = {
  kind: 'heading',
  phase: 4,
  title: 'Agent Pulls Interaction',
  reference: 12,
  outcome: 'completed',
  late: false,
  live: false,
  notifications: 0,
  continued: false,
};
const STATISTIC: HeadingRow = {
  ...PULL,
  title: 'RequestWorkbinStatistic',
  undocumented: true,
};

describe('headings in an exported ladder', () => {
  it('say where no phase model stands behind them, and tell continued ones apart', () => {
    const texts = (rows: readonly HeadingRow[]) =>
      pictureOf('a.wbtrace', [], rows, 0).items.map((item) =>
        item.kind === 'phase' ? item.text : '',
      );
    assert.deepEqual(
      texts([
        STATISTIC,
        { ...STATISTIC, continued: true },
        { ...PULL, continued: true, workbin: 'drafts@A1001' },
        PULL,
      ]),
      [
        'RequestWorkbinStatistic (no phase model) · completed',
        'RequestWorkbinStatistic (no phase model, continued, ref 12) · completed',
        'Agent Pulls Interaction (continued) · drafts@A1001 · completed',
        'Agent Pulls Interaction · completed',
      ],
    );
  });
});
