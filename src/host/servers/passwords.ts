/**
 * Passwords of Workspace API v3, one for each server and user: asked for once, kept in VS Code's secret storage when
 * the server has taken them, and nowhere else. Never logged.
 */
import * as vscode from 'vscode';
import type { ConnectionProfile } from '../../session/platform';
import { tellInformation } from '../tell';

/** Whose password it is. */
export interface Account {
  readonly server: string;
  readonly user: string;
}

const KNOWN = 'accountsWithPassword';

export class Passwords {
  /** Given in this window, whether the server has taken them or not. */
  private readonly given = new Map<string, string>();
  /** Accounts whose password was refused, and of which none was given since. */
  private readonly refusals = new Set<string>();

  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly memory: vscode.Memento,
  ) {}

  /** The password, as far as it is known. */
  async get(account: Account): Promise<string | undefined> {
    const key = keyOf(account);
    return this.given.get(key) ?? (await this.secrets.get(key));
  }

  /** True when the password is known, or was asked for and given. */
  async ensure(account: Account): Promise<boolean> {
    const isRefused = this.refusals.has(keyOf(account));
    return (!isRefused && (await this.get(account)) !== undefined) || this.ask(account, isRefused);
  }

  /** Asks for it, again when the server has refused the last one. False when somebody thinks better of it. */
  async ask(account: Account, refused: boolean): Promise<boolean> {
    const { user, server } = account;
    const password = await vscode.window.showInputBox({
      title: vscode.l10n.t('Connect: Password'),
      prompt: refused
        ? vscode.l10n.t('{1} refused the sign-in of {0}. Try another password.', user, server)
        : vscode.l10n.t('Password of {0} at {1}', user, server),
      password: true,
      ignoreFocusOut: true,
      validateInput: (text) => (text === '' ? vscode.l10n.t('This cannot be empty.') : undefined),
    });
    if (password === undefined) {
      return false;
    }
    this.give(account, password);
    return true;
  }

  /** Takes a password that needs not be asked for nor kept. */
  give(account: Account, password: string): void {
    this.given.set(keyOf(account), password);
    this.refusals.delete(keyOf(account));
  }

  /** The server has refused what was given in this window; what is kept stays. {@link ensure} asks again. */
  refused(account: Account): void {
    this.given.delete(keyOf(account));
    this.refusals.add(keyOf(account));
  }

  /** The server has taken the password: it is kept. */
  async taken(account: Account): Promise<void> {
    const password = this.given.get(keyOf(account));
    if (password !== undefined) {
      await this.secrets.store(keyOf(account), password);
      await this.setKnown([...this.others(account), account]);
    }
  }

  /** The server has refused it, or somebody wants it gone. */
  async forget(account: Account): Promise<void> {
    this.given.delete(keyOf(account));
    await this.secrets.delete(keyOf(account));
    await this.setKnown(this.others(account));
  }

  /** Forgets it, and resolves with what takes that back. */
  async takeOut(account: Account): Promise<() => Promise<void>> {
    const password = await this.get(account);
    const isKept = (await this.secrets.get(keyOf(account))) !== undefined;
    await this.forget(account);
    return async () => {
      if (password !== undefined) {
        this.give(account, password);
        await (isKept ? this.taken(account) : undefined);
      }
    };
  }

  /** Those whose password is kept. */
  get accounts(): readonly Account[] {
    const known = this.memory.get<unknown>(KNOWN);
    return Array.isArray(known) ? known.filter(isAccount) : [];
  }

  /** Lets somebody choose whose password is forgotten. */
  async pickAndForget(): Promise<void> {
    const { accounts } = this;
    if (accounts.length === 0) {
      void tellInformation(vscode.l10n.t('No password is kept.'));
      return;
    }
    const picked = await vscode.window.showQuickPick(
      accounts.map((account) => ({
        label: account.user,
        description: account.server,
        account,
      })),
      {
        title: vscode.l10n.t('Forget Password'),
        placeHolder: vscode.l10n.t('Whose password to remove from this machine'),
      },
    );
    if (picked !== undefined) {
      const { account } = picked;
      await this.forget(account);
      vscode.window.setStatusBarMessage(
        vscode.l10n.t('The password of {0} is forgotten', account.user),
        5000,
      );
    }
  }

  private others(account: Account): readonly Account[] {
    return this.accounts.filter((other) => keyOf(other) !== keyOf(account));
  }

  private async setKnown(accounts: readonly Account[]): Promise<void> {
    await this.memory.update(KNOWN, accounts);
  }
}

/** The account of a profile, where it has a password. */
export function accountOf({ dialect, server, agent }: ConnectionProfile): Account | undefined {
  return dialect === 'workspace-v3' ? { server, user: agent } : undefined;
}

function keyOf({ server, user }: Account): string {
  return `password ${JSON.stringify([server, user])}`;
}

function isAccount(value: unknown): value is Account {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { server, user } = value as Readonly<Record<string, unknown>>;
  return typeof server === 'string' && typeof user === 'string';
}
