/**
 * The Workbins tree over the trace in front: server, owner or type, workbin, interaction, property. When the trace
 * grows or the cursor moves, only rows that stand otherwise than before are asked anew.
 */
import * as vscode from 'vscode';
import { DisposableStore, toDisposable, type Disposable } from '../../core/base/disposable';
import { attributeTree } from '../../core/protocol/describe';
import type { OwnerKind } from '../../core/protocol/workbin';
import type { Trace } from '../../session/trace';
import type { TreeWorkbin, WorkbinTree } from '../../session/workbinTree';
import type { Arrangement } from './arrangement';
import { Coalescer, hostTimer, TREE_MS } from '../coalescer';
import { COMMANDS } from '../commandIds';
import type { ContentReader } from './contentReader';
import { Fading } from './fading';
import { hostPace } from '../hostPace';
import { interactionItem, interactionTooltip } from './interactionItem';
import { TreeRowCommands } from '../treeRowCommands';
import type { LiveSessions } from '../sessions/liveSessions';
import {
  lookAt,
  nameOf,
  shownDate,
  shownTime,
  stampOf,
  standingOf,
  type ShownTrace,
} from './shownTrace';
import { RollUps, sumUp } from './rollUps';
import type { TraceInFront } from '../trace/traceInFront';
import { OpenRows } from './openRows';
import { TreesOfTraces } from './treesOfTraces';
import { notReadWords, PAGE, WorkbinContents } from './workbinContents';
import * as items from './workbinItems';
import {
  nodeOfKind,
  type InteractionNode,
  type MoreNode,
  type ServerNode,
  type WorkbinNode,
  type WorkbinTreeNode,
} from './workbinNodes';
import { noteNode, propertyNodes, WorkbinNodeStore } from './workbinNodeStore';
import { changedRows, workbinId, type TreeStamp } from './workbinRows';
import { unusableReason } from './workbinWords';

const NOTHING: TreeStamp = { all: '', servers: [], workbins: [] };

