/**
 * A message's attributes as a tree for people: in the catalogue's order, key-value lists in both of their forms
 * as lists, with the meaning of enums and error codes. Limits keep a huge message harmless; where one cut
 * something off, a node or the value says how much.
 */
import { asInteger, isNumber, member, numberText, asObject, asList } from './attributes';
import type { AttributeList, AttributeType } from './attributeTypes';
import { isCompoundType } from './attributeTypes';
import { messageByName } from './catalogue';
import { COMPOUNDS } from './compounds';
import { cutText } from './cutText';
import { enumName, enumNumber, isEnumType } from './enums';
import { errorName } from './errorCodes';
import type { JsonObject, JsonValue } from './json';
import { isEntryList, keyValueEntries } from './keyValueList';
import type { Message } from './message';

/** One attribute: either a value or a list. */
export interface AttributeNode {
  readonly name: string;
  /** Text as shown. Absent on a list. */
  readonly value?: string;
  /** What the value means, such as the name of an enum's number or of an error code. */
  readonly meaning?: string;
  readonly type: 'string' | 'number' | 'boolean' | 'null' | 'list';
  readonly children?: readonly AttributeNode[];
}

export interface AttributeTree {
  readonly attributes: readonly AttributeNode[];
  /** True when long values or lists were cut. */
  readonly truncated: boolean;
}

/** Most children of one list, characters of a value or name, levels, and nodes of a whole tree. */
export const TREE_LIMITS = { children: 200, characters: 2000, depth: 32, nodes: 10_000 } as const;

/** The tree of a message's attributes. */
export function attributeTree(message: Message): AttributeTree {
  const builder = new TreeBuilder();
  const known = messageByName(message.name)?.attributes ?? NOTHING_KNOWN;
  const attributes = builder.nodes(fieldsOf(message.attributes, known), 1);
  return { attributes, truncated: builder.truncated };
}

/** What becomes a node. */
interface Item {
  readonly name: string;
  readonly value: JsonValue;
  readonly type?: AttributeType | undefined;
}

/** The first children of a list, as many as may be shown, and how many it has. */
interface Children {
  readonly first: readonly Item[];
  readonly total: number;
}

const NOTHING_KNOWN: AttributeList = new Map();

/** Builds one tree and counts what it spends. */
class TreeBuilder {
  truncated = false;
  private left: number = TREE_LIMITS.nodes;

  nodes({ first, total }: Children, depth: number): readonly AttributeNode[] {
    const room = depth > TREE_LIMITS.depth ? 0 : this.left;
    const shown = first.slice(0, room);
    this.left -= shown.length;
    const nodes = shown.map((item) => this.node(item, depth));
    const more = total - shown.length;
    return more > 0 ? [...nodes, this.moreNode(more)] : nodes;
  }

  private node(item: Item, depth: number): AttributeNode {
    const name = this.cut(item.name);
    const children = childrenOf(item);
    if (children !== undefined) {
      return { name, type: 'list', children: this.nodes(children, depth + 1) };
    }
    const meaning = meaningOf(item);
    return { name, ...this.scalar(item.value), ...(meaning !== undefined && { meaning }) };
  }

  private scalar(value: JsonValue): Pick<AttributeNode, 'type' | 'value'> {
    if (isNumber(value)) {
      return { type: 'number', value: this.cut(numberText(value)) };
    }
    if (typeof value === 'string') {
      return { type: 'string', value: this.cut(value) };
    }
    return typeof value === 'boolean'
      ? { type: 'boolean', value: String(value) }
      : { type: 'null', value: 'null' };
  }

  private cut(text: string): string {
    const cut = cutText(text, TREE_LIMITS.characters);
    if (cut === text) {
      return text;
    }
    this.truncated = true;
    return `${cut}… ${text.length - cut.length} more characters`;
  }

  private moreNode(count: number): AttributeNode {
    this.truncated = true;
    return { name: `… ${count} more`, type: 'null', value: '' };
  }
}

/** What a compound, a list or a key-value list holds; undefined for a single value. */
function childrenOf({ value, type }: Item): Children | undefined {
  const object = asObject(value);
  if (object !== undefined) {
    return fieldsOf(object, type && isCompoundType(type) ? COMPOUNDS[type] : NOTHING_KNOWN);
  }
  const list = asList(value);
  if (list === undefined) {
    return undefined;
  }
  const shown = list.slice(0, TREE_LIMITS.children);
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
  return { first: items.slice(0, TREE_LIMITS.children), total: items.length };
}

/** The other half of an enum's value (number or name), or the name of an error code. */
function meaningOf({ name, value, type }: Item): string | undefined {
  if (type === 'int' && name === 'errorCode') {
    const code = asInteger(value);
    return code === undefined ? undefined : errorName(code);
  }
  if (type === undefined || !isEnumType(type)) {
    return undefined;
  }
  return isNumber(value) ? enumName(type, value) : enumNumber(type, value)?.toString();
}
