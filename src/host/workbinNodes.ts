import type { AttributeNode } from '../core/protocol/describe';
import type { HeldInteraction } from '../core/workbins/interaction';

/**
 * Rows of the Workbins tree. A node says what a row is about, not how things stand with it, so that servers,
 * owners and workbins keep their node, and with it their expansion, while the trace goes on.
 */
export type WorkbinTreeNode =
  ServerNode | OwnerNode | WorkbinNode | InteractionNode | PropertyNode | NoteNode;

export interface ServerNode {
  readonly kind: 'server';
  readonly id: string;
  readonly server: string;
}

export interface OwnerNode {
  readonly kind: 'owner';
  readonly id: string;
  readonly parent: ServerNode;
  readonly owner: string;
}

export interface WorkbinNode {
  readonly kind: 'workbin';
  readonly id: string;
  readonly parent: OwnerNode;
  /** Key of the workbin in its trace. */
  readonly key: string;
  readonly type: string;
}

export interface InteractionNode {
  readonly kind: 'interaction';
  readonly id: string;
  readonly parent: WorkbinNode;
  readonly interaction: HeldInteraction;
  /** The last message before the cursor was about it. */
  readonly touched: boolean;
}

export interface PropertyNode {
  readonly kind: 'property';
  readonly id: string;
  readonly parent: InteractionNode | PropertyNode;
  readonly attribute: AttributeNode;
}

/** A sentence in place of rows. */
export interface NoteNode {
  readonly kind: 'note';
  readonly id: string;
  readonly parent: WorkbinNode;
  readonly text: string;
}

/** The node that a command was given, if it is one of the kind. Whoever runs a command can pass anything. */
export function nodeOfKind<K extends WorkbinTreeNode['kind']>(
  kind: K,
  value: unknown,
): Extract<WorkbinTreeNode, { readonly kind: K }> | undefined {
  const fits =
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
  // Nodes are made here alone, so that the kind tells the rest.
  return fits ? (value as Extract<WorkbinTreeNode, { readonly kind: K }>) : undefined;
}
