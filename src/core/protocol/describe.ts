/**
 * A message's attributes as a tree for people: in the catalogue's order, key-value lists in both of their forms
 * as lists, with the meaning of enums and error codes. Limits keep a huge message harmless; where one cut
 * something off, a node or the value says how much.
 */
import { isNumber, numberText } from './attributes';
import { cutText } from './cutText';
import {
  childrenOf,
  MAX_CHILDREN,
  meaningOf,
  messageItems,
  type Children,
  type Item,
  type PropertyGroup,
} from './describeItems';
import type { JsonValue } from './json';
import type { Message } from './message';

/** One attribute: either a value or a list. Its place (positions from the root) is that of `attributeText`. */
export interface AttributeNode {
  readonly name: string;
  /** Text as shown. Absent on a list. */
  readonly value?: string;
  /** What the value means, such as the name of an enum's number or of an error code. */
  readonly meaning?: string;
  readonly type: 'string' | 'number' | 'boolean' | 'null' | 'list';
  readonly children?: readonly AttributeNode[];
  /** Set on a line that holds some of an interaction's properties, told apart by their names. */
  readonly group?: PropertyGroup;
  /** Set on the line that counts what was left out. */
  readonly more?: true;
}

export interface AttributeTree {
  readonly attributes: readonly AttributeNode[];
  /** True when long values or lists were cut. */
  readonly truncated: boolean;
}

/** Most children of one list, characters of a value or name, levels, and nodes of a whole tree. */
export const TREE_LIMITS = {
  children: MAX_CHILDREN,
  characters: 2000,
  depth: 32,
  nodes: 10_000,
} as const;

/** The tree of a message's attributes. `isWeb`: a web tier's, whose values may be others than Platform SDK's. */
export function attributeTree(message: Message, isWeb = false): AttributeTree {
  const builder = new TreeBuilder(isWeb);
  const attributes = builder.nodes(messageItems(message), 1);
  return { attributes, truncated: builder.truncated };
}

/** Builds one tree and counts what it spends. */
class TreeBuilder {
  truncated = false;
  private left: number = TREE_LIMITS.nodes;

  constructor(private readonly isWeb: boolean) {}

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
    const meaning = meaningOf(item, this.isWeb);
    const rest = {
      ...(meaning !== undefined && { meaning }),
      ...(item.group !== undefined && { group: item.group }),
    };
    return children === undefined
      ? { name, ...this.scalar(item.value), ...rest }
      : { name, type: 'list', children: this.nodes(children, depth + 1), ...rest };
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
    return { name: `… ${count} more`, type: 'null', value: '', more: true };
  }
}
