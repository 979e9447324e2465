import type { Disposable } from '../../core/base/disposable';
import type { Clock } from '../../session/ports';
import { Refusal } from '../refusal';
import type { Deeds, Done } from './deeds';
import { seededRandom, type Random } from './random';
import type { Scenario, WeightedDeed } from './scenario';
import { Timetable, type Due } from './timetable';

/** Something that has happened by itself. */
export interface Happening extends Done {
  /** Scenario time in seconds. */
  readonly at: number;
  readonly stream: string;
}

/** So many happen before other work gets its turn, however far behind they are. */
const MAX_PER_TURN = 100;

/** When the clock is so far ahead (the machine slept), what was missed is not made up for. */
const MAX_BEHIND_SECONDS = 10;

/**
 * Lets what a scenario says happen, in the order of its timetable: by the clock, at a speed that may change, or
 * as fast as it goes. Whoever makes it disposes it.
 */
export class Happenings implements Disposable {
  private readonly timetable: Timetable;
  private timer: Disposable | undefined;
  /** Where scenario time was when the clock was last looked at. */
  private mark = { scenario: 0, clock: 0 };
  private ratePerSecond = 0;
  private ended = false;

  constructor(
    private readonly scenario: Scenario,
    private readonly deeds: Deeds,
    private readonly clock: Clock,
    /** Told of everything that happens. */
    private readonly onDidHappen: (happening: Happening) => void = () => undefined,
  ) {
    this.timetable = new Timetable(scenario.happenings, scenario.seed);
  }

  /** Seconds of scenario time in a second of the clock; 0: nothing happens. */
  get speed(): number {
    return this.ratePerSecond;
  }

  /** Goes on at another speed from here. */
  setSpeed(speed: number): void {
    this.mark = { scenario: this.now(), clock: this.clock.now() };
    this.ratePerSecond = speed;
    this.wait();
  }

  /**
   * Lets everything up to a scenario time happen without waiting for the clock; `breathe` is awaited again and
   * again, so that what has happened can be sent. Resolves with how much has happened.
   */
  async runTo(seconds: number, breathe: () => Promise<void>): Promise<number> {
    this.setSpeed(0);
    let count = 0;
    for (;;) {
      for (let turn = 0; turn < MAX_PER_TURN; turn++) {
        const at = this.timetable.next?.at;
        if (this.ended || at === undefined || at > seconds) {
          this.mark = { scenario: Math.max(seconds, this.mark.scenario), clock: this.clock.now() };
          return count;
        }
        count += this.happen() ? 1 : 0;
      }
      await breathe();
    }
  }

  dispose(): void {
    this.ended = true;
    this.timer?.dispose();
  }

  private now(): number {
    const passed = (this.clock.now() - this.mark.clock) / 1000;
    return this.mark.scenario + passed * this.ratePerSecond;
  }

  private wait(): void {
    this.timer?.dispose();
    this.timer = undefined;
    const at = this.timetable.next?.at;
    if (this.ended || this.ratePerSecond === 0 || at === undefined) {
      return;
    }
    const ms = Math.max(0, ((at - this.now()) / this.ratePerSecond) * 1000);
    this.timer = this.clock.after(ms, () => this.turn());
  }

  private turn(): void {
    const behind = this.now() - (this.timetable.next?.at ?? 0);
    if (behind > MAX_BEHIND_SECONDS * this.ratePerSecond) {
      this.mark = { scenario: this.timetable.next?.at ?? 0, clock: this.clock.now() };
    }
    // A clock in whole milliseconds may call a hair early.
    const now = this.now() + 0.001 * this.ratePerSecond;
    for (
      let count = 0;
      count < MAX_PER_TURN && (this.timetable.next?.at ?? Infinity) <= now;
      count++
    ) {
      this.happen();
    }
    this.wait();
  }

  /** False when nothing could be done. */
  private happen(): boolean {
    const due = this.timetable.take();
    const done = due && this.perform(due);
    if (due === undefined || done === undefined) {
      return false;
    }
    this.onDidHappen({ at: due.at, stream: due.stream.name, ...done });
    return true;
  }

  /** One of the stream's deeds by their weights; when that cannot be done, another one. */
  private perform(due: Due): Done | undefined {
    const random = seededRandom(this.scenario.seed, due.streamIndex, due.step, 2);
    let left = due.stream.deeds;
    while (left.length > 0) {
      const chosen = choose(left, random);
      if (chosen === undefined) {
        return undefined;
      }
      const done = this.attempt(chosen, random);
      if (done !== undefined) {
        return done;
      }
      left = left.filter((each) => each !== chosen);
    }
    return undefined;
  }

  /** What the rules forbid does not happen. */
  private attempt({ deed }: WeightedDeed, random: Random): Done | undefined {
    try {
      return this.deeds.perform(deed, random);
    } catch (error) {
      if (error instanceof Refusal) {
        return undefined;
      }
      throw error;
    }
  }
}

function choose(deeds: readonly WeightedDeed[], random: Random): WeightedDeed | undefined {
  const total = deeds.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.next() * total;
  return deeds.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
}
