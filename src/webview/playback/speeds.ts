/** How fast a trace can be played, in recorded seconds a second. */
export const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 25, 50, 100] as const;

/** The next faster (1) or slower (-1) speed; the same at the ends. */
export function speedBeside(speed: number, step: 1 | -1): number {
  const others = SPEEDS.filter((other) => (step > 0 ? other > speed : other < speed));
  return others.at(step > 0 ? 0 : -1) ?? speed;
}

/** A speed for people. */
export function speedWords(speed: number): string {
  return `${speed}×`;
}

/** A speed that an earlier page may have left. */
export function isSpeed(value: unknown): value is number {
  return SPEEDS.some((speed) => speed === value);
}
