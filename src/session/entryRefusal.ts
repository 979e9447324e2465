/** What a server means that refuses a registration or a login, and what to do about it. */
import { ErrorCode } from '../core/protocol/errorCodes';

/** Code of a failure: the same request will be refused again, whenever it is sent. */
export const ENTRY_REFUSED = 'entry-refused';
/** Code of a failure: the server may let the client in later. */
export const ENTRY_NOT_NOW = 'entry-not-now';

const CHECK_AGENT = 'Check the agent in the server’s settings.';
const CHECK_PLACE = 'Check the place in the server’s settings.';
const CHECK_TENANT = 'Check the tenant’s number in the server’s settings.';
const ENABLE = 'Have it enabled in the configuration, or choose another one.';

const FINAL: ReadonlyMap<number, string> = new Map([
  [ErrorCode.ErrorUnknownClientType, 'The server takes no agent applications at this port.'],
  [ErrorCode.Error_tenant_not_specified, CHECK_TENANT],
  [ErrorCode.Error_unknown_tenant_in_request, CHECK_TENANT],
  [ErrorCode.Error_place_not_specified, CHECK_PLACE],
  [ErrorCode.Error_unknown_place_in_request, CHECK_PLACE],
  [ErrorCode.Error_agent_not_specified, CHECK_AGENT],
  [ErrorCode.Error_unknown_agent_in_request, CHECK_AGENT],
  [ErrorCode.Error_place_disabled, ENABLE],
  [ErrorCode.Error_agent_disabled, ENABLE],
  [ErrorCode.Error_wrong_tenant, CHECK_TENANT],
  [ErrorCode.Error_tenancy_violation, CHECK_TENANT],
]);

const LATER: ReadonlyMap<number, string> = new Map([
  [
    ErrorCode.Error_place_occupied,
    'Somebody else is logged in there, or the server has not noticed yet that a connection is gone. Choose another place, or try again.',
  ],
  [
    ErrorCode.Error_already_logged_in,
    'The agent is logged in elsewhere, or the server has not noticed yet that a connection is gone. Log out there, or try again.',
  ],
  [ErrorCode.Error_license_unavailable, 'No licence is free. Log somebody out, or try again.'],
]);

/** `advice` is a sentence, or empty. A code without a meaning here may mean anything: it is not final. */
export function readRefusal(errorCode: number | undefined): {
  readonly code: typeof ENTRY_REFUSED | typeof ENTRY_NOT_NOW;
  readonly advice: string;
} {
  const known = errorCode === undefined ? undefined : FINAL.get(errorCode);
  return known === undefined
    ? { code: ENTRY_NOT_NOW, advice: (errorCode && LATER.get(errorCode)) || '' }
    : { code: ENTRY_REFUSED, advice: known };
}
