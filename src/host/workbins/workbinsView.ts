import * as vscode from 'vscode';
import { DisposableStore, toDisposable, type Disposable } from '../../core/base/disposable';
import { hostTimer } from '../coalescer';
import { setContextKey } from '../contextKeys';
import type { TraceInFront } from '../trace/traceInFront';
import { WORKBINS_VIEW } from '../views';
import type { WorkbinTreeNode } from './workbinNodes';
import type { WorkbinsTree } from './workbinsTree';

/** Ages are told in minutes. */
const AGES_MS = 60_000;
/** Rows are selected again so often, and so much later, where they could not be. */
const MAX_ATTEMPTS = 4;
const REDRAWN_MS = 100;

/** The Workbins view: the tree, and beside its title which trace it shows. */
export class WorkbinsView implements Disposable {
  private readonly store = new DisposableStore();
  private readonly view: vscode.TreeView<WorkbinTreeNode>;
  private shownBefore = false;
  private ages: Disposable | undefined;

  /** `onFirstShow` is called once, when the view can first be seen. */
  constructor(
    private readonly tree: WorkbinsTree,
    private readonly front: TraceInFront,
    private readonly onFirstShow: () => void,
  ) {
    this.view = this.store.add(
      vscode.window.createTreeView(WORKBINS_VIEW, {
        treeDataProvider: tree,
        showCollapseAll: true,
        canSelectMany: true,
      }),
    );
    this.store.add(this.view.onDidExpandElement(({ element }) => tree.setOpen(element, true)));
    this.store.add(this.view.onDidCollapseElement(({ element }) => tree.setOpen(element, false)));
    this.store.add(this.view.onDidChangeVisibility(() => this.watch()));
    this.store.add(front.onDidChange(() => this.describe()));
    this.store.add(toDisposable(() => this.ages?.dispose()));
    this.describe();
    this.watch();
  }

  get selection(): readonly WorkbinTreeNode[] {
    return this.view.selection;
  }

  get visible(): boolean {
    return this.view.visible;
  }

  /** Selects a row and leaves the focus where it is; the view must be visible, or it would come to the front. */
  async select(node: WorkbinTreeNode): Promise<void> {
    await this.view.reveal(node, { select: true, focus: false, expand: false });
  }

  /** Brings a row to the front and selects it. */
  async show(node: WorkbinTreeNode): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await this.view.reveal(node, { select: true, focus: true, expand: false });
      // A tree that is being drawn anew may not have taken it.
      if (attempt === MAX_ATTEMPTS || this.selection.some(({ id }) => id === node.id)) {
        return;
      }
      await new Promise<void>((resolve) => hostTimer(REDRAWN_MS, resolve));
    }
  }

  dispose(): void {
    this.store.dispose();
  }

  private watch(): void {
    this.ages?.dispose();
    this.ages = this.view.visible ? hostTimer(AGES_MS, () => this.grow()) : undefined;
    if (this.view.visible && !this.shownBefore) {
      this.shownBefore = true;
      this.onFirstShow();
    }
  }

  private grow(): void {
    this.tree.refreshAges();
    this.watch();
  }

  private describe(): void {
    this.view.description = frontWords(this.front) ?? '';
    setContextKey('workbinInspector:front', frontKind(this.front));
  }
}

function frontKind({ current }: TraceInFront): 'none' | 'live' | 'recording' {
  if (current === undefined) {
    return 'none';
  }
  return current.session === undefined ? 'recording' : 'live';
}

function frontWords({ current }: TraceInFront): string | undefined {
  if (current === undefined) {
    return undefined;
  }
  const { title, cursor, session } = current;
  if (title === undefined) {
    return session && vscode.l10n.t('live · {0}', session.title);
  }
  return cursor === undefined
    ? vscode.l10n.t('at the end · {0}', title)
    : vscode.l10n.t('after message {0} · {1}', cursor + 1, title);
}
