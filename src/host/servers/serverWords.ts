/** Where a server stands, in words: a state in two or three, and what to do when it failed. */
import * as vscode from 'vscode';
import type { Failure } from '../../core/base/result';
import { assertNever } from '../../core/base/assert';
import type { SavedServer } from './savedServers';
import type { ServerStanding } from '../sessions/sessionStanding';

export function standingWord(kind: ServerStanding['kind']): string {
  switch (kind) {
    case 'none':
    case 'disconnected':
      return vscode.l10n.t('not connected');
    case 'connecting':
      return vscode.l10n.t('connecting…');
    case 'connected':
      return vscode.l10n.t('connected');
    case 'recovering':
      return vscode.l10n.t('recovering');
    case 'tapping':
      return vscode.l10n.t('tap listens');
    case 'failed':
      return vscode.l10n.t('failed');
    default:
      return assertNever(kind);
  }
}

/** Why a server is not as it should be; undefined: it is. */
export function troubleOf(standing: ServerStanding): Failure | undefined {
  switch (standing.kind) {
    case 'failed':
      return standing.failure;
    case 'disconnected':
      return standing.reason === undefined
        ? undefined
        : { code: 'connection-lost', message: standing.reason };
    case 'recovering':
      return { code: 'recovering', message: standing.text };
    case 'none':
    case 'connecting':
    case 'connected':
    case 'tapping':
      return undefined;
    default:
      return assertNever(standing);
  }
}

/** What helps at this machine; in the order in which they are tried, by code and words of the failure. */
const HELP: readonly { readonly of: RegExp; readonly advice: () => string }[] = [
  {
    of: /certificate|CERT_/i,
    advice: () =>
      vscode.l10n.t(
        'Edit the server and name the CA file that vouches for its certificate, or correct the host name in the address.',
      ),
  },
  {
    of: /sign-in-refused/,
    advice: () => vscode.l10n.t('Check the user name, connect again and give the password.'),
  },
  {
    of: /event-error/,
    advice: () =>
      vscode.l10n.t(
        'The server was reached and refused. Edit the server: check agent, place, tenant and client name.',
      ),
  },
];

/** What to do about a failure; undefined where its own words say it. */
export function adviceFor({ code, message }: Failure): string | undefined {
  const known = HELP.find(({ of }) => of.test(`${code} ${message}`));
  if (known !== undefined || / Check /.test(message)) {
    return known?.advice();
  }
  return vscode.l10n.t('Open the trace of the attempt to see how far it came, or edit the server.');
}

/** A failure for a row that names the server already: without a first sentence that does no more. */
export function shortReason({ message }: Failure, address: string): string {
  const [first = '', ...rest] = message.split('. ');
  return rest.length > 0 && first.includes(address) ? rest.join('. ') : message;
}

/** Everything that is kept of a server, one field to a line. */
export function serverLines(saved: SavedServer): readonly string[] {
  const { server, agent, place, tenant, clientName, signIn, caFile, rejectUnauthorized } = saved;
  const isWeb = /^http/i.test(server);
  const isSecure = /^(https|wss):/i.test(server);
  return [
    server,
    isWeb ? vscode.l10n.t('User: {0}', agent) : vscode.l10n.t('Agent: {0}', agent),
    place !== '' && vscode.l10n.t('Place: {0}', place),
    !isWeb && vscode.l10n.t('Tenant: {0}', tenant),
    !isWeb && vscode.l10n.t('Client name: {0}', clientName),
    isWeb && signIn === 'token' && vscode.l10n.t('Sign-in by a token'),
    isSecure && caFile !== '' && vscode.l10n.t('CA file: {0}', caFile),
    isSecure && !rejectUnauthorized && vscode.l10n.t('Certificates are not checked'),
  ].filter((line) => line !== false);
}
