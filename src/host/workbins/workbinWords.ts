/** Words and icons of the Workbins tree. */
import * as vscode from 'vscode';
import type { OwnerKind } from '../../core/protocol/workbin';
import type { Contents } from '../../core/workbins/contents';
import type { RecentChanges } from '../../session/recentChanges';
import type { Unusable } from '../../session/toldWorkbins';

/** Rows are narrow: the number stands for itself. */
export function shortWords(contents: Contents | string): string {
  return typeof contents !== 'string' && contents.read
    ? `${contents.interactions.size}${contents.stale ? '?' : ''}`
    : longWords(contents);
}

export function longWords(contents: Contents | string): string {
  if (typeof contents === 'string') {
    return contents;
  }
  const count = contents.interactions.size;
  if (!contents.read) {
    return count === 0
      ? vscode.l10n.t('not read')
      : vscode.l10n.t('not read, {0} seen since', count);
  }
  const held = interactionsWords(count);
  return contents.stale
    ? vscode.l10n.t('{0}, may be out of date: something was missed since it was read', held)
    : held;
}

export function interactionsWords(count: number): string {
  return count === 1 ? vscode.l10n.t('1 interaction') : vscode.l10n.t('{0} interactions', count);
}

/** `+2 ~1 −1`: what has just come, changed and gone; undefined where nothing has. */
export function changesShort({ marks, taken }: RecentChanges): string | undefined {
  const { came, changed } = countsOf(marks);
  const parts = [
    came > 0 ? `+${came}` : '',
    changed > 0 ? `~${changed}` : '',
    taken.length > 0 ? `−${taken.length}` : '',
  ].filter(isText);
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** The same in words. */
export function changesLong({ marks, taken }: RecentChanges): string | undefined {
  const { came, changed } = countsOf(marks);
  const parts = [
    came > 0 ? vscode.l10n.t('{0} new', came) : '',
    changed > 0 ? vscode.l10n.t('{0} changed', changed) : '',
    taken.length > 0 ? vscode.l10n.t('{0} taken out ({1})', taken.length, some(taken)) : '',
  ].filter(isText);
  return parts.length === 0
    ? undefined
    : vscode.l10n.t('Within the last 30 seconds: {0}', parts.join(', '));
}

function countsOf(marks: RecentChanges['marks']): {
  readonly came: number;
  readonly changed: number;
} {
  const came = [...marks.values()].filter((mark) => mark === 'new').length;
  return { came, changed: marks.size - came };
}

function some(ids: readonly string[]): string {
  return ids.length > 3 ? `${ids.slice(0, 3).join(', ')}, …` : ids.join(', ');
}

/** One word for a row. */
export function unusableWord({ why }: Unusable): string {
  return why === 'inactive' ? vscode.l10n.t('inactive') : vscode.l10n.t('inaccessible');
}

/** Why, and which message said so. */
export function unusableReason({ why, row }: Unusable): string {
  return why === 'inactive'
    ? vscode.l10n.t(
        'Inactive: the server listed this workbin type as not active (EventWorkbinTypesInfo, message {0}).',
        row + 1,
      )
    : vscode.l10n.t(
        'Inaccessible: the server last answered Error_workbin_inaccessible (41) (EventError, message {0}).',
        row + 1,
      );
}

export function ownerWord(kind: OwnerKind): string {
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

export function ownerIcon(kind: OwnerKind | undefined): string {
  switch (kind) {
    case 'Agent':
      return 'person';
    case 'AgentGroup':
      return 'organization';
    case 'Place':
      return 'device-desktop';
    case 'PlaceGroup':
      return 'layers';
    case undefined:
      return 'question';
  }
}

/** Icons of the media types that Genesys' own desktops know; any other has a plain one. */
export function mediaIcon(mediaType: string | undefined): string {
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

const MINUTE = 60_000;

/** How long something lasts already, in one unit: rows are narrow. */
export function ageWords(ms: number): string {
  const minutes = Math.floor(ms / MINUTE);
  if (minutes < 1) {
    return vscode.l10n.t('now');
  }
  if (minutes < 60) {
    return vscode.l10n.t('{0} min', minutes);
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? vscode.l10n.t('{0} h', hours)
    : vscode.l10n.t('{0} d', Math.floor(hours / 24));
}

export function isText(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}
