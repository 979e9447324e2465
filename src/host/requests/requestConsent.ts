import * as vscode from 'vscode';
import { setContextKey } from '../contextKeys';
import type { LiveConnection } from '../sessions/liveConnection';
import { tellWarning } from '../tell';
import { Consents, type Account } from './consents';

/** What is asked before something is sent. */
export interface ConsentQuestion {
  readonly words: string;
  /** The answer that lets it be sent. */
  readonly yes: string;
}

/**
 * Says what sending can do before the first request of a session that a person sends, pulls or places with goes to a
 * server that is not the embedded one. "Do not ask again" holds for a server and an agent, and can be taken back.
 */
export class RequestConsent {
  private readonly consents: Consents;

  constructor(memory: vscode.Memento) {
    this.consents = new Consents(memory, () => this.tellMenus());
    this.tellMenus();
  }

  /** Whether it may be sent; asks the person where that is due. */
  async allows({ words, yes }: ConsentQuestion, connection: LiveConnection): Promise<boolean> {
    if (this.consents.has(connection)) {
      return true;
    }
    const { agent, server } = connection.profile;
    const always = vscode.l10n.t('{0} and Do Not Ask Again for This Agent', yes);
    const answer = await tellWarning(
      words,
      {
        modal: true,
        detail: vscode.l10n.t(
          'The server {1} carries it out in the name of {0}, as if a desktop application had sent it. Requests can move, change or stop interactions of customers. For the rest of this session you will not be asked again.',
          agent,
          server,
        ),
      },
      yes,
      always,
    );
    if (answer === undefined) {
      return false;
    }
    await this.consents.give(connection, answer === always);
    return true;
  }

  /** Asks again before anything is sent, on whatever server and in whatever session of this window. */
  async askAgain(): Promise<void> {
    await this.consents.clear();
    vscode.window.setStatusBarMessage(
      vscode.l10n.t('You will be asked again before sending'),
      5000,
    );
  }

  /** A server was removed from the list: who adds it again is asked again. True where it was not asked about. */
  forget(account: Account): Promise<boolean> {
    return this.consents.forget(account);
  }

  /** Takes back {@link forget}. */
  remember(account: Account): Promise<void> {
    return this.consents.remember(account);
  }

  private tellMenus(): void {
    setContextKey('workbinInspector:sendsUnasked', this.consents.any);
  }
}
