import * as vscode from 'vscode';
import { errorWords } from './errorWords';
import type { Log } from './log';

/** Shows a person what was thrown, and logs it. */
export async function tellError(error: unknown, log: Log): Promise<void> {
  const { kind, words, logged } = errorWords(error);
  if (kind === 'refusal') {
    log.info(logged);
    await vscode.window.showInformationMessage(words);
    return;
  }
  log.error(logged);
  const showLog = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(words, showLog)) === showLog) {
    log.show();
  }
}
