/**
 * What the HTTP response to an operation says to a client that waits.
 * Source: workspace-client-js (Genesys, MIT) for `status.code`: 0 done, 1 accepted, else an error with a message.
 */
import type { Failure } from '../../core/base/result';
import { asInteger, asObject, asText, member } from '../../core/protocol/attributes';
import type { HttpResponseFrame } from '../../core/protocol/frame';
import type { JsonObject } from '../../core/protocol/json';
import { jsonOf, statusOf } from './signIn';

export type OperationAnswer =
  | { readonly kind: 'accepted' }
  /** No event will follow. */
  | { readonly kind: 'done'; readonly data: JsonObject }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The server does not take us for somebody signed in. */
  | { readonly kind: 'signed-out'; readonly failure: Failure };

/** `what` names the operation in failures. */
export function readAnswer(response: HttpResponseFrame, what: string): OperationAnswer {
  const { status, error } = response;
  if (status === 0) {
    return refusal('unanswered', `${what} got no answer: ${error ?? 'no reason was given'}`);
  }
  if (status === 401 || status === 402 || status === 403 || (status >= 300 && status < 400)) {
    const message = `${what} was refused with ${statusOf(response)}: the session is over.`;
    return { kind: 'signed-out', failure: { code: 'session-lost', message } };
  }
  const answer = jsonOf(response);
  const verdict = asObject(member(answer, 'status'));
  const code = asInteger(member(verdict, 'code'));
  const words = asText(member(verdict, 'message')) ?? '';
  if (status >= 400) {
    const reason = words === '' ? (HTTP_WORDS.get(status) ?? '') : ` (${words})`;
    return refusal('http-error', `The server failed ${what} with ${statusOf(response)}.${reason}`);
  }
  if (answer === undefined) {
    const why = error === undefined ? 'a body that is no JSON object' : `a broken body: ${error}`;
    return refusal('bad-answer', `${what} was answered with ${statusOf(response)} and ${why}.`);
  }
  switch (code) {
    case 1:
      return { kind: 'accepted' };
    case 0:
      return { kind: 'done', data: asObject(member(answer, 'data')) ?? {} };
    default:
      return refusal(
        'status-error',
        `The server failed ${what} with status ${code ?? 'unknown'}${words === '' ? '' : `: ${words}`}.`,
      );
  }
}

const HTTP_WORDS: ReadonlyMap<number, string> = new Map([
  [500, ' It may not know the workbin.'],
  [501, ' It does not know this operation.'],
]);

function refusal(code: string, message: string): OperationAnswer {
  return { kind: 'failed', failure: { code, message } };
}
