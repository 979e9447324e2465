/** Sends requests that a person wrote over the live connection, asking where that is due. */
import * as vscode from 'vscode';
import { refused } from '../../core/base/result';
import { sendingOf } from '../../core/protocol/requestForm/sending';
import type { Message } from '../../core/protocol/message';
import { sendRequest, type RequestOutcome } from '../../session/sendRequest';
import type { Trace } from '../../session/trace';
import type { LiveConnection } from '../sessions/liveConnection';
import { revealSent } from '../trace/messageReveal';
import type { RequestConsent } from './requestConsent';
import type { TraceInFront } from '../trace/traceInFront';

export interface SentRequestInTrace extends RequestOutcome {
  readonly request: string;
  readonly trace: Trace;
}

export type SendAttempt =
  | { readonly kind: 'sent'; readonly sent: SentRequestInTrace }
  /** Nothing was sent; `path` is the JSON path of what is wrong, `$` for the whole request. */
  | { readonly kind: 'refused'; readonly path: string; readonly text: string }
  | { readonly kind: 'cancelled' };

export class RequestSender {
  constructor(
    private readonly connection: () => LiveConnection | undefined,
    private readonly consent: RequestConsent,
    private readonly front: TraceInFront,
  ) {}

  /** Rejects while nothing is connected. */
  async send(request: Message): Promise<SendAttempt> {
    const connection = this.connection();
    if (connection === undefined) {
      throw refused(
        'not-connected',
        vscode.l10n.t('Not connected. Connect to a server first, then send again.'),
      );
    }
    const sending = sendingOf(connection.profile.dialect, request.name);
    if (sending.kind === 'impossible') {
      return { kind: 'refused', path: '$', text: sending.reason };
    }
    const words = vscode.l10n.t('Send {0}?', request.name);
    if (!(await this.consent.allows({ words, yes: vscode.l10n.t('Send') }, connection))) {
      return { kind: 'cancelled' };
    }
    const { client, session } = connection;
    const result = await sendRequest(client, request);
    if (!result.ok) {
      const { code, message } = result.error;
      const path = code === 'reference-in-use' || code === 'bad-reference' ? '$.referenceId' : '$';
      return { kind: 'refused', path, text: message };
    }
    const { trace } = session;
    return { kind: 'sent', sent: { ...result.value, request: request.name, trace } };
  }

  showInTrace({ trace, reference }: SentRequestInTrace): Promise<void> {
    return revealSent(trace, reference, this.front);
  }
}
