/** What a person can do with workbins and interactions of the live session. */
import * as vscode from 'vscode';
import { ExpectedError, type Result } from '../core/base/result';
import type { Workbin } from '../core/protocol/workbin';
import { workbinName } from '../core/protocol/workbin';
import type { WorkbinClient } from '../session/workbinClient';
import type { LiveSessions } from './liveSessions';
import { nodeOfKind, type WorkbinNode, type WorkbinTreeNode } from './workbinNodes';
import type { WorkbinsTree } from './workbinsTree';

type Ask = (client: WorkbinClient, workbin: Workbin) => Promise<Result<void>>;

export class WorkbinActions {
  /** `selected`: rows that are selected in the tree, for commands that were given none. */
  constructor(
    private readonly sessions: LiveSessions,
    private readonly tree: WorkbinsTree,
    private readonly selected: () => readonly WorkbinTreeNode[],
  ) {}

  getContent(node: unknown): Promise<void> {
    return this.onWorkbin(node, (client, workbin) => client.getContent(workbin));
  }

  requestNotifications(node: unknown): Promise<void> {
    return this.onWorkbin(node, (client, workbin) => client.requestNotifications(workbin));
  }

  cancelNotifications(node: unknown): Promise<void> {
    return this.onWorkbin(node, (client, workbin) => client.cancelNotifications(workbin));
  }

  async pull(node: unknown): Promise<void> {
    const interaction = this.given('interaction', node);
    if (interaction !== undefined) {
      const { id } = interaction.interaction;
      await this.onWorkbin(interaction.parent, (client, workbin) => client.pull(id, workbin));
    }
  }

  /** Asks for the workbin, then pulls the interaction out of its own and places it there. */
  async place(node: unknown): Promise<void> {
    const interaction = this.given('interaction', node);
    const target = interaction && (await this.pick(vscode.l10n.t('Place in Workbin')));
    const source = interaction && (await this.identify(interaction.parent));
    if (interaction === undefined || target === undefined || source === undefined) {
      return;
    }
    const { id } = interaction.interaction;
    const workbin = await this.identify(target);
    const client = this.client();
    // An interaction can be placed by the agent who handles it, so it is pulled first.
    throwIfFailed(await client.pull(id, source));
    throwIfFailed(await client.placeInWorkbin(id, workbin));
  }

  async copyInteractionId(node: unknown): Promise<void> {
    const interaction = this.given('interaction', node);
    if (interaction !== undefined) {
      await vscode.env.clipboard.writeText(interaction.interaction.id);
    }
  }

  /** The workbin of a row that was given or is selected, where it can be told which it is. */
  async workbinOf(node: unknown): Promise<Workbin | undefined> {
    const workbin = this.given('workbin', node);
    return workbin && (await this.tree.model?.identify(workbin.key));
  }

  private async onWorkbin(node: unknown, ask: Ask): Promise<void> {
    const chosen = this.given('workbin', node) ?? (await this.pick(vscode.l10n.t('Workbin')));
    if (chosen !== undefined) {
      throwIfFailed(await ask(this.client(), await this.identify(chosen)));
    }
  }

  /** The row that a command was given; without one, that which is selected. */
  private given<K extends WorkbinTreeNode['kind']>(
    kind: K,
    node: unknown,
  ): Extract<WorkbinTreeNode, { readonly kind: K }> | undefined {
    return nodeOfKind(kind, node ?? this.selected()[0]);
  }

  private async pick(title: string): Promise<WorkbinNode | undefined> {
    const items = this.tree.workbinNodes.map((node) => ({
      label: node.type,
      description: node.parent.owner,
      node,
    }));
    const picked = await vscode.window.showQuickPick(items, {
      title,
      placeHolder: vscode.l10n.t('Workbin, by its type and owner'),
      matchOnDescription: true,
    });
    return picked?.node;
  }

  private async identify(node: WorkbinNode): Promise<Workbin> {
    const workbin = await this.tree.model?.identify(node.key);
    if (workbin === undefined) {
      const name = workbinName({ type: node.type, owner: node.parent.owner });
      throw new ExpectedError(
        'unknown-owner',
        vscode.l10n.t('Nothing in the trace tells what kind of owner {0} has.', name),
      );
    }
    return workbin;
  }

  private client(): WorkbinClient {
    const client = this.sessions.session?.client;
    if (client?.state.kind !== 'connected') {
      throw new ExpectedError(
        'not-connected',
        vscode.l10n.t('Not connected. Connect to a server first.'),
      );
    }
    return client;
  }
}

function throwIfFailed(result: Result<void>): void {
  if (!result.ok) {
    throw new ExpectedError(result.error.code, result.error.message);
  }
}
