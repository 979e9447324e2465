/** A day of agents at work, many of them at a time, as lines of a recording. */
import { Day, type DayOptions, type TrafficLine } from './day';
import { Desktop } from './desktop';
import { WebDesktop } from './webDesktop';

const MOST_AT_ONCE = 40;
const FRAMES_PER_DESKTOP = 1500;
const MESSAGES_PER_CONNECTION = 890;
const WEB_SHARE = 0.02;

/** Lines with at least `frames` frames. What they hold is told to `options` as they are taken. */
export function* trafficLines(
  frames: number,
  options: DayOptions,
): Generator<TrafficLine, void, undefined> {
  const day = new Day(options);
  const { random, truth } = options;
  const present = new Set<Desktop | WebDesktop>();
  const atOnce = Math.min(MOST_AT_ONCE, Math.max(3, Math.round(frames / FRAMES_PER_DESKTOP)));
  const come = (share: number): void => {
    const messages = MESSAGES_PER_CONNECTION * share * (0.5 + random.next());
    const gone = (): void => {
      present.delete(desktop);
      day.after(random.wait(500), () => come(1));
    };
    const desktop = random.chance(WEB_SHARE)
      ? new WebDesktop(day, messages, gone)
      : new Desktop(day, messages, gone);
    present.add(desktop);
  };
  for (let place = 0; place < atOnce; place++) {
    day.after(random.wait(300), () => come(Math.max(0.1, random.next())));
  }
  while (truth.frames < frames) {
    yield* day.pass();
  }
  for (const desktop of present) {
    desktop.end();
  }
  day.end();
  yield* day.take();
}
