import type { AttributeNode } from '../../core/protocol/describe';

/** One line of the tree as it is shown. */
export interface TreeItem {
  readonly node: AttributeNode;
  /** Positions from the root, such as `0.3.1`. */
  readonly path: string;
  /** From 1. */
  readonly level: number;
  /** Place among its siblings, from 1, and their number. */
  readonly position: number;
  readonly siblings: number;
  /** Undefined on a node without children. */
  readonly expanded: boolean | undefined;
}

/** Lists that the reader has opened and closed, by the names down to them. */
export interface TreeMemory {
  readonly open: Set<string>;
  readonly closed: Set<string>;
}

/** Lists that begin open hold no more lines than this. */
const OPEN_AT_FIRST = 60;

/** The tree of attributes as lines: which are shown follows from which lists are open. */
export class TreeModel {
  /** What `memory` says is the same for all messages of a name. */
  constructor(
    private readonly roots: readonly AttributeNode[],
    private readonly memory: TreeMemory = { open: new Set(), closed: new Set() },
  ) {}

  get items(): readonly TreeItem[] {
    const items: TreeItem[] = [];
    this.collect(this.roots, '', '', 1, items);
    return items;
  }

  setExpanded(path: string, expanded: boolean): void {
    const { open, closed } = this.memory;
    const key = this.keyOf(path);
    (expanded ? open : closed).add(key);
    (expanded ? closed : open).delete(key);
  }

  /** Opens every list that a line stands in. */
  reveal(path: string): void {
    for (let above = this.parentOf(path); above !== undefined; above = this.parentOf(above)) {
      this.setExpanded(above, true);
    }
  }

  /** Path of the list that a node stands in; undefined at the root. */
  parentOf(path: string): string | undefined {
    const dot = path.lastIndexOf('.');
    return dot < 0 ? undefined : path.slice(0, dot);
  }

  private collect(
    nodes: readonly AttributeNode[],
    parent: string,
    parentKey: string,
    level: number,
    items: TreeItem[],
  ): void {
    for (const [index, node] of nodes.entries()) {
      const path = parent === '' ? String(index) : `${parent}.${index}`;
      const key = `${parentKey}\n${node.name}`;
      const children = node.children ?? [];
      const expanded = children.length === 0 ? undefined : this.isOpen(node, key, level);
      items.push({ node, path, level, position: index + 1, siblings: nodes.length, expanded });
      if (expanded === true) {
        this.collect(children, path, key, level + 1, items);
      }
    }
  }

  private isOpen({ group, children = [] }: AttributeNode, key: string, level: number): boolean {
    const { open, closed } = this.memory;
    const isShallow = level < (group === undefined ? 3 : 4);
    return open.has(key) || (!closed.has(key) && isShallow && children.length <= OPEN_AT_FIRST);
  }

  /** A line by the names down to it: other messages of the name have it too, wherever it stands there. */
  private keyOf(path: string): string {
    let nodes = this.roots;
    let key = '';
    for (const index of path.split('.')) {
      const node = nodes[Number(index)];
      key = `${key}\n${node?.name ?? ''}`;
      nodes = node?.children ?? [];
    }
    return key;
  }
}

/** What a key does to the tree when the line at `index` has the focus. */
export type TreeStep =
  | { readonly kind: 'focus'; readonly index: number }
  | { readonly kind: 'toggle'; readonly path: string; readonly expanded: boolean };

/** The keys of a tree: arrows move, open and close; Home and End go to the first and last line. */
export function treeStep(
  key: string,
  items: readonly TreeItem[],
  index: number,
): TreeStep | undefined {
  const item = items[index];
  if (item === undefined) {
    return undefined;
  }
  switch (key) {
    case 'ArrowDown':
      return { kind: 'focus', index: Math.min(index + 1, items.length - 1) };
    case 'ArrowUp':
      return { kind: 'focus', index: Math.max(index - 1, 0) };
    case 'Home':
      return { kind: 'focus', index: 0 };
    case 'End':
      return { kind: 'focus', index: items.length - 1 };
    case 'ArrowRight':
      if (item.expanded === true) {
        return { kind: 'focus', index: index + 1 };
      }
      return item.expanded === false
        ? { kind: 'toggle', path: item.path, expanded: true }
        : undefined;
    case 'ArrowLeft':
      return item.expanded === true
        ? { kind: 'toggle', path: item.path, expanded: false }
        : focusParent(items, index, item.level);
    case 'Enter':
    case ' ':
      return item.expanded === undefined
        ? undefined
        : { kind: 'toggle', path: item.path, expanded: !item.expanded };
    default:
      return undefined;
  }
}

function focusParent(
  items: readonly TreeItem[],
  index: number,
  level: number,
): TreeStep | undefined {
  for (let above = index - 1; above >= 0; above--) {
    if ((items[above]?.level ?? level) < level) {
      return { kind: 'focus', index: above };
    }
  }
  return undefined;
}
