import type { AttributeNode } from '../../core/protocol/describe';
import type { HeldInteraction, InteractionSummary } from '../../core/workbins/interaction';

/**
 * Rows of the Workbins tree. A node says what a row is about, not how things stand with it, so that servers,
 * owners and workbins keep their node, and with it their expansion, while the trace goes on.
 */
export type WorkbinTreeNode =
  | ServerNode
  | OwnerNode
  | TypeNode
  | WorkbinNode
  | MediaNode
  | InteractionNode
  | MoreNode
  | PropertyNode
  | NoteNode;

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

/** The workbins of one type, where they are grouped so. */
export interface TypeNode {
  readonly kind: 'type';
  readonly id: string;
  readonly parent: ServerNode;
  readonly type: string;
}

export interface WorkbinNode {
  readonly kind: 'workbin';
  readonly id: string;
  readonly parent: ServerNode | OwnerNode | TypeNode;
  /** Key of the workbin in its trace. */
  readonly key: string;
  readonly server: string;
  readonly type: string;
  readonly owner: string;
}

/** The interactions of one media type in a workbin, where they are grouped so. */
export interface MediaNode {
  readonly kind: 'media';
  readonly id: string;
  readonly parent: WorkbinNode;
  /** As the wire names it; empty where it names none. */
  readonly media: string;
  readonly count: number;
}

export interface InteractionNode {
  readonly kind: 'interaction';
  readonly id: string;
  readonly parent: WorkbinNode | MediaNode;
  readonly workbin: WorkbinNode;
  readonly interaction: HeldInteraction;
  readonly summary: InteractionSummary;
  /** What has just happened to it; `touched`: by the last message before the cursor. */
  readonly mark?: InteractionMark;
}

export type InteractionMark = 'new' | 'changed' | 'touched';

/** Stands for interactions that are not shown yet. */
export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  readonly parent: WorkbinNode | MediaNode;
  readonly hidden: number;
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
