import * as vscode from 'vscode';
import type { LiveSession } from '../../session/liveSession';
import { setContextKey } from '../contextKeys';
import type { LiveConnection } from '../sessions/liveConnection';
import { tellWarning } from '../tell';

const KEY = 'requestForm.agentsNotAskedFor';
const MAX_KEPT = 50;

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
  private given = new WeakSet<LiveSession>();
  /** Somebody has said yes in this window, for a session or for good. */
  private isGiven = false;

  constructor(private readonly memory: vscode.Memento) {
    this.tellMenus();
  }

  /** Whether it may be sent; asks the person where that is due. */
  async allows({ words, yes }: ConsentQuestion, connection: LiveConnection): Promise<boolean> {
    const { session, profile, isEmbedded } = connection;
    const key = keyOf(profile);
    if (isEmbedded || this.given.has(session) || this.kept().includes(key)) {
      return true;
    }
    const always = vscode.l10n.t('{0} and Do Not Ask Again for This Agent', yes);
    const answer = await tellWarning(
      words,
      {
        modal: true,
        detail: vscode.l10n.t(
          'The server {1} carries it out in the name of {0}, as if a desktop application had sent it. Requests can move, change or stop interactions of customers. For the rest of this session you will not be asked again.',
          profile.agent,
          profile.server,
        ),
      },
      yes,
      always,
    );
    if (answer === always) {
      await this.keep([key, ...this.kept()].slice(0, MAX_KEPT));
    }
    if (answer === undefined) {
      return false;
    }
    this.given.add(session);
    this.isGiven = true;
    this.tellMenus();
    return true;
  }

  /** Asks again before anything is sent, on whatever server and in whatever session of this window. */
  async askAgain(): Promise<void> {
    this.given = new WeakSet();
    this.isGiven = false;
    await this.keep([]);
    vscode.window.setStatusBarMessage(
      vscode.l10n.t('You will be asked again before sending'),
      5000,
    );
  }

  /** A server was removed from the list: who adds it again is asked again. True where it was not asked about. */
  async forget(profile: Account): Promise<boolean> {
    const kept = this.kept();
    const others = kept.filter((key) => key !== keyOf(profile));
    if (others.length === kept.length) {
      return false;
    }
    await this.keep(others);
    return true;
  }

  /** Takes back {@link forget}. */
  remember(profile: Account): Promise<void> {
    return this.keep([keyOf(profile), ...this.kept()].slice(0, MAX_KEPT));
  }

  private async keep(keys: readonly unknown[]): Promise<void> {
    await this.memory.update(KEY, keys);
    this.tellMenus();
  }

  private kept(): readonly unknown[] {
    const kept = this.memory.get<unknown>(KEY);
    return Array.isArray(kept) ? kept : [];
  }

  private tellMenus(): void {
    setContextKey('workbinInspector:sendsUnasked', this.isGiven || this.kept().length > 0);
  }
}

interface Account {
  readonly server: string;
  readonly agent: string;
}

function keyOf({ server, agent }: Account): string {
  return JSON.stringify([server, agent]);
}
