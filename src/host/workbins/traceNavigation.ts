/** From the Workbins tree to the trace view, and back. */
import * as vscode from 'vscode';
import { refused } from '../../core/base/result';
import { workbinName } from '../../core/protocol/workbin';
import { lastMessageAbout } from '../../session/lastMessage';
import { hostPace } from '../hostPace';
import { openRecording } from '../sessions/sessionActions';
import type { TraceInFront } from '../trace/traceInFront';
import { nodeOfKind, type WorkbinNode, type WorkbinTreeNode } from './workbinNodes';
import type { WorkbinsTree } from './workbinsTree';

export class TraceNavigation {
  /** `show` brings a row of the tree to the front and selects it. */
  constructor(
    private readonly tree: WorkbinsTree,
    private readonly front: TraceInFront,
    private readonly show: (node: WorkbinTreeNode) => Promise<void>,
  ) {}

  /** Leads to the last message, before the moment of the tree, about a workbin or an interaction. */
  async showInTrace(node: unknown): Promise<void> {
    const shown = this.tree.moment;
    const interaction = nodeOfKind('interaction', node);
    const workbin = nodeOfKind('workbin', node) ?? interaction?.workbin;
    if (shown === undefined || workbin === undefined) {
      return;
    }
    const { trace } = shown.front;
    const message = await lastMessageAbout(
      trace,
      {
        key: workbin.key,
        name: workbinName(workbin),
        server: workbin.server,
        ...(interaction === undefined ? {} : { interactionId: interaction.summary.id }),
      },
      shown.end ?? trace.messages.count,
      hostPace,
    );
    if (message === undefined) {
      throw refused(
        'no-message',
        vscode.l10n.t(
          'No message of the trace is about {0} yet. The server has only listed it: get its content first.',
          workbinName(workbin),
        ),
      );
    }
    await this.front.show(trace, message, () => openRecording(trace.path));
  }

  /**
   * Selects a workbin in the tree, or an interaction in it. `workbin` is `type@owner`; whoever runs the command can
   * pass anything.
   */
  async revealInWorkbins(workbin: unknown, interactionId: unknown): Promise<void> {
    this.tree.refresh();
    const node = this.tree.workbinNodes.find((each) => workbinName(each) === workbin);
    if (node === undefined) {
      throw refused(
        'no-workbin',
        typeof workbin === 'string' && workbin !== ''
          ? vscode.l10n.t('{0} does not stand in the Workbins view at this message.', workbin)
          : vscode.l10n.t('This message names no workbin.'),
      );
    }
    await this.show(await this.rowOf(node, interactionId));
  }

  /** The row of an interaction; that of its workbin where it does not lie there at the moment of the tree. */
  private async rowOf(workbin: WorkbinNode, interactionId: unknown): Promise<WorkbinTreeNode> {
    if (typeof interactionId !== 'string' || interactionId === '') {
      return workbin;
    }
    const found = await this.tree.findInteraction(workbin, interactionId);
    if (found === undefined) {
      const words = vscode.l10n.t(
        '{0} does not lie in {1} after this message.',
        interactionId,
        workbinName(workbin),
      );
      vscode.window.setStatusBarMessage(words, 8000);
    }
    return found ?? workbin;
  }
}
