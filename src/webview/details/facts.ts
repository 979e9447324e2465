import { element } from '../base/dom';
import { createValue } from './valueText';

/** Names and values, one below the other. */
export function createFacts(
  facts: readonly (readonly [name: string, value: string])[],
): HTMLElement {
  const list = element('dl', 'wi-facts');
  for (const [name, value] of facts) {
    list.append(element('dt', 'wi-facts__name', {}, name));
    list.append(element('dd', 'wi-facts__value', {}, createValue(value, '')));
  }
  return list;
}
