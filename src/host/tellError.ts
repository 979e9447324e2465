import * as vscode from 'vscode';
import { errorWords } from './errorWords';
import type { Log } from './log';
import { tellFailure, tellInformation } from './tell';

/** Shows a person what was thrown, and logs it. */
export async function tellError(error: unknown, log: Log): Promise<void> {
  const { kind, words, logged } = errorWords(error);
  if (kind === 'refusal') {
    log.info(logged);
    await tellInformation(words);
    return;
  }
  log.error(logged);
  const showLog = vscode.l10n.t('Show Log');
  if ((await tellFailure(words, showLog)) === showLog) {
    log.show();
  }
}
