import type { Memento } from 'vscode';

const KEY = 'requestForm.agentsNotAskedFor';
const MAX_KEPT = 50;

/** Who sends, and where to. */
export interface Account {
  readonly server: string;
  readonly agent: string;
}

/** Something is sent in the name of an account, over a session of this window. */
export interface Sender {
  /** Compared by identity. */
  readonly session: object;
  readonly profile: Account;
  /** The server is the one that this extension runs. */
  readonly isEmbedded: boolean;
}

/**
 * What a person has agreed to: sending in a session, or in the name of an agent on a server for good. The latter lies in
 * the memory of the machine, the 50 newest.
 */
export class Consents {
  private given = new WeakSet();
  /** Somebody has agreed in this window, for a session or for good. */
  private isGiven = false;

  /** `onDidChange` hears when {@link any} may have changed. */
  constructor(
    private readonly memory: Memento,
    private readonly onDidChange: () => void,
  ) {}

  /** Whether there is anything that {@link clear} takes back. */
  get any(): boolean {
    return this.isGiven || this.kept().length > 0;
  }

  /** Whether nothing has to be asked. */
  has({ session, profile, isEmbedded }: Sender): boolean {
    return isEmbedded || this.given.has(session) || this.kept().includes(keyOf(profile));
  }

  /** For the session; `always`: and for its agent on its server in every other one. */
  async give({ session, profile }: Sender, always: boolean): Promise<void> {
    if (always) {
      await this.remember(profile);
    }
    this.given.add(session);
    this.isGiven = true;
    this.onDidChange();
  }

  /** Takes back all of it, in every session. */
  async clear(): Promise<void> {
    this.given = new WeakSet();
    this.isGiven = false;
    await this.keep([]);
  }

  /** Takes back what was agreed to for good; false where that was nothing. */
  async forget(account: Account): Promise<boolean> {
    const kept = this.kept();
    const others = kept.filter((key) => key !== keyOf(account));
    if (others.length === kept.length) {
      return false;
    }
    await this.keep(others);
    return true;
  }

  /** Takes back {@link forget}. */
  remember(account: Account): Promise<void> {
    return this.keep([keyOf(account), ...this.kept()].slice(0, MAX_KEPT));
  }

  private async keep(keys: readonly unknown[]): Promise<void> {
    await this.memory.update(KEY, keys);
    this.onDidChange();
  }

  private kept(): readonly unknown[] {
    const kept = this.memory.get<unknown>(KEY);
    return Array.isArray(kept) ? kept : [];
  }
}

function keyOf({ server, agent }: Account): string {
  return JSON.stringify([server, agent]);
}
