import * as vscode from 'vscode';
import type { LiveSession } from '../../session/liveSession';
import type { LiveConnection } from '../sessions/liveConnection';
import { tellWarning } from '../tell';

const KEY = 'requestForm.serversNotAskedFor';
const MAX_KEPT = 50;

/** Says what sending can do before the first request of a session goes to a server that is not the embedded one. */
export class RequestConsent {
  private readonly given = new WeakSet<LiveSession>();

  constructor(private readonly memory: vscode.Memento) {}

  /** Whether the request may be sent; asks the person where that is due. */
  async allows(request: string, connection: LiveConnection): Promise<boolean> {
    const { session, profile, isEmbedded } = connection;
    const { server, agent } = profile;
    if (isEmbedded || this.given.has(session) || this.servers().includes(server)) {
      return true;
    }
    const send = vscode.l10n.t('Send');
    const always = vscode.l10n.t('Send and Do Not Ask Again for This Server');
    const answer = await tellWarning(
      vscode.l10n.t('Send {0} to {1}?', request, server),
      {
        modal: true,
        detail: vscode.l10n.t(
          'The server carries it out in the name of {0}, as if a desktop application had sent it. Requests can move, change or stop interactions of customers, and nothing here takes that back. For the rest of this session you will not be asked again.',
          agent,
        ),
      },
      send,
      always,
    );
    if (answer === always) {
      await this.memory.update(KEY, [server, ...this.servers()].slice(0, MAX_KEPT));
    }
    if (answer === undefined) {
      return false;
    }
    this.given.add(session);
    return true;
  }

  private servers(): readonly unknown[] {
    const kept = this.memory.get<unknown>(KEY);
    return Array.isArray(kept) ? kept : [];
  }
}
