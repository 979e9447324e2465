/**
 * What an HTTP response says of its operation.
 * Source: workspace-client-js for `status.code` (0 done, 1 accepted, 2 partly done, else an error); Web Services API
 * Reference 8.5.2 for `statusCode`; agent-api-simulator for refused sign-ins.
 */
import { asInteger, asObject, member } from '../attributes';
import type { HttpResponseFrame } from '../frame';
import type { JsonObject } from '../json';
import { formFields, splitUrl } from './apiPath';
import { statusCodeOf } from './webServicesV2';

/** Names of the messages that HTTP responses are: they are ours, no event has them. */
export type OutcomeName = 'Accepted' | 'Done' | 'Redirected' | 'HttpError';

export interface HttpOutcome {
  /**
   * `Accepted`: the server will do it, an event tells the result. `Done`: the response is the final answer.
   * `Redirected`: it is to be asked elsewhere, as every step of a sign-in is. `HttpError`: refused or failed.
   */
  readonly name: OutcomeName;
  /** HTTP status from 400 on, else the code in the body; absent where no response came. */
  readonly errorCode?: number;
}

/** `answer` is the JSON object in the body, if there is one. */
export function outcomeOf(
  frame: HttpResponseFrame,
  answer: JsonObject | undefined,
  api: 'v3' | 'v2',
): HttpOutcome {
  const { status } = frame;
  if (status >= 400) {
    return { name: 'HttpError', errorCode: status };
  }
  if (status <= 0 || (frame.error !== undefined && answer === undefined)) {
    return { name: 'HttpError' };
  }
  if (status >= 300) {
    return leadsBackToSignIn(frame)
      ? { name: 'HttpError', errorCode: status }
      : { name: 'Redirected' };
  }
  const code =
    api === 'v2'
      ? statusCodeOf(answer)
      : asInteger(member(asObject(member(answer, 'status')), 'code'));
  if (code === undefined || code === 0) {
    const isPromise = answer !== undefined && isReferenced(answer);
    return { name: api === 'v2' && isPromise ? 'Accepted' : 'Done' };
  }
  return api === 'v3' && code === 1 ? { name: 'Accepted' } : { name: 'HttpError', errorCode: code };
}

/** Web Services v2: a result will come with the reference. */
function isReferenced(answer: JsonObject): boolean {
  return (
    member(answer, 'referenceId') !== undefined || member(answer, 'referenceIds') !== undefined
  );
}

/** A refused sign-in is no 401: it goes back to the sign-in page, with `error` in the address. */
function leadsBackToSignIn(frame: HttpResponseFrame): boolean {
  const location = frame.headers.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? '';
  return formFields(splitUrl(location).query).has('error');
}
