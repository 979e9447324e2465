import * as vscode from 'vscode';
import type { Trace } from '../../session/trace';
import type { RowAnnotations, RowNote } from '../../session/traceView/rowAnnotations';

interface Item extends vscode.QuickPickItem {
  readonly row: RowNote;
}

export interface AnnotationListActions {
  reveal(message: number): void;
  /** Takes bookmark and note away. */
  remove(message: number): void;
}

/** Lists bookmarks and notes of a recording; choosing one shows its message. */
export function listAnnotations(
  trace: Trace,
  annotations: RowAnnotations,
  actions: AnnotationListActions,
): void {
  const pick = vscode.window.createQuickPick<Item>();
  const remove: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('trash'),
    tooltip: vscode.l10n.t('Delete'),
  };
  const fill = (): void => {
    pick.items = annotations.all.map((row) => itemOf(trace, row, remove));
  };
  pick.title = vscode.l10n.t('Bookmarks and Notes');
  pick.placeholder = vscode.l10n.t('Choose a message to show it');
  // The palette gives the focus back to the trace view, perhaps only after this has opened: it must not close it.
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  fill();
  const listening = annotations.onDidChange(fill);
  pick.onDidAccept(() => {
    const [chosen] = pick.selectedItems;
    if (chosen !== undefined) {
      actions.reveal(chosen.row.message);
    }
    pick.hide();
  });
  pick.onDidTriggerItemButton(({ item }) => actions.remove(item.row.message));
  pick.onDidHide(() => {
    listening.dispose();
    pick.dispose();
  });
  pick.show();
}

function itemOf(trace: Trace, row: RowNote, remove: vscode.QuickInputButton): Item {
  const { messages, tracer } = trace;
  const { message, bookmarked, note } = row;
  const facts = [
    `#${messages.seq(message)}`,
    `${(messages.time(message) / 1000).toFixed(3)} s`,
    tracer.workbin(message),
  ];
  const name = messages.name(message) || vscode.l10n.t('Unreadable message');
  return {
    label: `$(${bookmarked ? 'bookmark' : 'note'}) ${name}`,
    description: facts.filter(Boolean).join(' · '),
    ...(note === '' ? {} : { detail: note.replaceAll(/\s+/g, ' ') }),
    buttons: [remove],
    row,
  };
}
