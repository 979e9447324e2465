import type { AttributeNode } from '../../core/protocol/describe';
import type { TreeWorkbin } from '../../session/workbinTree';
import type { WorkbinGrouping } from './arrangement';
import type {
  InteractionNode,
  NoteNode,
  OwnerNode,
  PropertyNode,
  ServerNode,
  TypeNode,
  WorkbinNode,
} from './workbinNodes';
import { groupId, serverId, workbinId } from './workbinRows';

type KeptNode = ServerNode | OwnerNode | TypeNode | WorkbinNode;

/** Gives servers, groups and workbins the same node every time: VS Code knows a row by its node. */
export class WorkbinNodeStore {
  private readonly nodes = new Map<string, KeptNode>();

  /** A store for each grouping: what a workbin stands below is another then. */
  constructor(readonly grouping: WorkbinGrouping) {}

  /** The node with this id, if it was ever given out. */
  find(id: string): KeptNode | undefined {
    return this.nodes.get(id);
  }

  server(server: string): ServerNode {
    const id = serverId(server);
    const known = this.nodes.get(id);
    return known?.kind === 'server' ? known : this.keep({ kind: 'server', id, server });
  }

  owner(parent: ServerNode, owner: string): OwnerNode {
    const id = groupId(parent.server, owner);
    const known = this.nodes.get(id);
    return known?.kind === 'owner' ? known : this.keep({ kind: 'owner', id, parent, owner });
  }

  type(parent: ServerNode, type: string): TypeNode {
    const id = groupId(parent.server, type);
    const known = this.nodes.get(id);
    return known?.kind === 'type' ? known : this.keep({ kind: 'type', id, parent, type });
  }

  workbin(workbin: TreeWorkbin): WorkbinNode {
    const { key, server, owner, type } = workbin;
    const id = workbinId(key);
    const known = this.nodes.get(id);
    if (known?.kind === 'workbin') {
      return known;
    }
    const parent = this.parentOf(workbin);
    return this.keep({ kind: 'workbin', id, parent, key, server, type, owner });
  }

  private parentOf({ server, owner, type }: TreeWorkbin): WorkbinNode['parent'] {
    const top = this.server(server);
    switch (this.grouping) {
      case 'owner':
      case 'media':
        return this.owner(top, owner);
      case 'type':
        return this.type(top, type);
      case 'flat':
        return top;
    }
  }

  private keep<N extends KeptNode>(node: N): N {
    this.nodes.set(node.id, node);
    return node;
  }
}

/** Rows of attributes below `parent`. A name that occurs twice gets an id of its own by its position. */
export function propertyNodes(
  parent: InteractionNode | PropertyNode,
  attributes: readonly AttributeNode[],
): PropertyNode[] {
  return attributes.map((attribute, index) => ({
    kind: 'property',
    id: `${parent.id} ${index} ${attribute.name}`,
    parent,
    attribute,
  }));
}

export function noteNode(parent: WorkbinNode, text: string): NoteNode {
  return { kind: 'note', id: `note ${parent.key} ${text}`, parent, text };
}
