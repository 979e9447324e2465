/** Sorts numbers within groups, in steps: a typed array's own sort would hold everything up for its whole length. */

/** Cheap things that are done between two looks at the clock. */
const STEP = 4096;
const DIGIT = 8;
const VALUES = 1 << DIGIT;

export interface SortedGroups {
  /** Values of all groups, group after group, ascending within each. */
  readonly values: Uint32Array;
  /** Where each group begins; one more at the end. */
  readonly starts: Uint32Array;
}

/**
 * Sorts `values` within the groups that `groups` (numbers below `groupCount`) puts them into: first by value, digit by
 * digit, then by group, each pass keeping the order of the one before. Both arrays are left in disorder.
 */
export function* sortGroups(
  values: Uint32Array,
  groups: Uint32Array,
  groupCount: number,
): Generator<undefined, SortedGroups> {
  let from: Pair = { values, groups };
  let to: Pair = { values: new Uint32Array(values.length), groups: new Uint32Array(values.length) };
  for (let shift = 0; shift < 32; shift += DIGIT) {
    const digit = (at: number): number => ((from.values[at] ?? 0) >>> shift) & (VALUES - 1);
    yield* pass(from, to, VALUES, digit);
    [from, to] = [to, from];
  }
  const starts = yield* pass(from, to, groupCount, (at) => from.groups[at] ?? 0);
  return { values: to.values, starts };
}

interface Pair {
  readonly values: Uint32Array;
  readonly groups: Uint32Array;
}

/** One stable counting sort by a key below `keys`. Returns where each key begins, and the end. */
function* pass(
  from: Pair,
  to: Pair,
  keys: number,
  keyOf: (at: number) => number,
): Generator<undefined, Uint32Array> {
  const { length } = from.values;
  const starts = new Uint32Array(keys + 1);
  for (let at = 0; at < length; at++) {
    const key = keyOf(at);
    starts[key + 1] = (starts[key + 1] ?? 0) + 1;
    if (at % STEP === STEP - 1) {
      yield;
    }
  }
  for (let key = 0; key < keys; key++) {
    starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0);
  }
  const next = starts.slice();
  for (let at = 0; at < length; at++) {
    const key = keyOf(at);
    const place = next[key] ?? 0;
    next[key] = place + 1;
    to.values[place] = from.values[at] ?? 0;
    to.groups[place] = from.groups[at] ?? 0;
    if (at % STEP === STEP - 1) {
      yield;
    }
  }
  return starts;
}
