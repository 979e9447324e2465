/** *Diagnose Connection…*: which step to a server fails, and what to do. */
import * as vscode from 'vscode';
import type { Diagnosis } from '../../session/doctor/steps';
import type { ConnectionProfile, Platform } from '../../session/platform';
import type { ConnectInput } from '../sessions/connectInput';
import type { DoctorDocuments } from './doctorDocument';
import { stepTitle, verdictOf } from './doctorWords';
import type { Log } from '../log';
import { accountOf, type Passwords } from './passwords';
import { tellInformation, withProgress } from '../tell';

export class DoctorActions {
  private isRunning = false;

  constructor(
    private readonly platform: Platform,
    private readonly input: ConnectInput,
    private readonly passwords: Passwords,
    private readonly documents: DoctorDocuments,
    private readonly log: Log,
  ) {}

  /** `argument`: a row of a view, or anything else with a `profile`; without one a person is asked. */
  async diagnose(argument?: unknown): Promise<void> {
    if (this.isRunning) {
      void tellInformation(
        vscode.l10n.t('A connection is being diagnosed. Wait for it, or cancel it first.'),
      );
      return;
    }
    const profile = profileIn(argument) ?? (await this.asked());
    if (profile === undefined || !(await this.mayAskPassword(profile))) {
      return;
    }
    this.isRunning = true;
    try {
      const diagnosis = await this.run(profile);
      this.dropRefused(profile, diagnosis);
      this.log.info(`Diagnosis of ${profile.server}: ${verdictOf(diagnosis)}`);
      await this.documents.show(diagnosis, Date.now());
    } finally {
      this.isRunning = false;
    }
  }

  private async asked(): Promise<ConnectionProfile | undefined> {
    const choice = await this.input.ask();
    const account = choice && accountOf(choice.profile);
    if (account !== undefined && choice?.password !== undefined) {
      this.passwords.give(account, choice.password);
    }
    return choice?.profile;
  }

  /** A password that was mistyped is asked for anew the next time. */
  private dropRefused(profile: ConnectionProfile, { steps }: Diagnosis): void {
    const account = accountOf(profile);
    const isRefused = steps.some(({ code }) => code === 'sign-in-refused');
    if (account !== undefined && isRefused) {
      this.passwords.refused(account);
    }
  }

  /** False when there has to be a password and nobody gives one. */
  private async mayAskPassword(profile: ConnectionProfile): Promise<boolean> {
    const account = accountOf(profile);
    return account === undefined || this.passwords.ensure(account);
  }

  private run(profile: ConnectionProfile): Thenable<Diagnosis> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Diagnosing {0}', profile.server),
      cancellable: true,
    };
    return withProgress(options, async (report, cancellation) => {
      const abort = new AbortController();
      const listening = cancellation.onCancellationRequested(() => abort.abort());
      const account = accountOf(profile);
      try {
        return await this.platform.diagnose(
          profile,
          abort.signal,
          () => (account === undefined ? Promise.resolve(undefined) : this.passwords.get(account)),
          (step) => report({ message: stepTitle(step) }),
        );
      } finally {
        listening.dispose();
      }
    });
  }
}

/** Menus and other extensions pass what they like; only what is whole is taken. */
function profileIn(argument: unknown): ConnectionProfile | undefined {
  const profile =
    typeof argument === 'object' && argument !== null && 'profile' in argument
      ? argument.profile
      : undefined;
  return isProfile(profile) ? profile : undefined;
}

function isProfile(value: unknown): value is ConnectionProfile {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const of = value as Readonly<Record<string, unknown>>;
  const { dialect, tenant, rejectUnauthorized, caFile, signIn } = of;
  return (
    (dialect === 'platform-sdk-json' || dialect === 'workspace-v3') &&
    ['server', 'agent', 'place', 'clientName'].every((name) => typeof of[name] === 'string') &&
    typeof tenant === 'number' &&
    (rejectUnauthorized === undefined || typeof rejectUnauthorized === 'boolean') &&
    (caFile === undefined || typeof caFile === 'string') &&
    (signIn === undefined || signIn === 'form' || signIn === 'token')
  );
}
