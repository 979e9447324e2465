/** What a person can do with the interactions of a workbin, on one row or on several. */
import * as vscode from 'vscode';
import { ExpectedError, messageOf } from '../../core/base/result';
import type { Workbin } from '../../core/protocol/workbin';
import type { WorkbinClient } from '../../session/workbinClient';
import type { SortedInteraction } from '../../session/sortedInteractions';
import type { InteractionDocuments } from './interactionDocuments';
import type { PulledInteraction, WorkbinActions } from './workbinActions';
import { nodeOfKind, type InteractionNode, type WorkbinNode } from './workbinNodes';
import type { WorkbinsTree } from './workbinsTree';
import { isText, mediaIcon } from './workbinWords';
import { withProgress } from '../tell';

/** Known interactions that are offered for choice: VS Code's list stays quick with so many. */
const MOST_OFFERED = 5000;
/** Failures that are told in full. */
const TOLD_FAILURES = 3;

export class InteractionActions {
  constructor(
    private readonly actions: WorkbinActions,
    private readonly tree: WorkbinsTree,
    private readonly documents: InteractionDocuments,
  ) {}

  /** Pulls the interactions of the rows, one after the other; several with progress, and until it is cancelled. */
  async pull(node: unknown, nodes: unknown): Promise<void> {
    const chosen = this.given(node, nodes);
    const [first] = chosen;
    if (first === undefined) {
      return;
    }
    const { id } = first.summary;
    const words =
      chosen.length === 1
        ? vscode.l10n.t('Pull {0}?', id)
        : vscode.l10n.t('Pull {0} interactions?', chosen.length);
    const all: { readonly id: string; readonly source: Workbin }[] = [];
    for (const each of chosen) {
      all.push({ id: each.summary.id, source: await this.actions.sourceOf(each) });
    }
    const client = await this.actions.clientToMove({ words, yes: vscode.l10n.t('Pull') });
    const [only] = all;
    if (client === undefined || only === undefined) {
      return;
    }
    if (all.length > 1) {
      await this.pullSeveral(all, client);
      return;
    }
    const pulled = await this.actions.pull(id, only.source, client);
    void this.actions.tellPulled(vscode.l10n.t('You hold {0} now.', id), [pulled]);
  }

