import path from 'node:path';
import { plainFigure, ratioFigure, takeTurns, type Report } from '../support/figures';
import { runMeasured } from '../support/measuredChild';
import type { BurstMeasurement } from './burst.entry';

const ROUNDS = 5;
const COUNT = 300_000;

/**
 * 300,000 messages of 1.3 kB as fast as the server can send them: messages a second until the last one stands in
 * the index, beside a WebSocket client that throws away what it gets. Lost is what the server's digest of its bytes
 * and of what an index must tell of them does not find again by way of index and file.
 */
export async function run(report: Report): Promise<void> {
  const script = path.join(__dirname, 'burst.entry.js');
  const lost: number[] = [];
  const peaks: number[] = [];
  const rates = await takeTurns(ROUNDS, {
    recorded: async () => {
      const measured = await runMeasured<BurstMeasurement>(script, ['recorded', String(COUNT)]);
      lost.push(measured.lost);
      peaks.push(measured.peakMb);
      return measured.messagesPerSecond;
    },
    bare: async () =>
      (await runMeasured<BurstMeasurement>(script, ['bare', String(COUNT)])).messagesPerSecond,
  });
  report(plainFigure('live.rate', 'messages/s', rates.recorded));
  report(plainFigure('live.bare-ws-rate', 'messages/s', rates.bare));
  const baseline = { name: 'a ws client that throws everything away', values: rates.bare };
  const ratio = ratioFigure('live.rate-vs-bare-ws', 'ratio', rates.recorded, baseline);
  report({ ...ratio, value: ratio.ratio ?? NaN });
  report({ ...plainFigure('live.lost', 'messages', lost), value: Math.max(...lost) });
  report(plainFigure('live.peak-mb', 'MB', peaks));
}
