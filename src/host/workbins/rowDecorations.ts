/**
 * Colours and badges of rows of the Workbins tree. VS Code knows decorations by address alone, so that rows which
 * look the same share one. A badge and words always say the same as the colour.
 */
import * as vscode from 'vscode';
import type { InteractionMark } from './workbinNodes';

const SCHEME = 'workbin-row';

export type RowLook = InteractionMark | 'unusable';

/** The address that gives a row its look. */
export function lookUri(look: RowLook): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${look}` });
}

export const rowDecorations: vscode.FileDecorationProvider = {
  provideFileDecoration(uri) {
    return uri.scheme === SCHEME ? decorationOf(uri.path.slice(1)) : undefined;
  },
};

function decorationOf(look: string): vscode.FileDecoration | undefined {
  switch (look) {
    case 'new':
      return decoration('+', 'gitDecoration.addedResourceForeground', vscode.l10n.t('New'));
    case 'changed':
      return decoration('~', 'gitDecoration.modifiedResourceForeground', vscode.l10n.t('Changed'));
    case 'touched':
      return decoration(
        '◆',
        'list.highlightForeground',
        vscode.l10n.t('Changed by the selected message'),
      );
    case 'unusable':
      return decoration(undefined, 'disabledForeground', undefined);
    default:
      return undefined;
  }
}

function decoration(
  badge: string | undefined,
  color: string,
  tooltip: string | undefined,
): vscode.FileDecoration {
  return new vscode.FileDecoration(badge, tooltip, new vscode.ThemeColor(color));
}
