/** Types of attributes, and how the catalogue's text names them. */
import { assert } from '../base/assert';
import { isEnumType } from './enums';
import type { EnumType } from './enums';

/**
 * Simple types by Platform SDK's names. `KVList` is a `KeyValueCollection`; `bytes` a byte array, which
 * the JSON form writes as Base64 (our reading).
 */
const SIMPLE_TYPES = ['int', 'string', 'bool', 'DateTime', 'KVList', 'bytes'] as const;
export type SimpleType = (typeof SIMPLE_TYPES)[number];

/** Types with fields of their own, which `compounds.ts` lists. */
export const COMPOUND_TYPES = [
  'WorkbinInfo',
  'OldWorkbinInfo',
  'ReasonInfo',
  'ActorInfo',
  'PartyInfo',
  'InteractionProperties',
  'AgentDescription',
] as const;
export type CompoundType = (typeof COMPOUND_TYPES)[number];

export type AttributeType = SimpleType | EnumType | CompoundType;

/** Attributes or fields by their names in the JSON form, in the SDK's order. */
export type AttributeList = ReadonlyMap<string, AttributeType>;

export function isCompoundType(type: string): type is CompoundType {
  return COMPOUND_TYPES.some((candidate) => candidate === type);
}

/** Reads `name type, name type`; fails on a type that nobody defined. */
export function attributeList(text: string): AttributeList {
  return new Map(
    text.split(',').map((item) => {
      const [name = '', type = ''] = item.trim().split(' ');
      assert(isAttributeType(type), `"${item.trim()}" is an attribute and its type`);
      return [name, type];
    }),
  );
}

function isAttributeType(type: string): type is AttributeType {
  return (
    SIMPLE_TYPES.some((candidate) => candidate === type) || isEnumType(type) || isCompoundType(type)
  );
}
