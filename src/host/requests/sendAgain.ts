/** From a request of a trace to the form that sends it again over the live connection. */
import * as vscode from 'vscode';
import { refused } from '../../core/base/result';
import { messageByName } from '../../core/protocol/catalogue';
import { requestAgain } from '../../core/protocol/requestForm/sendAgain';
import type { Trace } from '../../session/trace';
import type { LiveConnection } from '../sessions/liveConnection';
import type { SendingAgain } from '../trace/sendingAgain';
import type { FilledRequest } from '../../bridge/requestForm';
import type { RequestDocuments } from './requestDocuments';
import { tellInformation } from '../tell';

const DIALECT = 'platform-sdk-json';

export interface SendAgainParts {
  readonly connection: () => LiveConnection | undefined;
  readonly documents: RequestDocuments;
  readonly openForm: (filled: FilledRequest) => void;
}

export function createSendingAgain(parts: SendAgainParts): SendingAgain {
  return {
    isPossible: (trace) =>
      parts.connection()?.profile.dialect === DIALECT &&
      trace.messages.count > 0 &&
      trace.connectionOf(0)?.dialect === DIALECT,
    open: (trace, message) => open(trace, message, parts),
  };
}

async function open(
  trace: Trace,
  row: number,
  { documents, openForm }: SendAgainParts,
): Promise<void> {
  const { message } = await trace.message(row);
  const type = message && messageByName(message.name);
  if (
    message === undefined ||
    type?.kind !== 'request' ||
    trace.connectionOf(row)?.dialect !== DIALECT
  ) {
    throw refused(
      'no-request',
      vscode.l10n.t('Only a request of Platform SDK can be sent again. Select one.'),
    );
  }
  const made = requestAgain(type, message.attributes);
  if (made.input !== undefined) {
    openForm({ request: type.name, input: made.input });
    return;
  }
  await documents.open(made.message);
  void tellInformation(
    vscode.l10n.t(
      'The form has no place for something in this {0}: it stands here as JSON, to be sent from there.',
      type.name,
    ),
  );
}
