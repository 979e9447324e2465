/**
 * What the tree of a message's attributes is made of: which attributes there are, what each holds, and what its
 * value means. The same walk serves the tree that is shown and the value that is copied from a place in it.
 */
import { asInteger, asList, asObject, isNumber, member } from './attributes';
import type { AttributeList, AttributeType } from './attributeTypes';
import { isCompoundType } from './attributeTypes';
import { messageByName } from './catalogue';
import { COMPOUNDS } from './compounds';
import { enumName, enumNumber, isEnumType } from './enums';
import { errorName } from './errorCodes';
import type { JsonObject, JsonValue } from './json';
import { isEntryList, keyValueEntries } from './keyValueList';
import type { Message } from './message';
import { isSystemProperty } from './systemProperties';

/** Properties of an interaction that are told apart by their names; see {@link isSystemProperty}. */
export type PropertyGroup = 'system' | 'attached';

/** What becomes a line of the tree. */
export interface Item {
  readonly name: string;
  readonly value: JsonValue;
  readonly type?: AttributeType | undefined;
  /** `interactions`: a list by interaction id. `properties`: what one of its entries holds. */
  readonly holds?: 'interactions' | 'properties';
  /** Set on a line that stands for some of the properties and is not on the wire. */
  readonly group?: PropertyGroup;
  readonly members?: readonly Item[];
}

/** The first children of a list, as many as may be shown, and how many it has. */
export interface Children {
  readonly first: readonly Item[];
  readonly total: number;
}

/** Most children of one list. */
export const MAX_CHILDREN = 200;

/** Events whose `interactions` hold, by interaction id, lists of properties. */
const LISTS_INTERACTIONS: ReadonlySet<string> = new Set([
  'EventWorkbinContent',
  'EventPulledInteractions',
]);

const NOTHING_KNOWN: AttributeList = new Map();

/** The attributes of a message: in the catalogue's order, then those that it does not know in that of the wire. */
export function messageItems(message: Message): Children {
  const known = messageByName(message.name)?.attributes ?? NOTHING_KNOWN;
  const { first, total } = fieldsOf(message.attributes, known);
  const lists = LISTS_INTERACTIONS.has(message.name);
  return {
    first: first.map((item) =>
      lists && item.name === 'interactions' ? { ...item, holds: 'interactions' } : item,
    ),
    total,
  };
}

/** What a compound, a list or a key-value list holds; undefined for a single value. */
export function childrenOf(item: Item): Children | undefined {
  if (item.members !== undefined) {
    return { first: item.members, total: item.members.length };
  }
  const children = plainChildrenOf(item);
  switch (item.holds) {
    case 'interactions':
      return children && { ...children, first: children.first.map(asProperties) };
    case 'properties':
      return children && grouped(children);
    default:
      return children;
  }
}

/**
 * The other half of an enum's value (number or name), the name of an error code, or that Platform SDK knows none.
 * `isWeb`: a web tier's values may be others of its own, so that nothing is said of what is not known.
 */
export function meaningOf({ name, value, type }: Item, isWeb: boolean): string | undefined {
  if (type === 'int' && name === 'errorCode') {
    const code = asInteger(value);
    if (code === undefined) {
      return undefined; // No code at all, which is told as a problem of the message.
    }
    return errorName(code) ?? (isWeb ? undefined : 'no error code of Platform SDK 8.1.4');
  }
  if (type === 'KVList' && name === 'interactionUserData') {
    return 'attached data';
  }
  if (type === undefined || !isEnumType(type)) {
    return undefined;
  }
  const known = isNumber(value) ? enumName(type, value) : enumNumber(type, value)?.toString();
  return known ?? (isWeb || value === null ? undefined : `no ${type} of Platform SDK 8.1.4`);
}

function plainChildrenOf({ value, type }: Item): Children | undefined {
  const object = asObject(value);
  if (object !== undefined) {
    return fieldsOf(object, type && isCompoundType(type) ? COMPOUNDS[type] : NOTHING_KNOWN);
  }
  const list = asList(value);
  if (list === undefined) {
    return undefined;
  }
  const shown = list.slice(0, MAX_CHILDREN);
  const first = isEntryList(list)
    ? keyValueEntries(shown).map((entry) => ({ name: entry.key, value: entry.value }))
    : shown.map((item, index) => ({ name: `[${index}]`, value: item }));
  return { first, total: list.length };
}

/** Members in the order of the list, then those that it does not know in the order of the wire. */
function fieldsOf(object: JsonObject, known: AttributeList): Children {
  const listed = [...known].flatMap(([name, type]) => {
    const value = member(object, name);
    return value === undefined ? [] : [{ name, value, type }];
  });
  const others = Object.entries(object)
    .filter(([name]) => !known.has(name))
    .map(([name, value]) => ({ name, value }));
  const items = [...listed, ...others];
  return { first: items.slice(0, MAX_CHILDREN), total: items.length };
}

function asProperties(item: Item): Item {
  return { ...item, holds: 'properties' };
}

/** System properties apart from all others, where there are any by name. What was cut off stays counted. */
function grouped({ first, total }: Children): Children {
  const system = first.filter(({ name }) => isSystemProperty(name));
  if (system.length === 0) {
    return { first, total };
  }
  const attached = first.filter(({ name }) => !isSystemProperty(name));
  const groups = [
    groupOf('system', 'System properties', system),
    ...(attached.length === 0 ? [] : [groupOf('attached', 'Attached data', attached)]),
  ];
  return { first: groups, total: groups.length + total - first.length };
}

function groupOf(group: PropertyGroup, name: string, members: readonly Item[]): Item {
  // As an object for whoever copies it, unless a name occurs twice.
  const isUnique = new Set(members.map((entry) => entry.name)).size === members.length;
  const value = isUnique
    ? Object.fromEntries(members.map((entry) => [entry.name, entry.value]))
    : members.map((entry) => ({ key: entry.name, value: entry.value }));
  return { name, value, group, members };
}
