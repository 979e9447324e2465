import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { wholeScript } from './wholeProcess';
import type { TrafficTruth } from '../../support/traffic/truth';

/** A recording of mixed traffic, made for a bench. */
export interface MixedTraffic {
  readonly path: string;
  /** What a tracer must find in it: see `writeTrafficAndFacts`. */
  readonly facts: string;
  readonly bytes: number;
  readonly truth: Omit<TrafficTruth, 'names'>;
  /** Removes what is kept beside the recording for quicker opening; how many files that were. */
  removeSidecars(): number;
  remove(): void;
}

/** Writes the traffic in a process of its own, so that it leaves nothing behind in this one. The caller removes it. */
export async function mixedTraffic(frames: number): Promise<MixedTraffic> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbin-inspector-bench-'));
  const file = path.join(folder, 'mixed.wbtrace');
  const facts = `${file}.facts`;
  const remove = (): void => fs.rmSync(folder, { recursive: true });
  try {
    const script = path.join(__dirname, '..', 'support', 'trafficFile.entry.js');
    const { result } = await wholeScript(script, [String(frames), file]);
    const known = new Set([path.basename(file), path.basename(facts)]);
    return {
      path: file,
      facts,
      bytes: fs.statSync(file).size,
      truth: result as MixedTraffic['truth'],
      removeSidecars() {
        const sidecars = fs.readdirSync(folder).filter((name) => !known.has(name));
        for (const name of sidecars) {
          fs.rmSync(path.join(folder, name));
        }
        return sidecars.length;
      },
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}
