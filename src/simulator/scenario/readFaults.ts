import { FAULT_KINDS, type FaultChance, type FaultRule } from '../faults';
import type { Complain, JsonNode } from './jsonTree';
import {
  list,
  located,
  maybe,
  numberBetween,
  object,
  oneOf,
  optional,
  required,
  text,
  wholeBetween,
} from './reading';

const FAULTS = list(
  located(
    object({
      fault: required(oneOf(FAULT_KINDS)),
      probability: maybe(numberBetween(0, 1)),
      nth: maybe(wholeBetween(1, 1_000_000_000)),
      every: maybe(wholeBetween(1, 1_000_000_000)),
      messages: optional<readonly string[] | undefined>(
        list(text(200), { min: 1, max: 100 }),
        undefined,
      ),
      ms: maybe(wholeBetween(0, 600_000)),
      errorCode: maybe(wholeBetween(0, 2 ** 31 - 1)),
    }),
  ),
  { max: 100 },
);

/** Reads what goes wrong on purpose. */
export function readFaults(
  node: JsonNode | undefined,
  complain: Complain,
): readonly FaultRule[] | undefined {
  if (node === undefined) {
    return [];
  }
  return FAULTS(node, complain)?.flatMap(({ value, span }): FaultRule[] => {
    const { fault, probability, nth, every, messages, ms, errorCode } = value;
    const chances: FaultChance[] = [
      ...(probability === undefined ? [] : [{ kind: 'probability' as const, probability }]),
      ...(nth === undefined ? [] : [{ kind: 'nth' as const, nth }]),
      ...(every === undefined ? [] : [{ kind: 'every' as const, every }]),
    ];
    const here = { start: span.start, end: span.start + 1 };
    const [chance] = chances;
    if (chance === undefined || chances.length > 1) {
      complain(here, 'One of "probability", "nth" and "every" must say when this happens.');
      return [];
    }
    if (ms !== undefined && fault !== 'delayAnswer') {
      complain(here, `"ms" belongs to "delayAnswer" only; delete it.`);
    }
    if (errorCode !== undefined && fault !== 'falseError' && fault !== 'wrongErrorCode') {
      complain(here, `"errorCode" belongs to "falseError" and "wrongErrorCode" only; delete it.`);
    }
    return [{ fault, chance, messages, ms, errorCode }];
  });
}
