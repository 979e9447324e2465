import path from 'node:path';
import { plainFigure, ratioFigure, type Report } from '../support/figures';
import { runMeasured } from '../support/measuredChild';
import type { SteadyMeasurement } from './steady.entry';

/** Of a minute each: there must be an end to all benches. */
const ROUNDS = 2;
const BURST = 300_000;
const COUNT = 600_000;
const PER_SECOND = 10_000;

/**
 * 10,000 messages a second for 60 s: resident memory that a message costs, after collecting garbage at start and end,
 * and how long the event loop is held up. It starts after a burst of 300,000 messages in the same session, so that
 * what is counted is what messages cost and not what the process needs to get going. An idle process runs through
 * the same minute as the control.
 */
export async function run(report: Report): Promise<void> {
  const script = path.join(__dirname, 'steady.entry.js');
  const runs: { readonly live: SteadyMeasurement; readonly idle: SteadyMeasurement }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [live, idle] = await Promise.all(
      ['live', 'idle'].map((what) =>
        runMeasured<SteadyMeasurement>(script, [what, ...[BURST, COUNT, PER_SECOND].map(String)]),
      ),
    );
    if (live !== undefined && idle !== undefined) {
      runs.push({ live, idle });
    }
  }
  const ofLive = (value: (one: SteadyMeasurement) => number): number[] =>
    runs.map(({ live }) => value(live));
  const idle = runs.map((one) => one.idle.delayP999Ms);
  const lost = ofLive((one) => one.lost);
  report({ ...plainFigure('live.60s.lost', 'messages', lost), value: Math.max(...lost) });
  report(
    plainFigure(
      'live.60s.bytes-per-message',
      'bytes',
      ofLive((one) => one.bytesPerMessage),
    ),
  );
  report(
    plainFigure(
      'live.60s.bytes-per-message-before-gc',
      'bytes',
      ofLive((one) => one.bytesPerMessageAsItIs),
    ),
  );
  report(plainFigure('live.60s.idle-loop-delay-p999-ms', 'ms', idle));
  report(
    ratioFigure(
      'live.60s.loop-delay-p999-ms',
      'ms',
      ofLive((one) => one.delayP999Ms),
      {
        name: 'an idle process in the same minute',
        values: idle,
      },
    ),
  );
}
