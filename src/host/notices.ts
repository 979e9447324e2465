/** The few things that are told without being asked for: once each, and never one above another. */
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/base/disposable';
import type { LiveSession } from '../session/liveSession';
import type { Platform } from '../session/platform';
import type { LostConnection } from './sessions/heldSession';
import type { LiveSessions } from './sessions/liveSessions';
import type { Log } from './log';
import { revealRecordingsFolder } from './recordings/recordingActions';
import { tellFailure, tellInformation, tellWarning } from './tell';

const TOLD_OF_RECORDING = 'toldOfRecording';

export class Notices implements Disposable {
  private readonly store = new DisposableStore();
  /** Keys of sessions whose loss is told just now. */
  private readonly lossesPending = new Set<string>();
  /** Sessions whose failing to be recorded was told. */
  private readonly toldOfFailure = new WeakSet<LiveSession>();

  /** `reconnect` tells of its own failures. */
  constructor(
    sessions: LiveSessions,
    private readonly platform: Platform,
    private readonly memory: vscode.Memento,
    private readonly log: Log,
    private readonly reconnect: (key: string) => Promise<void>,
  ) {
    this.store.add(sessions.onDidBegin(() => void this.tellOfRecording()));
    this.store.add(
      sessions.onDidChange(() =>
        sessions.all.forEach(({ session }) => void this.tellOfFailure(session)),
      ),
    );
    this.store.add(sessions.onDidLose((lost) => void this.tellOfLoss(lost)));
  }

  dispose(): void {
    this.store.dispose();
  }

  /** At the first recording ever: that customer data lies on disk, and where. */
  private async tellOfRecording(): Promise<void> {
    if (this.memory.get<boolean>(TOLD_OF_RECORDING) === true) {
      return;
    }
    await this.memory.update(TOLD_OF_RECORDING, true);
    const openFolder = vscode.l10n.t('Open Folder');
    const answer = await tellInformation(
      vscode.l10n.t(
        'Workbin Inspector records this session. Customer data in its messages lies on disk in {0} until you delete it or it is too old; passwords and tokens are replaced.',
        this.platform.recordingsFolder,
      ),
      openFolder,
      vscode.l10n.t('OK'),
    );
    if (answer === openFolder) {
      await revealRecordingsFolder(this.platform);
    }
  }

  /** Once for each session: that nothing reaches the disk any more, although traffic goes on. */
  private async tellOfFailure(session: LiveSession): Promise<void> {
    if (session.recorder.state !== 'failed' || this.toldOfFailure.has(session)) {
      return;
    }
    this.toldOfFailure.add(session);
    const showLog = vscode.l10n.t('Show Log');
    const openFolder = vscode.l10n.t('Open Folder');
    const words = vscode.l10n.t(
      'The recording of {0} cannot be written any more: what passes from now on is lost. Is the disk full? Make room in {1}, then connect again or start the tap again.',
      session.title,
      this.platform.recordingsFolder,
    );
    const answer = await tellFailure(words, showLog, openFolder);
    if (answer === showLog) {
      this.log.show();
    } else if (answer === openFolder) {
      await revealRecordingsFolder(this.platform);
    }
  }

  private async tellOfLoss({ held, reason }: LostConnection): Promise<void> {
    const { key, name } = held.target;
    const words =
      reason === ''
        ? vscode.l10n.t('{0}: the connection was lost.', name)
        : vscode.l10n.t('{0}: {1}', name, reason);
    this.log.warn(words);
    if (this.lossesPending.has(key)) {
      return;
    }
    this.lossesPending.add(key);
    try {
      const reconnect = vscode.l10n.t('Reconnect');
      const showLog = vscode.l10n.t('Show Log');
      const answer = await tellWarning(words, reconnect, showLog);
      if (answer === showLog) {
        this.log.show();
      } else if (answer === reconnect) {
        await this.reconnect(key);
      }
    } finally {
      this.lossesPending.delete(key);
    }
  }
}
