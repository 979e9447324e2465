import { ensure } from '../../core/base/assert';
import firstLook from '../../../media/scenarios/first-look.wbscenario.json?text' with { type: 'text' };
import stormDay from '../../../media/scenarios/storm-day.wbscenario.json?text' with { type: 'text' };
import { readScenario } from './readScenario';
import type { Scenario } from './scenario';

/** A scenario that is part of the product. */
export interface ShippedScenario {
  /** Stable; also the beginning of its file's name. */
  readonly id: string;
  readonly source: string;
}

/** The quiet one, which is the default, and a busy one. */
export const SHIPPED_SCENARIOS: readonly [ShippedScenario, ...ShippedScenario[]] = [
  { id: 'first-look', source: firstLook },
  { id: 'storm-day', source: stormDay },
];

/** The shipped scenario of that id, read; undefined when there is none of that id. */
export function shippedScenario(id: string): Scenario | undefined {
  const shipped = SHIPPED_SCENARIOS.find((each) => each.id === id);
  return shipped && readShipped(shipped);
}

/** What the server starts with when nothing is said. */
export function defaultScenario(): Scenario {
  return readShipped(SHIPPED_SCENARIOS[0]);
}

/** A shipped scenario, read. */
export function readShipped({ id, source }: ShippedScenario): Scenario {
  const read = readScenario(source);
  return ensure(read.ok ? read.value : undefined, `scenario ${id} has no mistakes`);
}
