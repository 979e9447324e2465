import assert from 'node:assert/strict';
import { pictureOf } from '../../../src/core/export/picture';
import type { HeadingRow } from '../../../src/core/ladder/rows';

const STATISTIC: HeadingRow = {
  kind: 'heading',
  phase: 4,
  title: 'RequestWorkbinStatistic',
  undocumented: true,
  reference: 12,
  outcome: 'completed',
  late: false,
  live: false,
  notifications: 0,
  continued: false,
};

describe('headings in an exported ladder', () => {
  it('say where no phase model stands behind them, and tell continued ones apart', () => {
    const texts = (rows: readonly HeadingRow[]) =>
      pictureOf('a.wbtrace', [], rows, 0).items.map((item) =>
        item.kind === 'phase' ? item.text : '',
      );
    const { undocumented: _, ...documented } = { ...STATISTIC, title: 'Agent Pulls Interaction' };
    assert.deepEqual(
      texts([
        STATISTIC,
        { ...STATISTIC, continued: true },
        { ...documented, continued: true, workbin: 'drafts@A1001' },
        documented,
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
