import type { WorkbinTreeNode } from './workbinNodes';

/** Rows that stand open at first; `workbinItems.ts` makes them so. */
const OPEN_AT_FIRST: ReadonlySet<WorkbinTreeNode['kind']> = new Set([
  'server',
  'owner',
  'type',
  'media',
]);

/** Which rows of the Workbins tree are open, as far as somebody has opened and closed them. */
export class OpenRows {
  /** By id: rows that stand otherwise than at first. */
  private readonly turned = new Set<string>();

  set(node: WorkbinTreeNode, isOpen: boolean): void {
    if (isOpen === OPEN_AT_FIRST.has(node.kind)) {
      this.turned.delete(node.id);
    } else {
      this.turned.add(node.id);
    }
  }

  /** Whether its own row is open; those above may be closed all the same. */
  isOpen({ id, kind }: WorkbinTreeNode): boolean {
    return OPEN_AT_FIRST.has(kind) !== this.turned.has(id);
  }

  /** The row itself, or the topmost closed one that it is below: what can be selected without opening a row. */
  nearestOpen(node: WorkbinTreeNode): WorkbinTreeNode {
    let found = node;
    for (let above = parentOf(node); above !== undefined; above = parentOf(above)) {
      found = this.isOpen(above) ? found : above;
    }
    return found;
  }
}

function parentOf(node: WorkbinTreeNode): WorkbinTreeNode | undefined {
  return node.kind === 'server' ? undefined : node.parent;
}
