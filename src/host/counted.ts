import * as vscode from 'vscode';

/** What is counted, with its words for one and for another number. */
const WORDS = {
  connection: () => [vscode.l10n.t('1 connection'), vscode.l10n.t('{0} connections')],
  entry: () => [vscode.l10n.t('1 entry'), vscode.l10n.t('{0} entries')],
  frame: () => [vscode.l10n.t('1 frame'), vscode.l10n.t('{0} frames')],
  line: () => [vscode.l10n.t('1 line'), vscode.l10n.t('{0} lines')],
  message: () => [vscode.l10n.t('1 message'), vscode.l10n.t('{0} messages')],
  piece: () => [vscode.l10n.t('1 piece'), vscode.l10n.t('{0} pieces')],
  request: () => [vscode.l10n.t('1 request'), vscode.l10n.t('{0} requests')],
  response: () => [vscode.l10n.t('1 response'), vscode.l10n.t('{0} responses')],
  socket: () => [vscode.l10n.t('1 open socket'), vscode.l10n.t('{0} open sockets')],
} as const;

/** A number of things in words: `1 frame`, `12 frames`. */
export function counted(count: number, thing: keyof typeof WORDS): string {
  const [one = '', more = ''] = WORDS[thing]();
  return count === 1 ? one : more.replace('{0}', String(count));
}
