import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/event';
import type { Workbin } from '../../core/protocol/workbin';
import type { LiveSession } from '../../session/liveSession';
import type { LiveSessions } from '../sessions/liveSessions';

/**
 * Asks a connected server for the content of a workbin that somebody looks at: once for each connection, so that
 * a workbin that cannot be read is not asked for again and again.
 */
export class ContentReader implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<string>());
  /** By key of the workbin: why it was not read, or that it is being read. */
  private readonly notes = new Map<string, string>();

  /** What is to be said of the workbin with this key has changed. */
  readonly onDidChange = this.changed.event;

  constructor(sessions: LiveSessions) {
    // The next recording does not have what was read before it.
    this.store.add(sessions.onDidContinue(() => this.notes.clear()));
    this.store.add(
      sessions.onDidChange(() => {
        if (sessions.standing.kind !== 'connected') {
          this.notes.clear();
        }
      }),
    );
  }

  /** Has a workbin read unless that was tried; says meanwhile, or afterwards, how that stands. */
  readOnce(session: LiveSession, key: string, workbin: Workbin): string {
    const note = this.notes.get(key);
    if (note !== undefined) {
      return note;
    }
    const reading = vscode.l10n.t('Reading…');
    this.notes.set(key, reading);
    void this.read(session, key, workbin);
    return reading;
  }

  dispose(): void {
    this.store.dispose();
  }

  private async read(session: LiveSession, key: string, workbin: Workbin): Promise<void> {
    const result = await session.client?.getContent(workbin);
    if (result?.ok !== false) {
      // The answer reaches the tree through the trace, as every other message does.
      return;
    }
    this.notes.set(key, vscode.l10n.t('Not read: {0}', result.error.message));
    this.changed.fire(key);
  }
}
