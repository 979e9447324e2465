/** Sends a request that a person wrote, and finds it in the trace. */
import type { Message, Reference } from '../core/protocol/message';
import { asText, member } from '../core/protocol/attributes';
import { describeError } from '../core/protocol/errorCodes';
import { hintOf } from '../core/protocol/hints';
import type { Result } from '../core/base/result';
import type { Trace } from './trace';
import type { SentRequest, WorkbinClient } from './workbinClient';

/** What became of a request, for people. */
export interface RequestOutcome {
  readonly reference: Reference;
  readonly outcome: 'answered' | 'failed' | 'unanswered';
  /** Name of the answer; of an error its name and the server's words; or why there is none. */
  readonly answer: string;
  /** Milliseconds. */
  readonly tookMs: number;
}

/** Fails, as {@link WorkbinClient.send} does, when nothing was sent. */
export async function sendRequest(
  client: WorkbinClient,
  request: Message,
): Promise<Result<RequestOutcome>> {
  const sent = await client.send(request);
  return sent.ok ? { ok: true, value: outcomeOf(sent.value) } : sent;
}

function outcomeOf({ reference, answer, tookMs }: SentRequest): RequestOutcome {
  if (!answer.ok) {
    const { code, message } = answer.error;
    // What the server refused was answered; only silence is unanswered.
    const isAnswer = code === 'event-error' || code === 'http-error' || code === 'status-error';
    return { reference, outcome: isAnswer ? 'failed' : 'unanswered', answer: message, tookMs };
  }
  const { name } = answer.value;
  return name === 'EventError'
    ? { reference, outcome: 'failed', answer: errorWords(answer.value), tookMs }
    : { reference, outcome: 'answered', answer: name, tookMs };
}

function errorWords(event: Message): string {
  const code = hintOf(event).errorCode;
  const words = asText(member(event.attributes, 'errorDescription')) ?? '';
  const name = code === undefined ? 'EventError' : `EventError: ${describeError(code)}`;
  return words === '' ? name : `${name}: ${words}`;
}

/** Rows that are looked at from the end of a trace: what was sent lately is near. */
const LOOK_BACK = 200_000;

/** The message that was sent last under a reference; undefined when it is not, or no longer, among the last ones. */
export function findSent({ messages }: Trace, reference: Reference): number | undefined {
  const end = Math.max(0, messages.count - LOOK_BACK);
  for (let row = messages.count - 1; row >= end; row--) {
    if (messages.reference(row) === reference && messages.direction(row) === 'send') {
      return row;
    }
  }
  return undefined;
}
