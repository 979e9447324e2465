/** What a person can do with workbins and interactions of the live session. */
import * as vscode from 'vscode';
import { ExpectedError, refused, type Result } from '../../core/base/result';
import type { Workbin } from '../../core/protocol/workbin';
import { workbinName } from '../../core/protocol/workbin';
import type { WorkbinClient } from '../../session/workbinClient';
import type { LiveSessions } from '../sessions/liveSessions';
import {
  nodeOfKind,
  type InteractionNode,
  type WorkbinNode,
  type WorkbinTreeNode,
} from './workbinNodes';
import type { WorkbinsTree } from './workbinsTree';
import type { ConsentQuestion, RequestConsent } from '../requests/requestConsent';
import type { LiveConnection } from '../sessions/liveConnection';
import { tellFailure, tellInformation } from '../tell';

/** What is behind the actions. */
export interface WorkbinActionParts {
  readonly sessions: LiveSessions;
  readonly tree: WorkbinsTree;
  /** Rows that are selected in the tree, for commands that were given none. */
  readonly selected: () => readonly WorkbinTreeNode[];
  readonly connection: () => LiveConnection | undefined;
  readonly consent: RequestConsent;
}

/** An interaction that the agent holds, and where it lay. */
export interface PulledInteraction {
  readonly id: string;
  readonly source: Workbin;
  /** Of the session that pulled it. */
  readonly client: WorkbinClient;
}

type Ask = (client: WorkbinClient, workbin: Workbin) => Promise<Result<void>>;

export class WorkbinActions {
  private readonly sessions: LiveSessions;
  private readonly tree: WorkbinsTree;
  private readonly selected: () => readonly WorkbinTreeNode[];

  constructor(private readonly parts: WorkbinActionParts) {
    ({ sessions: this.sessions, tree: this.tree, selected: this.selected } = parts);
  }

  getContent(node: unknown): Promise<void> {
    return this.onWorkbin(node, (client, workbin) => client.getContent(workbin));
  }

  requestNotifications(node: unknown): Promise<void> {
    return this.onWorkbin(node, (client, workbin) => client.requestNotifications(workbin));
  }

  /** Notifications that tell of changed properties as well. */
  requestPropertyChanges(node: unknown): Promise<void> {
    return this.onWorkbin(node, (client, workbin) =>
      client.requestNotifications(workbin, { propertyChanges: true }),
    );
  }

  cancelNotifications(node: unknown): Promise<void> {
    return this.onWorkbin(node, (client, workbin) => client.cancelNotifications(workbin));
  }

  /**
   * The client of the session in front, where something may be moved on its server; asks the person where that is
   * due. What is moved then is moved with this client, whatever session comes to the front meanwhile.
   */
  async clientToMove(question: ConsentQuestion): Promise<WorkbinClient | undefined> {
    const connection = this.parts.connection();
    if (connection === undefined) {
      throw notConnected();
    }
    return (await this.parts.consent.allows(question, connection)) ? connection.client : undefined;
  }

  /** Where the interaction of a row lies; rejects where that is not the live session's server. */
  sourceOf({ workbin }: InteractionNode): Promise<Workbin> {
    this.clientOf(workbin);
    return this.identify(workbin);
  }

  /** Pulls an interaction out of its workbin. */
  async pull(id: string, source: Workbin, client: WorkbinClient): Promise<PulledInteraction> {
    throwIfFailed(await client.pull(id, source));
    return { id, source, client };
  }

  /** Says that the agent holds what was pulled, and offers to lay it back. */
  async tellPulled(words: string, pulled: readonly PulledInteraction[]): Promise<void> {
    const back = vscode.l10n.t('Place Back');
    if ((await tellInformation(words, back)) === back) {
      await this.placeBack(pulled);
    }
  }

  /** Lays all back that can be, then tells of the others. */
  private async placeBack(pulled: readonly PulledInteraction[]): Promise<void> {
    const left: PulledInteraction[] = [];
    let why = '';
    for (const each of pulled) {
      const placed = await each.client.placeInWorkbin(each.id, each.source);
      if (!placed.ok) {
        left.push(each);
        why = placed.error.message;
      }
    }
    const [first, second] = left;
    if (first === undefined) {
      return;
    }
    const again = vscode.l10n.t('Try Again');
    const words =
      second === undefined
        ? vscode.l10n.t('{0} could not be placed back. {1}', first.id, why)
        : vscode.l10n.t('{0} interactions could not be placed back. {1}', left.length, why);
    if ((await tellFailure(words, again)) === again) {
      await this.placeBack(left);
    }
  }

  /** Asks for the workbin, then pulls the interaction out of its own and places it there. */
  async place(node: unknown): Promise<void> {
    const interaction = this.given('interaction', node);
    if (interaction === undefined) {
      return;
    }
    this.clientOf(interaction.workbin);
    const target = await this.pick(vscode.l10n.t('Place in Workbin'));
    if (target !== undefined) {
      await this.placeIn(target, interaction.summary.id, interaction.workbin);
    }
  }