  private async pullSeveral(
    chosen: readonly { readonly id: string; readonly source: Workbin }[],
    client: WorkbinClient,
  ): Promise<void> {
    const failures: string[] = [];
    const pulled: PulledInteraction[] = [];
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Pulling {0} interactions', chosen.length),
      cancellable: true,
    } as const;
    await withProgress(options, async (report, token) => {
      for (const { id, source } of chosen) {
        if (token.isCancellationRequested) {
          return;
        }
        report({ message: id, increment: 100 / chosen.length });
        try {
          pulled.push(await this.actions.pull(id, source, client));
        } catch (error) {
          failures.push(`${id}: ${messageOf(error)}`);
        }
      }
    });
    const words = vscode.l10n.t(
      '{0} of {1} interactions were pulled. You hold them now.',
      pulled.length,
      chosen.length,
    );
    if (pulled.length > 0) {
      void this.actions.tellPulled(words, pulled);
    }
    if (failures.length > 0) {
      const more = failures.length - TOLD_FAILURES;
      const told = [
        ...failures.slice(0, TOLD_FAILURES),
        ...(more > 0 ? [vscode.l10n.t('{0} more', more)] : []),
      ];
      const left = vscode.l10n.t('{0} interactions could not be pulled.', failures.length);
      throw new ExpectedError('not-all-pulled', `${left} ${told.join('; ')}`);
    }
  }

  /** Asks which interaction, among those that the tree knows or by its id, and lays it in the workbin. */
  async placeHere(node: unknown): Promise<void> {
    const target = await this.actions.chooseWorkbin(node);
    if (target === undefined) {
      return;
    }
    const offered: Offer[] = [];
    for (const workbin of this.tree.workbinNodes) {
      if (workbin !== target && this.actions.isLive(workbin)) {
        const held = await this.tree.interactionsIn(workbin);
        offered.push(...held.slice(0, MOST_OFFERED - offered.length).map(offerIn(workbin)));
      }
    }
    const chosen = await pickOrType(offered, `${target.type}@${target.owner}`);
    if (chosen !== undefined) {
      await this.actions.placeIn(target, chosen.id, chosen.workbin);
    }
  }

  async copyIds(node: unknown, nodes: unknown): Promise<void> {
    const ids = this.given(node, nodes).map(({ summary }) => summary.id);
    if (ids.length > 0) {
      await vscode.env.clipboard.writeText(ids.join('\n'));
    }
  }

  /** Shows an interaction's properties, as they are known at the moment of the tree, as a document. */
  async openJson(node: unknown): Promise<void> {
    const [interaction] = this.given(node, undefined);
    const shown = this.tree.moment;
    if (interaction !== undefined && shown !== undefined) {
      const { trace } = shown.front;
      await this.documents.open({
        recording: trace.path,
        key: interaction.workbin.key,
        id: interaction.summary.id,
        end: shown.end ?? trace.messages.count,
      });
    }
  }

  /** Asks for one of a workbin's interactions, however many there are. */
  async find(node: unknown): Promise<InteractionNode | undefined> {
    const workbin = nodeOfKind('workbin', this.actions.selectedOr(node));
    if (workbin === undefined) {
      return undefined;
    }
    const held = await this.tree.interactionsIn(workbin);
    const picked = await vscode.window.showQuickPick(held.map(offerIn(workbin)), {
      title: vscode.l10n.t('Find Interaction in {0}', `${workbin.type}@${workbin.owner}`),
      placeHolder: vscode.l10n.t('Subject, sender or id'),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    return picked && this.tree.findInteraction(workbin, picked.id);
  }

  /** The interactions that a command was given: of all selected rows where the row is one of them. */
  private given(node: unknown, nodes: unknown): readonly InteractionNode[] {
    const first = nodeOfKind('interaction', this.actions.selectedOr(node));
    const all: readonly unknown[] = Array.isArray(nodes) ? nodes : this.actions.selection;
    const several = all.flatMap((each) => nodeOfKind('interaction', each) ?? []);
    return first === undefined || several.some(({ id }) => id === first.id) ? several : [first];
  }
}

interface Offer extends vscode.QuickPickItem {
  readonly id: string;
  /** Where it lies; undefined: nobody knows. */
  readonly workbin?: WorkbinNode;
}

function offerIn(workbin: WorkbinNode): (interaction: SortedInteraction) => Offer {
  return ({ summary: { id, subject, from, mediaType } }) => ({
    label: subject ?? id,
    description: [from, subject === undefined ? undefined : id].filter(isText).join(' · '),
    detail: `${workbin.type}@${workbin.owner}`,
    iconPath: new vscode.ThemeIcon(mediaIcon(mediaType)),
    id,
    workbin,
  });
}

/** What is typed and fits none of the offers stands for an id. */
function pickOrType(offered: readonly Offer[], target: string): Promise<Offer | undefined> {
  const pick = vscode.window.createQuickPick<Offer>();
  pick.title = vscode.l10n.t('Place an Interaction in {0}', target);
  pick.placeholder = vscode.l10n.t('Choose an interaction, or type the id of one');
  pick.matchOnDescription = true;
  pick.items = offered;
  const typed = (): Offer | undefined => {
    const id = pick.value.trim();
    const isKnown = id === '' || offered.some((each) => each.id === id);
    const label = vscode.l10n.t('Interaction {0}', id);
    const description = vscode.l10n.t('as typed');
    return isKnown ? undefined : { label, description, alwaysShow: true, id };
  };
  pick.onDidChangeValue(() => {
    const own = typed();
    pick.items = own === undefined ? offered : [...offered, own];
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      // Who types quickly is done before the list has it.
      resolve(pick.selectedItems[0] ?? typed());
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
