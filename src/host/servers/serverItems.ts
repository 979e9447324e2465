/** How the rows of the Servers view look. Texts come from wire and settings: plain strings, never Markdown. */
import * as vscode from 'vscode';
import { assertNever } from '../../core/base/assert';
import type { RunningSimulator } from '../../session/platform';
import { COMMANDS } from '../commandIds';
import type { HeldSession } from '../sessions/heldSession';
import type { EmbeddedSessionNode, ServerNode, ServersNode, TapNode } from './serverNodes';
import type { ServerStanding } from '../sessions/sessionStanding';
import { adviceFor, serverLines, shortReason, standingWord, troubleOf } from './serverWords';
import { tapDetails } from '../sessions/tapWords';

const { Expanded, None } = vscode.TreeItemCollapsibleState;

/** What a row's look depends on besides its node. */
export interface ServerLook {
  readonly standing: ServerStanding;
  /** Its workbins are those that are shown, while others have sessions too. */
  readonly isInFront: boolean;
}

export function serverItem(node: ServerNode, look: ServerLook): vscode.TreeItem {
  const { server } = node;
  const item = sessionItem(node, server.name, look);
  item.description = described(look, server.server, [server.agent]);
  item.tooltip = lines([server.name, ...serverLines(server), '', ...standingLines(look)]);
  item.contextValue = contextOf('server', look);
  return item;
}

export function embeddedSessionItem(node: EmbeddedSessionNode, look: ServerLook): vscode.TreeItem {
  const { agent, place, server, dialect } = node.profile;
  const item = sessionItem(node, agent, look);
  const language =
    dialect === 'workspace-v3' ? 'Workspace API v3' : vscode.l10n.t('Platform SDK JSON');
  item.description = described(look, server, [language]);
  item.tooltip = lines([`${agent}, ${place}`, server, language, '', ...standingLines(look)]);
  item.contextValue = contextOf('embeddedSession', look);
  return item;
}

export function tapItem(node: TapNode, held: HeldSession, look: ServerLook): vscode.TreeItem {
  const item = sessionItem(node, held.target.name, look);
  const { tap } = held.session;
  item.description = described(look, tap?.server ?? '', []);
  item.tooltip = lines([
    held.target.name,
    ...(tap === undefined ? [] : [tapDetails(tap)]),
    '',
    ...standingLines(look),
  ]);
  item.contextValue = contextOf('tap', look);
  return item;
}

/** `sessions` counts those that stand below it. */
export function embeddedItem(
  running: RunningSimulator | undefined,
  sessions: number,
): vscode.TreeItem {
  const label = vscode.l10n.t('Embedded Interaction Server');
  const item = new vscode.TreeItem(label, sessions === 0 ? None : Expanded);
  item.id = 'embedded';
  item.iconPath = icon('server-process', running && 'testing.iconPassed');
  item.contextValue = running === undefined ? 'embedded.stopped' : 'embedded.running';
  item.description =
    running === undefined
      ? vscode.l10n.t('not running')
      : vscode.l10n.t('running · {0}', running.scenario);
  item.tooltip =
    running === undefined
      ? vscode.l10n.t(
          'Part of Workbin Inspector, for a first look, demonstrations and tests.\nNot running. Open it to start it and connect.',
        )
      : lines([
          vscode.l10n.t('Scenario: {0}', running.scenario),
          vscode.l10n.t('Platform SDK JSON: {0}', running.address),
          vscode.l10n.t('Workspace API v3: {0}', running.workspaceAddress),
        ]);
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  return item;
}

export function addItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Add Server…'));
  item.id = 'add';
  item.iconPath = icon('add');
  item.description = vscode.l10n.t('none is kept yet');
  item.contextValue = 'add';
  item.command = { command: COMMANDS.addServer, title: vscode.l10n.t('Add Server') };
  return item;
}

function sessionItem(
  node: ServersNode & { readonly key: string },
  label: string,
  look: ServerLook,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, None);
  item.id = node.key;
  item.iconPath = standingIcon(look.standing);
  item.accessibilityInformation = {
    label: [label, ...standingLines(look)].join(', '),
  };
  return item;
}

/** The state first: it is what must not be cut off in a narrow side bar. */
function described(
  { standing, isInFront }: ServerLook,
  address: string,
  more: readonly string[],
): string {
  const trouble = troubleOf(standing);
  return [
    standingWord(standing.kind),
    ...(isInFront ? [vscode.l10n.t('in front')] : []),
    ...(trouble === undefined ? more : [shortReason(trouble, address)]),
  ].join(' · ');
}

function standingLines({ standing, isInFront }: ServerLook): readonly string[] {
  const trouble = troubleOf(standing);
  const words = standingWord(standing.kind);
  const front = isInFront ? [vscode.l10n.t('In front: its workbins are shown')] : [];
  if (trouble === undefined) {
    return [words, ...front];
  }
  const help = standing.kind === 'recovering' ? undefined : adviceFor(trouble);
  return [
    vscode.l10n.t('{0}: {1}', words, trouble.message),
    ...(help === undefined ? [] : [help]),
    ...front,
  ];
}

function contextOf(kind: string, { standing }: ServerLook): string {
  return `${kind}.${standing.kind}`;
}

/** Shape and colour tell the state, and the words beside them do so too. */
function standingIcon(standing: ServerStanding): vscode.ThemeIcon {
  switch (standing.kind) {
    case 'none':
      return icon('server');
    case 'connecting':
      return icon('sync~spin');
    case 'connected':
      return icon('pass-filled', 'testing.iconPassed');
    case 'recovering':
      return icon('sync~spin', 'list.warningForeground');
    case 'tapping':
      return icon('radio-tower', 'testing.iconPassed');
    case 'disconnected':
      return standing.reason === undefined
        ? icon('debug-disconnect')
        : icon('warning', 'list.warningForeground');
    case 'failed':
      return icon('error', 'list.errorForeground');
    default:
      return assertNever(standing);
  }
}

function icon(id: string, colour?: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, colour === undefined ? undefined : new vscode.ThemeColor(colour));
}

function lines(texts: readonly string[]): string {
  return texts.join('\n');
}
