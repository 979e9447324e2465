import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable';
import { fileName } from '../../core/base/fileName';
import type { TraceInFront } from '../trace/traceInFront';
import type { LiveSessions } from './liveSessions';
import { openRecording } from './sessionActions';

/** Says where a session goes on that has become long; who follows its end follows it there. */
export function showContinued(
  sessions: LiveSessions,
  front: TraceInFront,
  onError: (error: unknown) => void,
): Disposable {
  return sessions.onDidContinue(({ from, to }) => {
    const { path } = to.trace;
    const words = vscode.l10n.t('The session goes on in {0}', fileName(path));
    vscode.window.setStatusBarMessage(words, 8000);
    if (front.isAtEnd(from.trace)) {
      openRecording(path).catch(onError);
    }
  });
}
