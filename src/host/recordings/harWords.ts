/** What became of a HAR file or of a recording on the way from one to the other, in words. */
import * as vscode from 'vscode';
import { counted } from '../counted';
import type { HarExportSummary, HarImportSummary } from '../../session/harSummaries';

/** What was taken from the file, in one sentence. */
export function importWords({
  entries,
  frames,
  connections,
  otherServers,
  otherKinds,
}: HarImportSummary): string {
  const skipped = otherServers + otherKinds;
  const kept = vscode.l10n.t(
    '{0} of {1}, from {2}',
    counted(frames, 'frame'),
    counted(connections, 'connection'),
    counted(entries - skipped, 'entry'),
  );
  return skipped === 0
    ? vscode.l10n.t('{0}.', kept)
    : vscode.l10n.t('{0}; {1} without workbins skipped.', kept, counted(skipped, 'entry'));
}

/** What is missing in the import, one sentence each. */
export function importTroubles({
  isCut,
  unreadable,
  missingBodies,
}: HarImportSummary): readonly string[] {
  return [
    isCut && vscode.l10n.t('The file ends in its middle; what was whole is shown.'),
    unreadable > 0 && vscode.l10n.t('Not readable: {0} of its entries and messages.', unreadable),
    missingBodies > 0 &&
      vscode.l10n.t('The bodies of {0} are not in the file.', counted(missingBodies, 'response')),
  ].filter((words) => words !== false);
}

export function exportWords(
  name: string,
  { entries, socketMessages, withoutRequest, unreadable }: HarExportSummary,
): string {
  return [
    socketMessages === 0
      ? vscode.l10n.t('{0}: {1}.', name, counted(entries, 'entry'))
      : vscode.l10n.t(
          '{0}: {1}, {2} in WebSockets.',
          name,
          counted(entries, 'entry'),
          counted(socketMessages, 'message'),
        ),
    withoutRequest > 0 &&
      vscode.l10n.t(
        '{0} responses are left out: their requests were not recorded.',
        withoutRequest,
      ),
    unreadable > 0 &&
      vscode.l10n.t('{0} of the recording not readable.', counted(unreadable, 'line')),
  ]
    .filter((words) => words !== false)
    .join(' ');
}
