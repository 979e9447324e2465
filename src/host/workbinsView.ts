import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/base/disposable';
import type { TraceInFront } from './traceInFront';
import { WORKBINS_VIEW } from './views';
import type { WorkbinTreeNode } from './workbinNodes';
import type { WorkbinsTree } from './workbinsTree';

/** The Workbins view: the tree, and beside its title which trace it shows. */
export class WorkbinsView implements Disposable {
  private readonly store = new DisposableStore();
  private readonly view: vscode.TreeView<WorkbinTreeNode>;
  private shownBefore = false;

  /** `onFirstShow` is called once, when the view can first be seen. */
  constructor(
    tree: WorkbinsTree,
    private readonly front: TraceInFront,
    private readonly onFirstShow: () => void,
  ) {
    this.view = this.store.add(
      vscode.window.createTreeView(WORKBINS_VIEW, {
        treeDataProvider: tree,
        showCollapseAll: true,
      }),
    );
    this.store.add(this.view.onDidChangeVisibility(() => this.watch()));
    this.store.add(front.onDidChange(() => this.describe()));
    this.describe();
    this.watch();
  }

  get selection(): readonly WorkbinTreeNode[] {
    return this.view.selection;
  }

  dispose(): void {
    this.store.dispose();
  }

  private watch(): void {
    if (this.view.visible && !this.shownBefore) {
      this.shownBefore = true;
      this.onFirstShow();
    }
  }

  private describe(): void {
    this.view.description = frontWords(this.front) ?? '';
  }
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