export class WorkbinsTree implements vscode.TreeDataProvider<WorkbinTreeNode>, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<WorkbinTreeNode | undefined>());
  private readonly coalescer = this.store.add(
    new Coalescer(() => this.refresh(), hostTimer, TREE_MS),
  );
  private readonly trees = new TreesOfTraces(() => this.coalescer.ask());
  private readonly contents: WorkbinContents;
  private readonly fading = this.store.add(
    new Fading(
      (id) => this.fire(id),
      () => hostPace.now(),
    ),
  );
  private readonly rollUps = this.store.add(new RollUps((id) => this.fire(id)));
  private nodes: WorkbinNodeStore;
  private readonly opened = new OpenRows();
  private readonly rowCommands = this.store.add(new TreeRowCommands<MoreNode>(COMMANDS.showMore));
  private shown: ShownTrace | undefined;
  private stamp: TreeStamp = NOTHING;
  private following: { readonly trace: Trace; readonly listener: Disposable } | undefined;

  /** A row, with what is below it, is to be asked anew; undefined: the whole tree. */
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly front: TraceInFront,
    private readonly sessions: LiveSessions,
    private readonly reader: ContentReader,
    private readonly arrangement: Arrangement,
  ) {
    this.contents = new WorkbinContents(arrangement);
    this.nodes = new WorkbinNodeStore(arrangement.group);
    this.store.add(front.onDidChange(() => this.coalescer.ask()));
    this.store.add(reader.onDidChange((key) => this.fire(workbinId(key))));
    this.store.add(arrangement.onDidChange(() => this.rearrange()));
    this.store.add(toDisposable(() => this.following?.listener.dispose()));
    this.refresh();
  }

  getTreeItem(node: WorkbinTreeNode): vscode.TreeItem | Promise<vscode.TreeItem> {
    switch (node.kind) {
      case 'server':
        return items.serverItem(
          node,
          this.shown && nameOf(this.shown, node.server),
          this.shown && standingOf(this.shown, node.server),
        );
      case 'owner':
      case 'type':
        return this.groupItem(node);
      case 'workbin':
        return this.workbinItem(node);
      case 'media':
        return items.mediaItem(node);
      case 'interaction':
        return interactionItem(node, this.shown?.connected ?? false, this.now);
      case 'more':
        return items.moreItem(node, PAGE, this.rowCommands.nameFor(node.id, node));
      case 'property':
        return items.propertyItem(node);
      case 'note':
        return items.noteItem(node);
    }
  }

  /** The tooltips of interactions are made when somebody points at them: there may be many rows. */
  resolveTreeItem(item: vscode.TreeItem, node: WorkbinTreeNode): vscode.TreeItem {
    if (node.kind === 'interaction') {
      item.tooltip = interactionTooltip(node);
    }
    return item;
  }

  getChildren(node?: WorkbinTreeNode): WorkbinTreeNode[] | Promise<WorkbinTreeNode[]> {
    const { shown } = this;
    switch (node?.kind) {
      case undefined:
        return shown?.servers.map((server) => this.nodes.server(server)) ?? [];
      case 'server':
        return this.below(node);
      case 'owner':
      case 'type':
        return this.workbinsOf(node).map((workbin) => this.nodes.workbin(workbin));
      case 'workbin':
        return shown === undefined ? [] : this.interactionsOf(shown, node);
      case 'media':
        return shown === undefined ? [] : this.contents.rowsOfMedia(shown, node);
      case 'interaction': {
        const { properties } = node.interaction;
        return propertyNodes(node, attributeTree({ name: '', attributes: properties }).attributes);
      }
      case 'property':
        return propertyNodes(node, node.attribute.children ?? []);
      case 'more':
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

  /** What is shown, for commands on its rows; undefined while there is no trace. */
  get moment(): ShownTrace | undefined {
    return this.shown;
  }

  /** Rows of the workbins that can be seen now. */
  get workbinNodes(): readonly WorkbinNode[] {
    return (this.shown?.workbins ?? []).map((workbin) => this.nodes.workbin(workbin));
  }

  /** The row of an interaction in a workbin; its page is shown from now on. Undefined where it does not lie there. */
  async findInteraction(
    workbin: WorkbinNode,
    interactionId: string,
  ): Promise<InteractionNode | undefined> {
    const { shown } = this;
    const found = shown && (await this.contents.find(shown, workbin, interactionId, 'all'));
    if (found !== undefined) {
      this.changed.fire(workbin);
    }
    return found;
  }

  /** The same where it can be found without opening anything: its row, or the nearest open one that it is below. */
  async findOpen(workbin: WorkbinNode, interactionId: string): Promise<WorkbinTreeNode> {
    const found =
      this.shown === undefined || interactionId === '' || !this.opened.isOpen(workbin)
        ? workbin
        : await this.contents.find(this.shown, workbin, interactionId, 'shown');
    return this.opened.nearestOpen(found ?? workbin);
  }

  /** The interactions of a workbin in the order of the tree; empty where they cannot be read. */
  async interactionsIn(workbin: WorkbinNode): ReturnType<WorkbinContents['sort']> {
    const { shown } = this;
    if (shown === undefined) {
      return [];
    }
    const { contents } = await this.contents.state(shown, workbin.key);
    return typeof contents === 'string' ? [] : this.contents.sort(shown, workbin.key, contents);
  }

  /** A row was opened or closed: one that comes back below another row, when groups change, is so again. */
  setOpen(node: WorkbinTreeNode, isOpen: boolean): void {
    this.opened.set(node, isOpen);
  }

  /** Shows the next page in place of the row that stands for it. */
  showMore(more: unknown): void {
    const parent = nodeOfKind('more', more)?.parent;
    if (parent !== undefined) {
      this.contents.showMore(parent);
      this.changed.fire(parent);
    }
  }

  /** Time has passed: ages are others. */
  refreshAges(): void {
    if (this.shown?.front.session !== undefined && this.shown.end === undefined) {
      this.changed.fire(undefined);
    }
  }

  /** Shows the moment that is in front now; who only hears of changes sees it a little later. */
  refresh(): void {
    const { current } = this.front;
    this.follow(current?.trace);
    const shown =
      current && lookAt(current, this.trees.of(current.trace), this.sessions, this.nodes.grouping);
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

  dispose(): void {
    this.store.dispose();
  }

  /** The moment that is shown, in milliseconds since 1970. */
  private get now(): number | undefined {
    return this.shown && shownDate(this.shown, hostPace.now());
  }

  private rearrange(): void {
    if (this.nodes.grouping !== this.arrangement.group) {
      this.nodes = new WorkbinNodeStore(this.arrangement.group);
    }
    this.stamp = NOTHING;
    this.refresh();
  }

  private fire(id: string): void {
    const node = this.nodes.find(id);
    if (node === undefined) {
      return;
    }
    this.changed.fire(node);
    if (node.kind === 'workbin' && node.parent.kind !== 'server') {
      this.rollUps.check(node.parent.id);
    }
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
    const state = await this.contents.state(shown, node.key);
    const { until } = state.changes;
    if (until !== undefined && shown.end === undefined && shown.front.session !== undefined) {
      this.fading.in(node.id, until - shownTime(shown, hostPace.now()));
    }
    const item = items.workbinItem(node, labelOf(node), workbin, state, shown.connected);
    if (this.opened.isOpen(node)) {
      item.collapsibleState = vscode.TreeItemCollapsibleState.Expanded;
    }
    return item;
  }

  private async groupItem(
    node: Extract<WorkbinTreeNode, { readonly kind: 'owner' | 'type' }>,
  ): Promise<vscode.TreeItem> {
    const { shown } = this;
    const workbins = this.workbinsOf(node);
    const rollUp = await this.rollUps.of(node.id, async () => {
      const held = await Promise.all(
        workbins.map(async ({ key }) => shown && (await this.contents.state(shown, key)).contents),
      );
      return sumUp(held);
    });
    return node.kind === 'type'
      ? items.typeItem(node, rollUp)
      : items.ownerItem(node, await this.ownerKind(workbins), rollUp);
  }

  private async interactionsOf(shown: ShownTrace, node: WorkbinNode): Promise<WorkbinTreeNode[]> {
    const state = await this.contents.state(shown, node.key);
    const { contents } = state;
    if (typeof contents === 'string') {
      return [noteNode(node, contents)];
    }
    const rows = await this.contents.rowsOf(shown, node, { ...state, contents });
    if (!contents.read) {
      return [noteNode(node, await this.unread(shown, node)), ...rows];
    }
    return rows.length === 0 ? [noteNode(node, vscode.l10n.t('Empty'))] : rows;
  }

  /** Why a workbin is not read; in a connected session, looking at it has it read. */
  private async unread(shown: ShownTrace, node: WorkbinNode): Promise<string> {
    const { session } = shown.front;
    const unusable = shown.workbins.find(({ key }) => key === node.key)?.unusable;
    if (unusable !== undefined) {
      return unusableReason(unusable);
    }
    if (session === undefined || !shown.connected || shown.end !== undefined) {
      return notReadWords();
    }
    const workbin = await shown.tree.identify(node.key);
    return workbin === undefined
      ? vscode.l10n.t('Not read')
      : this.reader.readOnce(session, node.key, workbin);
  }

  private below(node: ServerNode): WorkbinTreeNode[] {
    const ofServer = this.shown?.workbins.filter(({ server }) => server === node.server) ?? [];
    const nodes = ofServer.map((workbin) => this.nodes.workbin(workbin));
    return [...new Set(nodes.map((each) => (each.parent.kind === 'server' ? each : each.parent)))];
  }

  private workbinsOf(node: WorkbinNode['parent']): readonly TreeWorkbin[] {
    const all = this.shown?.workbins ?? [];
    return all.filter((workbin) => this.nodes.workbin(workbin).parent === node);
  }

  /** As a list of the server or a message tells; messages are read for it where no list did. */
  private async ownerKind(workbins: readonly TreeWorkbin[]): Promise<OwnerKind | undefined> {
    const known = workbins.find(({ ownerKind }) => ownerKind !== undefined)?.ownerKind;
    const [first] = workbins;
    if (known !== undefined || first === undefined) {
      return known;
    }
    return (await this.shown?.tree.identify(first.key).catch(() => undefined))?.ownerKind;
  }
}

/** What does not stand above the row already. */
function labelOf({ parent, type, owner }: WorkbinNode): string {
  switch (parent.kind) {
    case 'owner':
      return type;
    case 'type':
      return owner;
    case 'server':
      return `${type}@${owner}`;
  }
}
