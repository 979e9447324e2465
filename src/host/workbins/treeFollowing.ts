import { DisposableStore, type Disposable } from '../../core/base/disposable';
import { messageOf } from '../../core/base/result';
import { workbinKey } from '../../session/workbinTree';
import { Coalescer, hostTimer, TREE_MS } from '../coalescer';
import type { Log } from '../log';
import { revealInTree } from '../settings';
import type { ChosenMessage, TraceInFront } from '../trace/traceInFront';
import type { WorkbinTreeNode } from './workbinNodes';
import type { WorkbinsTree } from './workbinsTree';

/** Rows of a tree that is being drawn anew cannot be selected: it is tried again a little later. */
const MAX_ATTEMPTS = 4;

export interface TreeFollowingParts {
  readonly tree: WorkbinsTree;
  readonly view: {
    readonly visible: boolean;
    readonly selection: readonly WorkbinTreeNode[];
    /** Selects a row and leaves the focus where it is. */
    select(node: WorkbinTreeNode): Promise<void>;
  };
  readonly front: TraceInFront;
  readonly log: Log;
}

/**
 * Selects in the Workbins tree what the message that somebody has just selected names, while the view can be seen:
 * some three times a second, the newest message last. It opens nothing, and nobody hears of it when it fails.
 */
export class TreeFollowing implements Disposable {
  private readonly store = new DisposableStore();
  private readonly turn = this.store.add(
    new Coalescer(() => void this.follow(), hostTimer, TREE_MS),
  );
  private chosen: ChosenMessage | undefined;
  /** How often the row of the chosen message could not be selected. */
  private attempts = 0;
  /** Ids of what was selected before the last attempt. */
  private left = '';

  constructor(private readonly parts: TreeFollowingParts) {
    this.store.add(
      parts.front.onDidChooseMessage((chosen) => {
        if (parts.view.visible && revealInTree()) {
          this.chosen = chosen;
          this.attempts = 0;
          this.turn.ask();
        }
      }),
    );
  }

  dispose(): void {
    this.store.dispose();
  }

  private async follow(): Promise<void> {
    const { tree, view, log } = this.parts;
    const { chosen } = this;
    if (chosen === undefined || !this.isCurrent(chosen)) {
      return;
    }
    const { trace, message } = chosen;
    const name = trace.tracer.workbin(message);
    if (name === '') {
      return;
    }
    const key = workbinKey(trace.connectionOf(message)?.server ?? '', name);
    try {
      tree.refresh();
      const workbin = tree.workbinNodes.find((each) => each.key === key);
      const row = workbin && (await tree.findOpen(workbin, trace.messages.interactionId(message)));
      if (row !== undefined && view.visible && this.isCurrent(chosen)) {
        const before = idsOf(view.selection);
        if (before === row.id || (this.attempts > 0 && before !== this.left)) {
          return; // It is selected by now, or somebody has selected another row.
        }
        this.left = before;
        await view.select(row);
        // A tree that is being drawn anew may not have taken it.
        this.tryAgain(chosen);
      }
    } catch (error) {
      // The row may be gone before it could be selected, or not be there yet.
      log.trace(`Message ${message + 1} was not selected in the tree: ${messageOf(error)}`);
      this.tryAgain(chosen);
    }
  }

  private tryAgain(chosen: ChosenMessage): void {
    if (this.isCurrent(chosen) && ++this.attempts < MAX_ATTEMPTS) {
      this.turn.ask();
    }
  }

  /** Nobody has gone elsewhere since it was chosen. */
  private isCurrent({ trace, message }: ChosenMessage): boolean {
    const { current } = this.parts.front;
    return (
      current?.trace === trace && current.cursor === message && this.chosen?.message === message
    );
  }
}

function idsOf(nodes: readonly WorkbinTreeNode[]): string {
  return nodes.map(({ id }) => id).join('\n');
}
