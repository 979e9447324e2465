/** How the rows of the Workbins tree look. Texts come from the wire: plain strings, never Markdown. */
import * as vscode from 'vscode';
import type { OwnerKind } from '../../core/protocol/workbin';
import type { TreeWorkbin } from '../../session/workbinTree';
import { lookUri } from './rowDecorations';
import type { WorkbinState } from './workbinContents';
import type {
  MediaNode,
  MoreNode,
  NoteNode,
  OwnerNode,
  PropertyNode,
  ServerNode,
  TypeNode,
  WorkbinNode,
} from './workbinNodes';
import * as words from './workbinWords';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** How a live session stands to a server. */
export type ServerStanding =
  | { readonly kind: 'connected' }
  | { readonly kind: 'not-connected' }
  | { readonly kind: 'tapped'; readonly port: number };

/** What the workbins of one owner, or of one type, hold together. */
export interface RollUp {
  readonly workbins: number;
  /** Of those that were read. */
  readonly interactions: number;
  readonly unread: number;
}

/** `name` is what people call the server; undefined where it has its address alone. */
export function serverItem(
  node: ServerNode,
  name: string | undefined,
  standing: ServerStanding | undefined,
): vscode.TreeItem {
  const isTapped = standing?.kind === 'tapped';
  const item = itemOf(node.id, node.server, Expanded, isTapped ? 'radio-tower' : 'server');
  item.contextValue = isTapped ? 'server.tapped' : 'server';
  if (standing !== undefined) {
    const words = standingWords(standing);
    item.description = name === undefined ? words : vscode.l10n.t('{0} · {1}', name, words);
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

export function ownerItem(
  node: OwnerNode,
  kind: OwnerKind | undefined,
  rollUp: RollUp,
): vscode.TreeItem {
  const item = itemOf(node.id, node.owner, Expanded, words.ownerIcon(kind));
  item.contextValue = 'owner';
  const word = kind && words.ownerWord(kind);
  const unknown = vscode.l10n.t('No message has told what kind of owner this is.');
  describeGroup(item, node.owner, word, rollUp, kind === undefined ? unknown : undefined);
  return item;
}

export function typeItem(node: TypeNode, rollUp: RollUp): vscode.TreeItem {
  const item = itemOf(node.id, node.type, Expanded, 'symbol-class');
  item.contextValue = 'type';
  describeGroup(item, node.type, undefined, rollUp, undefined);
  return item;
}

function describeGroup(
  item: vscode.TreeItem,
  name: string,
  word: string | undefined,
  rollUp: RollUp,
  remark: string | undefined,
): void {
  item.description = [word, rollUpShort(rollUp)].filter(words.isText).join(' · ');
  const long = rollUpLong(rollUp);
  item.tooltip = [[name, word].filter(words.isText).join(', '), long, remark]
    .filter(words.isText)
    .join('\n');
  item.accessibilityInformation = { label: [name, word, long].filter(words.isText).join(', ') };
}

/** Where something is not read yet, there may be more than the number: `12+`. */
function rollUpShort({ workbins, interactions, unread }: RollUp): string | undefined {
  return unread === workbins ? undefined : `${interactions}${unread > 0 ? '+' : ''}`;
}

function rollUpLong({ workbins, interactions, unread }: RollUp): string {
  const held = words.interactionsWords(interactions);
  return unread === 0
    ? vscode.l10n.t('{0} in {1} workbins', held, workbins)
    : vscode.l10n.t('{0} in {1} workbins; {2} not read', held, workbins, unread);
}

/** What a workbin's row tells. `label`: where its type or owner stands above it already, the other alone. */
export function workbinItem(
  node: WorkbinNode,
  label: string,
  workbin: TreeWorkbin,
  { contents, changes }: WorkbinState,
  live: boolean,
): vscode.TreeItem {
  const { subscribed, unusable } = workbin;
  const item = itemOf(node.id, label, Collapsed, iconOf(workbin));
  const notified = subscribed ? vscode.l10n.t('subscribed') : vscode.l10n.t('not subscribed');
  const barred = unusable && words.unusableWord(unusable);
  // That nobody is notified is the rule: the row says so in its tooltip alone.
  item.description = [
    barred,
    words.shortWords(contents),
    subscribed ? notified : undefined,
    words.changesShort(changes),
  ]
    .filter(words.isText)
    .join(' · ');
  const lines = [
    words.longWords(contents),
    notified,
    words.changesLong(changes),
    unusable && words.unusableReason(unusable),
  ].filter(words.isText);
  const served = live
    ? []
    : [vscode.l10n.t('Requests need the live session of a connected server in front.')];
  item.tooltip = [`${node.type}@${workbin.owner}`, ...lines, ...served].join('\n');
  item.accessibilityInformation = {
    label: [label, barred, ...lines].filter(words.isText).join(', '),
  };
  item.contextValue = [
    'workbin',
    live ? 'live' : 'recorded',
    subscribed ? 'subscribed' : 'unsubscribed',
  ].join('.');
  if (unusable !== undefined) {
    item.resourceUri = lookUri('unusable');
  }
  return item;
}

function iconOf({ subscribed, unusable }: TreeWorkbin): string {
  switch (unusable?.why) {
    case 'inactive':
      return 'circle-slash';
    case 'inaccessible':
      return 'lock';
    case undefined:
      return subscribed ? 'bell' : 'inbox';
  }
}

export function mediaItem(node: MediaNode): vscode.TreeItem {
  const label = node.media === '' ? vscode.l10n.t('No media type') : node.media;
  const item = itemOf(node.id, label, Expanded, words.mediaIcon(node.media));
  item.contextValue = 'media';
  item.description = String(node.count);
  item.tooltip = `${label}: ${words.interactionsWords(node.count)}`;
  return item;
}

/** Chosen by a click or the Enter key, it shows what it stands for. `command`: that of the row. */
export function moreItem(node: MoreNode, page: number, command: string): vscode.TreeItem {
  const shown = Math.min(page, node.hidden);
  const label = vscode.l10n.t('Show {0} More…', shown);
  const item = itemOf(node.id, label, None, 'ellipsis');
  item.contextValue = 'more';
  item.description = vscode.l10n.t('{0} not shown', node.hidden);
  item.command = { command, title: label };
  return item;
}

export function propertyItem({ id, attribute }: PropertyNode): vscode.TreeItem {
  const children = attribute.children;
  const item = itemOf(id, attribute.name, children?.length ? Collapsed : None);
  item.contextValue = 'property';
  item.description =
    children === undefined
      ? [attribute.value, attribute.meaning && `(${attribute.meaning})`]
          .filter(words.isText)
          .join(' ')
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
