/** How a client of Interaction Server gets in: registers first, as nothing else may be sent before, then logs in. */
import { ExpectedError } from '../core/base/result';
import { hintOf } from '../core/protocol/hints';
import type { JsonObject } from '../core/protocol/json';
import { readRefusal } from './entryRefusal';
import type { ConnectionProfile } from './platform';
import { errorWords, type PlatformSdkRequests } from './platformSdkRequests';

/** Rejects with an `ExpectedError` when the server does not answer or refuses; see {@link readRefusal} for codes. */
export function register(
  requests: PlatformSdkRequests,
  { clientName }: ConnectionProfile,
): Promise<void> {
  return need(requests, 'RequestRegisterClient', { clientName, clientType: 'AgentApplication' });
}

/** Logs the profile's agent in; rejects as {@link register} does. */
export function logIn(requests: PlatformSdkRequests, profile: ConnectionProfile): Promise<void> {
  return need(requests, 'RequestAgentLogin', {
    tenantId: profile.tenant,
    agentId: profile.agent,
    placeId: profile.place,
  });
}

async function need(
  requests: PlatformSdkRequests,
  name: string,
  attributes: JsonObject,
): Promise<void> {
  const answer = await requests.answerTo(name, attributes);
  if (!answer.ok) {
    const { code, message } = answer.error;
    throw new ExpectedError(code, code === 'cancelled' ? message : `${name}: ${message}`);
  }
  if (answer.value.name === 'EventError') {
    const { code, advice } = readRefusal(hintOf(answer.value).errorCode);
    const words = `${name}: ${errorWords(answer.value)}`;
    throw new ExpectedError(code, advice === '' ? words : `${words.replace(/\.$/, '')}. ${advice}`);
  }
}
