import { toDisposable, type Disposable } from '../core/base/disposable';
import { failed, ok, type Result } from '../core/base/result';
import { workbinName } from '../core/protocol/workbin';
import type { Clock } from '../session/ports';
import type { OtherAgent } from './otherAgent';

export interface BurstOptions {
  /** How many changes; each is one notification to each subscriber. */
  readonly count: number;
  readonly perSecond: number;
  /** `type@owner`; without it the workbin that somebody watches. */
  readonly workbin?: string | undefined;
}

export interface BurstReport {
  readonly workbin: string;
  readonly changes: number;
  readonly ms: number;
}

const TICK_MS = 5;

/** So many changes are made before other work gets its turn, however far the burst is behind. */
const MAX_PER_TICK = 250;

/**
 * Lets another agent place and pull in turn, evenly at a rate; `done` hears once how it went, or why it
 * ended early. Disposing ends it without a word.
 */
export function startBurst(
  other: OtherAgent,
  clock: Clock,
  options: BurstOptions,
  done: (report: Result<BurstReport>) => void,
): Disposable {
  const workbin = other.find(options.workbin);
  if (!workbin.ok) {
    done(workbin);
    return toDisposable(() => undefined);
  }
  const name = workbinName(workbin.value);
  const startedAt = clock.now();
  let changes = 0;
  let timer: Disposable | undefined;

  const tick = (): void => {
    const due = Math.floor(((clock.now() - startedAt) / 1000) * options.perSecond) + 1;
    const until = Math.min(options.count, due, changes + MAX_PER_TICK);
    for (; changes < until; changes += 1) {
      const deed = changes % 2 === 0 ? other.place(name) : other.pull(name);
      if (!deed.ok) {
        done(failed(deed.error.code, `After ${changes} changes: ${deed.error.message}`));
        return;
      }
    }
    if (changes < options.count) {
      timer = clock.after(TICK_MS, tick);
    } else {
      done(ok({ workbin: name, changes, ms: Math.round(clock.now() - startedAt) }));
    }
  };
  tick();
  return toDisposable(() => timer?.dispose());
}
