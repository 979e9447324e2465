/** How the rows of the Workbins tree look. Texts come from the wire: plain strings, never Markdown. */
import * as vscode from 'vscode';
import type { OwnerKind } from '../core/protocol/workbin';
import type { Contents } from '../core/workbins/contents';
import { summarise } from '../core/workbins/interaction';
import type { TreeWorkbin } from '../session/workbinTree';
import type {
  InteractionNode,
  NoteNode,
  OwnerNode,
  PropertyNode,
  ServerNode,
  WorkbinNode,
} from './workbinNodes';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** How a live session stands to a server. */
export type ServerStanding =
  | { readonly kind: 'connected' }
  | { readonly kind: 'not-connected' }
  | { readonly kind: 'tapped'; readonly port: number };

export function serverItem(
  node: ServerNode,
  standing: ServerStanding | undefined,
): vscode.TreeItem {
  const isTapped = standing?.kind === 'tapped';
  const item = itemOf(node.id, node.server, Expanded, isTapped ? 'radio-tower' : 'server');
  item.contextValue = isTapped ? 'server.tapped' : 'server';
  if (standing !== undefined) {
    item.description = standingWords(standing);
  }
  return item;
}

function standingWords(standing: ServerStanding): string {
  switch (standing.kind) {
    case 'connected':
      return vscode.l10n.t('connected');
    case 'not-connected':
      return vscode.l10n.t('not connected');
    case 'tapped':
      return vscode.l10n.t('tapped at 127.0.0.1:{0}', String(standing.port));
  }
}

export function ownerItem(node: OwnerNode, kind: OwnerKind | undefined): vscode.TreeItem {
  const item = itemOf(node.id, node.owner, Expanded, ownerIcon(kind));
  item.contextValue = 'owner';
  if (kind !== undefined) {
    item.description = ownerWord(kind);
  }
  return item;
}

/** What a workbin's row tells; `contents` is a sentence where they could not be read. */
export function workbinItem(
  node: WorkbinNode,
  workbin: TreeWorkbin,
  contents: Contents | string,
  connected: boolean,
): vscode.TreeItem {
  const { subscribed } = workbin;
  const item = itemOf(node.id, node.type, Collapsed, subscribed ? 'bell' : 'inbox');
  const notified = subscribed ? vscode.l10n.t('subscribed') : vscode.l10n.t('not subscribed');
  item.description = `${shortWords(contents)} · ${notified}`;
  item.tooltip = [`${node.type}@${workbin.owner}`, longWords(contents), notified].join('\n');
  item.accessibilityInformation = {
    label: [node.type, longWords(contents), notified].join(', '),
  };
  item.contextValue = [
    'workbin',
    connected ? 'live' : 'recorded',
    subscribed ? 'subscribed' : 'unsubscribed',
  ].join('.');
  return item;
}

export function interactionItem(node: InteractionNode, connected: boolean): vscode.TreeItem {
  const { id, mediaType, subject, from, movedAt } = summarise(node.interaction);
  const item = itemOf(node.id, subject ?? id, Collapsed, mediaIcon(mediaType));
  item.contextValue = connected ? 'interaction.live' : 'interaction.recorded';
  const touched = node.touched ? vscode.l10n.t('just changed') : undefined;
  item.description = [touched, from, movedAt && timeWords(movedAt)].filter(isText).join(' · ');
  item.tooltip = [subject, id, mediaType, from, movedAt].filter(isText).join('\n');
  if (node.touched) {
    item.iconPath = new vscode.ThemeIcon(
      mediaIcon(mediaType),
      new vscode.ThemeColor('list.highlightForeground'),
    );
  }
  return item;
}

export function propertyItem({ id, attribute }: PropertyNode): vscode.TreeItem {
  const children = attribute.children;
  const item = itemOf(id, attribute.name, children?.length ? Collapsed : None);
  item.contextValue = 'property';
  item.description =
    children === undefined
      ? [attribute.value, attribute.meaning && `(${attribute.meaning})`].filter(isText).join(' ')
      : vscode.l10n.t('{0} entries', children.length);
  item.tooltip = `${attribute.name}: ${attribute.value ?? item.description}`;
  return item;
}

export function noteItem(node: NoteNode): vscode.TreeItem {
  const item = itemOf(node.id, '', None);
  item.description = node.text;
  item.tooltip = node.text;
  return item;
}

function itemOf(
  id: string,
  label: string,
  state: vscode.TreeItemCollapsibleState,
  icon?: string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  item.id = id;
  if (icon !== undefined) {
    item.iconPath = new vscode.ThemeIcon(icon);
  }
  return item;
}

/** Rows are narrow: the number stands for itself. */
function shortWords(contents: Contents | string): string {
  return typeof contents !== 'string' && contents.read
    ? `${contents.interactions.size}${contents.stale ? '?' : ''}`
    : longWords(contents);
}

function longWords(contents: Contents | string): string {
  if (typeof contents === 'string') {
    return contents;
  }
  const count = contents.interactions.size;
  if (!contents.read) {
    return count === 0
      ? vscode.l10n.t('not read')
      : vscode.l10n.t('not read, {0} seen since', count);
  }
  const held =
    count === 1 ? vscode.l10n.t('1 interaction') : vscode.l10n.t('{0} interactions', count);
  return contents.stale
    ? vscode.l10n.t('{0}, may be out of date: something was missed since it was read', held)
    : held;
}

function ownerWord(kind: OwnerKind): string {
  switch (kind) {
    case 'Agent':
      return vscode.l10n.t('agent');
    case 'AgentGroup':
      return vscode.l10n.t('agent group');
    case 'Place':
      return vscode.l10n.t('place');
    case 'PlaceGroup':
      return vscode.l10n.t('place group');
  }
}

function ownerIcon(kind: OwnerKind | undefined): string {
  switch (kind) {
    case 'AgentGroup':
      return 'organization';
    case 'Place':
    case 'PlaceGroup':
      return 'location';
    case 'Agent':
    case undefined:
      return 'person';
  }
}

/** Icons of the media types that Genesys' own desktops know; any other has a plain one. */
function mediaIcon(mediaType: string | undefined): string {
  switch (mediaType?.toLowerCase()) {
    case 'email':
      return 'mail';
    case 'chat':
    case 'sms':
      return 'comment-discussion';
    case 'workitem':
      return 'tasklist';
    case 'voice':
    case 'callback':
      return 'call-incoming';
    default:
      return 'circle-large-outline';
  }
}

/** A point in time as this machine's person writes it; the wire's text where it is none. */
function timeWords(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new Date(time).toLocaleString();
}

function isText(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}
