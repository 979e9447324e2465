import path from 'node:path';
import { plainFigure, type Report } from '../support/figures';
import { runMeasured } from '../support/measuredChild';
import type { ScenarioMeasurement } from './scenario.entry';

const ROUNDS = 3;

/** An hour of the busy scenario as fast as it goes: what is lost, and what a message costs in memory. */
export async function run(report: Report): Promise<void> {
  const script = path.join(__dirname, 'scenario.entry.js');
  const measured: ScenarioMeasurement[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    measured.push(await runMeasured<ScenarioMeasurement>(script, []));
  }
  const lost = measured.map((each) => each.lost);
  report({ ...plainFigure('scenario.60min.lost', 'messages', lost), value: Math.max(...lost) });
  const figure = (name: string, unit: string, of: (each: ScenarioMeasurement) => number): void =>
    report(plainFigure(`scenario.60min.${name}`, unit, measured.map(of)));
  figure('messages-per-second', 'messages/s of scenario time', (each) => each.perSecond);
  figure('resident-per-message', 'bytes', (each) => each.bytesPerMessage);
  figure('seconds', 's', (each) => each.seconds);
}
