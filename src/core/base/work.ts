/**
 * Work in small steps: whoever runs it goes on after each `yield` for as long as there is time, and later
 * otherwise. A step takes well under a millisecond.
 */
export type Work<T> = Generator<undefined, T, undefined>;

/** Cheap things that are done between two looks at the clock. */
export const STEP = 2048;
