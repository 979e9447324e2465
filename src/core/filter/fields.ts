/** The fields of the filter language. A further field is a further entry. */
import type { Field } from './field';
import { NUMBER_FIELDS } from './numberFields';
import { PHASE_FIELDS } from './phaseFields';
import { TEXT_FIELDS } from './textFields';

/** In the order in which they are offered. */
const ORDER = [
  'name',
  'phase',
  'outcome',
  'workbin',
  'owner',
  'agent',
  'interaction',
  'ref',
  'code',
  'latency',
  'at',
  'conn',
  'dir',
  'role',
  'is',
];

export const FIELDS: readonly Field[] = [...TEXT_FIELDS, ...PHASE_FIELDS, ...NUMBER_FIELDS].sort(
  (one, other) => ORDER.indexOf(one.name) - ORDER.indexOf(other.name),
);

/** The field of a name, whatever its case. */
export function fieldNamed(name: string): Field | undefined {
  const lower = name.toLowerCase();
  return FIELDS.find((field) => field.name === lower);
}
