/** Asks what is to go wrong in the embedded server, with VS Code's own inputs. */
import * as vscode from 'vscode';
import { assertNever } from '../../core/base/assert';
import type { FaultChance, FaultKind, FaultSwitches } from '../../session/platform';

type FaultItem = vscode.QuickPickItem & { readonly run?: () => Promise<void> | void };

/** Shows every fault with when it happens, and lets the person change one. */
export async function askFaults(faults: FaultSwitches): Promise<void> {
  const kinds = faultWords();
  const items: FaultItem[] = kinds.map(({ fault, label, detail }) => ({
    label,
    detail,
    description: chanceWords(faults.chanceOf(fault)),
    run: () => askChance(faults, fault, label),
  }));
  const now: FaultItem[] = [
    { label: vscode.l10n.t('At Once'), kind: vscode.QuickPickItemKind.Separator },
    {
      label: faults.isHanging
        ? vscode.l10n.t('$(debug-continue) Answer Again')
        : vscode.l10n.t('$(debug-pause) Stop Answering'),
      detail: vscode.l10n.t('The server takes everything and answers nothing.'),
      run: () => {
        faults.isHanging = !faults.isHanging;
      },
    },
    {
      label: vscode.l10n.t('$(bell-slash) Forget All Subscriptions'),
      detail: vscode.l10n.t('No client hears of it.'),
      run: () => faults.forgetSubscriptions(),
    },
    {
      label: vscode.l10n.t('$(debug-disconnect) Break All Connections'),
      detail: vscode.l10n.t('In the middle of a message.'),
      run: () => faults.breakConnections(),
    },
    {
      label: vscode.l10n.t('$(check) No Faults Any More'),
      run: () => {
        faults.isHanging = false;
        kinds.forEach(({ fault }) => faults.set(fault, undefined));
      },
    },
  ];
  const picked = await vscode.window.showQuickPick([...items, ...now], {
    title: vscode.l10n.t('Embedded Server Faults'),
    placeHolder: vscode.l10n.t('What is to go wrong'),
    matchOnDetail: true,
  });
  await picked?.run?.();
}

async function askChance(faults: FaultSwitches, fault: FaultKind, label: string): Promise<void> {
  const chances: readonly (FaultChance | undefined)[] = [
    undefined,
    { kind: 'nth', nth: 1 },
    { kind: 'every', every: 1 },
    { kind: 'every', every: 3 },
    { kind: 'every', every: 10 },
    { kind: 'probability', probability: 0.1 },
    { kind: 'probability', probability: 0.5 },
  ];
  const picked = await vscode.window.showQuickPick(
    chances.map((chance) => ({ label: chanceWords(chance), chance })),
    { title: label, placeHolder: vscode.l10n.t('When is this to happen?') },
  );
  if (picked !== undefined) {
    faults.set(fault, picked.chance);
  }
}

function chanceWords(chance: FaultChance | undefined): string {
  if (chance === undefined) {
    return vscode.l10n.t('never');
  }
  switch (chance.kind) {
    case 'nth':
      return chance.nth === 1
        ? vscode.l10n.t('the next time only')
        : vscode.l10n.t('time no. {0} only', chance.nth);
    case 'every':
      return chance.every === 1
        ? vscode.l10n.t('always')
        : vscode.l10n.t('every {0} times', chance.every);
    case 'probability':
      return vscode.l10n.t('{0} % of the time, by chance', Math.round(chance.probability * 100));
    default:
      return assertNever(chance);
  }
}

function faultWords(): readonly {
  readonly fault: FaultKind;
  readonly label: string;
  readonly detail: string;
}[] {
  const { t } = vscode.l10n;
  return [
    { fault: 'dropAnswer', label: t('Drop an Answer'), detail: t('It is never sent.') },
    {
      fault: 'delayAnswer',
      label: t('Delay an Answer'),
      detail: t('It comes two seconds late; others overtake it.'),
    },
    {
      fault: 'falseError',
      label: t('Answer With a False Error'),
      detail: t('The request is done, and its answer says that it failed.'),
    },
    {
      fault: 'wrongErrorCode',
      label: t('Wrong Error Code'),
      detail: t('An answer that says that a request failed has code 0.'),
    },
    {
      fault: 'duplicateNotification',
      label: t('Duplicate a Notification'),
      detail: t('It is sent twice.'),
    },
    {
      fault: 'reorderNotifications',
      label: t('Reorder Notifications'),
      detail: t('A notification is sent after the one that follows it.'),
    },
    {
      fault: 'forgetSubscriptions',
      label: t('Forget Subscriptions'),
      detail: t('Those of a client, instead of sending the notification that is due.'),
    },
    {
      fault: 'closeMidFrame',
      label: t('Close in Mid-Frame'),
      detail: t('The connection breaks off in the middle of a message.'),
    },
  ];
}
