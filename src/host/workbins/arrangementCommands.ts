/** What the commands of the menus *Sort By* and *Group By* do, and the same as choices by keyboard. */
import * as vscode from 'vscode';
import { INTERACTION_ORDERS, type InteractionOrder } from '../../core/workbins/arrange';
import type { ARRANGEMENT_COMMANDS } from './arrangementIds';
import { WORKBIN_GROUPINGS, type Arrangement, type WorkbinGrouping } from './arrangement';

export type ArrangementHandlers = {
  readonly [K in keyof typeof ARRANGEMENT_COMMANDS]: () => Promise<void>;
};

export function arrangementHandlers(arrangement: Arrangement): ArrangementHandlers {
  const by = (order: InteractionOrder) => () => arrangement.sortBy(order);
  const descending = (value: boolean) => () => arrangement.setDescending(value);
  const group = (grouping: WorkbinGrouping) => () => arrangement.groupBy(grouping);
  return {
    sortWorkbins: () => pickOrder(arrangement),
    groupWorkbins: () => pickGrouping(arrangement),
    sortByTold: by('told'),
    sortByToldChecked: by('told'),
    sortBySubject: by('subject'),
    sortBySubjectChecked: by('subject'),
    sortByAge: by('age'),
    sortByAgeChecked: by('age'),
    sortByReceived: by('received'),
    sortByReceivedChecked: by('received'),
    sortBySender: by('sender'),
    sortBySenderChecked: by('sender'),
    sortById: by('id'),
    sortByIdChecked: by('id'),
    sortAscending: descending(false),
    sortAscendingChecked: descending(false),
    sortDescending: descending(true),
    sortDescendingChecked: descending(true),
    groupByOwner: group('owner'),
    groupByOwnerChecked: group('owner'),
    groupByType: group('type'),
    groupByTypeChecked: group('type'),
    groupByMedia: group('media'),
    groupByMediaChecked: group('media'),
    groupFlat: group('flat'),
    groupFlatChecked: group('flat'),
  };
}

/** The same by keyboard: the order, and in a second choice its direction. */
async function pickOrder(arrangement: Arrangement): Promise<void> {
  const { by, descending } = arrangement.order;
  const items = INTERACTION_ORDERS.flatMap((order) =>
    [false, true].map((down) => ({
      label: orderWords(order),
      description: down ? vscode.l10n.t('descending') : vscode.l10n.t('ascending'),
      ...(order === by && down === descending && { detail: vscode.l10n.t('now') }),
      order,
      down,
    })),
  );
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Sort Interactions'),
    placeHolder: vscode.l10n.t('By what the interactions of a workbin are sorted'),
    matchOnDescription: true,
  });
  if (picked !== undefined) {
    await arrangement.setDescending(picked.down);
    await arrangement.sortBy(picked.order);
  }
}

async function pickGrouping(arrangement: Arrangement): Promise<void> {
  const items = WORKBIN_GROUPINGS.map((grouping) => ({
    label: groupingWords(grouping),
    ...(grouping === arrangement.group && { description: vscode.l10n.t('now') }),
    grouping,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Group Workbins'),
    placeHolder: vscode.l10n.t('What workbins and interactions stand below'),
  });
  if (picked !== undefined) {
    await arrangement.groupBy(picked.grouping);
  }
}

function orderWords(order: InteractionOrder): string {
  switch (order) {
    case 'told':
      return vscode.l10n.t('As Told by the Server');
    case 'subject':
      return vscode.l10n.t('Subject');
    case 'age':
      return vscode.l10n.t('Age in Workbin');
    case 'received':
      return vscode.l10n.t('Received');
    case 'sender':
      return vscode.l10n.t('Sender');
    case 'id':
      return vscode.l10n.t('Id');
  }
}

function groupingWords(grouping: WorkbinGrouping): string {
  switch (grouping) {
    case 'owner':
      return vscode.l10n.t('Owner');
    case 'type':
      return vscode.l10n.t('Workbin Type');
    case 'media':
      return vscode.l10n.t('Owner, and Interactions by Media');
    case 'flat':
      return vscode.l10n.t('No Groups');
  }
}
