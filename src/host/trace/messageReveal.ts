import { refused } from '../../core/base/result';
import * as vscode from 'vscode';
import type { Reference } from '../../core/protocol/message';
import { findSent } from '../../session/sendRequest';
import type { Trace } from '../../session/trace';
import { openRecording } from '../sessions/sessionActions';
import type { TraceInFront } from './traceInFront';

/** Opens the trace view at the message that was sent under a reference. */
export async function revealSent(
  trace: Trace,
  reference: Reference,
  front: TraceInFront,
): Promise<void> {
  const message = findSent(trace, reference);
  if (message === undefined) {
    throw refused(
      'not-recorded',
      vscode.l10n.t('The trace does not have this request: recording may have been paused.'),
    );
  }
  await openRecording(trace.path);
  front.reveal(trace, message);
}