  /** Places an interaction in a workbin; `from`: where it lies, and is pulled from first. */
  async placeIn(target: WorkbinNode, id: string, from: WorkbinNode | undefined): Promise<void> {
    this.clientOf(target);
    const workbin = await this.identify(target);
    // An interaction can be placed by the agent who handles it, so it is pulled first.
    const source = from && (await this.identify(from));
    const client = await this.clientToMove({
      words: vscode.l10n.t('Place {0} in {1}?', id, workbinName(target)),
      yes: vscode.l10n.t('Place'),
    });
    if (client === undefined) {
      return;
    }
    if (source === undefined) {
      throwIfFailed(await client.placeInWorkbin(id, workbin));
      return;
    }
    throwIfFailed(await client.pull(id, source));
    const placed = await client.placeInWorkbin(id, workbin);
    if (!placed.ok) {
      await this.tellHeld(client, id, placed.error.message, [workbin, source]);
    }
  }

  /**
   * An interaction was pulled and could not be placed: says so, and offers to place it where it was to go, or else in
   * the second one. `client`: of who holds it, whatever session is in front by now.
   */
  private async tellHeld(
    client: WorkbinClient,
    id: string,
    why: string,
    places: readonly [wanted: Workbin, source: Workbin],
  ): Promise<void> {
    const [wanted, source] = places;
    const again = vscode.l10n.t('Try Again');
    const back = vscode.l10n.t('Place Back in {0}', workbinName(source));
    const words = vscode.l10n.t(
      '{0} is held by you now: it was pulled, and could not be placed. {1}',
      id,
      why,
    );
    const answer = await tellFailure(words, again, back);
    const to = answer === again ? wanted : answer === back ? source : undefined;
    const placed = to && (await client.placeInWorkbin(id, to));
    if (placed?.ok === false) {
      await this.tellHeld(client, id, placed.error.message, places);
    }
  }

  async copyName(node: unknown): Promise<void> {
    const workbin = this.given('workbin', node);
    if (workbin !== undefined) {
      await vscode.env.clipboard.writeText(workbinName(workbin));
    }
  }

  /** The workbin of a row that was given or is selected, or else one that the person chooses. */
  async chooseWorkbin(node: unknown): Promise<WorkbinNode | undefined> {
    const chosen = this.given('workbin', node) ?? (await this.pick(vscode.l10n.t('Workbin')));
    if (chosen !== undefined) {
      this.clientOf(chosen);
    }
    return chosen;
  }

  /** The row that a command was given, or the first that is selected. */
  selectedOr(node: unknown): unknown {
    return node ?? this.selected()[0];
  }

  /** Rows that are selected in the tree. */
  get selection(): readonly WorkbinTreeNode[] {
    return this.selected();
  }

  /** The workbin of a row that was given or is selected, where it is of the live session's server and can be told. */
  async workbinOf(node: unknown): Promise<Workbin | undefined> {
    const workbin = this.given('workbin', node);
    return workbin !== undefined && this.isLive(workbin)
      ? this.tree.model?.identify(workbin.key)
      : undefined;
  }

  private async onWorkbin(node: unknown, ask: Ask): Promise<void> {
    const chosen = this.given('workbin', node) ?? (await this.pick(vscode.l10n.t('Workbin')));
    if (chosen !== undefined) {
      const client = this.clientOf(chosen);
      throwIfFailed(await ask(client, await this.identify(chosen)));
    }
  }

  /** The row that a command was given; without one, that which is selected. */
  private given<K extends WorkbinTreeNode['kind']>(
    kind: K,
    node: unknown,
  ): Extract<WorkbinTreeNode, { readonly kind: K }> | undefined {
    return nodeOfKind(kind, this.selectedOr(node));
  }

  private async pick(title: string): Promise<WorkbinNode | undefined> {
    this.client();
    const rows = this.tree.workbinNodes.filter((node) => this.isLive(node));
    const items = rows.map((node) => ({
      label: node.type,
      description: node.owner,
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
      const name = workbinName(node);
      throw refused(
        'unknown-owner',
        vscode.l10n.t('Nothing in the trace tells what kind of owner {0} has.', name),
      );
    }
    return workbin;
  }

  /** The client of the session whose server has the workbin of a row. */
  private clientOf(node: WorkbinNode): WorkbinClient {
    const client = this.client();
    if (!this.isLive(node)) {
      throw refused(
        'not-live',
        vscode.l10n.t(
          'This row is not of the server that you are connected to. Show the trace of the live session first.',
        ),
      );
    }
    return client;
  }

  /** Whether a row is of the live session's trace and of the server that its client speaks with. */
  isLive(node: WorkbinNode): boolean {
    const trace = this.sessions.session?.trace;
    const { server } = node;
    return (
      trace !== undefined &&
      this.tree.model?.trace === trace &&
      trace.servers.at(-1)?.server === server
    );
  }

  private client(): WorkbinClient {
    const client = this.sessions.session?.client;
    if (client?.state.kind !== 'connected') {
      throw notConnected();
    }
    return client;
  }
}

function notConnected(): ExpectedError {
  return refused('not-connected', vscode.l10n.t('Not connected. Connect to a server first.'));
}

function throwIfFailed(result: Result<void>): void {
  if (!result.ok) {
    throw new ExpectedError(result.error.code, result.error.message);
  }
}
