/**
 * The Workbins tree over the trace in front: server, owner, workbin, interaction, property. When the trace grows
 * or the cursor moves, only rows that stand otherwise than before are asked anew.
 */
import * as vscode from 'vscode';
import { DisposableStore, toDisposable, type Disposable } from '../core/base/disposable';
import { messageOf } from '../core/base/result';
import { attributeTree } from '../core/protocol/describe';
import type { OwnerKind } from '../core/protocol/workbin';
import type { Contents } from '../core/workbins/contents';
import type { Trace } from '../session/trace';
import { WorkbinTree } from '../session/workbinTree';
import { Coalescer } from './coalescer';
import type { ContentReader } from './contentReader';
import type { LiveSessions } from './liveSessions';
import { stampOf, touchedInteraction, type ShownTrace } from './shownTrace';
import type { FrontTrace, TraceInFront } from './traceInFront';
import * as items from './workbinItems';
import type {
  InteractionNode,
  NoteNode,
  OwnerNode,
  ServerNode,
  WorkbinNode,
  WorkbinTreeNode,
} from './workbinNodes';
import { noteNode, propertyNodes, WorkbinNodeStore } from './workbinNodeStore';
import { changedRows, workbinId, type TreeStamp } from './workbinRows';

/** Interactions shown of one workbin; how many more there are is told. */
const MAX_INTERACTIONS = 1000;

const NOTHING: TreeStamp = { all: '', servers: [], workbins: [] };

