import path from 'node:path';
import { plainFigure, ratioFigure, takeTurns, type Report } from '../support/figures';
import { runMeasured } from '../support/measuredChild';
import type { LiveMeasurement } from './live.entry';

const ROUNDS = 3;

/**
 * A live session of 10,000 notifications in 10 s from an embedded server in a process of its own: what is
 * lost between wire, file and index, and how long the event loop is held up, beside an idle one.
 */
export async function run(report: Report): Promise<void> {
  const script = path.join(__dirname, 'live.entry.js');
  const lost: number[] = [];
  const delays = await takeTurns(ROUNDS, {
    live: async () => {
      const measured = await runMeasured<LiveMeasurement>(script, ['live']);
      lost.push(measured.lost);
      return measured.delayP999Ms;
    },
    idle: async () => (await runMeasured<LiveMeasurement>(script, ['idle'])).delayP999Ms,
  });
  report({ ...plainFigure('live.10k.lost', 'messages', lost), value: Math.max(...lost) });
  report(
    ratioFigure('live.10k.loop-delay-p999-ms', 'ms', delays.live, {
      name: 'an idle event loop',
      values: delays.idle,
    }),
  );
}
