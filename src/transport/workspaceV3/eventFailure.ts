import type { Failure } from '../../core/base/result';
import { asInteger, asText, member } from '../../core/protocol/attributes';
import type { JsonObject } from '../../core/protocol/json';

/**
 * The failure that an event tells; undefined when it tells none. That a web tier forwards Interaction Server's
 * `EventError` with its code and description is our reading, so that the code gets no name of Platform SDK's.
 */
export function eventFailure(data: JsonObject): Failure | undefined {
  if (member(data, 'name') !== 'EventError' && member(data, 'messageType') !== 'EventError') {
    return undefined;
  }
  const code = asInteger(member(data, 'errorCode'));
  const words = asText(member(data, 'errorDescription')) ?? '';
  const name = code === undefined ? 'EventError' : `EventError ${code}`;
  return { code: 'event-error', message: words === '' ? name : `${name}: ${words}` };
}