export class WorkbinsTree implements vscode.TreeDataProvider<WorkbinTreeNode>, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<WorkbinTreeNode | undefined>());
  private readonly coalescer = this.store.add(new Coalescer(() => this.refresh()));
  private readonly trees = new WeakMap<Trace, WorkbinTree>();
  private readonly nodes = new WorkbinNodeStore();
  private shown: ShownTrace | undefined;
  private stamp: TreeStamp = NOTHING;
  private following: { readonly trace: Trace; readonly listener: Disposable } | undefined;

  /** A row, with what is below it, is to be asked anew; undefined: the whole tree. */
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly front: TraceInFront,
    private readonly sessions: LiveSessions,
    private readonly reader: ContentReader,
  ) {
    this.store.add(front.onDidChange(() => this.coalescer.ask()));
    this.store.add(reader.onDidChange((key) => this.fire(workbinId(key))));
    this.store.add(toDisposable(() => this.following?.listener.dispose()));
    this.refresh();
  }

  getTreeItem(node: WorkbinTreeNode): vscode.TreeItem | Promise<vscode.TreeItem> {
    const connected = this.shown?.connected ?? false;
    switch (node.kind) {
      case 'server':
        return items.serverItem(node, this.serverStanding(node));
      case 'owner':
        return items.ownerItem(node, this.ownerKind(node));
      case 'workbin':
        return this.workbinItem(node);
      case 'interaction':
        return items.interactionItem(node, connected);
      case 'property':
        return items.propertyItem(node);
      case 'note':
        return items.noteItem(node);
    }
  }

  getChildren(node?: WorkbinTreeNode): WorkbinTreeNode[] | Promise<WorkbinTreeNode[]> {
    switch (node?.kind) {
      case undefined:
        return this.shown?.servers.map((server) => this.nodes.server(server)) ?? [];
      case 'server':
        return this.ownersOf(node);
      case 'owner':
        return this.workbinsOf(node);
      case 'workbin':
        return this.interactionsOf(node);
      case 'interaction': {
        const { properties } = node.interaction;
        return propertyNodes(node, attributeTree({ name: '', attributes: properties }).attributes);
      }
      case 'property':
        return propertyNodes(node, node.attribute.children ?? []);
      case 'note':
        return [];
    }
  }

  getParent(node: WorkbinTreeNode): WorkbinTreeNode | undefined {
    return node.kind === 'server' ? undefined : node.parent;
  }

  /** The tree's model of the trace in front, for commands on its rows. */
  get model(): WorkbinTree | undefined {
    return this.shown?.tree;
  }

  /** Rows of the workbins that can be seen now. */
  get workbinNodes(): readonly WorkbinNode[] {
    return (this.shown?.workbins ?? []).map((workbin) => this.nodes.workbin(workbin));
  }

  dispose(): void {
    this.store.dispose();
  }

  private refresh(): void {
    const { current } = this.front;
    this.follow(current?.trace);
    const shown = current && this.look(current);
    const stamp = shown === undefined ? NOTHING : stampOf(shown);
    const changed = changedRows(this.stamp, stamp);
    this.shown = shown;
    this.stamp = stamp;
    if (changed === 'all') {
      this.changed.fire(undefined);
    } else {
      changed.forEach((id) => this.fire(id));
    }
  }

  private fire(id: string): void {
    const node = this.nodes.find(id);
    if (node !== undefined) {
      this.changed.fire(node);
    }
  }

  private look(front: FrontTrace): ShownTrace {
    const { trace, session, cursor } = front;
    const tree = this.trees.get(trace) ?? new WorkbinTree(trace);
    this.trees.set(trace, tree);
    const opened = trace.servers.map(({ server }) => server);
    const ownServer = opened.at(-1);
    if (session !== undefined && ownServer !== undefined) {
      tree.setListed(ownServer, this.sessions.workbins);
    }
    const end = cursor === undefined ? undefined : cursor + 1;
    const workbins = tree.workbins(end);
    // A tap's server stands there before anybody has come through.
    const tapped = session?.tap === undefined || opened.length > 0 ? [] : [session.tap.server];
    const servers = new Set([...opened, ...tapped, ...workbins.map(({ server }) => server)]);
    const connected = session !== undefined && this.sessions.standing.kind === 'connected';
    return { front, tree, end, workbins, servers: [...servers], connected };
  }

  /** What is said of a server's connection; nothing where the trace is a file. */
  private serverStanding({ server }: ServerNode): items.ServerStanding | undefined {
    const session = this.shown?.front.session;
    if (session?.tap?.server === server) {
      return { kind: 'tapped', port: session.tap.port };
    }
    return session && { kind: this.shown?.connected === true ? 'connected' : 'not-connected' };
  }

  private follow(trace: Trace | undefined): void {
    if (trace !== this.following?.trace) {
      this.following?.listener.dispose();
      this.following = trace && {
        trace,
        listener: trace.onDidChange(() => this.coalescer.ask()),
      };
    }
  }

  private async workbinItem(node: WorkbinNode): Promise<vscode.TreeItem> {
    const { shown } = this;
    const workbin = shown?.workbins.find(({ key }) => key === node.key);
    if (shown === undefined || workbin === undefined) {
      return new vscode.TreeItem(node.type);
    }
    const contents = await this.contents(shown, node.key);
    return items.workbinItem(node, workbin, contents, shown.connected);
  }

  /** Contents, or why they cannot be read. */
  private async contents(shown: ShownTrace, key: string): Promise<Contents | string> {
    try {
      return await shown.tree.contents(key, shown.end);
    } catch (error) {
      return messageOf(error);
    }
  }

  private async interactionsOf(node: WorkbinNode): Promise<WorkbinTreeNode[]> {
    const { shown } = this;
    if (shown === undefined) {
      return [];
    }
    const contents = await this.contents(shown, node.key);
    if (typeof contents === 'string') {
      return [noteNode(node, contents)];
    }
    const held = [...contents.interactions.values()];
    const { trace } = shown.front;
    const touched = touchedInteraction(trace, shown.end ?? trace.messages.count);
    const rows: (InteractionNode | NoteNode)[] = held
      .slice(0, MAX_INTERACTIONS)
      .map((interaction) => ({
        kind: 'interaction',
        id: `interaction ${node.key} ${interaction.id}`,
        parent: node,
        interaction,
        touched: touched?.key === node.key && touched.interactionId === interaction.id,
      }));
    if (held.length > MAX_INTERACTIONS) {
      const more = held.length - MAX_INTERACTIONS;
      rows.push(noteNode(node, vscode.l10n.t('… {0} more', more)));
    }
    return contents.read ? rows : [noteNode(node, await this.unread(shown, node)), ...rows];
  }

  /** Why a workbin is not read; in a connected session, looking at it has it read. */
  private async unread(shown: ShownTrace, node: WorkbinNode): Promise<string> {
    const { session } = shown.front;
    if (session === undefined || !shown.connected || shown.end !== undefined) {
      return vscode.l10n.t('Not read up to here');
    }
    const workbin = await shown.tree.identify(node.key);
    return workbin === undefined
      ? vscode.l10n.t('Not read')
      : this.reader.readOnce(session, node.key, workbin);
  }

  private ownersOf(node: ServerNode): OwnerNode[] {
    const ofServer = this.shown?.workbins.filter(({ server }) => server === node.server) ?? [];
    const owners = new Set(ofServer.map(({ owner }) => owner));
    return [...owners].map((owner) => this.nodes.owner(node, owner));
  }

  private workbinsOf({ parent, owner }: OwnerNode): WorkbinNode[] {
    const all = this.shown?.workbins ?? [];
    return all
      .filter((workbin) => workbin.server === parent.server && workbin.owner === owner)
      .map((workbin) => this.nodes.workbin(workbin));
  }

  private ownerKind(node: OwnerNode): OwnerKind | undefined {
    return this.shown?.workbins.find(
      ({ server, owner, ownerKind }) =>
        server === node.parent.server && owner === node.owner && ownerKind !== undefined,
    )?.ownerKind;
  }
}
