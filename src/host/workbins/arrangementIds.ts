/**
 * Commands of the menus *Sort By* and *Group By*. Each choice has two: a menu shows the one with the check mark
 * where the choice is made, and the other elsewhere. Choosing either makes the choice.
 */
export const ARRANGEMENT_COMMANDS = {
  sortWorkbins: 'workbinInspector.workbins.sort',
  groupWorkbins: 'workbinInspector.workbins.group',
  sortByTold: 'workbinInspector.workbins.sortByTold',
  sortByToldChecked: 'workbinInspector.workbins.sortByTold.checked',
  sortBySubject: 'workbinInspector.workbins.sortBySubject',
  sortBySubjectChecked: 'workbinInspector.workbins.sortBySubject.checked',
  sortByAge: 'workbinInspector.workbins.sortByAge',
  sortByAgeChecked: 'workbinInspector.workbins.sortByAge.checked',
  sortByReceived: 'workbinInspector.workbins.sortByReceived',
  sortByReceivedChecked: 'workbinInspector.workbins.sortByReceived.checked',
  sortBySender: 'workbinInspector.workbins.sortBySender',
  sortBySenderChecked: 'workbinInspector.workbins.sortBySender.checked',
  sortById: 'workbinInspector.workbins.sortById',
  sortByIdChecked: 'workbinInspector.workbins.sortById.checked',
  sortAscending: 'workbinInspector.workbins.sortAscending',
  sortAscendingChecked: 'workbinInspector.workbins.sortAscending.checked',
  sortDescending: 'workbinInspector.workbins.sortDescending',
  sortDescendingChecked: 'workbinInspector.workbins.sortDescending.checked',
  groupByOwner: 'workbinInspector.workbins.groupByOwner',
  groupByOwnerChecked: 'workbinInspector.workbins.groupByOwner.checked',
  groupByType: 'workbinInspector.workbins.groupByType',
  groupByTypeChecked: 'workbinInspector.workbins.groupByType.checked',
  groupByMedia: 'workbinInspector.workbins.groupByMedia',
  groupByMediaChecked: 'workbinInspector.workbins.groupByMedia.checked',
  groupFlat: 'workbinInspector.workbins.groupFlat',
  groupFlatChecked: 'workbinInspector.workbins.groupFlat.checked',
} as const;
